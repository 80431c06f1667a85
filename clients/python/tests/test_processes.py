"""Environments in processes of their own play what they play in one."""

from __future__ import annotations

import contextlib
import io
import os
import signal
from typing import Any

import numpy as np

import agon_client as agon
from agon_client.stand_ins.beacon import Beacon

from tests.test_hosting import Served, level


class Deadly(Beacon):
    """Kills its process in the third step of an episode of seed 5, and raises in that of seed 6."""

    def reset(self, *, seed: int | None = None, options: Any = None) -> Any:
        self.seed, self.count = seed, 0
        return super().reset(seed=seed, options=options)

    def step(self, action: int) -> Any:
        self.count += 1
        if self.count == 3 and self.seed == 5:
            os.kill(os.getpid(), signal.SIGKILL)
        if self.count == 3 and self.seed == 6:
            raise ValueError("six")
        return super().step(action)


class Dealt(Served):
    def steps(self, environment: agon.Environment, auto_reset: agon.AutoReset) -> list[bytes]:
        draw = np.random.default_rng(3)
        told = []
        with environment.vector(5, auto_reset, seed=5) as vector:
            told += [seen.tobytes() for seen in vector.reset([level(one) for one in range(5)]).values()]
            for t in range(14):
                supplied = {t % 5: level(90 + t)} if auto_reset == "next-level" and t % 4 == 0 else None
                step = vector.step(draw.integers(0, 4, 5), supplied)
                told += [seen.tobytes() for seen in step.observations.values()]
                told += [step.rewards.tobytes(), step.terminated.tobytes(), step.truncated.tobytes(), bytes(step.began)]
            told.append(state := vector.save(4))
            told += [seen.tobytes() for seen in vector.load(0, state).values()]
            told += [seen.tobytes() for seen in vector.reset([level(7)], [3]).values()]
            for _ in range(8):
                step = vector.step(draw.integers(0, 4, 5))
                told += [*(seen.tobytes() for seen in step.observations.values()), bytes(step.began)]
            told.append(vector.save(0))
        return told

    def test_the_bits_are_the_same_whatever_their_number(self) -> None:
        one, several = self.serve(), self.serve(processes=3)
        for auto_reset in ("next-level", "none"):
            self.assertEqual(self.steps(several, auto_reset), self.steps(one, auto_reset))  # type: ignore[arg-type]

    def test_one_that_dies_is_named_and_started_again_for_the_next_stream(self) -> None:
        environment = self.serve(Deadly, processes=2)
        for _ in range(2):
            with environment.vector(4) as vector:
                vector.reset([level(1), level(2), level(3), level(5)])
                for _ in range(2):
                    vector.step(np.zeros(4, int))
                with self.assertRaisesRegex(agon.AgonError, "process 2 of 2 of the host ended by signal 9") as raised:
                    vector.step(np.zeros(4, int))
                self.assertEqual(raised.exception.code, "environment/lost")

    def test_what_one_raises_names_the_slot_of_the_whole_with_the_line(self) -> None:
        environment = self.serve(Deadly, processes=2)
        with environment.vector(4) as vector, contextlib.redirect_stderr(io.StringIO()) as said:
            vector.reset([level(1), level(2), level(3), level(6)])
            for _ in range(2):
                vector.step(np.zeros(4, int))
            with self.assertRaisesRegex(agon.AgonError, "step 3 of slot 3.*six") as raised:
                vector.step(np.zeros(4, int))
        self.assertEqual((raised.exception.code, raised.exception.fields["slot"]), ("python/value-error", 3))
        self.assertRegex(str(raised.exception.fields["origin"]), r"test_processes\.py:\d+ in step$")
        self.assertIn('raise ValueError("six")', said.getvalue())

    def test_what_cannot_be_handed_over_is_refused(self) -> None:
        for make, count, said in ((lambda: Beacon(), 2, "not a lambda"), (Beacon, 0, "1 … 1024"), (lambda n: Beacon(), 2, "")):
            with self.assertRaisesRegex(agon.AgonError, said) as raised:
                agon.serve_environment(make, id="beacon", processes=count, token="t" * 32)
            if said:
                self.assertEqual(raised.exception.code, "environment/processes")
