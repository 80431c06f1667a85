"""Environments outlive the streams they play in, and nobody can tell."""

from __future__ import annotations

import time
import unittest
from typing import Any, Callable

import numpy as np

import agon_client as agon
from agon_client.hosting import pool
from agon_client.hosting.pool import EnvironmentPool
from agon_client.stand_ins.beacon import Beacon

from tests.test_hosting import Served, level


class Counted(Beacon):
    """Counts those that are there."""

    made: list[Counted] = []

    def __init__(self) -> None:
        super().__init__()
        self.closed = 0
        self.made.append(self)

    def close(self) -> None:
        self.closed += 1


def counted() -> type[Counted]:
    class Mine(Counted):
        made: list[Counted] = []

    return Mine


class Outlived(Served):
    def steps(self, environment: agon.Environment, slots: int) -> list[np.ndarray[Any, Any]]:
        draw = np.random.default_rng(3)
        with environment.vector(slots, "next-level", seed=5) as vector:
            seen = [vector.reset([level(one) for one in range(slots)])["way"]]
            for _ in range(40):
                step = vector.step(draw.integers(0, 4, slots))
                seen += [step.observations["way"], step.rewards, step.terminated]
        return [array.copy() for array in seen]

    def until(self, true: Callable[[], bool]) -> None:
        """A stream that ends gives its environments back on the host's own thread."""
        deadline = time.monotonic() + 20
        while not true():
            self.assertLess(time.monotonic(), deadline)
            time.sleep(0.01)

    def test_as_many_are_made_as_play_at_one_time_and_they_play_the_same(self) -> None:
        kind, anew = counted(), counted()
        kept, fresh = self.serve(kind, threads=1), self.serve(anew, threads=1, reuse=False)
        played = [[self.steps(environment, slots) for slots in (3, 2, 3)] for environment in (kept, fresh)]
        for mine, theirs in zip(*played, strict=True):
            for one, other in zip(mine, theirs, strict=True):
                np.testing.assert_array_equal(one, other)
        # One thread: a stream begins once the one before it has given back.
        self.assertEqual(len(kind.made), 3)
        self.assertEqual(len(anew.made), 2 + 3 + 2 + 3)
        self.doCleanups()
        self.assertEqual({one.closed for one in [*kind.made, *anew.made]}, {1})

    def test_one_that_failed_is_never_taken_again(self) -> None:
        class Fails(counted()):  # type: ignore[misc]
            def step(self, action: int) -> Any:
                if self is self.made[0]:
                    raise ValueError("broken")
                return super().step(action)

        environment = self.serve(Fails, threads=1)
        with environment.vector(2) as vector:
            vector.reset([level(1), level(2)])
            self.assertEqual(self.code_of(lambda: vector.step(np.zeros(2, int))), "python/value-error")
        self.steps(environment, 2)
        self.assertEqual([one.closed for one in Fails.made], [1, 0, 0])


class Pool(unittest.TestCase):
    def test_it_keeps_no_more_than_its_bound_and_none_once_it_is_closed(self) -> None:
        kind = counted()
        most, pool.MOST_IDLE = pool.MOST_IDLE, 2
        self.addCleanup(setattr, pool, "MOST_IDLE", most)
        environments = EnvironmentPool(kind)
        taken = [environments.take() for _ in range(4)]
        for env in taken[:3]:
            environments.give(env)
        self.assertEqual([one.closed for one in kind.made], [0, 0, 1, 0])
        environments.close()
        environments.give(taken[3])
        self.assertEqual([one.closed for one in kind.made], [1, 1, 1, 1])

    def test_all_are_closed_though_one_raises(self) -> None:
        class Raises(counted()):  # type: ignore[misc]
            def close(self) -> None:
                super().close()
                raise RuntimeError("not now")

        environments = EnvironmentPool(Raises)
        for env in [environments.take(), environments.take()]:
            environments.give(env)
        with self.assertRaisesRegex(RuntimeError, "not now"):
            environments.close()
        self.assertEqual([one.closed for one in Raises.made], [1, 1])
