"""What hosting makes of an environment, whichever surface it has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Mapping, Protocol, Sequence

import numpy as np
from numpy.typing import NDArray

from ..gen import environments_pb2 as wire
from ..randomness import generator
from ..records import AutoReset
from ..tensors import Array
from .gym_level import GymLevel, GymLevels
from .spaces import ObservationLayout


StreamKey = tuple[int | str, ...]
"""Names a stream, as a path of `agon_client.generator`."""


@dataclass
class Rows:
    """What a step wrote, `rows = slots × agents`; lent until the next call."""

    observations: dict[str, Array]
    rewards: NDArray[np.float32]
    terminated: NDArray[np.uint8]
    truncated: NDArray[np.uint8]

    @classmethod
    def allocate(cls, layout: ObservationLayout, rows: int) -> Rows:
        flags = np.zeros(rows, np.uint8)
        return cls(layout.allocate(rows), np.zeros(rows, np.float32), flags, flags.copy())


class HostedVector(Protocol):
    """Many episodes side by side, with the semantics of src/envs/contract.ts."""

    rows: Rows

    sources: LevelSources

    def reset(self, slots: Sequence[int], levels: Sequence[GymLevel]) -> None: ...

    def step(self, actions: NDArray[np.int32]) -> Sequence[int]:
        """The slots whose next level began."""

    def max_steps(self, slot: int) -> int: ...

    def save(self, slot: int) -> bytes: ...

    def load(self, slot: int, state: bytes) -> None: ...

    def close(self) -> None: ...


class LevelSources:
    """Where the next level of a slot comes from: the one supplied, else a draw of the slot's stream."""

    def __init__(self, levels: GymLevels, streams: Sequence[StreamKey]) -> None:
        self._levels = levels
        self._streams = list(streams)
        self._supplied: list[GymLevel | None] = [None] * len(streams)
        self.drawn = [0] * len(streams)

    def rekey(self, slot: int, stream: StreamKey) -> None:
        """The slot draws from this stream from now on, from its beginning."""
        self._streams[slot] = stream
        self.drawn[slot] = 0

    def supply(self, slot: int, level: GymLevel | None) -> None:
        """At most one waits for a slot; a later one stands instead of it."""
        self._supplied[slot] = level

    def next(self, slot: int) -> GymLevel:
        supplied, self._supplied[slot] = self._supplied[slot], None
        if supplied is not None:
            return supplied
        self.drawn[slot] += 1
        return self._levels.sample(generator(*self._streams[slot], "next", self.drawn[slot]))


@dataclass(frozen=True)
class VectorRequest:
    slots: int
    auto_reset: AutoReset
    sources: LevelSources


class Hosted(Protocol):
    """An environment that a server offers."""

    layout: ObservationLayout
    actions: wire.ActionSpec
    agents: int
    seats: Mapping[str, Sequence[int]]
    step_limit: int

    def vector(self, request: VectorRequest) -> HostedVector: ...


def is_parallel(env: Any) -> bool:
    return hasattr(env, "possible_agents")


def is_vector(env: Any) -> bool:
    return hasattr(env, "num_envs") and hasattr(env, "single_observation_space")
