"""What an environment does wrong is told with its place: rows of vectors, agents, errors of its own."""

from __future__ import annotations

import contextlib
import io
from typing import Any

import numpy as np

import agon_client as agon
from agon_client.hosting import GymLevel
from agon_client.stand_ins import Beacon, BeaconVector, Box, Meeting
from tests.test_observations import Hosted


class Vectors(Hosted):
    def test_batches_are_compared_with_the_space(self) -> None:
        class Wrong(BeaconVector):
            change: Any = staticmethod(lambda answer: answer)

            def step(self, actions: Any) -> Any:
                return type(self).change(list(super().step(actions)))

        def at(place: int, value: Any) -> Any:
            return staticmethod(lambda answer: (*answer[:place], value, *answer[place + 1 :]))

        nan = {"way": np.full((2, 2), np.nan, np.float32), "size": np.full(2, 3)}
        for change, found in (
            (at(0, {"way": np.zeros((2, 3)), "size": np.zeros(2, int)}), "float64 (2, 3)"),
            (at(0, {"way": np.zeros((1, 2)), "size": np.zeros(2, int)}), "float64 (1, 2)"),
            (at(0, nan), "step 1 of slot 0, level {\"options\":{},\"seed\":1}: observation 'way' has nan"),
            (at(1, np.zeros((2, 1))), "the rewards are an array of float64 (2, 1)"),
            (at(1, np.full(2, np.nan)), "the reward of slot 0 is nan"),
            (at(2, np.full(2, 0.5)), "terminated is an array of float64 (2,)"),
            (at(3, False), "truncated is False"),
            (staticmethod(lambda answer: tuple(answer[:4])), "step gave a tuple of 4"),
        ):
            with self.subTest(found):
                kind = type("Changed", (Wrong,), {"change": change})
                self.assertIn(found, self.fault(kind, step_limit=9).message)


class Agents(Hosted):
    def test_every_agent_that_is_there_is_told_of_and_no_stranger(self) -> None:
        class Wrong(Meeting):
            change: Any = None

            def step(self, actions: Any) -> Any:
                answer = list(super().step(actions))
                type(self).change(answer)
                return tuple(answer)

        for change, found in (
            (lambda answer: answer[0].pop("right"), "observations say nothing of 'right'"),
            (lambda answer: answer[1].pop("left"), "rewards say nothing of 'left'"),
            (lambda answer: answer[2].update(nobody=True), "terminated name 'nobody'"),
            (lambda answer: answer[1].update(left=float("inf")), "the reward of 'left' is inf"),
            (lambda answer: answer[3].update(left="no"), "truncated of 'left' is 'no'"),
            (lambda answer: answer[0].update(right=np.full(2, 9.0)), "observation 'observation' has 9.0"),
        ):
            with self.subTest(found):
                self.assertIn(found, self.fault(type("Changed", (Wrong,), {"change": staticmethod(change)}), steps=1).message)


def physics(state: Any) -> Any:
    return state["speed"]


