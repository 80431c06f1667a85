#!/usr/bin/env python3
"""An Atari game whose level is its seed: `env: { remote: <rendezvous> }` under PLR.

    python3 examples/gymnasium/atari_seeds.py ALE/Freeway-v5 --rendezvous atari.json

The seed decides what the console draws and how long the player is held still before an episode begins.
"""

from __future__ import annotations

import argparse
from typing import Any

import agon_client as agon
import ale_py
import gymnasium

gymnasium.register_envs(ale_py)
LEVELS = agon.Levels(seeds=200)


class Starts(gymnasium.Wrapper[Any, Any, Any, Any]):
    """The game begins after up to 30 steps without an action, as many as the seed says."""

    def reset(self, *, seed: int | None = None, options: dict[str, Any] | None = None) -> tuple[Any, dict[str, Any]]:
        seen, info = self.env.reset(seed=seed)
        for _ in range((seed or 0) % 30):
            seen, _, over, cut, info = self.env.step(0)
            if over or cut:
                return self.env.reset(seed=seed)
        return seen, info


def make(game: str, size: int) -> Any:
    env = gymnasium.make(game, obs_type="grayscale", frameskip=4, repeat_action_probability=0.0)
    small = gymnasium.wrappers.ResizeObservation(env, (size, size))
    return Starts(gymnasium.wrappers.FrameStackObservation(small, 4))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("game", nargs="?", default="ALE/Freeway-v5")
    parser.add_argument("--size", type=int, default=84)
    parser.add_argument("--step-limit", type=int, default=2000)
    parser.add_argument("--rendezvous", default="atari.json")
    given = parser.parse_args()
    end = agon.told_to_end()
    with agon.serve_environment(
        lambda: make(given.game, given.size),
        id=given.game,
        levels=LEVELS,
        step_limit=given.step_limit,
        rendezvous=given.rendezvous,
    ):
        end.wait()


if __name__ == "__main__":
    agon.as_program(main)
