"""What the bench of hosted environments plays, each as one environment of Gymnasium."""

from __future__ import annotations

from typing import Any

import gymnasium as gym


def cartpole() -> Any:
    return gym.make("CartPole-v1")


def pong() -> Any:
    """Grey 84 × 84, four frames, as Atari is learned."""
    import ale_py

    gym.register_envs(ale_py)
    game = gym.make("ALE/Pong-v5", frameskip=1)
    return gym.wrappers.FrameStackObservation(gym.wrappers.AtariPreprocessing(game), 4)


GAMES = {"cartpole": cartpole, "pong": pong}