class Origins(Hosted):
    def test_an_exception_names_call_and_innermost_line_of_the_users_code(self) -> None:
        class Broken(Beacon):
            def step(self, action: int) -> Any:
                return physics({})

        error = self.fault(Broken)
        self.assertEqual(error.code, "python/key-error")
        self.assertRegex(error.message, r"^environment 'shown': step 1 of slot 0, level \{.*\}: KeyError: 'speed'$")
        self.assertRegex(str(error.fields["origin"]), r"test_environment_faults\.py:\d+ in physics$")
        self.assertIn("return state[\"speed\"]", str(error.fields["stack"]))

    def test_what_is_too_large_for_its_way_is_told_as_such_and_not_by_the_space(self) -> None:
        class Wide(Beacon):
            def __init__(self) -> None:
                super().__init__()
                self.observation_space: Any = Box(-np.inf, np.inf, (2,), np.float64)

            def reset(self, **_: Any) -> Any:
                return np.array([0.5, 1e300]), {}

        fault = self.fault(Wide)
        self.assertIn("is float64 (2,) with 1e+300: more than float32 (2,) holds, as which it travels", fault.message)
        self.assertNotIn("its space says", fault.message)
        self.assertTrue(fault.remedy.startswith("scale or clip"))

    def test_a_reset_without_seeds_is_told_how_to_be_declared(self) -> None:
        class Old(Beacon):
            def reset(self) -> Any:  # type: ignore[override]
                raise AssertionError("it cannot be called")

        fault = self.fault(Old)
        self.assertEqual(fault.code, "python/type-error")
        self.assertTrue(fault.remedy.startswith("declare it as `def reset(self, *, seed=None, options=None)`"), fault.remedy)

    def test_a_fault_inside_a_library_names_the_line_that_called_it(self) -> None:
        class Broken(Beacon):
            def reset(self, **_: Any) -> Any:
                return np.stack([np.zeros(2), np.zeros(3)])

        error = self.fault(Broken)
        self.assertIn("reset of slot 0", error.message)
        self.assertRegex(str(error.fields["origin"]), r"test_environment_faults\.py:\d+ in reset$")

    def test_exits_and_interrupts_are_told_and_the_server_goes_on(self) -> None:
        for raised in (SystemExit("no licence"), KeyboardInterrupt(), GeneratorExit(), BaseException("odd")):
            class Leaving(Beacon):
                def step(self, action: int) -> Any:
                    raise raised

            self.assertIn(f": {type(raised).__name__}", self.fault(Leaving).message)

    def test_making_saving_and_closing_are_calls_too(self) -> None:
        made: list[Any] = []

        class Scarce(Beacon):
            def __init__(self) -> None:
                super().__init__()
                made.append(self)
                self.closed = False
                if len(made) > 1:
                    raise MemoryError("no more")

            def close(self) -> None:
                self.closed = True

        # The one that was made to look at plays in slot 0.
        self.assertIn("making the environment of slot 1: MemoryError", self.fault(Scarce).message)
        self.doCleanups()
        self.assertEqual([one.closed for one in made], [True, False])

        class Saves(Beacon):
            def save(self) -> Any:
                return 5

        with self.serve(Saves).vector(1) as vector, contextlib.redirect_stderr(io.StringIO()):
            vector.reset([GymLevel(1).encode()])
            with self.assertRaises(agon.AgonError) as raised:
                vector.save(0)
        self.assertIn("save of slot 0", raised.exception.message)
        self.assertIn("5 (int); expected bytes", raised.exception.message)

    def test_faults_of_a_level_space_name_the_call_and_fit_a_status(self) -> None:
        def sample(random: Any) -> Any:
            raise ValueError("x" * 100_000)

        environment = self.serve(levels=agon.GymLevels(sample_options=sample), id="shown")
        with contextlib.redirect_stderr(io.StringIO()) as said, self.assertRaises(agon.AgonError) as raised:
            environment.levels.sample(1, 1)
        error = raised.exception
        self.assertEqual(error.code, "python/value-error")
        self.assertTrue(error.message.startswith("environment 'shown': SampleLevels: ValueError: xxx"))
        self.assertRegex(str(error.fields["origin"]), r"test_environment_faults\.py:\d+ in sample$")
        self.assertIn("Traceback", said.getvalue())

    def test_a_deep_traceback_keeps_its_innermost_frames(self) -> None:
        class Endless(Beacon):
            def step(self, action: int) -> Any:
                return self.first(0)

            def first(self, depth: int) -> Any:
                return self.second(depth + 1)

            def second(self, depth: int) -> Any:
                return self.first(depth + 1)

        error = self.fault(Endless)
        self.assertEqual(error.code, "python/recursion-error")
        stack = str(error.fields["stack"])
        self.assertLessEqual(len(stack), 4000)
        self.assertRegex(stack.splitlines()[0], r"^… \d+ characters left out$")
        self.assertIn("maximum recursion depth", stack.splitlines()[-1])
