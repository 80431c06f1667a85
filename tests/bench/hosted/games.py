"""What the bench of hosted environments plays, each as one environment of Gymnasium."""

from __future__ import annotations

import time
from typing import Any

import agon_client as agon
import gymnasium as gym


def cartpole() -> Any:
    return gym.make("CartPole-v1")


def pong() -> Any:
    """Grey 84 × 84, four frames, as Atari is learned."""
    import ale_py

    gym.register_envs(ale_py)
    game = gym.make("ALE/Pong-v5", frameskip=1)
    return gym.wrappers.FrameStackObservation(gym.wrappers.AtariPreprocessing(game), 4)


def recipe_pong() -> Any:
    """As clients/python/examples/atari_environment.py hosts it for the recipe."""
    import ale_py

    gym.register_envs(ale_py)
    game = gym.make("ALE/Pong-v5", frameskip=1, obs_type="grayscale", repeat_action_probability=0.0)
    return agon.Pixels.atari().wrap(game)


class Busy(gym.Wrapper):  # type: ignore[type-arg]
    """Computes for half a millisecond of its processor before each step."""

    def step(self, action: Any) -> Any:
        end = time.thread_time() + 0.0005
        while time.thread_time() < end:
            pass
        return self.env.step(action)


def busy() -> Any:
    return Busy(gym.make("CartPole-v1"))


GAMES = {"busy": busy, "cartpole": cartpole, "pong": pong, "recipe-pong": recipe_pong}
