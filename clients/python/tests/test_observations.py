"""What hosted environments give is compared with what they declare, at every reset and step."""

from __future__ import annotations

import contextlib
import io
from typing import Any

import numpy as np

import agon_client as agon
from agon_client.hosting import GymLevel
from agon_client.hosting.spaces import ObservationLayout
from agon_client.stand_ins import Beacon, Box, Dict, Discrete
from tests.test_hosting import Served

PLAIN = {"levels": agon.GymLevels(), "solved_above": None}


class Tuple:
    def __init__(self, *spaces: Any) -> None:
        self.spaces = spaces


class OneOf(Tuple): ...


class Showing:
    """Gives `seen` from step `after` on, and zeros of its space before."""

    action_space = Discrete(3)
    metadata: dict[str, Any] = {}

    def __init__(self, space: Any, seen: Any, after: int = 0, right: Any = None) -> None:
        self.observation_space = space
        self.seen, self.after, self.right = seen, after, right
        self.steps = 0

    @property
    def unwrapped(self) -> Showing:
        return self

    def reset(self, *, seed: int | None = None, options: Any = None) -> Any:
        self.steps = 0
        return self.look(), {}

    def step(self, action: int) -> Any:
        self.steps += 1
        return self.look(), 0.0, self.steps >= 5, False, {}

    def look(self) -> Any:
        return self.seen if self.steps >= self.after else self.right

    def close(self) -> None: ...


class Hosted(Served):
    def fault(self, make: Any, steps: int = 4, **options: Any) -> agon.AgonError:
        """Of the first reset or step that is refused; the host prints what it was."""
        environment = self.serve(make, **(PLAIN | {"id": "shown"} | options))
        with contextlib.redirect_stderr(io.StringIO()) as said, self.assertRaises(agon.AgonError) as raised:
            with environment.vector(2, "same-level") as vector:
                vector.reset([GymLevel(1).encode(), GymLevel(2).encode()])
                for _ in range(steps):
                    vector.step(np.zeros(vector.rows, int))
        self.assertIn("environment 'shown'", said.getvalue())
        self.assertEqual(raised.exception.fields["environment"], "shown")
        return raised.exception


