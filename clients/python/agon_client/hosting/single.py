"""Single-agent Gymnasium environments: one for each slot."""

from __future__ import annotations

from typing import Any, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from ..exact import octets
from ..tensors import Array
from .contract import HostedVector, LevelSpace, Rows, StreamKey, VectorRequest
from .faults import begun, ended, rewarded, stepped
from .gym_level import GymLevel
from .pool import EnvironmentPool
from .slots import SlotVector
from .registration import Registration
from .together import stepped_together, write_together
from .acting import ActionLayout, action_layout
from .masks import first_infos, mask_of, masked_by_info
from .spaces import MASK, ObservationLayout


class HostedSingle:
    """The pool gives an environment with `reset(seed, options)` and `step(action)` of Gymnasium."""

    agents = 1
    gives_finals = True
    gives_departures = False

    def __init__(
        self, environments: EnvironmentPool, step_limit: int | None, info_mask: bool | None, levels: LevelSpace
    ) -> None:
        probe = environments.take()
        self._acting = action_layout(probe.action_space)
        choices = self._acting.space.choices
        layout = ObservationLayout.of_space(probe.observation_space, choices)
        self.layout, self.masked = masked_by_info(layout, choices, info_mask, lambda: first_infos(probe, levels))
        self.actions = self._acting.spec
        self.seats: Mapping[str, Sequence[int]] = {"agent": (0,)}
        registration = Registration.of(probe)
        self.step_limit = step_limit or registration.step_limit
        self.solved_above = registration.solved_above
        self._environments = environments
        environments.give(probe)

    def vector(self, request: VectorRequest) -> HostedVector:
        def game() -> _Game:
            return _Game(self._environments, self.layout, self._acting, self.masked)

        return _Singles(request, self.layout, 1, lambda level: self.step_limit, game, self._again)

    def close(self) -> None:
        self._environments.close()

    def _again(self, actions: NDArray[Any]) -> str:
        return f"for action in {self._acting.plain(actions[:, 0])}:\n    env.step({self._acting.again})"


class _Singles(SlotVector["_Game"]):
    """Takes what its environments gave in a step as one, where all of it is as most environments give it."""

    def __init__(self, *request: Any) -> None:
        super().__init__(*request)
        # What the environments that were asked have given, in the order of their slots.
        self._given: list[Any] = []

    def _ask(self, live: list[int], actions: NDArray[Any]) -> None:
        games, given = self._games, self._given
        asked = games if live is self._all else [games[slot] for slot in live]
        given.clear()
        try:
            for game, action in zip(asked, self._each(live, actions)):
                given.append(game.env.step(action))
        except BaseException as error:
            raise self._fault(error, "step", live[len(given)])

    def _each(self, live: list[int], actions: NDArray[Any]) -> Sequence[Any]:
        """The action of each of these, as an environment takes it."""
        each = self._games[0].each(actions)
        return each if live is self._all else [each[slot] for slot in live]

    def _answers(self, live: list[int]) -> list[int]:
        if not live:
            return []
        rows, among = self.rows, self._among(live)
        given = stepped_together(self._given)
        if given is None:
            return self._one_by_one(live)
        observations, rewards, over, cut, infos = given
        if not self._layout.write_together(observations, rows.observations, live) or not self._allow(infos, live):
            return self._one_by_one(live)
        rows.told[among] = True
        rows.rewards[among] = rewards
        rows.terminated[among] = over
        # Both at once is an end by the environment's own rules.
        rows.truncated[among] = cut = (cut | (self._steps[among] >= self._limits[among])) & ~over
        ended = over | cut
        return [live[at] for at in np.flatnonzero(ended)] if np.count_nonzero(ended) else []

    def _one_by_one(self, live: list[int]) -> list[int]:
        for slot, answer in zip(live, self._given, strict=True):
            self._games[slot].stepped = answer
        return super()._answers(live)

    def _allow(self, infos: Sequence[Any], live: Sequence[int]) -> bool:
        """Writes the masks of all infos at once; False where one is not there, or they are of several kinds."""
        if not self._games[0].masked:
            return True
        leaf, masks = self._layout.leaves[MASK], self.rows.observations[MASK]
        if not write_together(MASK, leaf, [info.get("action_mask") for info in infos], masks, live):
            return False
        for slot in live:
            self._games[slot].allowed = masks[slot].copy()
        return True


class _Game:
    def __init__(
        self, environments: EnvironmentPool, layout: ObservationLayout, acting: ActionLayout, info_mask: bool
    ) -> None:
        self._environments = environments
        self.env = environments.take()
        self._layout = layout
        self._acting = acting
        self.masked = info_mask
        self.stepped: Any = None
        # The mask of the last info.
        self.allowed: Array = np.ones(0, np.float32)

    def begin(self, level: GymLevel, stream: StreamKey, rows: Rows, first: int) -> None:
        answer = self.env.reset(**level.reset_arguments())
        self._observe(begun(answer), rows, first)
        self._mask(answer[1], rows, first)

    def each(self, actions: NDArray[Any]) -> Sequence[Any]:
        """The action of every row, as an environment takes it."""
        if self._acting.space.kind == "discrete":
            first = self._acting.first[0]
            chosen: list[int] = actions.tolist()
            return [first + one for one in chosen] if first else chosen
        each: Sequence[Any] = self._acting.values(actions)
        return each

    def step(self, action: Any) -> None:
        self.stepped = self.env.step(action)

    def ask(self, actions: NDArray[Any]) -> None:
        self.step(self._acting.value(actions[0]))

    def answer(self, rows: Rows, first: int) -> bool:
        observation, reward, over, cut = stepped(self.stepped)
        terminated, truncated = ended(over, "terminated"), ended(cut, "truncated")
        self._observe(observation, rows, first)
        self._mask(self.stepped[4], rows, first, terminated or truncated)
        rows.rewards[first] = rewarded(reward)
        rows.terminated[first] = terminated
        # Both at once is an end by the environment's own rules.
        rows.truncated[first] = truncated and not terminated
        return terminated or truncated

    def state(self) -> bytes | None:
        inner = self.env.unwrapped
        if not hasattr(inner, "save") or not hasattr(inner, "load"):
            return None
        saved = octets(inner.save(), "what save() gave", "environment/state")
        return saved + self.allowed.tobytes() if self.masked else saved

    def set_state(self, level: GymLevel, state: bytes, rows: Rows, first: int) -> None:
        """`load` gives the observation of the state; a mask that no observation has stands behind the state."""
        if self.masked:
            leaf = self._layout.leaves[MASK]
            size = leaf.dtype.itemsize * leaf.shape[0]
            self.allowed = rows.observations[MASK][first] = np.frombuffer(state[-size:], leaf.dtype)
            state = state[:-size]
        self._observe(self.env.unwrapped.load(state), rows, first)

    def close(self, sound: bool) -> None:
        self._environments.give(self.env, sound)

    def _mask(self, info: Mapping[str, Any], rows: Rows, first: int, over: bool = False) -> None:
        if self.masked:
            self.allowed = rows.observations[MASK][first] = mask_of(info, self._layout.leaves[MASK], over)

    def _observe(self, observation: Any, rows: Rows, first: int) -> None:
        self._layout.write(observation, rows.observations, first)
        rows.told[first] = True
