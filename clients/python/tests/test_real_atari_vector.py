"""The example that hosts ale-py's own vector environment: seeds, and episodes that begin in the step in which the last one ended."""

from __future__ import annotations

import importlib.util
import unittest
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

import agon_client as agon
from agon_client.hosting import GymLevel
from agon_client.hosting.contract import HostedVector, LevelSources, VectorRequest
from agon_client.hosting.vectorised import HostedVectorised

EXAMPLE = Path(__file__).resolve().parents[1] / "examples/atari_vector_environment.py"
SIZES: Any = {"game": "pong", "size": 42, "threads": 1, "fire": False, "clip_rewards": False}
LIMIT = 20
"""Steps of a game that is cut short."""


def example() -> ModuleType:
    spec = importlib.util.spec_from_file_location("atari_vector_environment", EXAMPLE)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class AtariVectors(unittest.TestCase):
    def setUp(self) -> None:
        module = example()
        module.STEPS = LIMIT

        def make(slots: int, seed: int) -> Any:
            return module.AtariVector(slots, seed, **SIZES)

        self.levels = agon.GymLevels(seeds=1)
        self.hosted = HostedVectorised(make, 27_000, self.levels)
        self.addCleanup(self.hosted.close)

    def vector(self, seed: int) -> HostedVector:
        sources = LevelSources(self.levels, [(seed, "slot", slot) for slot in range(2)])
        vector = self.hosted.vector(VectorRequest(2, "next-level", sources))
        self.addCleanup(vector.close)
        vector.reset([0, 1], [GymLevel(0), GymLevel(0)])
        return vector

    def play(self, seed: int, steps: int) -> tuple[Any, Any]:
        """Observations `[1 + steps, 2, 4, 42, 42]` and whether an episode was cut, `[steps, 2]`."""
        vector = self.vector(seed)
        seen, cut = [vector.rows.observations["observation"].copy()], []
        for step in range(steps):
            vector.step(np.array([step % 6, 2], np.int32))
            seen.append(vector.rows.observations["observation"].copy())
            cut.append(vector.rows.truncated.copy())
        return np.stack(seen), np.stack(cut)

    def test_the_stream_decides_what_is_played(self) -> None:
        (seen, _), (again, _), (other, _) = self.play(1, 12), self.play(1, 12), self.play(2, 12)
        self.assertEqual(seen.shape, (13, 2, 4, 42, 42))
        self.assertTrue((seen == again).all())
        self.assertFalse((seen == other).all())

    def test_no_step_is_lost_where_a_game_is_cut(self) -> None:
        seen, cut = self.play(1, 3 * LIMIT)
        for slot in range(2):
            ends = set(np.flatnonzero(cut[:, slot]))
            self.assertGreater(len(ends), 1)
            # The last frames of every step are the first of the next one, but where a game begins.
            torn = {t for t in range(len(cut)) if (seen[t, slot, 1:] != seen[t + 1, slot, :3]).any()}
            self.assertTrue(torn <= ends, (torn, ends))


if __name__ == "__main__":
    unittest.main()
