"""Playing sealed episodes, for students that measure themselves and for evaluators."""

from __future__ import annotations

from typing import Any, Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from .environment import Environment
from .randomness import generator
from .records import SealedEpisode, SealedResult
from .tensors import Array

Act = Callable[[Mapping[str, Array], NDArray[np.float64]], NDArray[Any]]
"""Observations `[rows, …shape]` and uniform numbers `[rows]`, or `[rows, n]` for actions of n numbers → actions like them.

Real numbers outside their bounds are clipped.
"""


def play_sealed(
    environment: Environment,
    episodes: Sequence[SealedEpisode],
    act: Act,
    *,
    begin: Callable[[int], object] = lambda rows: None,
    together: int = 128,
) -> list[SealedResult]:
    """Plays every episode once, `together` of them side by side, and returns the results in their order.

    `begin(rows)` is called before each group, for policies with a memory. Uniform numbers are keyed by the episode's
    own seed. In environments of several agents an episode's return is their mean.
    """
    results: list[SealedResult] = []
    for start in range(0, len(episodes), together):
        group = episodes[start : start + together]
        begin(len(group) * environment.spec.agents)
        results += _play_group(environment, group, act)
    return results


def _play_group(environment: Environment, group: Sequence[SealedEpisode], act: Act) -> list[SealedResult]:
    agents, space = environment.spec.agents, environment.spec.action_space
    returns = np.zeros((len(group), agents))
    lengths = np.zeros(len(group), dtype=int)
    live = np.ones(len(group), dtype=bool)
    with environment.vector(len(group), "none", seeds=[one.seed for one in group]) as vector:
        observations: Mapping[str, Array] = vector.reset([one.level for one in group])
        draws = [generator(one.seed, "act") for one in group]
        while live.any():
            uniform = np.stack([draw.random((agents, *space.shape)) for draw in draws]).reshape(-1, *space.shape)
            step = vector.step(space.clip(act(observations, uniform)))
            observations = step.observations
            returns[live] += step.rewards.reshape(-1, agents)[live]
            lengths[live] += 1
            live &= ~step.done.reshape(-1, agents).all(axis=1)
    return [SealedResult(float(mean), int(length)) for mean, length in zip(returns.mean(axis=1), lengths, strict=True)]
