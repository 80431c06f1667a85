#!/usr/bin/env python3
"""Hosts an Atari game for a run, four grey frames of 84 × 84: `recipes/pong.yaml`, `recipes/breakout.yaml`.

    pip install ./clients/python gymnasium ale-py opencv-python-headless
    python3 clients/python/examples/atari_environment.py Pong --rendezvous pong.json
"""

from __future__ import annotations

import argparse
import importlib
import sys
from typing import Any

import agon_client as agon

RETURNS = {"Pong": (-21.0, 21.0), "Breakout": (0.0, 864.0)}
"""The least and the most that a game gives, where that is known."""
STEPS = 27_000
"""Of a game: half an hour at sixty frames a second, four of them a step (Machado et al. 2018)."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("game", help="Pong, Breakout, … as ale-py has them, version 5")
    parser.add_argument("--rendezvous", default="environment.json", help="file that says where it listens")
    parser.add_argument("--steps", type=int, default=STEPS, help=f"longest episode, of four frames each; default {STEPS}")
    parser.add_argument("--sticky", type=float, default=0.0, help="chance that a frame repeats the action before; default 0")
    parser.add_argument("--life-loss", action="store_true", help="a lost life ends the episode, in evaluations too")
    parser.add_argument("--fire", action="store_true", help="an episode begins with the action FIRE, as Breakout needs it")
    parser.add_argument("--clip-rewards", action="store_true", help="rewards are their signs, in evaluations too")
    given = parser.parse_args()
    try:
        gymnasium, ale = importlib.import_module("gymnasium"), importlib.import_module("ale_py")
    except ImportError as missing:
        sys.exit(f"{missing.name} is not installed: pip install gymnasium ale-py opencv-python-headless")
    gymnasium.register_envs(ale)

    def make() -> Any:
        # Grey in the emulator already: nobody looks at the colours.
        return gymnasium.make(
            f"ALE/{given.game}-v5", frameskip=1, obs_type="grayscale", repeat_action_probability=given.sticky
        )

    pixels = agon.Pixels.atari(life_loss=given.life_loss, fire_on_reset=given.fire, clip_rewards=given.clip_rewards)
    end = agon.told_to_end()
    with agon.serve_environment(
        make,
        id=f"atari/{given.game}",
        profile="v5",
        pixels=pixels,
        step_limit=given.steps,
        return_range=RETURNS.get(given.game),
        rendezvous=given.rendezvous,
    ) as server:
        agon.say(f"{given.game} at {server.address}: env: {{ remote: {given.rendezvous} }}")
        end.wait()


if __name__ == "__main__":
    agon.as_program(main)
