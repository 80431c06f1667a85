"""PettingZoo's own environments: agents that die, agents that take turns."""

from __future__ import annotations

import importlib
from typing import Any

import numpy as np
from pettingzoo.utils.conversions import aec_to_parallel

import agon_client as agon
from agon_client.hosting import GymLevel
from tests.test_hosting import Served

PLAIN: dict[str, Any] = {"levels": agon.GymLevels(), "solved_above": None}


def module(name: str) -> Any:
    """By name, as PettingZoo's stubs ask for packages that are not here."""
    return importlib.import_module(f"pettingzoo.{name}")


class Real(Served):
    def follow(self, make: Any, level: int, steps: int, draw: Any) -> tuple[int, int]:
        """Plays hosted and bare side by side; how often somebody left before the others, and how many episodes ended."""
        local = make()
        names, left_early, ends = list(local.possible_agents), 0, 0
        with self.serve(make, **PLAIN).vector(1, "same-level") as vector:
            first = vector.reset([GymLevel(level).encode()])["observation"]
            seen, _ = local.reset(seed=level)
            for _ in range(steps):
                actions = np.array([draw(local, name) for name in names])
                there = list(local.agents)
                step = vector.step(actions)
                seen, rewards, terminated, truncated, _ = local.step({name: int(actions[names.index(name)]) for name in there})
                over = not local.agents
                ends += over
                left_early += not over and len(local.agents) < len(there)
                for i, name in enumerate(names):
                    expected = first[i] if over else seen.get(name, np.zeros_like(first[i])) if name in there else np.zeros_like(first[i])
                    np.testing.assert_allclose(step.observations["observation"][i], expected.astype(first.dtype))
                    self.assertEqual(step.rewards[i], np.float32(rewards.get(name, 0) if name in there else 0))
                self.assertEqual(bool(step.done.all()), over)
                self.assertEqual(bool(step.done.any()), over)
                if over:
                    local.reset(seed=level)
        local.close()
        return left_early, ends

    def test_knights_and_archers_die_one_by_one(self) -> None:
        knights = module("butterfly.knights_archers_zombies_v11")
        random = np.random.default_rng(0)
        # Whoever walks into a wall dies.
        left_early, ends = self.follow(
            lambda: knights.parallel_env(max_cycles=200, line_death=True), 3, 150, lambda env, name: random.integers(2)
        )
        self.assertGreater(left_early, 0)
        self.assertGreater(ends, 0)

    def test_rock_paper_scissors(self) -> None:
        rps = module("classic.rps_v2")
        random = np.random.default_rng(0)
        _, ends = self.follow(lambda: rps.parallel_env(max_cycles=5), 1, 20, lambda env, name: random.integers(3))
        self.assertGreater(ends, 2)

    def test_turns_are_refused_and_play_once_they_are_made_parallel(self) -> None:
        rps = module("classic.rps_v2")
        with self.assertRaises(agon.AgonError) as raised:
            self.serve(lambda: rps.env(), **PLAIN)
        self.assertEqual(raised.exception.code, "environment/factory")
        self.assertIn("aec_to_parallel", raised.exception.remedy)
        environment = self.serve(lambda: aec_to_parallel(rps.env(max_cycles=3)), **PLAIN)
        with environment.vector(1) as vector:
            vector.reset([GymLevel(1).encode()])
            steps = [vector.step(np.array([0, 1])) for _ in range(3)]
        self.assertEqual([step.done.all() for step in steps], [False, False, True])
        np.testing.assert_array_equal([step.rewards for step in steps], [[-1, 1]] * 3)
