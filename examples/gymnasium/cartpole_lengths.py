#!/usr/bin/env python3
"""CartPole whose level is the length of its pole: `env: { remote: <rendezvous> }` under ACCEL.

    python3 examples/gymnasium/cartpole_lengths.py --rendezvous cartpole.json
"""

from __future__ import annotations

import argparse
from typing import Any

import agon_client as agon
import gymnasium

LEVELS = agon.Levels(
    bounds={"length": (0.1, 2.0), "force": (5.0, 15.0)},
    suites={"poles": {name: {"length": x, "force": 10.0} for name, x in (("short", 0.1), ("usual", 0.5), ("long", 2.0))}},
)


class Poles(gymnasium.Wrapper[Any, Any, Any, Any]):
    """Options: `length`, half the pole's, metres; `force`, newtons."""

    def reset(self, *, seed: int | None = None, options: dict[str, Any] | None = None) -> tuple[Any, dict[str, Any]]:
        pole: Any = self.unwrapped
        level = options or {}
        pole.length, pole.force_mag = level.get("length", 0.5), level.get("force", 10.0)
        pole.polemass_length = pole.masspole * pole.length
        return self.env.reset(seed=seed)


def make() -> Any:
    return Poles(gymnasium.make("CartPole-v1"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rendezvous", default="cartpole.json")
    given = parser.parse_args()
    end = agon.told_to_end()
    # 500 steps and the threshold of 475 come from the registration.
    with agon.serve_environment(make, id="cartpole-lengths", levels=LEVELS, rendezvous=given.rendezvous):
        end.wait()


if __name__ == "__main__":
    agon.as_program(main)
