"""PettingZoo parallel environments: agents are rows, one environment for each slot."""

from __future__ import annotations

from typing import Any, Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from ..errors import AgonError
from .contract import HostedVector, Rows, StreamKey, VectorRequest
from .gym_level import GymLevel
from .slots import SlotVector
from .spaces import ObservationLayout, action_spec


class HostedParallel:
    """`make()` gives a `ParallelEnv` whose agents have equal spaces.

    An agent that leaves early sees zeros and earns nothing until the episode ends, which it does for all at once; its
    flag then says how it left.
    """

    def __init__(
        self, make: Callable[[], Any], step_limit: int | None, seats: Mapping[str, Sequence[str]] | None
    ) -> None:
        probe = make()
        names = list(probe.possible_agents)
        layouts = [ObservationLayout.of_space(probe.observation_space(name)) for name in names]
        actions = [action_spec(probe.action_space(name)) for name in names]
        odd = next((i for i in range(len(names)) if layouts[i].leaves != layouts[0].leaves or actions[i] != actions[0]), None)
        if odd is not None:
            raise AgonError(
                "environment/space",
                f"agent '{names[odd]}' has other spaces than '{names[0]}'",
                "wrap the environment so that all agents see and do the same kinds of things",
            )
        self.layout = layouts[0]
        self.actions, self._first_action = actions[0]
        self.agents = len(names)
        self.seats: Mapping[str, Sequence[int]] = {
            seat: tuple(names.index(name) for name in members) for seat, members in (seats or {"agent": names}).items()
        }
        self.step_limit = step_limit or 1000
        self._make = make
        self._names = names
        probe.close()

    def vector(self, request: VectorRequest) -> HostedVector:
        def game() -> _Game:
            return _Game(self._make(), self._names, self.layout, self._first_action)

        return SlotVector(request, self.layout, self.agents, lambda level: self.step_limit, game)

    def close(self) -> None:
        pass


class _Game:
    def __init__(self, env: Any, names: Sequence[str], layout: ObservationLayout, first_action: int) -> None:
        self._env = env
        self._names = names
        self._layout = layout
        self._first_action = first_action
        # How each agent that left did so: (terminated, truncated).
        self._left: dict[str, tuple[bool, bool]] = {}
        self._acting: list[tuple[int, str]] = []
        self._stepped: tuple[Any, ...] = ()

    def begin(self, level: GymLevel, stream: StreamKey, rows: Rows, first: int) -> None:
        observations, _ = self._env.reset(**level.reset_arguments())
        self._left = {}
        self._observe(observations, rows, first)

    def ask(self, actions: NDArray[np.int32]) -> None:
        self._acting = [(i, name) for i, name in enumerate(self._names) if name not in self._left]
        self._stepped = self._env.step({name: int(actions[i]) + self._first_action for i, name in self._acting})

    def answer(self, rows: Rows, first: int) -> bool:
        observations, rewards, terminated, truncated, _ = self._stepped
        self._observe(observations, rows, first)
        for i, name in self._acting:
            rows.rewards[first + i] = rewards[name]
            if terminated[name] or truncated[name]:
                self._left[name] = (bool(terminated[name]), bool(truncated[name] and not terminated[name]))
        if len(self._left) < len(self._names):
            return False
        for i, name in enumerate(self._names):
            rows.terminated[first + i], rows.truncated[first + i] = self._left[name]
        return True

    def state(self) -> bytes | None:
        return None

    def set_state(self, level: GymLevel, state: bytes, rows: Rows, first: int) -> None:
        raise AgonError("state/unsupported", "parallel environments cannot load a state")

    def close(self) -> None:
        self._env.close()

    def _observe(self, observations: Mapping[str, Any], rows: Rows, first: int) -> None:
        for i, name in enumerate(self._names):
            if name in observations and name not in self._left:
                self._layout.write(observations[name], rows.observations, first + i)
            else:
                for values in rows.observations.values():
                    values[first + i] = 0
