"""Values of users: what would be rounded, wrapped, spread or taken for something else is refused with its place."""

from __future__ import annotations

import unittest
from typing import Any, Callable

import numpy as np

import agon_client as agon
from agon_client import codec
from agon_client.actions import encode_actions
from agon_client.exact import flag, octets, real, text, whole
from agon_client.gen import actors_pb2 as wire
from agon_client.hosting import GymLevel
from agon_client.safetensors import write_safetensors

BATCH = agon.TaskBatch(1, "agent", [agon.Task("1.agent.0", b"level", 7)])


class Refusing(unittest.TestCase):
    def refused(self, work: Callable[[], object]) -> agon.AgonError:
        with self.assertRaises(agon.AgonError) as raised:
            work()
        return raised.exception


class Values(Refusing):
    def test_numbers_of_numpy_are_numbers_and_booleans_are_none(self) -> None:
        for given in (3, np.int64(3), np.uint8(3), np.array(3)):
            self.assertEqual(whole(given, "n"), 3)
        for odd in (3.0, 0.7, True, np.bool_(True), "3", None, -1, 2**32, np.array([3]), np.float32(3), float("nan")):
            self.assertIn("n is", self.refused(lambda: whole(odd, "n")).message)
        for given in (0.5, np.float32(0.5), np.array(0.5)):
            self.assertEqual(real(given, "x"), 0.5)
        for odd in (float("nan"), float("inf"), "0.5", True, None, np.array([0.5]), 3j, 10**400):
            self.assertIn("x is", self.refused(lambda: real(odd, "x")).message)

    def test_flags_texts_and_bytes(self) -> None:
        self.assertEqual([flag(one, "f") for one in (True, np.bool_(False), 1, np.array(True))], [True, False, True, True])
        for odd in (2, 0.0, "no", None, np.array([True])):
            self.assertIn("f is", self.refused(lambda: flag(odd, "f")).message)
        self.assertEqual(octets(bytearray(b"ab"), "b"), b"ab")
        for odd in ("ab", 3, None, [1]):
            self.assertIn("b is", self.refused(lambda: octets(odd, "b")).message)
        self.assertIn("t is", self.refused(lambda: text(b"ab", "t")).message)


class Actions(Refusing):
    def test_whole_numbers_of_any_integer_type_travel(self) -> None:
        expected = np.array([0, 2, 1], "<i4").tobytes()
        for given in ([0, 2, 1], np.array([0, 2, 1], np.uint8), np.array([0, 2, 1], ">i8"), np.array([0, 9, 2, 9, 1])[::2]):
            self.assertEqual(encode_actions(given, 3, 3, ""), expected)

    def test_what_is_none_is_refused_with_type_shape_and_place(self) -> None:
        for given, found in (
            (np.full(3, 0.7), "float64, shape (3,)"),
            (np.zeros(3), "float64, shape (3,)"),
            (np.full(3, 2**40), "int64, and that of row 0 is 1099511627776"),
            ([0, 2**70, 0], "shape (3,)"),
            (np.zeros(3, bool), "bool, shape (3,)"),
            ([0, True, None], "object, shape (3,) with True (bool)"),
            (np.zeros((3, 1), int), "int64, shape (3, 1)"),
            (np.zeros(2, int), "int64, shape (2,)"),
            (1, "int64, shape ()"),
            ([], "float64, shape (0,)"),
            (["a", "b", "c"], "<U1"),
            ([np.nan, 0, 0], "float64"),
            ([0, -1, 0], "row 1 is -1"),
            ([0, 0, 3], "row 2 is 3"),
            (None, "None"),
            ([[0], [1, 2]], "no array"),
        ):
            error = self.refused(lambda: encode_actions(given, 3, 3, "maze at there:1"))
            self.assertEqual((error.code, error.place), ("environment/actions", "maze at there:1"))
            self.assertIn(found, error.message)
            self.assertIn("0 … 2, shape (3,)", error.message)


