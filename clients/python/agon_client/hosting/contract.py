"""What hosting makes of an environment, whichever surface it has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Callable, Mapping, Protocol, Sequence

import numpy as np
from numpy.typing import NDArray

from ..gen import environments_pb2 as wire
from ..randomness import generator
from ..records import AutoReset
from ..tensors import Array
from .spaces import ObservationLayout


LEFT, CUT_ALONE = 1, 2
"""What `Rows.departed` says of an agent that left alone."""

StreamKey = tuple[int | str, ...]
"""Names a stream, as a path of `agon_client.generator`."""


class Level(Protocol):
    """A level, immutable."""

    def encode(self) -> bytes:
        """Its canonical bytes: equal levels give equal bytes."""


@dataclass(frozen=True)
class Suite:
    """A named list of sealed evaluation tasks."""

    about: str
    """One sentence for people."""
    entries: Mapping[str, Callable[[np.random.Generator, int], Level]]
    """By unique names; each gives the level of episode n."""


class LevelSpace(Protocol):
    """Pure operations on the levels of one environment, with the meaning of src/envs/contract.ts."""

    @property
    def suites(self) -> Mapping[str, Suite]: ...

    @property
    def picture(self) -> Callable[[Any], str] | None:
        """A level as a self-contained `<svg>` element; None where levels have no pictures."""

    def decode(self, data: bytes) -> Any:
        """Raises `AgonError` `level/corrupt`."""

    def sample(self, random: np.random.Generator) -> Level: ...

    def mutate(self, level: Any, random: np.random.Generator) -> tuple[Level, str]:
        """A changed copy, and the operator that made it."""

    def obstacle(self, level: Any, /) -> str:
        """Why it cannot be attempted; empty where it can."""

    def key(self, level: Any) -> str:
        """Equal keys: the same level to an archive without duplicates."""

    def text(self, level: Any) -> str:
        """The form for people's files; `parse_file` reads it back."""

    def describe(self, level: Any) -> Mapping[str, float]:
        """Named numbers; absent is not zero."""

    def parse_file(self, text: str) -> list[tuple[str, Any]]:
        """Levels of a text, by name. Raises `AgonError` `level/invalid` with the place."""


@dataclass
class Rows:
    """What a step wrote, `rows = slots × agents`; lent until the next call."""

    observations: dict[str, Array]
    rewards: NDArray[np.float32]
    terminated: NDArray[np.uint8]
    truncated: NDArray[np.uint8]
    told: NDArray[np.bool_]
    """Rows whose observation the environment gave: it is compared with the space. False for one who has left."""
    finals: dict[str, Array] | None = None
    """As `observations`, where they are asked for: each row whose `truncated` is 1 has what was seen last of the episode that
    was cut, before any auto-reset. Other rows hold anything."""
    departed: NDArray[np.uint8] | None = None
    """Where it is asked for: 1 where the row's agent left an episode that goes on for others by its rules, 2 where it was cut from
    it alone, and `finals` then has what it saw last; else 0."""

    @classmethod
    def allocate(cls, layout: ObservationLayout, rows: int, finals: bool = False, departures: bool = False) -> Rows:
        flags, told = np.zeros(rows, np.uint8), np.zeros(rows, bool)
        last = layout.allocate(rows) if finals else None
        departed = flags.copy() if departures else None
        return cls(layout.allocate(rows), np.zeros(rows, np.float32), flags, flags.copy(), told, last, departed)

    @property
    def seen_last(self) -> NDArray[np.bool_]:
        """The rows of which `finals` has something."""
        cut: NDArray[np.bool_] = self.truncated == 1
        if self.departed is not None:
            cut |= self.departed == CUT_ALONE
        return cut

    def keep_finals(self) -> None:
        """To be called where the observations are those of the episodes that the flags speak of: before others begin."""
        if self.finals is None or not np.count_nonzero(self.truncated):
            return
        cut = self.truncated == 1
        for name, values in self.observations.items():
            self.finals[name][cut] = values[cut]


