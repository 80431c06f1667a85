"""Gymnasium's own vector environments: the same observations, rewards and flags as its single ones, however they are made."""

from __future__ import annotations

import contextlib
import io
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any, Callable

import gymnasium
import numpy as np
from gymnasium.vector import AutoresetMode

import agon_client as agon
from agon_client.hosting import GymLevel
from tests.test_hosting import Served

PLAIN: dict[str, Any] = {"levels": agon.GymLevels(), "solved_above": None}
AUTO_RESETS: Any = ("none", "same-level", "next-level")
SLOTS = 4
HERE = Path(__file__).resolve().parents[1]


def vectors(how: str, mode: AutoresetMode, **more: Any) -> Callable[[int], Any]:
    return lambda n: gymnasium.make_vec(
        "CartPole-v1", n, vectorization_mode=how, vector_kwargs={"autoreset_mode": mode, **more}
    )


class Real(Served):
    def trace(self, environment: agon.Environment, auto_reset: Any, steps: int = 60) -> list[Any]:
        """All that is seen of some episodes; slots that stay ended get another level, as an evaluation gives them."""
        levels = [GymLevel(seed, {"low": -0.01 * (1 + seed % 2)}).encode() for seed in range(SLOTS)]
        draw = np.random.default_rng(0)
        with environment.vector(SLOTS, auto_reset, seeds=range(SLOTS)) as vector:
            found: list[Any] = [vector.reset(levels)["observation"]]
            for t in range(steps):
                step = vector.step(draw.integers(0, 2, SLOTS))
                found += [step.observations["observation"], step.rewards, step.terminated, step.truncated, step.began]
                over = [int(slot) for slot in np.flatnonzero(step.done)] if auto_reset == "none" else []
                found += [vector.reset([GymLevel(100 + t).encode()], [slot])["observation"] for slot in over]
        return found

    def test_every_mode_steps_as_single_environments_do(self) -> None:
        made: dict[str, Any] = {
            f"{how} {mode.value}": vectors(how, mode) for how in ("sync", "async") for mode in AutoresetMode
        }
        made["without shared memory"] = vectors("async", AutoresetMode.DISABLED, shared_memory=False)
        made["wrapped"] = lambda n: gymnasium.wrappers.vector.RecordEpisodeStatistics(vectors("sync", AutoresetMode.NEXT_STEP)(n))
        single = self.serve(lambda: gymnasium.make("CartPole-v1"), **PLAIN)
        expected = {auto_reset: self.trace(single, auto_reset) for auto_reset in AUTO_RESETS}
        for name, make in made.items():
            environment = self.serve(make, **PLAIN)
            for auto_reset in AUTO_RESETS:
                with self.subTest(name, auto_reset=auto_reset):
                    np.testing.assert_equal(self.trace(environment, auto_reset), expected[auto_reset])

    def test_a_vector_of_its_own_code_which_resets_all_or_none(self) -> None:
        with contextlib.redirect_stderr(io.StringIO()) as said:
            environment = self.serve(lambda n: gymnasium.make_vec("CartPole-v1", n), **PLAIN)
        self.assertIn("each slot gets a vector of one", said.getvalue())
        local = gymnasium.make_vec("CartPole-v1", 1)
        with environment.vector(2, "same-level") as vector:
            first = vector.reset([GymLevel(seed).encode() for seed in (3, 4)])["observation"]
            for row, seed in enumerate((3, 4)):
                np.testing.assert_array_equal(first[row], local.reset(seed=seed)[0][0])
            steps = [vector.step(np.ones(2, int)) for _ in range(30)]
        ends = [step for step in steps if step.done[0]]
        self.assertGreater(len(ends), 1)
        for step in ends:
            np.testing.assert_array_equal(step.observations["observation"][0], first[0])

    def test_async_workers_that_reset_twice_are_refused(self) -> None:
        make = vectors("async", AutoresetMode.NEXT_STEP, shared_memory=False)
        self.assertEqual(self.code_of(lambda: self.serve(make, **PLAIN)), "environment/autoreset")

    def test_a_mask_in_the_info_of_a_vector(self) -> None:
        make = lambda n: gymnasium.make_vec("Taxi-v4", n, vectorization_mode="sync", vector_kwargs={"autoreset_mode": "NextStep"})
        environment = self.serve(make, info_mask=True, step_limit=5, **PLAIN)
        local = [gymnasium.make("Taxi-v4") for _ in range(3)]
        with environment.vector(3, "same-level") as vector:
            masks = [vector.reset([GymLevel(seed).encode() for seed in range(3)])["mask"]]
            masks += [vector.step(np.zeros(3, int)).observations["mask"] for _ in range(5)]
        for slot, one in enumerate(local):
            expected = [one.reset(seed=slot)[1]["action_mask"]] + [one.step(0)[4]["action_mask"] for _ in range(4)]
            np.testing.assert_array_equal([mask[slot] for mask in masks], [*expected, expected[0]])


HOST = """
import sys
import gymnasium, numpy as np, agon_client as agon
from agon_client.hosting import GymLevel
from gymnasium.vector import AutoresetMode

def make(n):
    kwargs = {"autoreset_mode": AutoresetMode.DISABLED, "context": sys.argv[1]}
    return gymnasium.make_vec("CartPole-v1", n, vectorization_mode="async", vector_kwargs=kwargs)

if __name__ == "__main__":
    with agon.serve_environment(make, id="processes", rendezvous="env.json"):
        environment = agon.Environment.connect("env.json")
        for _ in range(int(sys.argv[2])):
            with environment.vector(1) as vector:
                vector.reset([GymLevel(1).encode()])
                print(float(vector.step(np.zeros(1, int)).rewards[0]))
"""


class Processes(Served):
    def script(self, text: str, *arguments: str, **given: str) -> subprocess.CompletedProcess[str]:
        folder = Path(tempfile.mkdtemp())
        (folder / "host.py").write_text(text)
        environment = {name: value for name, value in os.environ.items() if name != "GRPC_ENABLE_FORK_SUPPORT"}
        environment |= {"PYTHONPATH": str(HERE), **given}
        return subprocess.run([sys.executable, "host.py", *arguments], cwd=folder, env=environment, capture_output=True, text=True, timeout=120)

    def test_workers_that_are_spawned(self) -> None:
        done = self.script(HOST, "spawn", "1")
        self.assertEqual(done.stdout, "1.0\n", done.stderr)

    def test_workers_that_are_forked_again_and_again(self) -> None:
        done = self.script(HOST, "fork", "4")
        self.assertEqual(done.stdout, "1.0\n" * 4, done.stderr)

    def test_who_asks_for_grpcs_own_handlers_keeps_them(self) -> None:
        done = self.script("import agon_client, os; print(os.environ['GRPC_ENABLE_FORK_SUPPORT'])", GRPC_ENABLE_FORK_SUPPORT="1")
        self.assertEqual(done.stdout, "1\n", done.stderr)