class Observations(Hosted):
    def test_what_does_not_fit_is_refused_by_name_and_call_with_expected_and_found(self) -> None:
        box, pixels = Box(-1, 1, (2,)), Box(0, 255, (2, 2), np.uint8)
        for space, seen, expected, found in (
            (box, 0.5, "float32 (2,)", "float64 ()"),
            (box, np.zeros(3), "float32 (2,)", "float64 (3,)"),
            (box, np.zeros((1, 2)), "float32 (2,)", "float64 (1, 2)"),
            (box, None, "float32 (2,)", "None"),
            (box, ["a", "b"], "float32 (2,)", "'a'"),
            (box, [[1], [1, 2]], "float32 (2,)", "no array"),
            (box, np.array([0, np.nan]), "-1.0 … 1.0", "nan at [1]"),
            (box, np.array([0, 1.5]), "-1.0 … 1.0", "1.5 at [1]"),
            (Box(-np.inf, np.inf, (2,)), np.array([0, np.nan]), "-inf … inf", "nan at [1]"),
            (box, np.array([0, 1e300]), "float32 (2,)", "1e+300"),
            (box, np.array([0, 2**24 + 1]), "float32 (2,)", "16777217"),
            (box, np.zeros(2, complex), "float32 (2,)", "complex128"),
            (pixels, np.full((2, 2), 0.5), "uint8 (2, 2)", "floating point, which would be cut off"),
            (pixels, np.full((2, 2), 256), "uint8 (2, 2)", "from 256 to 256"),
            (pixels, np.full((2, 2), -1), "uint8 (2, 2)", "from -1 to -1"),
            (Box(0, 9, (2,), np.int32), np.array([0, 10]), "0 … 9", "10 at [1]"),
            (Box(0, 9, (2,), np.int32), np.array([0, 2**40]), "int32 (2,)", f"from 0 to {2**40}"),
            (Discrete(5), -2, "0 … 4", "-2"),
            (Discrete(5), 5, "0 … 4", "5"),
            (Discrete(5), 2.0, "int32 ()", "float64 ()"),
            (Discrete(5, start=2), 1, "2 … 6", "1"),
            (Dict({"a": box, "b": box}), {"a": np.zeros(2)}, "a dict with 'a', 'b'", "a dict with 'a'"),
            (Dict({"a": box}), {"a": np.zeros(2), "z": 1}, "a dict with 'a'", "'z'"),
            (Dict({"a": box}), np.zeros(2), "a dict with 'a'", "float64 (2,)"),
            (Dict({"a": Dict({"b": box})}), {"a": 3}, "observation 'a'", "3 (int)"),
            (Tuple(box, box), (np.zeros(2),), "a tuple of 2", "array"),
            (Tuple(box, Discrete(2)), (np.zeros(2), 7), "observation '1' has 7", "0 … 1"),
        ):  # fmt: skip
            with self.subTest(space=type(space).__name__, seen=seen):
                error = self.fault(lambda: Showing(space, seen))
                self.assertEqual(error.code, "environment/observation")
                for part in (expected, found, "reset of slot 0, level"):
                    self.assertIn(part, error.message)
                # The line that refuses it is of this package: nothing to look at.
                self.assertNotIn("origin", error.fields)

    def test_a_later_step_is_named_with_its_number_and_slot(self) -> None:
        # The one that was made to look at plays in slot 0.
        made = iter((9, 3))
        right = np.zeros(2, np.float32)
        error = self.fault(lambda: Showing(Box(-1, 1, (2,)), right + 2, after=next(made), right=right))
        self.assertEqual((error.fields["slot"], error.fields["step"]), (1, 3))
        self.assertIn('step 3 of slot 1, level {"options":{},"seed":2}', error.message)

    def test_nothing_that_fits_is_refused(self) -> None:
        box = Box(-1, 1, (2,))
        for space, seen in (
            (box, [0, 1]), (box, np.array([-1.0, 1.0])), (box, np.array([1, 0], np.int8)), (box, np.zeros(2, ">f4")),
            (Box(-np.inf, np.inf, (2,)), np.array([np.inf, 0])), (Box(0, 255, (2,), np.uint8), [0, 255]),
            (Box(-128, 127, (1,), np.int8), np.array([-128])), (Discrete(3), np.int64(2)), (Discrete(3), np.array(1)),
            (Discrete(2), True), (Box(0, 1, (2,), np.bool_), np.array([True, False])),
            (Tuple(box, Dict({"x y": box, "p.q": Discrete(2)})), ([0, 0], {"x y": [0, 0], "p.q": 1})),
        ):  # fmt: skip
            with self.subTest(seen=seen), self.serve(lambda: Showing(space, seen), **PLAIN).vector(1, "same-level") as vector:
                vector.reset([GymLevel(1).encode()])
                for _ in range(6):
                    vector.step([0])

    def test_types_that_hold_more_are_narrowed_with_a_word_and_what_does_not_fit_is_refused(self) -> None:
        wide, inf = np.iinfo(np.int64), np.inf
        for space, sent, narrowed, right, wrong in (
            (Box(-inf, inf, (2,), np.float64), "float32", True, [0.1, inf], [0, 1e300]),
            (Box(-inf, inf, (2,), np.float16), "float32", False, [0.5, 1], [0, np.nan]),
            (Box(wide.min, wide.max, (2,), np.int64), "int32", True, [-(2**31), 2**31 - 1], [0, 2**31]),
            (Box(0, 2**32 - 1, (2,), np.uint32), "int32", True, [0, 7], np.array([0, 2**31], np.uint32)),
            (Box(0, 2**64 - 1, (2,), np.uint64), "int32", True, np.array([0, 7], np.uint64), np.array([0, 2**63], np.uint64)),
            (Box(-5, 5, (2,), np.int64), "int32", False, [-5, 5], [-5, 6]),
            (Box(0, 2**16 - 1, (2,), np.uint16), "int32", False, [0, 65535], [0, 65536]),
        ):
            with self.subTest(space=space.dtype), contextlib.redirect_stderr(io.StringIO()) as said:
                environment = self.serve(lambda: Showing(space, right), **PLAIN)
                with environment.vector(1, "same-level") as vector:
                    seen = vector.reset([GymLevel(1).encode()])["observation"]
                    np.testing.assert_array_equal(seen[0], np.asarray(right, sent))
                self.assertEqual(environment.spec.observations["observation"].dtype.name, sent)
                note = f"environment 'beacon': {space.dtype} travels as {sent} (observation 'observation'); a value that it does not hold is refused\n"
                self.assertEqual(said.getvalue(), note if narrowed else "")
                self.assertEqual(self.fault(lambda: Showing(space, wrong)).code, "environment/observation")

    def test_spaces_that_no_policy_reads_are_refused_by_name_with_what_stands_for_them(self) -> None:
        box = Box(-1, 1, (2,))
        kinds = {name: type(name, (), {"spaces": (box,), "n": 3, "shape": (3,)}) for name in ("Text", "Sequence", "Graph")}
        for name, remedy in (("Text", "fixed length"), ("Sequence", "pad it"), ("Graph", "pad it")):
            for space in (Dict({"a": Tuple(box, kinds[name]())}), Dict({"a": Tuple(box, type("Mine", (kinds[name],), {})())})):
                with self.subTest(name), self.assertRaises(agon.AgonError) as raised:
                    ObservationLayout.of_space(space)
                self.assertEqual(raised.exception.code, "environment/space")
                self.assertIn("observation 'a.1' is a ", raised.exception.message)
                self.assertIn(remedy, raised.exception.remedy)
        for space in (Dict({}), Tuple(), Box(0, 1, (0, 3)), Discrete(2**40), Discrete(2, start=2**31), object()):
            self.assertEqual(self.code_of(lambda: ObservationLayout.of_space(space)), "environment/space")

    def test_a_member_that_holds_is_told_by_its_number_and_the_others_are_zeros(self) -> None:
        inner = Dict({"speed": Box(-3, -1, (2,)), "gear": Discrete(4, start=2)})
        space = Dict({"a": OneOf(Discrete(3), inner, OneOf(Box(1, 2, (1,), np.uint8)))})
        layout = ObservationLayout.of_space(space)
        self.assertEqual(
            {name: (leaf.shape, leaf.low, leaf.high) for name, leaf in layout.leaves.items()},
            {
                "a.choice": ((3,), 0, 1),
                "a.0": ((), 0, 2),
                "a.1.speed": ((2,), -3, 0),
                "a.1.gear": ((), 0, 5),
                "a.2.choice": ((1,), 0, 1),
                "a.2.0": ((1,), 0, 2),
            },
        )
        seen = [{"a": (0, 2)}, {"a": (1, {"speed": [-2, -1], "gear": 5})}, {"a": (np.int64(2), (0, [2]))}]
        out = layout.allocate(3)
        self.assertFalse(layout.write_together(seen, out, range(3)))
        for row, one in enumerate(seen):
            layout.write(one, out, row)
        batch = layout.allocate(3)
        layout.write_all({"a": tuple(one["a"] for one in seen)}, batch)
        for name, values in out.items():
            np.testing.assert_array_equal(values, batch[name], name)
        np.testing.assert_array_equal(out["a.choice"], np.eye(3))
        np.testing.assert_array_equal(out["a.0"], [2, 0, 0])
        np.testing.assert_array_equal(out["a.1.speed"], [[0, 0], [-2, -1], [0, 0]])
        np.testing.assert_array_equal(out["a.1.gear"], [0, 5, 0])
        np.testing.assert_array_equal(out["a.2.choice"], [[0], [0], [1]])
        np.testing.assert_array_equal(out["a.2.0"], [[0], [0], [2]])
        self.assertIsNone(layout.outside(out, np.ones(3, bool)))

    def test_a_member_that_does_not_fit_is_refused_even_as_zeros(self) -> None:
        space = OneOf(Discrete(3), Box(1, 2, (1,)))
        for seen, found in (
            ((2, 0), "a member of 0 … 1 and its value"),
            ((True, 0), "a member of 0 … 1"),
            (1, "a member of 0 … 1"),
            ((1, [0.0]), "observation '1' has 0.0 at [0], which is not in 1.0 … 2.0"),
            ((0, 1.0), "observation '0' is float64 ()"),
        ):
            with self.subTest(seen=seen):
                error = self.fault(lambda: Showing(space, seen))
                self.assertEqual(error.code, "environment/observation")
                self.assertIn(found, error.message)
        layout = ObservationLayout.of_space(space)
        for batch in (((0, 1),), ((0, 1), (1, [0])), 3):
            self.assertEqual(self.code_of(lambda: layout.write_all(batch, layout.allocate(2))), "environment/observation")
        self.assertEqual(self.code_of(lambda: ObservationLayout.of_space(OneOf())), "environment/space")

    def test_an_error_says_how_its_episode_is_done_again(self) -> None:
        class Breaks(Beacon):
            def step(self, action: int) -> Any:
                if self._steps == 3:
                    raise RuntimeError("joint 3")
                return super().step(action)

        environment = self.serve(Breaks, id="shown")
        with contextlib.redirect_stderr(io.StringIO()) as said, self.assertRaises(agon.AgonError) as raised:
            with environment.vector(2, "none") as vector:
                vector.reset([GymLevel(7, {"size": 9}).encode(), GymLevel(8, {"size": 9}).encode()])
                for actions in ([0, 3], [2, 0], [2, 1], [1, 1]):
                    vector.step(actions)
        self.assertEqual(
            raised.exception.remedy,
            "do it again: reset(seed=7, options={'size': 9}), then 4 steps, whose actions the host printed",
        )
        lines = said.getvalue().split("To do it again:\n")[1]
        self.assertIn("for action in [0, 2, 2, 1]:", lines)
        with self.assertRaisesRegex(RuntimeError, "joint 3"):
            exec(lines, {"env": Breaks()})

    def test_a_state_that_was_loaded_has_no_actions_to_do_again(self) -> None:
        class Breaks(Beacon):
            broken = False

            def step(self, action: int) -> Any:
                if self.broken:
                    raise RuntimeError("joint 3")
                return super().step(action)

        with contextlib.redirect_stderr(io.StringIO()) as said, self.assertRaises(agon.AgonError) as raised:
            with self.serve(Breaks, id="shown").vector(1, "none") as vector:
                vector.reset([GymLevel(7, {"size": 9}).encode()])
                vector.step([0])
                state = vector.save(0)
                vector.step([0])
                vector.load(0, state)
                Breaks.broken = True
                vector.step([0])
        self.assertEqual(raised.exception.remedy, "do it again: reset(seed=7, options={'size': 9}), then 2 steps")
        self.assertNotIn("for action", said.getvalue())

    def test_names_that_would_be_one_or_none_are_refused(self) -> None:
        box = Box(-1, 1, (2,))
        for space in (Dict({"a.b": box, "a": Dict({"b": box})}), Dict({"": box})):
            self.assertEqual(self.code_of(lambda: ObservationLayout.of_space(space)), "environment/space")

    def test_resets_and_steps_of_another_form_are_named(self) -> None:
        right = np.zeros(2, np.float32)

        class Form(Showing):
            def __init__(self) -> None:
                super().__init__(Box(-1, 1, (2,)), right)

        for method, given, code, found in (
            ("reset", right, "environment/observation", "reset gave an array of float32 (2,)"),
            ("reset", (right, right), "environment/observation", "reset gave a tuple of 2"),
            ("reset", (right, {}, 1), "environment/observation", "reset gave a tuple of 3"),
            ("step", (right, 0.0, False, {}), "environment/step", "step gave a tuple of 4"),
            ("step", None, "environment/step", "step gave None"),
            ("step", (right, 0.0, False, False, None), "environment/step", "None"),
            ("step", (right, float("nan"), False, False, {}), "environment/step", "the reward is nan"),
            ("step", (right, "1", False, False, {}), "environment/step", "the reward is '1'"),
            ("step", (right, np.zeros(1), False, False, {}), "environment/step", "the reward is an array of float64 (1,)"),
            ("step", (right, 1e300, False, False, {}), "environment/step", "the reward is 1e+300"),
            ("step", (right, None, False, False, {}), "environment/step", "the reward is None"),
            ("step", (right, 0.0, 2, False, {}), "environment/step", "terminated is 2"),
            ("step", (right, 0.0, False, "no", {}), "environment/step", "truncated is 'no'"),
            ("step", (right, 0.0, np.array([True]), False, {}), "environment/step", "terminated is an array of bool (1,)"),
        ):  # fmt: skip
            with self.subTest(method, given=given):
                kind = type("Form", (Form,), {method: lambda self, *_, **__: given})
                error = self.fault(kind)
                self.assertEqual(error.code, code)
                self.assertIn(found, error.message)
