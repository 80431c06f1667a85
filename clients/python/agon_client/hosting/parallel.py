"""PettingZoo parallel environments: agents are rows, one environment for each slot."""

from __future__ import annotations

from typing import Any, Mapping, Sequence

from numpy.typing import NDArray

from ..errors import AgonError
from ..exact import shown
from .agent_spaces import AgentSpaces, agent_spaces
from .contract import CUT_ALONE, LEFT, HostedVector, LevelSpace, Rows, StreamKey, VectorRequest
from .faults import begun, ended, rewarded, stepped
from .gym_level import GymLevel
from .masks import first_infos
from .pool import EnvironmentPool
from .slots import SlotVector
from .spaces import ObservationLayout, mask_leaf
from .registration import DEFAULT_STEP_LIMIT


PRESENT = "present"
"""Name of the observation that says whether the row's agent is there, float32 `[1]`: what it does otherwise is not learned from."""


class HostedParallel:
    """The pool gives a `ParallelEnv`. Agents are rows: of equal spaces as they are, of different ones padded.

    An episode ends for all at once, when nobody is left; the flags of each then say how it left last. Until then one who is
    not there sees zeros and earns nothing; it may come back. With `presence` the observation `present` says so.
    """

    solved_above: float | None = None

    gives_finals = True
    gives_departures: bool
    """Where the observation `present` says who is there."""

    def __init__(
        self,
        environments: EnvironmentPool,
        step_limit: int | None,
        seats: Mapping[str, Sequence[str]] | None,
        info_mask: bool | None,
        levels: LevelSpace,
        presence: bool = True,
    ) -> None:
        probe = environments.take()
        names = list(probe.possible_agents)
        if not names:
            raise AgonError("environment/space", "it has no `possible_agents`", "name all who may ever take part")
        observed, acted = ([of(name) for name in names] for of in (probe.observation_space, probe.action_space))
        self._spaces = agent_spaces(names, observed, acted, info_mask, lambda: first_infos(probe, levels, names))
        self.masked = self._spaces.masked
        leaves = self._spaces.layout.leaves
        presence = presence and PRESENT not in leaves
        self.layout = ObservationLayout({**leaves, PRESENT: mask_leaf(1)}, notes=self._spaces.layout.notes) if presence else self._spaces.layout
        self.gives_departures = presence
        self.actions = self._spaces.space.spec()
        self.agents = len(names)
        self.seats: Mapping[str, Sequence[int]] = _seats(names, seats)
        self.step_limit = step_limit or DEFAULT_STEP_LIMIT
        self._environments = environments
        self._names = names
        environments.give(probe)

    def vector(self, request: VectorRequest) -> HostedVector:
        def game() -> _Game:
            return _Game(self._environments, self._names, self._spaces)

        return SlotVector(request, self.layout, self.agents, lambda level: self.step_limit, game, self._again)

    def close(self) -> None:
        self._environments.close()

    def _again(self, actions: NDArray[Any]) -> str:
        steps, made = self._spaces.again(self._names, actions)
        return f"for step in {steps}:\n    env.step({{name: {made} for name, action in step.items() if name in env.agents}})"


