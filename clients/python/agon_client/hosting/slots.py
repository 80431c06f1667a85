"""A vector environment of one environment per slot: auto-reset, step limits and ended slots in one place."""

from __future__ import annotations

from functools import partial
from typing import Any, Callable, Generic, Protocol, Sequence, TypeVar

import numpy as np
from numpy.typing import NDArray

from ..errors import AgonError
from .acted import Acted
from .contract import LEFT, Level, Rows, StreamKey, VectorRequest
from .faults import fault_of, level_text, with_again
from .pool import close_all
from .spaces import ObservationLayout


class Game(Protocol):
    """One environment in one slot. Writes rows `first … first + agents − 1`."""

    def begin(self, level: Any, stream: StreamKey, rows: Rows, first: int) -> None:
        """`stream` names the randomness of this episode."""

    def ask(self, actions: NDArray[Any]) -> None:
        """Begins a step. All slots are asked before the first has to answer, so that they may work side by side."""

    def answer(self, rows: Rows, first: int) -> bool:
        """Ends the step. Whether the episode is over; terminated and truncated of its rows are then set."""

    def state(self) -> bytes | None:
        """The whole state, or None where the environment has no `save`."""

    def set_state(self, level: Any, state: bytes, rows: Rows, first: int) -> None:
        """`level` is that of the state. What is refused leaves the game as it was."""

    def close(self, sound: bool) -> None:
        """`sound`: nothing that it was asked has failed."""


_G = TypeVar("_G", bound=Game)


