"""Targets and tokens, tensors and snapshots, records and their checks."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import numpy as np

import agon_client as agon
from agon_client import codec
from agon_client.errors import from_wire, to_wire
from agon_client.safetensors import read_safetensors, write_safetensors
from agon_client.target import write_private, write_rendezvous
from agon_client.tensors import decode_named, decode_tensor, encode_named, encode_tensor

# Written by Agon itself: float32 b [1, -2.5], uint8 a [1, 2, 3], float64 s 0.5.
GOLDEN = bytes.fromhex(
    "a8000000000000007b2273223a7b226474797065223a22463634222c227368617065223a5b5d2c22646174615f6f66667365"
    "7473223a5b302c385d7d2c2262223a7b226474797065223a22463332222c227368617065223a5b325d2c22646174615f6f66"
    "6673657473223a5b382c31365d7d2c2261223a7b226474797065223a225538222c227368617065223a5b335d2c2264617461"
    "5f6f666673657473223a5b31362c31395d7d7d20202020202020000000000000e03f0000803f000020c0010203"
)


def code_of(case: unittest.TestCase, work: object) -> str:
    with case.assertRaises(agon.AgonError) as raised:
        work()  # type: ignore[operator]
    return raised.exception.code


class Errors(unittest.TestCase):
    def test_what_they_quote_cannot_steer_the_terminal(self) -> None:
        error = agon.AgonError("level/invalid", "'\x1b[2J\x9b' is\nno\u202eword \U000e0041", place="a\r", remedy="mend\x07")
        self.assertEqual(
            str(error), r"level/invalid: '\x1b[2J\x9b' is\nno\u202eword \u{e0041} (a\r); mend\x07"
        )
        listed = agon.AgonError("config/invalid", "2 problems:\n  one\n  two\nready")
        self.assertEqual(str(listed), "config/invalid: 2 problems:\n  one\n  two\\nready")


class Targets(unittest.TestCase):
    def setUp(self) -> None:
        self.folder = Path(tempfile.mkdtemp())

    def test_a_rendezvous_names_address_token_and_authority_relative_to_itself(self) -> None:
        write_private(self.folder / "hub.token", "secret\n")
        (self.folder / "ca.pem").write_text("-----BEGIN CERTIFICATE-----")
        write_rendezvous(
            self.folder / "hub.json",
            {"kind": "hub", "address": "127.0.0.1:9", "tokenFile": "hub.token", "authority": "ca.pem"},
        )
        found = agon.Target(str(self.folder / "hub.json")).resolve()
        self.assertEqual((found.address, found.token, found.tls), ("127.0.0.1:9", "secret", True))
        self.assertNotIn("secret", (self.folder / "hub.json").read_text())
        self.assertNotIn("secret", repr(agon.Target(str(self.folder / "hub.json"))))

    def test_tokens_that_others_can_read_are_refused(self) -> None:
        token = self.folder / "token"
        write_private(token, "x")
        self.assertEqual(os.stat(token).st_mode & 0o777, 0o600)
        os.chmod(token, 0o644)
        self.assertEqual(code_of(self, agon.Target("127.0.0.1:1", token_file=str(token)).resolve), "wire/token-file")

    def test_what_is_neither_file_nor_address_is_named(self) -> None:
        (self.folder / "junk.json").write_text("{}")
        (self.folder / "no.pem").write_text("x")
        for target, code in (
            (agon.Target("nowhere"), "wire/absent"),
            (agon.Target(str(self.folder / "junk.json")), "wire/rendezvous"),
            (agon.Target("127.0.0.1:1", token_file="absent"), "wire/token-file"),
            (agon.Target("127.0.0.1:1", authority=str(self.folder / "no.pem")), "wire/certificate"),
        ):
            self.assertEqual(code_of(self, target.resolve), code)


class Tensors(unittest.TestCase):
    def test_arrays_of_every_type_come_back(self) -> None:
        arrays = {
            str(np.dtype(dtype)): np.array([[0, 1], [1, 0]]).astype(dtype)
            for dtype in ("float32", "float64", "int32", "int64", "uint8", "bool")
        }
        back = decode_named(encode_named(arrays))
        for name, array in arrays.items():
            np.testing.assert_array_equal(back[name], array)
            self.assertEqual(back[name].dtype, array.dtype)

    def test_what_does_not_fit_is_refused(self) -> None:
        wrong = encode_tensor(np.zeros(3, np.float32))
        wrong.shape[0] = 4
        self.assertEqual(code_of(self, lambda: decode_tensor("x", wrong)), "wire/tensor")
        self.assertEqual(code_of(self, lambda: encode_tensor(np.zeros(3, np.complex64))), "wire/tensor")
        twice = encode_named({"a": np.zeros(1)}) * 2
        self.assertEqual(code_of(self, lambda: decode_named(twice)), "wire/tensor")

    def test_safetensors_are_the_bytes_that_agon_writes(self) -> None:
        arrays = {"a": np.array([1, 2, 3], np.uint8), "b": np.array([1, -2.5], np.float32), "s": np.array(0.5)}
        self.assertEqual(write_safetensors(arrays), GOLDEN)
        back = read_safetensors(GOLDEN)
        self.assertEqual({name: array.tolist() for name, array in back.items()}, {"a": [1, 2, 3], "b": [1, -2.5], "s": 0.5})
        self.assertEqual(code_of(self, lambda: read_safetensors(GOLDEN[:20])), "safetensors/corrupt")


class Records(unittest.TestCase):
    def test_batches_and_snapshots_come_back(self) -> None:
        lineage = agon.Lineage("edit", "l9", ("l1",), 2)
        batch = agon.TaskBatch(
            3, "agent", (agon.Task("t", b"\x00\xff", 2**32 - 1, False, lineage, 4, {"left": "bot"}),), "next-level",
            (agon.Probe("overlap", "d", (b"x",)),),
        )
        self.assertEqual(codec.decode_batch(codec.encode_batch(batch)), batch)
        said = codec.encode_batch(batch)
        said.policies["rival"].CopyFrom(codec.encode_policy(agon.PolicyFile(b"onnx", {"critic": True})))
        self.assertEqual(codec.decode_batch(said).policies, {"rival": agon.PolicyFile(b"onnx", {"critic": True})})
        snapshot = agon.Snapshot("k", 3, {"a": [1, None]}, {"w": np.ones((2, 2), np.float32)})
        back = codec.decode_snapshot(codec.encode_snapshot(snapshot))
        self.assertEqual((back.kind, back.version, back.state, back.tensors["w"].tolist()), ("k", 3, {"a": [1, None]}, [[1, 1], [1, 1]]))

    def test_every_statistic_crosses_and_absent_ones_stay_absent(self) -> None:
        full = agon.Episode(1.5, 7, **{name: 3 for name in (*agon.STATISTICS, *agon.UNCERTAINTY, *agon.DISAGREEMENT) if name not in ("return", "length")})
        batch = agon.TaskBatch(1, "agent", [agon.Task("t", b"", 1)])
        outcomes = [agon.Outcome("t", [full, agon.Episode(0, 2, finished=False, extras={"overlap": 0.5})])]
        report = codec.encode_report(batch, agon.AttemptReport(outcomes, 9))
        first, second = codec.decode_report(report)[0].episodes
        self.assertEqual((first.sum_abs_td_error, first.trained_steps, first.episode), (3, 3, 0))
        self.assertEqual((first.sum_entropy, first.sum_least_confidence, first.sum_min_margin), (3, 3, 3))
        self.assertEqual((second.sum_entropy, second.sum_min_margin), (None, None))
        self.assertEqual((first.sum_value_deviation, second.sum_value_deviation), (3, None))
        self.assertEqual((second.value0, second.extras, second.finished, second.episode), (None, {"overlap": 0.5}, False, 1))

    def test_a_mutation_in_a_batch_says_what_made_it(self) -> None:
        batch = agon.make_batch(3, "agent", [agon.Mutation(b"b", "edit"), b"a"], 7)
        found = [(task.id, task.level, task.lineage.operator, task.lineage.generation) for task in batch.tasks]
        self.assertEqual(found, [("3.agent.0", b"b", "edit", 1), ("3.agent.1", b"a", "generate", 0)])

    def test_the_best_return_is_that_of_an_episode_that_ended(self) -> None:
        episodes = [agon.Episode(0.2, 3), agon.Episode(0.5, 3), agon.Episode(0.9, 3, finished=False)]
        self.assertEqual(agon.Outcome("t", episodes).best_return(), 0.5)
        self.assertEqual(agon.Outcome("t", episodes[2:]).best_return(-1), -1)

    def test_a_snapshot_of_another_kind_or_version_is_refused(self) -> None:
        mine = agon.Snapshot("mine", 2, [1])
        self.assertIs(mine.of_kind("mine", 2), mine)
        for kind, version in (("mine", 1), ("yours", 2)):
            self.assertEqual(code_of(self, lambda: mine.of_kind(kind, version)), "snapshot/foreign")  # noqa: B023

    def test_numbers_and_names_are_checked_before_they_travel(self) -> None:
        for metrics in ({"loss": float("nan")}, {"Loss": 1.0}, {"a b": 1.0}):
            self.assertEqual(code_of(self, lambda: codec.checked_metrics(metrics, "metric")), "wire/number")
        self.assertEqual(codec.statistic_names(["sum_abs_td_error", "return"]), ["sum_abs_td_error", "return"])
        self.assertEqual(code_of(self, lambda: codec.statistic_names(["regret"])), "usage/statistic")

    def test_errors_keep_remedy_place_and_fields(self) -> None:
        error = agon.AgonError("level/invalid", "no goal", "add one", place="row 3", fields={"row": 3})
        back = from_wire(to_wire(error))
        self.assertEqual((back.code, back.message, back.remedy, back.place, dict(back.fields)), ("level/invalid", "no goal", "add one", "row 3", {"row": 3}))
        self.assertEqual(str(back), "level/invalid: no goal (row 3); add one")

    def test_generators_are_named_by_their_path(self) -> None:
        def draw(*path: int | str) -> float:
            return float(agon.generator(*path).random())

        self.assertEqual(draw(1, "a", 2), draw(1, "a", 2))
        self.assertEqual(len({draw(1, "a"), draw(1, "a", 0), draw("1", "a"), draw(1, "b"), draw(11, "a")}), 5)

    def test_the_levels_of_a_gymnasium_environment_are_canonical_json(self) -> None:
        level = agon.hosting.GymLevel(7, {"b": np.int64(2), "a": [1.5, "ä"]})
        self.assertEqual(level.encode(), '{"options":{"a":[1.5,"ä"],"b":2},"seed":7}'.encode())
        self.assertEqual(json.loads(level.encode())["seed"], 7)
        self.assertEqual(agon.hosting.GymLevel.decode(level.encode()).encode(), level.encode())
        for wrong in (b'{"seed":7,"options":{}}', b'{"options":{},"seed":-1}', b"[]", b"\xff", b'{"options":{},"seed":1,"x":2}'):
            self.assertEqual(code_of(self, lambda: agon.hosting.GymLevel.decode(wrong)), "level/corrupt")


class Programs(unittest.TestCase):
    def run_with(self, work: str, *given: str) -> tuple[int, str, str]:
        code = f"import agon_client as agon; agon.as_program({work})"
        done = subprocess.run([sys.executable, "-c", code, *given], capture_output=True, text=True, check=False)
        return done.returncode, done.stdout.strip(), done.stderr.strip()

    def test_a_script_is_given_its_arguments_or_says_how_it_is_called(self) -> None:
        self.assertEqual(self.run_with("lambda hub: print(hub)", "a"), (0, "a", ""))
        self.assertEqual(self.run_with("lambda hub: print(hub)"), (2, "", "usage: -c HUB"))
        self.assertEqual(self.run_with("lambda hub: print(hub)", "a", "b")[0], 2)
        self.assertEqual(self.run_with("lambda: print('own')", "a", "b"), (0, "own", ""))

    def test_an_error_is_one_line(self) -> None:
        code, _, said = self.run_with("lambda hub: agon.attach_adversary(hub, object(), wait_s=0)", "nowhere.json")
        self.assertEqual((code, said.count("\n")), (1, 0))
        self.assertRegex(said, "^error [a-z]+/[a-z-]+: ")


if __name__ == "__main__":
    unittest.main()
