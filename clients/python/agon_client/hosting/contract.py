"""What hosting makes of an environment, whichever surface it has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Mapping, Protocol, Sequence

import numpy as np
from numpy.typing import NDArray

from ..gen import environments_pb2 as wire
from ..records import AutoReset
from ..tensors import Array
from .gym_level import GymLevel, GymLevels
from .spaces import ObservationLayout


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

    def reset(self, slots: Sequence[int], levels: Sequence[GymLevel]) -> None: ...

    def step(self, actions: NDArray[np.int32]) -> None: ...

    def max_steps(self, slot: int) -> int: ...

    def save(self, slot: int) -> bytes: ...

    def load(self, slot: int, state: bytes) -> None: ...

    def close(self) -> None: ...


@dataclass(frozen=True)
class VectorRequest:
    slots: int
    auto_reset: AutoReset
    seeds: Sequence[int]
    """One per slot: keys the levels that follow under `next-level`."""


class Hosted(Protocol):
    """An environment that a server offers."""

    layout: ObservationLayout
    actions: wire.ActionSpec
    agents: int
    seats: Mapping[str, Sequence[int]]
    step_limit: int

    def vector(self, request: VectorRequest, levels: GymLevels) -> HostedVector: ...


def is_parallel(env: Any) -> bool:
    return hasattr(env, "possible_agents")


def is_vector(env: Any) -> bool:
    return hasattr(env, "num_envs") and hasattr(env, "single_observation_space")
