"""Two walkers on a line who are to meet: the parallel surface of PettingZoo."""

from __future__ import annotations

from typing import Any, Mapping

import numpy as np

from .spaces import Box, Discrete

_LENGTH = 8
_LIMIT = 12


class Meeting:
    """Observation: float32 `[2]`, own place and the other's over the length. Actions: left, stay, right.

    Both earn 1 where they meet, which ends the episode for both. One who walks off the line leaves, and ends the
    episode for itself alone. After 12 steps it is truncated for whoever is left.
    """

    metadata: Mapping[str, Any] = {}

    def __init__(self) -> None:
        self.possible_agents = ["left", "right"]
        self.agents: list[str] = []
        self._at: dict[str, int] = {}
        self._steps = 0

    @property
    def unwrapped(self) -> Meeting:
        return self

    def observation_space(self, agent: str) -> Box:
        return Box(-1, 2, (2,))

    def action_space(self, agent: str) -> Discrete:
        return Discrete(3)

    def reset(self, seed: int | None = None, options: Mapping[str, Any] | None = None) -> tuple[dict[str, Any], dict[str, Any]]:
        gap = int(np.random.default_rng(seed).integers(2, _LENGTH - 1))
        self.agents = list(self.possible_agents)
        self._at = {"left": 0, "right": gap}
        self._steps = 0
        return {agent: self._observe(agent) for agent in self.agents}, {agent: {} for agent in self.agents}

    def step(
        self, actions: Mapping[str, int]
    ) -> tuple[dict[str, Any], dict[str, float], dict[str, bool], dict[str, bool], dict[str, Any]]:
        acting = list(self.agents)
        assert sorted(actions) == sorted(acting), "exactly those who are left act"
        for agent in acting:
            self._at[agent] += actions[agent] - 1
        self._steps += 1
        met = len(acting) == 2 and abs(self._at["left"] - self._at["right"]) <= 1
        terminated = {agent: met or not 0 <= self._at[agent] < _LENGTH for agent in acting}
        truncated = {agent: self._steps >= _LIMIT for agent in acting}
        self.agents = [agent for agent in acting if not terminated[agent] and not truncated[agent]]
        observations = {agent: self._observe(agent) for agent in acting}
        return observations, {agent: float(met) for agent in acting}, terminated, truncated, {agent: {} for agent in acting}

    def close(self) -> None:
        pass

    def _observe(self, agent: str) -> Any:
        other = next(name for name in self.possible_agents if name != agent)
        return np.array([self._at[agent], self._at[other]], np.float32) / _LENGTH
