"""The packages that other tests stand on are those of requirements-test.txt, and an environment of each one runs hosted."""

from __future__ import annotations

import importlib.metadata
from pathlib import Path
from typing import Any

import ale_py
import gymnasium
import numpy as np

import agon_client as agon
from agon_client.hosting import GymLevel
from tests.test_hosting import Served

REQUIREMENTS = Path(__file__).resolve().parent.parent / "requirements-test.txt"
PLAIN: dict[str, Any] = {"levels": agon.GymLevels(), "solved_above": None}
gymnasium.register_envs(ale_py)


class Packages(Served):
    def test_versions_are_the_pinned_ones(self) -> None:
        pinned = [line.split("==") for line in REQUIREMENTS.read_text().splitlines() if not line.startswith("#")]
        self.assertGreater(len(pinned), 5)
        for name, version in pinned:
            self.assertEqual(importlib.metadata.version(name.strip()), version, name)

    def test_an_episode_of_each_package_runs_hosted(self) -> None:
        for id, shape in (("CartPole-v1", (4,)), ("ALE/Pong-v5", (210, 160, 3)), ("Hopper-v5", (11,))):
            environment = self.serve(lambda: gymnasium.make(id), id=id, **PLAIN)
            self.assertEqual(environment.spec.observations["observation"].shape, shape)
            local = gymnasium.make(id)
            with self.subTest(id), environment.vector(1, "same-level") as vector:
                seen = vector.reset([GymLevel(7).encode()])["observation"][0]
                np.testing.assert_array_equal(seen, local.reset(seed=7)[0].astype(seen.dtype))
                action = np.zeros((1, *environment.spec.action_space.shape), environment.spec.action_space.dtype)
                for _ in range(5):
                    step = vector.step(action)
                    observation, reward, *_ = local.step(action[0])
                    np.testing.assert_array_equal(step.observations["observation"][0], observation.astype(seen.dtype))
                    self.assertEqual(step.rewards[0], np.float32(reward))
            local.close()
