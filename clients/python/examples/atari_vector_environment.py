#!/usr/bin/env python3
"""Hosts an Atari game for a run, many at once, as ale-py steps them in threads of its own: much sooner than one by one.

    pip install ./clients/python gymnasium ale-py
    python3 clients/python/examples/atari_vector_environment.py pong --rendezvous pong.json

Four grey frames of `--size` pixels square, frames skipped four by four. ale-py loads its game anew for a seed, which takes as long as
a hundred steps or more, so a vector is seeded when it is made, and draws its own episodes from there: there is one level.
"""

from __future__ import annotations

import argparse
import importlib.util
import sys
from functools import partial
from typing import Any

import agon_client as agon
import numpy as np

RETURNS = {"pong": (-21.0, 21.0), "breakout": (0.0, 864.0)}
"""The least and the most that a game gives, where that is known."""
STEPS = 27_000
"""Of a game: half an hour at sixty frames a second, four of them a step (Machado et al. 2018)."""


class AtariVector:
    """ale-py's vector environment, as EnvPool has it: `reset(ids)` begins those."""

    def __init__(self, slots: int, seed: int, *, game: str, size: int, threads: int, fire: bool, clip_rewards: bool) -> None:
        made = importlib.import_module("ale_py.vector_env").AtariVectorEnv
        self._env = made(
            game,
            slots,
            num_threads=min(threads, slots),
            img_height=size,
            img_width=size,
            use_fire_reset=fire,
            reward_clipping=clip_rewards,
            max_num_frames_per_episode=4 * STEPS,
        )
        self.num_envs = slots
        self.single_observation_space = self._env.single_observation_space
        self.single_action_space = self._env.single_action_space
        self._seed: int | None = seed

    def reset(self, env_id: Any = None) -> tuple[Any, dict[str, Any]]:
        ids = np.arange(self.num_envs) if env_id is None else np.asarray(env_id)
        if self._seed is not None:
            # All of them, whoever is asked for: one that was never reset has no observation.
            self._env.reset(seed=self._seed)
            self._seed = None
        among = np.zeros(self.num_envs, bool)
        among[ids] = True
        observation, _ = self._env.reset(options={"reset_mask": among})
        return observation[ids], {"env_id": ids}

    def step(self, actions: Any) -> Any:
        return self._env.step(actions)

    def close(self) -> None:
        self._env.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("game", help="pong, breakout, … as ale-py names its ROMs")
    parser.add_argument("--rendezvous", default="environment.json", help="file that says where it listens")
    parser.add_argument("--size", type=int, default=84, help="edge of the picture in pixels; default 84")
    parser.add_argument("--threads", type=int, default=1, help="of each vector environment; default 1")
    parser.add_argument("--fire", action="store_true", help="an episode begins with the action FIRE, as Breakout needs it")
    parser.add_argument("--clip-rewards", action="store_true", help="rewards are their signs, in evaluations too")
    given = parser.parse_args()
    for name in ("gymnasium", "ale_py"):
        if importlib.util.find_spec(name) is None:
            sys.exit(f"{name} is not installed: pip install gymnasium ale-py")
    make = partial(
        AtariVector, game=given.game, size=given.size, threads=given.threads, fire=given.fire, clip_rewards=given.clip_rewards
    )
    end = agon.told_to_end()
    with agon.serve_environment(
        make,
        id=f"atari/{given.game}",
        profile="vector",
        levels=agon.GymLevels(seeds=1),
        step_limit=STEPS,
        return_range=RETURNS.get(given.game),
        rendezvous=given.rendezvous,
    ) as server:
        agon.say(f"{given.game} at {server.address}: env: {{ remote: {given.rendezvous} }}")
        end.wait()


if __name__ == "__main__":
    agon.as_program(main)