class _Game:
    def __init__(self, environments: EnvironmentPool, names: Sequence[str], spaces: AgentSpaces) -> None:
        self._environments = environments
        self._env = environments.take()
        self._names = names
        self._spaces = spaces
        # Who takes part in the next step.
        self._there: list[str] = []
        # How each who left did so: (terminated, truncated).
        self._left: dict[str, tuple[bool, bool]] = {}
        # Those of them whom the environment has struck off: whoever it lists again has come back.
        self._struck: set[str] = set()
        self._stepped: Any = None

    def begin(self, level: GymLevel, stream: StreamKey, rows: Rows, first: int) -> None:
        answer = self._env.reset(**level.reset_arguments())
        self._left, self._struck = {}, set()
        self._there = self._listed(self._names)
        self._observe(begun(answer), answer[1], rows, first)

    def ask(self, actions: NDArray[Any]) -> None:
        chosen = ((i, name) for i, name in enumerate(self._names) if name in self._there)
        self._stepped = self._env.step({name: self._spaces.action(i, actions[i]) for i, name in chosen})

    def answer(self, rows: Rows, first: int) -> bool:
        observations, rewards, over, cut = stepped(self._stepped)
        acted = self._there
        for given, what in ((rewards, "rewards"), (over, "terminated"), (cut, "truncated")):
            _check_agents(given, what, acted, self._names, "environment/step")
        for name in acted:
            rows.rewards[first + self._names.index(name)] = rewarded(rewards[name], f"the reward of '{name}'")
            terminated, truncated = ended(over[name], f"terminated of '{name}'"), ended(cut[name], f"truncated of '{name}'")
            if terminated or truncated:
                self._left[name] = (terminated, truncated and not terminated)
        self._follow(acted)
        self._observe(observations, self._stepped[4], rows, first, acted)
        if self._there:
            self._tell_departures(observations, rows, first, acted)
            return False
        last = self._left[acted[-1]]
        for i, name in enumerate(self._names):
            # Who never took part ends as the last ones did.
            rows.terminated[first + i], rows.truncated[first + i] = self._left.get(name, last)
        return True

    def state(self) -> bytes | None:
        return None

    def set_state(self, level: GymLevel, state: bytes, rows: Rows, first: int) -> None:
        raise AgonError("state/unsupported", "parallel environments cannot load a state")

    def close(self, sound: bool) -> None:
        self._environments.give(self._env, sound)

    def _listed(self, otherwise: Sequence[str]) -> list[str]:
        """Who is there, as the environment says, in the order of all."""
        listed = getattr(self._env, "agents", None)
        return [name for name in self._names if name in (otherwise if listed is None else listed)]

    def _follow(self, acted: Sequence[str]) -> None:
        """Who takes part in the next step: whoever is listed but those who left just now. Some never strike off who left."""
        listed = self._listed([name for name in acted if name not in self._left])
        silent = next((name for name in acted if name not in listed and name not in self._left), None)
        if silent is not None:
            raise AgonError(
                "environment/step",
                f"agent '{silent}' is no longer in `agents`, and neither flag says that it left",
                "say terminated or truncated of it in its last step",
            )
        for name in [name for name in self._struck if name in listed]:
            self._left.pop(name)
        self._struck = {name for name in self._left if name not in listed}
        self._there = [name for name in listed if name not in self._left]

    def _tell_departures(self, observations: Mapping[str, Any], rows: Rows, first: int, acted: Sequence[str]) -> None:
        """Of those who `acted` and left, while others go on. Nobody can say what a cut came to whose last observation is not given."""
        if rows.departed is None or rows.finals is None:
            return
        for name in acted:
            if name in self._there:
                continue
            row = first + self._names.index(name)
            cut = self._left[name][1] and name in observations
            rows.departed[row] = CUT_ALONE if cut else LEFT
            if cut:
                for kind, values in rows.observations.items():
                    rows.finals[kind][row] = values[row]
                # As at the end of an episode of all, it still sees what it saw.
                rows.finals[PRESENT][row] = 1

    def _observe(self, observations: Any, infos: Any, rows: Rows, first: int, acted: Sequence[str] = ()) -> None:
        """Of who is there, with what it may do; of those who `acted`, the last observation too, where it is given."""
        _check_agents(observations, "observations", self._there, self._names, "environment/observation")
        for i, name in enumerate(self._names):
            told = name in self._there or name in acted and name in observations
            rows.told[first + i] = told
            there = name in self._there or told and not self._there
            if told:
                self._spaces.write(i, observations[name], rows.observations, first + i)
                self._spaces.allow(i, infos.get(name, {}), name not in self._there, rows.observations, first + i)
            else:
                self._spaces.clear(i, rows.observations, first + i)
            if PRESENT not in self._spaces.layout.leaves and PRESENT in rows.observations:
                # Of an episode that is over they all see the last of it.
                rows.observations[PRESENT][first + i] = there


def _seats(names: Sequence[str], seats: Mapping[str, Sequence[str]] | None) -> Mapping[str, Sequence[int]]:
    """Raises `AgonError` `environment/space` for a stranger, and for one who has no seat or two."""
    seated = [name for members in (seats or {"": names}).values() for name in members]
    odd = next((name for name in (*seated, *names) if name not in names or seated.count(name) != 1), None)
    if odd is not None:
        raise AgonError(
            "environment/space",
            f"agent '{odd}' has {seated.count(odd)} seats" if odd in names else f"there is no agent '{odd}' to seat",
            f"seat each of {', '.join(map(str, names))} once",
        )
    return {seat: tuple(names.index(name) for name in members) for seat, members in (seats or {"agent": names}).items()}


def _check_agents(given: Any, what: str, needed: Sequence[str], known: Sequence[str], code: str) -> None:
    """`given` says something of every agent that is needed, and of no stranger."""
    if not isinstance(given, Mapping):
        raise AgonError(code, f"the {what} are {shown(given)}; expected a dict by agent")
    odd = next((name for name in given if name not in known), None)
    missing = next((name for name in needed if name not in given), None)
    if odd is not None or missing is not None:
        wrong = f"name '{odd}', who is no agent" if odd is not None else f"say nothing of '{missing}', who is there"
        raise AgonError(code, f"the {what} {wrong}; the agents are {', '.join(map(str, known))}")
