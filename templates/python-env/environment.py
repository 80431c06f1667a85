#!/usr/bin/env python3
"""A walk along a corridor to a door, hosted for a run: `env: { remote: environment.json }`.

    python3 environment.py

The surface is Gymnasium's; its package is not needed. To host a registered environment instead, give
`lambda: gymnasium.make("CartPole-v1")` as `make`.
"""

from __future__ import annotations

from typing import Any

import agon_client as agon
import numpy as np
from agon_client.stand_ins import Box, Discrete  # or: from gymnasium.spaces import Box, Discrete

LIMIT = 60
LEVELS = agon.Levels(
    bounds={"length": (3, 20), "slip": (0.0, 0.3)},
    suites={"lengths": {"short": {"length": 5, "slip": 0.0}, "long": {"length": 20, "slip": 0.0}}},
)
"""What a curriculum searches: the options of `reset`, and the seed."""


class Corridor:
    """Observation: float32 `[2]`, the way to the door and the length, in longest corridors. Actions: left, right.

    Options: `length`, cells; `slip`, how often a step goes the other way. Reward: 1 − 0.9·t/60 at the door.
    """

    metadata: dict[str, Any] = {}
    observation_space = Box(-1, 1, (2,))
    action_space = Discrete(2)

    @property
    def unwrapped(self) -> Corridor:
        return self

    def reset(self, *, seed: int | None = None, options: dict[str, Any] | None = None) -> tuple[Any, dict[str, Any]]:
        level = {"length": 8, "slip": 0.0, **(options or {})}
        self.random = np.random.default_rng(seed)
        self.length, self.slip = level["length"], level["slip"]
        self.place, self.door = (int(x) for x in self.random.choice(self.length, 2, replace=False))
        self.steps = 0
        return self.see(), {}

    def step(self, action: int) -> tuple[Any, float, bool, bool, dict[str, Any]]:
        way = 1 if action == 1 else -1
        if self.random.random() < self.slip:
            way = -way
        self.place = min(max(self.place + way, 0), self.length - 1)
        self.steps += 1
        there = self.place == self.door
        reward = 1 - 0.9 * self.steps / LIMIT if there else 0.0
        return self.see(), reward, there, self.steps >= LIMIT and not there, {}

    def see(self) -> Any:
        return np.array([self.door - self.place, self.length], np.float32) / 20

    def close(self) -> None:
        pass


def main() -> None:
    end = agon.told_to_end()
    with agon.serve_environment(
        Corridor, id="corridor", levels=LEVELS, step_limit=LIMIT, solved_above=0.0, rendezvous="environment.json"
    ):
        agon.say("environment.json is there: agon run experiment.yaml")
        end.wait()


if __name__ == "__main__":
    agon.as_program(main)
