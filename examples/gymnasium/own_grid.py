#!/usr/bin/env python3
"""A grid of one's own whose level is its walls: `env: { remote: <rendezvous> }` under ACCEL. Needs no package.

    python3 examples/gymnasium/own_grid.py --rendezvous grid.json
"""

from __future__ import annotations

import argparse
from typing import Any

import agon_client as agon
import numpy as np
from agon_client.stand_ins import Box, Discrete

SIDE = 6
LIMIT = 50
MOVES = ((-1, 0), (0, 1), (1, 0), (0, -1))
CELLS = [f"cell-{i}" for i in range(SIDE * SIDE)]


def way(level: agon.GymLevel) -> int:
    """Steps from the first corner to the last, 0 where there is no way."""
    walls = np.array([level.options[name] for name in CELLS]).reshape(SIDE, SIDE)
    steps = {(0, 0): 0}
    for at in (queue := [(0, 0)]):
        for move in MOVES:
            to = (at[0] + move[0], at[1] + move[1])
            if to not in steps and all(0 <= x < SIDE for x in to) and not walls[to]:
                steps[to] = steps[at] + 1
                queue.append(to)
    return steps.get((SIDE - 1, SIDE - 1), 0)


class Levels(agon.Levels):
    """A wall or none in each cell; a quarter of them at first. Edits are those that leave a way."""

    def sample(self, random: np.random.Generator) -> agon.GymLevel:
        walls = random.random(len(CELLS)) < 0.25
        walls[0] = walls[-1] = False
        level = self.level(**{name: int(wall) for name, wall in zip(CELLS, walls, strict=True)})
        return self.sample(random) if self.obstacle(level) else level

    def mutate(self, level: agon.GymLevel, random: np.random.Generator) -> tuple[agon.GymLevel, str]:
        changed, operator = super().mutate(level, random)
        return self.mutate(level, random) if self.obstacle(changed) else (changed, operator)


LEVELS = Levels(
    bounds={name: (0, 1) for name in CELLS},
    seeds=1,
    features=lambda level: {"walls": sum(level.options.values()), "way": way(level)},
    obstacle=lambda level: "" if way(level) and not level.options[CELLS[0]] else "there is no way to the goal",
)


class Grid:
    """Observation: float32 `[6, 6, 3]`: walls, walker, goal. Actions: up, right, down, left. Reward: 1 − 0.9·t/50 at the goal."""

    metadata: dict[str, Any] = {}
    observation_space = Box(0, 1, (SIDE, SIDE, 3))
    action_space = Discrete(4)

    @property
    def unwrapped(self) -> Grid:
        return self

    def reset(self, *, seed: int | None = None, options: dict[str, Any] | None = None) -> tuple[Any, dict[str, Any]]:
        self.walls = np.array([(options or {}).get(name, 0) for name in CELLS]).reshape(SIDE, SIDE)
        self.at, self.steps = (0, 0), 0
        return self.see(), {}

    def step(self, action: int) -> tuple[Any, float, bool, bool, dict[str, Any]]:
        to = (self.at[0] + MOVES[action][0], self.at[1] + MOVES[action][1])
        if all(0 <= x < SIDE for x in to) and not self.walls[to]:
            self.at = to
        self.steps += 1
        there = self.at == (SIDE - 1, SIDE - 1)
        return self.see(), 1 - 0.9 * self.steps / LIMIT if there else 0.0, there, self.steps >= LIMIT and not there, {}

    def see(self) -> Any:
        seen = np.zeros((SIDE, SIDE, 3), np.float32)
        seen[..., 0] = self.walls
        seen[self.at][1] = seen[-1, -1, 2] = 1
        return seen

    def close(self) -> None:
        pass


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rendezvous", default="grid.json")
    given = parser.parse_args()
    end = agon.told_to_end()
    with agon.serve_environment(Grid, id="grid", levels=LEVELS, step_limit=LIMIT, solved_above=0.0, rendezvous=given.rendezvous):
        end.wait()


if __name__ == "__main__":
    agon.as_program(main)