class Records(Refusing):
    def place_of(self, episode: agon.Episode) -> str:
        report = agon.AttemptReport([agon.Outcome("1.agent.0", [episode])], 1)
        return self.refused(lambda: codec.encode_report(BATCH, report)).message

    def test_every_number_of_an_episode_is_one(self) -> None:
        for name, odd in (
            ("return_", "high"), ("return_", float("nan")), ("return_", None), ("return_", np.zeros(1)), ("return_", True),
            ("length", 3.0), ("length", -1), ("length", True), ("value0", 1j), ("sum_value", float("inf")),
            ("trained_steps", 0.5), ("student_version", 2**32), ("finished", 2), ("solved", "no"), ("seat", 3),
        ):  # fmt: skip
            with self.subTest(name, odd=odd):
                episode: Any = agon.Episode(**({"return_": 0.0, "length": 1} | {name: odd}))  # type: ignore[arg-type]
                told = self.place_of(episode)
                self.assertIn(name.removesuffix("_"), told)
                self.assertIn("episode 0 of task '1.agent.0'", told)

    def test_counts_metrics_results_and_batches_are_checked_too(self) -> None:
        outcomes = [agon.Outcome("1.agent.0", [agon.Episode(np.float32(0.5), np.int64(3))])]  # type: ignore[arg-type]
        whole_report = codec.encode_report(BATCH, agon.AttemptReport(outcomes, 3))
        self.assertEqual(getattr(whole_report.outcomes[0].episodes[0], "return"), 0.5)
        sealed = [agon.SealedEpisode("a", b"", 1)]
        odd: Any
        for odd in (0.5, "3", True, None, -1):
            for work in (
                lambda: codec.encode_report(BATCH, agon.AttemptReport(outcomes, odd)),
                lambda: codec.encode_learned(BATCH, agon.LearnReport(odd)) if odd is not True else whole(odd, "n"),
                lambda: codec.encode_results(sealed, [agon.SealedResult(0.0, odd)]),
                lambda: codec.encode_batch(agon.TaskBatch(1, "a", [agon.Task("t", b"", odd)])),
            ):
                self.assertEqual(self.refused(work).code, "wire/number")
        self.assertIn("0 … 1", self.refused(lambda: codec.encode_learned(BATCH, agon.LearnReport(16))).message)
        odd = [agon.Task("t", "level", 1)]  # type: ignore[arg-type]
        self.assertIn("the level of task 't'", self.refused(lambda: codec.encode_batch(agon.TaskBatch(1, "a", odd))).message)
        odd = {"a": True}
        self.assertIn("metric 'a'", self.refused(lambda: codec.checked_metrics(odd, "metric")).message)

    def test_a_state_comes_back_as_it_was_or_is_refused_with_the_place(self) -> None:
        for state, place in (
            ({"a": [1, {"b": float("nan")}]}, "state['a'][1]['b']"), ({1: "a"}, "a key of state"), ({"x": object()}, "state['x']"),
            ({"n": np.int64(3)}, "state['n']"), ({"s": {1, 2}}, "state['s']"), ({"b": b"x"}, "state['b']"),
        ):  # fmt: skip
            error = self.refused(lambda: codec.encode_snapshot(agon.Snapshot("k", 1, state)))
            self.assertEqual(error.code, "snapshot/state")
            self.assertIn(place, error.message)
        deep: Any = []
        for _ in range(100_000):
            deep = [deep]
        self.assertEqual(self.refused(lambda: codec.encode_snapshot(agon.Snapshot("k", 1, deep))).code, "snapshot/state")
        for tensors in ({"w": [1.0]}, {3: np.zeros(1)}, {"w": None}):
            self.assertEqual(self.refused(lambda: write_safetensors(tensors)).code, "wire/tensor")  # type: ignore[arg-type]
        self.assertEqual(self.refused(lambda: codec.encode_policy(agon.PolicyFile(b"", {"x": float("inf")}))).code, "policy/card")
        self.assertEqual(self.refused(lambda: codec.encode_policy(agon.PolicyFile("onnx", {}))).code, "wire/value")  # type: ignore[arg-type]

    def test_a_wrong_spelling_is_answered_with_the_right_one(self) -> None:
        for wrong in ("sumValue", "Sum-Value", "sumvalue"):
            error = self.refused(lambda: codec.statistic_names(["return", wrong]))
            self.assertEqual(error.code, "usage/statistic")
            self.assertTrue(error.remedy.startswith("write 'sum_value'"), error.remedy)
        self.assertIn("a str", self.refused(lambda: codec.statistic_names("return")).message)
        fields = wire.EpisodeSummary.DESCRIPTOR.fields_by_name
        self.assertEqual([name for name in (*agon.STATISTICS, *agon.UNCERTAINTY, *agon.DISAGREEMENT) if name not in fields], [])


class Levels(Refusing):
    def test_seeds_of_levels_are_whole_numbers_of_32_bits(self) -> None:
        odd: Any
        for odd in (0.7, 2**40, -1, True, "7", None):
            self.assertEqual(self.refused(lambda: GymLevel(odd).encode()).code, "level/invalid")
        self.assertEqual(GymLevel(np.int64(7)).encode(), b'{"options":{},"seed":7}')  # type: ignore[arg-type]
        for odd in ({1: "a"}, {"x": float("nan")}, {"x": object()}, [("a", 1)], {"x": {2: 3}}):
            self.assertEqual(self.refused(lambda: GymLevel(1, odd).encode()).code, "level/invalid")

    def test_generators_of_equal_paths_are_equal_whatever_whole_numbers_name_them(self) -> None:
        self.assertEqual(agon.generator(3, "a").random(), agon.generator(np.int64(3), "a").random())  # type: ignore[arg-type]
        with self.assertRaises(TypeError):
            agon.generator(0.5)  # type: ignore[arg-type]


if __name__ == "__main__":
    unittest.main()
