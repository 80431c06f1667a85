"""python3 -m unittest"""

from __future__ import annotations

import unittest

import numpy as np
from environment import LEVELS, LIMIT, Corridor


class TheCorridor(unittest.TestCase):
    def test_every_level_can_be_played_to_its_end(self) -> None:
        random = np.random.default_rng(1)
        for _ in range(100):
            level = LEVELS.mutate(LEVELS.sample(random), random)[0]
            self.assertEqual(LEVELS.obstacle(level), "")
            env = Corridor()
            seen, _ = env.reset(seed=level.seed, options=dict(level.options))
            ended = False
            while not ended:
                self.assertTrue(np.all(np.abs(seen) <= 1))
                seen, reward, terminated, truncated, _ = env.step(int(random.integers(2)))
                ended = terminated or truncated
                self.assertEqual(reward > 0, terminated)
            self.assertLessEqual(env.steps, LIMIT)

    def test_equal_seeds_give_equal_episodes(self) -> None:
        def played() -> list[float]:
            env, seen = Corridor(), []
            env.reset(seed=7, options={"length": 20, "slip": 0.3})
            for action in [1, 0, 1, 1, 0, 1]:
                seen.extend(env.step(action)[0].tolist())
            return seen

        self.assertEqual(played(), played())

    def test_who_walks_to_the_door_is_paid_by_the_time(self) -> None:
        env = Corridor()
        env.reset(seed=3, options={"length": 12, "slip": 0.0})
        way = env.door - env.place
        for _ in range(abs(way)):
            _, reward, there, _, _ = env.step(int(way > 0))
        self.assertEqual((there, reward), (True, 1 - 0.9 * abs(way) / LIMIT))


if __name__ == "__main__":
    unittest.main()