class SlotVector(Generic[_G]):
    def __init__(
        self,
        request: VectorRequest,
        layout: ObservationLayout,
        agents: int,
        step_limit: Callable[[Any], int],
        make: Callable[[], _G],
        again: Callable[[NDArray[Any]], str] | None = None,
    ) -> None:
        """`again` makes of the actions of one slot, `[steps, agents, …]`, the Python that does them with `env`."""
        self.rows = Rows.allocate(layout, request.slots * agents, request.finals, request.departures)
        self._layout = layout
        self._request = request
        self.sources = request.sources
        self._agents = agents
        self._limit = step_limit
        self._games: list[_G] = []
        self._again = again
        # The last actions of all slots; of those that were loaded they begin in the midst of an episode.
        self._acted = Acted(agents)
        self._loaded: set[int] = set()
        # Slots whose game failed at something.
        self._failed: set[int] = set()
        self._make(make, request.slots)
        self._now: list[Level | None] = [None] * request.slots
        self._never = set(range(request.slots))
        self._steps = np.zeros(request.slots, np.int64)
        # Of the level now in each slot.
        self._limits = np.zeros(request.slots, np.int64)
        self._ended = np.ones(request.slots, bool)
        self._all = list(range(request.slots))

    def reset(self, slots: Sequence[int], levels: Sequence[Any]) -> None:
        for slot, level in zip(slots, levels, strict=True):
            self._begin(slot, level)
        self._check_observations("reset")

    def step(self, actions: NDArray[Any]) -> Sequence[int]:
        if self._never:
            raise AgonError("environment/not-reset", f"slot {self._request.first + min(self._never)} was never reset", "reset every slot first")
        live = np.flatnonzero(~self._ended).tolist() if np.count_nonzero(self._ended) else self._all
        self.rows.rewards[:] = 0
        if self.rows.departed is not None:
            self.rows.departed[:] = 0
        if self._again is not None:
            self._acted.add(actions)
        if live is self._all:
            self._steps += 1
        else:
            self._steps[live] += 1
        self._ask(live, actions)
        over = self._answers(live)
        # Before the next episodes begin, whose observations stand in the place of the last ones.
        self._check_observations("step")
        self.rows.keep_finals()
        # Only now: a game that begins may share its process with one that has yet to answer.
        began = [slot for slot in over if self._follow(slot)]
        if over and self._request.auto_reset != "none":
            self._check_observations("reset")
        return began

    def _ask(self, live: list[int], actions: NDArray[Any]) -> None:
        for slot in live:
            try:
                self._games[slot].ask(actions[slot * self._agents : (slot + 1) * self._agents])
            except BaseException as error:
                raise self._fault(error, "step", slot)

    def _answers(self, live: list[int]) -> list[int]:
        """Writes the rows of those asked; gives the slots whose episode is over."""
        return [slot for slot in live if self._answer(slot)]

    def _answer(self, slot: int) -> bool:
        first = slot * self._agents
        mine = slice(first, first + self._agents)
        self.rows.terminated[mine] = 0
        self.rows.truncated[mine] = 0
        try:
            over = self._games[slot].answer(self.rows, first)
        except BaseException as error:
            raise self._fault(error, "step", slot)
        if not over and self._steps[slot] >= self._limits[slot]:
            self._cut(mine)
            over = True
        return over

    def _cut(self, mine: slice) -> None:
        """Who left by the rules in this very step was not cut with the others."""
        self.rows.truncated[mine] = 1
        if self.rows.departed is not None:
            left = self.rows.departed[mine] == LEFT
            self.rows.terminated[mine], self.rows.truncated[mine] = left, ~left
            self.rows.departed[mine] = 0

    def _among(self, live: list[int]) -> list[int] | slice:
        """These slots as an index of arrays; a list has to be made an array first, each time."""
        return slice(None) if live is self._all else live

    def max_steps(self, slot: int) -> int:
        return self._limit(self._now[slot])

    def save(self, slot: int) -> bytes:
        level = self._now[slot]
        if level is None:
            raise AgonError("environment/not-reset", f"slot {slot} was never reset")
        try:
            state = self._games[slot].state()
        except BaseException as error:
            raise self._fault(error, "save", slot)
        if state is None:
            raise AgonError("state/unsupported", "this environment cannot save its state", "give it `save()` and `load(state)`")
        mine = slice(slot * self._agents, (slot + 1) * self._agents)
        flags = self.rows.terminated[mine].tobytes() + self.rows.truncated[mine].tobytes()
        counters = np.array([self._steps[slot], self.sources.drawn[slot], self.sources.begun[slot], self._ended[slot]], "<u8")
        parts = [counters.tobytes(), flags, level.encode(), state]
        return _MARK + b"".join(len(part).to_bytes(4, "little") + part for part in parts)

    def load(self, slot: int, state: bytes) -> None:
        try:
            counters, flags, level, inner = _split(state)
            steps, drawn, begun, ended = (int(value) for value in np.frombuffer(counters, "<u8"))
            both = np.frombuffer(flags, np.uint8).reshape(2, self._agents)
        except ValueError as cause:
            raise AgonError("state/corrupt", f"the bytes are no state: {cause}") from cause
        first, now = slot * self._agents, self.sources.decode(level)
        # First what may be refused: the slot then stays as it was.
        try:
            self._games[slot].set_state(now, inner, self.rows, first)
        except BaseException as error:
            raise self._fault(error, "load", slot)
        self._loaded.add(slot)
        self._take(slot, now)
        self._steps[slot], self._ended[slot] = steps, bool(ended)
        self.sources.drawn[slot], self.sources.begun[slot] = drawn, begun
        self.rows.terminated[first : first + self._agents], self.rows.truncated[first : first + self._agents] = both

    def close(self) -> None:
        close_all([partial(game.close, slot not in self._failed) for slot, game in enumerate(self._games)])

    def _make(self, make: Callable[[], _G], count: int) -> None:
        try:
            for _ in range(count):
                self._games.append(make())
        except BaseException as error:
            self.close()
            raise fault_of(error, f"making the environment of slot {len(self._games)}")

    def _check_observations(self, call: str) -> None:
        """Compares all rows with their spaces at once. Raises `EnvironmentFault` `environment/observation`."""
        found = self._layout.outside(self.rows.observations, self.rows.told)
        if found is not None:
            row, wrong = found
            error = AgonError("environment/observation", wrong, "give what the space declares, or declare what is given")
            raise self._fault(error, call, row // self._agents)

    def _fault(self, error: BaseException, call: str, slot: int) -> AgonError:
        step, level, named = int(self._steps[slot]), self._now[slot], self._request.first + slot
        where = f"step {step} of slot {named}" if call == "step" else f"{call} of slot {named}"
        fields = {"slot": named, "step": step}
        self._failed.add(slot)
        if level is None:
            return fault_of(error, where, **fields)
        text = level_text(level)
        fault = fault_of(error, f"{where}, level {text}", **fields, level=text)
        return with_again(fault, level, int(self._steps[slot]), self._steps_again(slot))

    def _steps_again(self, slot: int) -> str:
        """The Python that does all steps of the slot's episode; empty where they are not known, or too many."""
        if self._again is None or slot in self._loaded:
            return ""
        actions = self._acted.last(slot, int(self._steps[slot]))
        return "" if actions is None else self._again(actions)

    def _take(self, slot: int, level: Level) -> None:
        self._now[slot], self._limits[slot] = level, self._limit(level)
        self._never.discard(slot)

    def _begin(self, slot: int, level: Level) -> None:
        self._take(slot, level)
        self._loaded.discard(slot)
        self._steps[slot] = 0
        self._ended[slot] = False
        try:
            self._games[slot].begin(level, self.sources.episode(slot), self.rows, slot * self._agents)
        except BaseException as error:
            raise self._fault(error, "reset", slot)

    def _follow(self, slot: int) -> bool:
        """What follows an episode that ended: the flags stay, the observation is that of the next episode.

        Gives whether a next level began.
        """
        level = self._now[slot]
        assert level is not None
        if self._request.auto_reset == "none":
            self._ended[slot] = True
        elif self._request.auto_reset == "same-level":
            self._begin(slot, level)
        else:
            self._begin(slot, self.sources.next(slot))
            return True
        return False


_MARK = b"agon-gym-2"


def _split(state: bytes) -> tuple[bytes, bytes, bytes, bytes]:
    if not state.startswith(_MARK):
        raise AgonError("state/foreign", "this state was saved by another environment")
    parts, at = [], len(_MARK)
    while at < len(state):
        size = int.from_bytes(state[at : at + 4], "little")
        parts.append(state[at + 4 : at + 4 + size])
        at += 4 + size
    if len(parts) != 4 or at != len(state):
        raise ValueError("its parts do not fit")
    return parts[0], parts[1], parts[2], parts[3]