class HostedVector(Protocol):
    """Many episodes side by side, with the semantics of src/envs/contract.ts."""

    rows: Rows

    sources: LevelSources

    def reset(self, slots: Sequence[int], levels: Sequence[Any]) -> None: ...

    def step(self, actions: NDArray[Any]) -> Sequence[int]:
        """The slots whose next level began."""

    def max_steps(self, slot: int) -> int: ...

    def save(self, slot: int) -> bytes: ...

    def load(self, slot: int, state: bytes) -> None: ...

    def close(self) -> None: ...


class LevelSources:
    """Where the next level of a slot comes from: the one supplied, else a draw of the slot's stream."""

    def __init__(self, levels: LevelSpace, streams: Sequence[StreamKey]) -> None:
        self._levels = levels
        self._streams = list(streams)
        self._supplied: list[Level | None] = [None] * len(streams)
        self.drawn = [0] * len(streams)
        self.begun = [0] * len(streams)

    def stream(self, slot: int) -> StreamKey:
        return self._streams[slot]

    def rekey(self, slot: int, stream: StreamKey) -> None:
        """The slot draws from this stream from now on, from its beginning."""
        self._streams[slot] = stream
        self.rewind(slot)

    def rewind(self, slot: int) -> None:
        """The slot's stream is taken up from its beginning."""
        self.drawn[slot] = self.begun[slot] = 0

    def decode(self, data: bytes) -> Any:
        return self._levels.decode(data)

    def episode(self, slot: int) -> StreamKey:
        """Names the randomness of the slot's next episode, a new one each time."""
        self.begun[slot] += 1
        return (*self._streams[slot], "episode", self.begun[slot])

    def streams(self, low: int, high: int) -> list[StreamKey]:
        return self._streams[low:high]

    def counters(self, slot: int) -> tuple[int, int]:
        return self.drawn[slot], self.begun[slot]

    def following(self, slot: int) -> object:
        """Names the level that `next` would give: the same as long as that does not change."""
        supplied = self._supplied[slot]
        return (self._streams[slot], self.drawn[slot]) if supplied is None else supplied

    def peek(self, slot: int) -> Level:
        """What `next` would give; nothing is used up."""
        supplied = self._supplied[slot]
        return self._draw(slot, self.drawn[slot] + 1) if supplied is None else supplied

    def _draw(self, slot: int, number: int) -> Level:
        return self._levels.sample(generator(*self._streams[slot], "next", number))

    def supply(self, slot: int, level: Level | None) -> None:
        """At most one waits for a slot; a later one stands instead of it."""
        self._supplied[slot] = level

    def next(self, slot: int) -> Level:
        supplied, self._supplied[slot] = self._supplied[slot], None
        if supplied is not None:
            return supplied
        self.drawn[slot] += 1
        return self._draw(slot, self.drawn[slot])


@dataclass(frozen=True)
class VectorRequest:
    slots: int
    auto_reset: AutoReset
    sources: LevelSources
    finals: bool = False
    """Whether `Rows.finals` are asked for."""
    departures: bool = False
    """Whether `Rows.departed` is."""
    first: int = 0
    """What the first slot is called in errors, where this is a part of a vector environment."""


class Hosted(Protocol):
    """An environment that a server offers."""

    layout: ObservationLayout
    actions: wire.ActionSpec
    agents: int
    seats: Mapping[str, Sequence[int]]
    gives_finals: bool
    """Whether its vectors write `Rows.finals`."""
    gives_departures: bool
    """Whether they write `Rows.departed`."""

    def vector(self, request: VectorRequest) -> HostedVector: ...

    def close(self) -> None:
        """Lets go of what outlives vector environments."""


def is_parallel(env: Any) -> bool:
    return hasattr(env, "possible_agents")


def is_vector(env: Any) -> bool:
    """Also of EnvPool's, whose spaces are those of one environment."""
    return hasattr(env, "num_envs") and hasattr(env, "single_observation_space") or hasattr(env, "all_env_ids")
