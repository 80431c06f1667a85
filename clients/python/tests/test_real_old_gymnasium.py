"""Vectors of a real Gymnasium 0.29, where requirements-test.txt names one: all are reset together, and begin again by themselves."""

from __future__ import annotations

import contextlib
import importlib.metadata
import io
import unittest
from typing import Any

import gymnasium
import numpy as np

import agon_client as agon
from agon_client.hosting import GymLevel
from tests.test_hosting import Served

OLD = importlib.metadata.version("gymnasium").startswith("0.29.")


@unittest.skipUnless(OLD, "gymnasium 0.29 is in no index here: stand-ins of test_vectors.py show its surface")
class Old(Served):
    def test_a_slot_plays_as_a_single_environment_does(self) -> None:
        plain: dict[str, Any] = {"levels": agon.GymLevels(), "solved_above": None}
        make = lambda n: gymnasium.vector.SyncVectorEnv([lambda: gymnasium.make("CartPole-v1")] * n)
        with contextlib.redirect_stderr(io.StringIO()) as said:
            many = self.serve(make, **plain)
        self.assertIn("each slot gets a vector of one", said.getvalue())
        single = self.serve(lambda: gymnasium.make("CartPole-v1"), **plain)
        levels = [GymLevel(seed).encode() for seed in range(3)]
        actions = np.random.default_rng(0).integers(0, 2, (60, 3))
        for auto_reset in ("same-level", "next-level"):
            found = []
            for environment in (single, many):
                with environment.vector(3, auto_reset, seeds=range(3)) as vector:
                    steps = [vector.reset(levels)["observation"]]
                    for row in actions:
                        step = vector.step(row)
                        steps += [step.observations["observation"], step.rewards, step.terminated, step.truncated]
                    found.append(steps)
            np.testing.assert_equal(found[0], found[1])
