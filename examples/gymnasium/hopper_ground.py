#!/usr/bin/env python3
"""A MuJoCo walker whose level is its ground and its weight: `env: { remote: <rendezvous> }` under PLR.

    python3 examples/gymnasium/hopper_ground.py --rendezvous hopper.json
"""

from __future__ import annotations

import argparse
from typing import Any

import agon_client as agon
import gymnasium

LEVELS = agon.Levels(
    bounds={"friction": (0.3, 3.0), "mass": (0.5, 2.0)},
    suites={"grounds": {"ice": {"friction": 0.3, "mass": 1.0}, "usual": {"friction": 1.0, "mass": 1.0}}},
)


class Ground(gymnasium.Wrapper[Any, Any, Any, Any]):
    """Options: `friction` and `mass`, as multiples of the model's own."""

    def __init__(self, env: Any) -> None:
        super().__init__(env)
        model: Any = self.unwrapped.model
        self.friction, self.mass = model.geom_friction.copy(), model.body_mass.copy()

    def reset(self, *, seed: int | None = None, options: dict[str, Any] | None = None) -> tuple[Any, dict[str, Any]]:
        model: Any = self.unwrapped.model
        level = options or {}
        model.geom_friction[:] = self.friction
        model.geom_friction[:, 0] *= level.get("friction", 1.0)
        model.body_mass[:] = self.mass * level.get("mass", 1.0)
        return self.env.reset(seed=seed)


def make(id: str) -> Any:
    return Ground(gymnasium.make(id))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("id", nargs="?", default="Hopper-v5", help="Hopper-v5, Walker2d-v5, … of Gymnasium")
    parser.add_argument("--rendezvous", default="hopper.json")
    given = parser.parse_args()
    end = agon.told_to_end()
    with agon.serve_environment(lambda: make(given.id), id=given.id, levels=LEVELS, rendezvous=given.rendezvous):
        end.wait()


if __name__ == "__main__":
    agon.as_program(main)
