"""A walker on a grid that looks for a beacon: `reset(seed, options)` and `step` of Gymnasium."""

from __future__ import annotations

import json
from typing import Any, Mapping

import numpy as np

from ..hosting.gym_level import GymLevel, GymLevels
from ..hosting.variations import Genome, Variations
from .spaces import Box, Dict, Discrete

_MOVES = ((0, -1), (1, 0), (0, 1), (-1, 0))
LARGEST = 9


class Beacon:
    """Observations: `way`, float32 `[2]`, the vector to the beacon over the side; `size`, int. Actions: up, right, down, left.

    Options: `size`, 2 … 9, cells a side. The seed decides where walker and beacon stand.
    Reward: 1 − 0.9·t/limit at the beacon, which ends the episode; the limit of 4·size steps truncates it.
    """

    metadata: Mapping[str, Any] = {}

    def __init__(self) -> None:
        self.observation_space = Dict({"way": Box(-1, 1, (2,)), "size": Discrete(LARGEST - 1, start=2)})
        self.action_space = Discrete(4)
        self._at = np.zeros(2, int)
        self._beacon = np.zeros(2, int)
        self._size = 5
        self._steps = 0

    @property
    def unwrapped(self) -> Beacon:
        return self

    def reset(self, *, seed: int | None = None, options: Mapping[str, Any] | None = None) -> tuple[dict[str, Any], dict[str, Any]]:
        random = np.random.default_rng(seed)
        self._size = int((options or {}).get("size", 5))
        cells = random.choice(self._size**2, 2, replace=False)
        self._at = np.array(divmod(int(cells[0]), self._size))
        self._beacon = np.array(divmod(int(cells[1]), self._size))
        self._steps = 0
        return self._observe(), {}

    def step(self, action: int) -> tuple[dict[str, Any], float, bool, bool, dict[str, Any]]:
        self._at = np.clip(self._at + _MOVES[action], 0, self._size - 1)
        self._steps += 1
        limit = 4 * self._size
        found = bool((self._at == self._beacon).all())
        reward = 1 - 0.9 * self._steps / limit if found else 0.0
        return self._observe(), reward, found, self._steps >= limit and not found, {}

    @property
    def column(self) -> int:
        return int(self._at[1])

    def save(self) -> bytes:
        return json.dumps([self._at.tolist(), self._beacon.tolist(), self._size, self._steps]).encode()

    def load(self, state: bytes) -> dict[str, Any]:
        at, beacon, self._size, self._steps = json.loads(state)
        self._at, self._beacon = np.array(at), np.array(beacon)
        return self._observe()

    def close(self) -> None:
        pass

    def _observe(self) -> dict[str, Any]:
        way = (self._beacon - self._at) / max(1, self._size - 1)
        return {"way": way.astype(np.float32), "size": self._size}


def _resized(level: GymLevel, by: int) -> GymLevel:
    return GymLevel(level.seed, {"size": int(np.clip(level.options.get("size", 5) + by, 2, LARGEST))})


def beacon_levels() -> GymLevels:
    """Sizes from 2 to 9; edits change the size by one."""
    return GymLevels(
        sample_options=lambda random: {"size": int(random.integers(2, LARGEST + 1))},
        mutate_options=lambda options, random: {
            "size": int(np.clip(options.get("size", 5) + random.choice((-1, 1)), 2, LARGEST))
        },
        variations=Variations(
            operators={"grow": lambda level, random: _resized(level, 1), "shrink": lambda level, random: _resized(level, -1)},
            crossover=lambda a, b, random: GymLevel(a.seed, b.options),
            genome=Genome(
                names=("size",),
                low=(2,),
                high=(LARGEST,),
                integer=(True,),
                to_vector=lambda level: (level.options.get("size", 5),),
                from_vector=lambda point: GymLevel(0, {"size": int(point[0])}),
            ),
        ),
        obstacle=lambda level: "" if 2 <= level.options.get("size", 5) <= LARGEST else f"size is not 2 … {LARGEST}",
    )
