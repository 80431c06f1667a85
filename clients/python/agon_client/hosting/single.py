"""Single-agent Gymnasium environments: one for each slot."""

from __future__ import annotations

from typing import Any, Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from ..exact import octets
from .contract import HostedVector, Rows, StreamKey, VectorRequest
from .faults import begun, ended, rewarded, stepped
from .gym_level import GymLevel
from .slots import SlotVector
from .spaces import ObservationLayout, action_spec


class HostedSingle:
    """`make()` gives an environment with `reset(seed, options)` and `step(action)` of Gymnasium."""

    agents = 1

    def __init__(self, make: Callable[[], Any], step_limit: int | None) -> None:
        probe = make()
        self.layout = ObservationLayout.of_space(probe.observation_space)
        self.actions, self._first_action = action_spec(probe.action_space)
        self.seats: Mapping[str, Sequence[int]] = {"agent": (0,)}
        self.step_limit = step_limit or _own_limit(probe)
        self._make = make
        probe.close()

    def vector(self, request: VectorRequest) -> HostedVector:
        def game() -> _Game:
            return _Game(self._make(), self.layout, self._first_action)

        return SlotVector(request, self.layout, 1, lambda level: self.step_limit, game)

    def close(self) -> None:
        pass


class _Game:
    def __init__(self, env: Any, layout: ObservationLayout, first_action: int) -> None:
        self._env = env
        self._layout = layout
        self._first_action = first_action
        self._stepped: Any = None

    def begin(self, level: GymLevel, stream: StreamKey, rows: Rows, first: int) -> None:
        self._observe(begun(self._env.reset(**level.reset_arguments())), rows, first)

    def ask(self, actions: NDArray[np.int32]) -> None:
        self._stepped = self._env.step(int(actions[0]) + self._first_action)

    def answer(self, rows: Rows, first: int) -> bool:
        observation, reward, over, cut = stepped(self._stepped)
        terminated, truncated = ended(over, "terminated"), ended(cut, "truncated")
        self._observe(observation, rows, first)
        rows.rewards[first] = rewarded(reward)
        rows.terminated[first] = terminated
        # Both at once is an end by the environment's own rules.
        rows.truncated[first] = truncated and not terminated
        return terminated or truncated

    def state(self) -> bytes | None:
        inner = self._env.unwrapped
        if not hasattr(inner, "save") or not hasattr(inner, "load"):
            return None
        return octets(inner.save(), "what save() gave", "environment/state")

    def set_state(self, level: GymLevel, state: bytes, rows: Rows, first: int) -> None:
        """`load` gives the observation of the state."""
        self._observe(self._env.unwrapped.load(state), rows, first)

    def close(self) -> None:
        self._env.close()

    def _observe(self, observation: Any, rows: Rows, first: int) -> None:
        self._layout.write(observation, rows.observations, first)
        rows.told[first] = True


def _own_limit(env: Any) -> int:
    """The environment's own limit, where its registration has one; else 1 000, so that every episode ends."""
    return int(getattr(getattr(env, "spec", None), "max_episode_steps", None) or 1000)
