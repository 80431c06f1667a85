"""PettingZoo parallel environments: agents are rows, one environment for each slot."""

from __future__ import annotations

from functools import reduce
from typing import Any, Mapping, Sequence

from numpy.typing import NDArray

from ..errors import AgonError
from ..exact import shown
from .contract import HostedVector, LevelSpace, Rows, StreamKey, VectorRequest
from .faults import begun, ended, rewarded, stepped
from .gym_level import GymLevel
from .pool import EnvironmentPool
from .slots import SlotVector
from .registration import DEFAULT_STEP_LIMIT
from .acting import ActionLayout, action_layout
from .masks import first_infos, mask_of, masked_by_info
from .spaces import MASK, ObservationLayout


class HostedParallel:
    """The pool gives a `ParallelEnv` whose agents have equal spaces.

    An agent that leaves early sees zeros and earns nothing until the episode ends, which it does for all at once; its
    flag then says how it left.
    """

    solved_above: float | None = None

    gives_finals = True

    def __init__(
        self,
        environments: EnvironmentPool,
        step_limit: int | None,
        seats: Mapping[str, Sequence[str]] | None,
        info_mask: bool | None,
        levels: LevelSpace,
    ) -> None:
        probe = environments.take()
        names = list(probe.possible_agents)
        actions = [action_layout(probe.action_space(name)) for name in names]
        layouts = [
            ObservationLayout.of_space(probe.observation_space(name), acting.space.choices)
            for name, acting in zip(names, actions, strict=True)
        ]
        odd = next((i for i in range(len(names)) if layouts[i].leaves != layouts[0].leaves or actions[i] != actions[0]), None)
        if odd is not None:
            raise AgonError(
                "environment/space",
                f"agent '{names[odd]}' has other spaces than '{names[0]}'",
                "wrap the environment so that all agents see and do the same kinds of things",
            )
        self._acting = actions[0]
        layout, choices = reduce(ObservationLayout.joined, layouts), actions[0].space.choices
        self.layout, self._info_mask = masked_by_info(layout, choices, info_mask, lambda: first_infos(probe, levels, names))
        self.actions = self._acting.spec
        self.agents = len(names)
        self.seats: Mapping[str, Sequence[int]] = {
            seat: tuple(names.index(name) for name in members) for seat, members in (seats or {"agent": names}).items()
        }
        self.step_limit = step_limit or DEFAULT_STEP_LIMIT
        self._environments = environments
        self._names = names
        environments.give(probe)

    def vector(self, request: VectorRequest) -> HostedVector:
        def game() -> _Game:
            return _Game(self._environments, self._names, self.layout, self._acting, self._info_mask)

        return SlotVector(request, self.layout, self.agents, lambda level: self.step_limit, game, self._again)

    def close(self) -> None:
        self._environments.close()

    def _again(self, actions: NDArray[Any]) -> str:
        columns = [self._acting.values(actions[:, agent]).tolist() for agent in range(self.agents)]
        steps = [dict(zip(self._names, step)) for step in zip(*columns)]
        return f"for step in {steps}:\n    env.step({{name: {self._acting.again} for name, action in step.items() if name in env.agents}})"


class _Game:
    def __init__(
        self,
        environments: EnvironmentPool,
        names: Sequence[str],
        layout: ObservationLayout,
        acting: ActionLayout,
        info_mask: bool,
    ) -> None:
        self._environments = environments
        self._env = environments.take()
        self._names = names
        self._layout = layout
        self._acting = acting
        self._info_mask = info_mask
        # How each agent that left did so: (terminated, truncated).
        self._left: dict[str, tuple[bool, bool]] = {}
        self._playing: list[tuple[int, str]] = []
        self._stepped: Any = None

    def begin(self, level: GymLevel, stream: StreamKey, rows: Rows, first: int) -> None:
        answer = self._env.reset(**level.reset_arguments())
        self._left = {}
        self._observe(begun(answer), [*getattr(self._env, "agents", self._names)], answer[1], rows, first)

    def ask(self, actions: NDArray[Any]) -> None:
        self._playing = [(i, name) for i, name in enumerate(self._names) if name not in self._left]
        self._stepped = self._env.step({name: self._acting.value(actions[i]) for i, name in self._playing})

    def answer(self, rows: Rows, first: int) -> bool:
        observations, rewards, over, cut = stepped(self._stepped)
        acting = [name for _, name in self._playing]
        for given, what in ((rewards, "rewards"), (over, "terminated"), (cut, "truncated")):
            _check_agents(given, what, acting, self._names, "environment/step")
        ends = {
            name: (ended(over[name], f"terminated of '{name}'"), ended(cut[name], f"truncated of '{name}'")) for name in acting
        }
        self._observe(observations, [name for name in acting if not any(ends[name])], self._stepped[4], rows, first)
        for i, name in self._playing:
            rows.rewards[first + i] = rewarded(rewards[name], f"the reward of '{name}'")
            terminated, truncated = ends[name]
            if terminated or truncated:
                self._left[name] = (terminated, truncated and not terminated)
        if len(self._left) < len(self._names):
            return False
        for i, name in enumerate(self._names):
            rows.terminated[first + i], rows.truncated[first + i] = self._left[name]
        return True

    def state(self) -> bytes | None:
        return None

    def set_state(self, level: GymLevel, state: bytes, rows: Rows, first: int) -> None:
        raise AgonError("state/unsupported", "parallel environments cannot load a state")

    def close(self, sound: bool) -> None:
        self._environments.give(self._env, sound)

    def _observe(self, observations: Any, needed: Sequence[str], infos: Any, rows: Rows, first: int) -> None:
        """`needed` are those who play on: what they see, and may do, must be told."""
        _check_agents(observations, "observations", needed, self._names, "environment/observation")
        for i, name in enumerate(self._names):
            seen = name in observations and name not in self._left
            rows.told[first + i] = seen
            if seen:
                self._layout.write(observations[name], rows.observations, first + i)
                if self._info_mask:
                    mask = mask_of(infos.get(name, {}), self._layout.leaves[MASK], name not in needed)
                    rows.observations[MASK][first + i] = mask
            else:
                for values in rows.observations.values():
                    values[first + i] = 0


def _check_agents(given: Any, what: str, needed: Sequence[str], known: Sequence[str], code: str) -> None:
    """`given` says something of every agent that is needed, and of no stranger."""
    if not isinstance(given, Mapping):
        raise AgonError(code, f"the {what} are {shown(given)}; expected a dict by agent")
    odd = next((name for name in given if name not in known), None)
    missing = next((name for name in needed if name not in given), None)
    if odd is not None or missing is not None:
        wrong = f"name '{odd}', who is no agent" if odd is not None else f"say nothing of '{missing}', who is there"
        raise AgonError(code, f"the {what} {wrong}; the agents are {', '.join(map(str, known))}")
