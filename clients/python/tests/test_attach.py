"""Attaching to a hub: the cycle protocol, broken streams, endings, refusals."""

from __future__ import annotations

import contextlib
import io
import json
import os
import tempfile
import threading
import time
import unittest
from pathlib import Path
from typing import Any, Callable

from agon_client import AgonError, Target, attach_adversary, attach_evaluator, attach_student
from agon_client import records as r
from agon_client.gen import actors_pb2 as wire
from agon_client.gen import errors_pb2 as errors
from agon_client.target import write_private
from tests.actors import FixedAdversary, WalkingStudent
from tests.fake_hub import PATIENCE_S, Conversation, FakeHub, target_of


def wait_until(holds: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE_S
    while not holds():
        assert time.monotonic() < until, "what was waited for never came"
        time.sleep(0.05)


class HubCase(unittest.TestCase):
    def setUp(self) -> None:
        self.folder = tempfile.mkdtemp()
        self.errors: list[BaseException] = []

    def hub(self, **options: int) -> FakeHub:
        hub = FakeHub(**options)
        self.addCleanup(hub.close)
        return hub

    def start(self, hub: FakeHub, attach: Callable[..., None], body: Any, **options: Any) -> threading.Thread:
        def work() -> None:
            try:
                attach(target_of(hub, self.folder), body, **options)
            except BaseException as error:
                self.errors.append(error)

        thread = threading.Thread(target=work, daemon=True)
        thread.start()
        return thread

    def join(self, thread: threading.Thread) -> None:
        thread.join(PATIENCE_S)
        self.assertFalse(thread.is_alive(), "the actor is still attached")


def cycle(hub: Conversation, number: int) -> wire.OutcomesReport:
    """One whole cycle with a student: begin, request, assign, report, learned."""
    hub.say(wire.KIND_CYCLE_BEGIN, wire.CycleBegin(cycle=number))
    request = hub.hear(wire.KIND_TASKS_REQUEST, wire.TasksRequest)
    assert (request.cycle, request.slot, request.count) == (number, "agent", 4)
    tasks = [
        wire.Task(id=f"{number}.agent.{i}", level=b'{"options":{"size":4},"seed":%d}' % (i + number), seed=i, train=True,
                  lineage=wire.Lineage(operator="generate"))
        for i in range(4)
    ]
    hub.say(wire.KIND_TASKS_ASSIGN, wire.TaskBatch(cycle=number, slot="agent", tasks=tasks, auto_reset=2))
    report = hub.hear(wire.KIND_OUTCOMES_REPORT, wire.OutcomesReport)
    assert [outcome.task for outcome in report.outcomes] == [task.id for task in tasks]
    learned = hub.hear(wire.KIND_LEARNED, wire.Learned)
    assert (learned.cycle, learned.gradient_updates) == (number, 1)
    return report


class Students(HubCase):
    def begin(self, hub: FakeHub, student: Any) -> tuple[threading.Thread, Conversation]:
        thread = self.start(hub, attach_student, student)
        there = hub.next()
        there.ready = there.hear(wire.KIND_READY, wire.Ready)  # type: ignore[attr-defined]
        return thread, there

    def finish(self, thread: threading.Thread, there: Conversation) -> None:
        there.say(wire.KIND_CLOSE)
        self.join(thread)
        self.assertEqual(self.errors, [])
        self.assertEqual(there.goodbyes, [wire.Goodbye.REASON_DONE])

    def test_a_run_from_hello_to_goodbye(self) -> None:
        student = WalkingStudent()
        thread, there = self.begin(self.hub(), student)
        self.assertEqual(there.hello.capabilities.deterministic, True)
        self.assertEqual(there.hello.capabilities.snapshots, True)
        self.assertEqual(there.hello.capabilities.exports_policy, False)
        self.assertRegex(there.hello.platform.engine, r"^numpy \d")
        self.assertEqual(list(there.ready.offers), ["return", "length", "value0", "sum_positive_advantage"])  # type: ignore[attr-defined]
        report = cycle(there, 1)
        self.assertTrue(all(outcome.episodes[0].HasField("value0") for outcome in report.outcomes))
        self.assertFalse(report.outcomes[0].episodes[0].HasField("sum_value"))
        self.assertEqual(report.env_steps, sum(outcome.episodes[0].length for outcome in report.outcomes))
        self.assertTrue(all(getattr(outcome.episodes[0], "return") > 0 for outcome in report.outcomes))
        there.say(wire.KIND_SNAPSHOT_TAKE)
        snapshot = there.hear(wire.KIND_SNAPSHOT_TAKEN, wire.SnapshotTaken).snapshot
        self.assertEqual((snapshot.kind, snapshot.state_json), ("walking", '{"updates":1}'))
        there.say(wire.KIND_RESTORE, snapshot)
        there.hear(wire.KIND_RESTORED)
        self.assertEqual(student.restored, [({"updates": 1}, [0.0, 1.0, 2.0])])
        there.say(wire.KIND_POLICY_EXPORT)
        self.assertFalse(there.hear(wire.KIND_POLICY_EXPORTED, wire.PolicyExported).HasField("policy"))
        episodes = [wire.SealedEpisode(level_name="a", level=b'{"options":{"size":3},"seed":1}', seed=s) for s in range(3)]
        there.say(wire.KIND_MEASURE, wire.Measure(key="k", environment=there.hub.environment(), episodes=episodes), "k")
        measured = there.hear(wire.KIND_MEASURED)
        self.assertEqual(measured.correlation, "k")
        results = wire.Measured.FromString(measured.body).results
        self.assertEqual(len(results), 3)
        self.assertGreater(getattr(results[0], "return"), 0)
        self.finish(thread, there)
        self.assertTrue(student.closed)

    def test_broken_streams_lose_nothing(self) -> None:
        for nth in range(1, 7):
            with self.subTest(cut_at_role_frame=nth):
                hub = self.hub()
                seen = {"frames": 0, "cut": 0}

                def fault(_: Conversation, stream: int, frame: wire.Frame) -> bool:
                    if frame.sequence > 0:
                        seen["frames"] += 1
                    if stream == 1 and seen["frames"] == nth:
                        seen["cut"] += 1
                        return True
                    return False

                hub.frame_fault = fault
                student = WalkingStudent()
                thread, there = self.begin(hub, student)
                for number in (1, 2):
                    cycle(there, number)
                self.assertEqual((seen["cut"], there.streams, student.opened, student.updates), (1, 2, 1, 2))
                self.finish(thread, there)

    def test_a_stream_cut_from_the_hubs_side_resumes_in_the_middle_of_a_computation(self) -> None:
        student = WalkingStudent(lambda: there.cut())
        thread, there = self.begin(self.hub(), student)
        cycle(there, 1)
        self.assertEqual((there.streams, student.opened), (2, 1))
        self.finish(thread, there)

    def test_heartbeats_go_on_while_user_code_computes(self) -> None:
        def compute() -> None:
            before = there.heartbeats
            wait_until(lambda: there.heartbeats > before + 3)

        thread, there = self.begin(self.hub(heartbeat_ms=50), WalkingStudent(compute))
        cycle(there, 1)
        self.assertEqual(there.streams, 1)
        self.finish(thread, there)

    def test_a_silent_hub_is_dialled_again(self) -> None:
        hub = self.hub(heartbeat_ms=50)
        hub.missed_heartbeats = 5
        thread, there = self.begin(hub, WalkingStudent())
        hub.heartbeat_ms = 3_600_000
        wait_until(lambda: there.streams >= 2)
        hub.heartbeat_ms = 50
        there.cut()
        cycle(there, 1)
        self.finish(thread, there)

    def test_long_messages_are_cut_and_joined_within_a_small_credit(self) -> None:
        class Heavy(WalkingStudent):
            def snapshot(self) -> r.Snapshot:
                import numpy as np

                return r.Snapshot("heavy", 1, None, {"w": np.arange(3_000_000, dtype=np.float32)})

            def restore(self, snapshot: r.Snapshot) -> None:
                self.restored.append(float(snapshot.tensors["w"].sum()))

        student = Heavy()
        thread, there = self.begin(self.hub(credit=1 << 16), student)
        there.say(wire.KIND_SNAPSHOT_TAKE)
        taken = there.hear(wire.KIND_SNAPSHOT_TAKEN, wire.SnapshotTaken)
        self.assertGreater(len(taken.snapshot.tensors), 12_000_000)
        there.say(wire.KIND_RESTORE, taken.snapshot)
        there.hear(wire.KIND_RESTORED)
        self.assertEqual(len(student.restored), 1)
        self.finish(thread, there)

    def test_goodbye_again_attaches_anew_and_is_asked_to_restore(self) -> None:
        hub = self.hub()
        student = WalkingStudent()
        thread, there = self.begin(hub, student)
        cycle(there, 1)
        there.goodbye(wire.Goodbye.REASON_AGAIN)
        again = hub.next()
        self.assertEqual(again.hello.session, "")
        again.hear(wire.KIND_READY)
        self.assertEqual((student.opened, student.updates), (2, 0))
        again.say(wire.KIND_RESTORE, wire.Snapshot(kind="walking", version=1, state_json='{"updates":5}', tensors=_ONE_TENSOR))
        again.hear(wire.KIND_RESTORED)
        self.assertEqual(student.updates, 5)
        cycle(again, 6)
        self.finish(thread, again)

    def test_a_forgotten_session_begins_anew(self) -> None:
        hub = self.hub()
        thread, there = self.begin(hub, WalkingStudent())
        cycle(there, 1)
        del hub.sessions[there.id]
        there.cut()
        again = hub.next()
        again.hear(wire.KIND_READY)
        self.finish(thread, again)

    def test_an_environment_that_breaks_with_the_hub_is_no_fault_of_the_student(self) -> None:
        class Interrupted(WalkingStudent):
            def attempt(self, batch: r.TaskBatch) -> Any:
                if self.opened == 1:
                    raise AgonError("wire/unavailable", "reset by peer", place=hub.address)
                return super().attempt(batch)

        hub = self.hub()
        thread, there = self.begin(hub, Interrupted())
        there.say(wire.KIND_TASKS_ASSIGN, wire.TaskBatch(cycle=1, slot="agent"))
        again = hub.next()
        again.hear(wire.KIND_READY)
        cycle(again, 1)
        self.finish(thread, again)

    def test_what_a_student_raises_is_told_and_raised(self) -> None:
        class Broken(WalkingStudent):
            def attempt(self, batch: r.TaskBatch) -> Any:
                raise ValueError("no idea")

        thread, there = self.begin(self.hub(), Broken())
        there.say(wire.KIND_TASKS_ASSIGN, wire.TaskBatch(cycle=1, slot="agent"))
        error = there.hear(wire.KIND_FAILED, errors.Error)
        self.assertEqual((error.code, error.message), ("python/value-error", "attempt of cycle 1: ValueError: no idea"))
        origin = json.loads(error.fields_json)["origin"]
        self.assertRegex(origin, r"test_attach\.py:\d+ in attempt$")
        self.join(thread)
        self.assertIsInstance(self.errors[0], ValueError)

    def test_a_missing_outcome_is_refused_before_it_travels(self) -> None:
        class Forgetful(WalkingStudent):
            def attempt(self, batch: r.TaskBatch) -> Any:
                return list(super().attempt(batch))[1:]

        thread, there = self.begin(self.hub(), Forgetful())
        task = wire.Task(id="1.agent.0", level=b'{"options":{},"seed":1}')
        there.say(wire.KIND_TASKS_ASSIGN, wire.TaskBatch(cycle=1, slot="agent", tasks=[task]))
        self.assertEqual(there.hear(wire.KIND_FAILED, errors.Error).code, "student/outcomes")
        self.join(thread)


    def test_an_exit_in_a_students_code_is_told_like_other_exceptions(self) -> None:
        for raised in (SystemExit("no licence"), GeneratorExit(), RecursionError()):
            class Leaving(WalkingStudent):
                def attempt(self, batch: r.TaskBatch) -> Any:
                    raise raised

            self.errors.clear()
            thread, there = self.begin(self.hub(), Leaving())
            there.say(wire.KIND_TASKS_ASSIGN, wire.TaskBatch(cycle=1, slot="agent"))
            error = there.hear(wire.KIND_FAILED, errors.Error)
            self.assertIn(type(raised).__name__, error.message)
            self.join(thread)
            self.assertIs(self.errors[0], raised)

    def test_an_interrupt_is_no_fault_of_the_student(self) -> None:
        class Interrupted(WalkingStudent):
            def attempt(self, batch: r.TaskBatch) -> Any:
                raise KeyboardInterrupt

        thread, there = self.begin(self.hub(), Interrupted())
        there.say(wire.KIND_TASKS_ASSIGN, wire.TaskBatch(cycle=1, slot="agent"))
        self.join(thread)
        self.assertTrue(there.inbox.empty())
        self.assertEqual(there.goodbyes, [wire.Goodbye.REASON_DONE])

    def test_a_statistic_that_is_offered_and_not_given_is_named_before_it_travels(self) -> None:
        class Sparing(WalkingStudent):
            offers = ("return", "length", "sum_value")

        thread, there = self.begin(self.hub(), Sparing())
        task = wire.Task(id="1.agent.0", level=b'{"options":{},"seed":1}')
        there.say(wire.KIND_TASKS_ASSIGN, wire.TaskBatch(cycle=1, slot="agent", tasks=[task]))
        error = there.hear(wire.KIND_FAILED, errors.Error)
        self.assertEqual(error.code, "student/statistics")
        self.assertIn("sum_value, which the student offers", error.message)
        self.join(thread)

    def test_what_is_no_report_is_refused_by_name(self) -> None:
        for given, code in ((None, "student/outcomes"), ([1], "student/outcomes"), ("report", "student/outcomes")):
            class Odd(WalkingStudent):
                def attempt(self, batch: r.TaskBatch) -> Any:
                    return given

            thread, there = self.begin(self.hub(), Odd())
            there.say(wire.KIND_TASKS_ASSIGN, wire.TaskBatch(cycle=1, slot="agent"))
            self.assertEqual(there.hear(wire.KIND_FAILED, errors.Error).code, code)
            self.join(thread)


class Refusals(HubCase):
    def refused(self, target: Any, **options: Any) -> AgonError:
        with self.assertRaises(AgonError) as raised:
            attach_student(target, WalkingStudent(), **({"wait_s": 0.5} | options))
        return raised.exception

    def test_what_the_hub_refuses_with_is_raised_with_its_remedy(self) -> None:
        hub = self.hub()
        hub.refusal = errors.Error(code="attach/slot", message="no such slot", remedy="set placement.student")
        error = self.refused(target_of(hub, self.folder), slot="x")
        self.assertEqual((error.code, error.remedy), ("attach/slot", "set placement.student"))

    def test_a_run_that_is_over_wants_nobody(self) -> None:
        hub = self.hub()
        hub.refusal = errors.Error(code="run/over", message="the run is over")
        attach_student(target_of(hub, self.folder), WalkingStudent())

    def test_an_occupied_place_is_waited_for(self) -> None:
        hub = self.hub()
        hub.refusal = errors.Error(code="attach/occupied", message="taken")
        thread = self.start(hub, attach_student, WalkingStudent())
        time.sleep(0.5)
        hub.refusal = None
        there = hub.next()
        there.hear(wire.KIND_READY)
        there.goodbye(wire.Goodbye.REASON_DONE)
        self.join(thread)
        self.assertEqual(self.errors, [])

    def test_wrong_tokens_and_absent_hubs_are_named(self) -> None:
        hub = self.hub()
        self.assertEqual(self.refused(Target(hub.address)).code, "wire/token")
        self.assertEqual(self.refused(f"{self.folder}/hub.json").code, "wire/absent")
        wrong = Path(self.folder, "wrong")
        write_private(wrong, "another-token-of-the-tests")
        self.assertEqual(self.refused(Target("127.0.0.1:1", token_file=str(wrong))).code, "wire/unavailable")
        self.assertEqual(self.refused(Target(hub.address, token_file=str(wrong))).code, "wire/token")

    def test_what_waiting_cannot_mend_is_refused_at_once(self) -> None:
        folder = Path(self.folder)
        for name, content in {
            "junk": "hello", "empty": "", "list": "[]", "no-address": '{"format": 1, "kind": "hub", "address": "there"}',
            "other": '{"format": 1, "kind": "environments", "address": "127.0.0.1:1"}', "future": '{"format": 2}',
        }.items():
            Path(folder, name).write_text(content)
        (folder / "run").mkdir()
        (folder / "run" / "hub.json").write_text("{}")
        began = time.monotonic()
        for target in ("junk", "empty", "list", "no-address", "other", "future", "run", "junk/hub.json"):
            error = self.refused(folder / target, wait_s=60)
            self.assertEqual((error.code, error.place), ("wire/rendezvous", str(folder / target)), error)
        self.assertEqual(self.refused(folder / "run", wait_s=60).remedy, f"give {folder / 'run' / 'hub.json'}")
        for text in ("http://127.0.0.1:5", "127.0.0.1:99999", "", "/dev/null", "a\0b"):
            self.assertEqual(self.refused(text, wait_s=60).code, "wire/rendezvous", text)
        self.assertEqual(self.refused("127.0.0.1:1", wait_s=60).code, "wire/token")
        os.environ["AGON_TOKEN"] = "two\nlines"
        self.addCleanup(os.environ.pop, "AGON_TOKEN")
        self.assertEqual(self.refused("127.0.0.1:1", wait_s=60).code, "wire/token")
        for odd in (-1, float("nan"), "60", None):
            self.assertEqual(self.refused("127.0.0.1:1", wait_s=odd).code, "usage/wait")
        self.assertLess(time.monotonic() - began, 30)

    def test_who_waits_says_so_once_and_for_how_long(self) -> None:
        with contextlib.redirect_stderr(io.StringIO()) as said:
            self.refused(f"{self.folder}/hub.json", wait_s=0.6)
        [line] = said.getvalue().splitlines()
        self.assertRegex(line, r"^agon: waiting up to 0\.6 s for a hub: wire/absent: there is no file '.*hub\.json' \(yet\)")

    def test_a_run_that_fails_tells_its_actors_and_they_raise_it(self) -> None:
        """Said before, with and after the request to close: an actor must not return as if all were well."""
        failure = errors.Error(code="run/incompatible", message="the adversary needs length", remedy="let the student offer it")
        for closes in (False, True):
            hub = self.hub()
            self.errors.clear()
            thread = self.start(hub, attach_student, WalkingStudent())
            there = hub.next()
            there.hear(wire.KIND_READY)
            if closes:
                there.say(wire.KIND_CLOSE)
            there.goodbye(wire.Goodbye.REASON_DONE, failure)
            self.join(thread)
            [error] = self.errors
            assert isinstance(error, AgonError), error
            self.assertEqual((error.code, error.remedy), (failure.code, failure.remedy))

    def test_a_token_in_the_environment_serves_an_address(self) -> None:
        from tests.fake_hub import TOKEN

        hub = self.hub()
        os.environ["AGON_TOKEN"] = TOKEN
        self.addCleanup(os.environ.pop, "AGON_TOKEN")
        thread = threading.Thread(target=attach_student, args=(hub.address, WalkingStudent()), daemon=True)
        thread.start()
        hub.next().goodbye(wire.Goodbye.REASON_DONE)
        self.join(thread)


class Others(HubCase):
    def test_an_adversary_proposes_once_all_have_asked_and_observes_once_all_have_reported(self) -> None:
        hub, adversary = self.hub(), FixedAdversary()
        thread = self.start(hub, attach_adversary, adversary)
        there = hub.next()
        self.assertEqual(list(there.hear(wire.KIND_READY, wire.Ready).needs), ["return"])
        for slot, count in (("b", 2), ("a", 3)):
            there.say(wire.KIND_TASKS_REQUEST, wire.TasksRequest(cycle=1, slot=slot, count=count))
        proposed = there.hear(wire.KIND_TASKS_PROPOSED, wire.TasksProposed)
        self.assertEqual([(batch.slot, len(batch.tasks)) for batch in proposed.batches], [("a", 3), ("b", 2)])
        self.assertEqual(proposed.batches[0].tasks[1].id, "1.a.1")
        for batch in reversed(proposed.batches):
            outcomes = [
                wire.Outcome(task=task.id, episodes=[wire.EpisodeSummary(finished=True, length=3, **{"return": 0.25})])
                for task in batch.tasks
            ]
            report = wire.OutcomesReport(cycle=1, slot=batch.slot, outcomes=outcomes)
            there.say(wire.KIND_OUTCOMES_REPORT, report)
        done = there.hear(wire.KIND_CYCLE_DONE, wire.CycleDone)
        self.assertEqual(dict(done.metrics), {"seen": 5})
        number, outcomes = adversary.seen[0]
        self.assertEqual([(o.slot, o.task) for o in outcomes], [("a", "1.a.0"), ("a", "1.a.1"), ("a", "1.a.2"), ("b", "1.b.0"), ("b", "1.b.1")])
        proposed_levels = [task.level for batch in proposed.batches for task in batch.tasks]
        self.assertEqual([outcome.level for outcome in outcomes], proposed_levels)
        self.assertEqual(len(set(proposed_levels)), 5)
        self.assertEqual((outcomes[0].episodes[0].return_, outcomes[0].episodes[0].value0), (0.25, None))
        self.assertEqual(adversary.place.discount, 0.9)
        there.say(wire.KIND_SNAPSHOT_TAKE)
        taken = there.hear(wire.KIND_SNAPSHOT_TAKEN, wire.SnapshotTaken)
        self.assertEqual((taken.snapshot.state_json, taken.gallery[0].reason), ('{"cycles":1}', "recent"))
        there.say(wire.KIND_RESTORE, taken.snapshot)
        there.hear(wire.KIND_RESTORED)
        self.assertEqual(adversary.restored[0].state, {"cycles": 1})
        there.say(wire.KIND_CLOSE)
        self.join(thread)
        self.assertEqual(self.errors, [])

    def test_an_evaluator_measures_a_policy(self) -> None:
        class Evaluator:
            def measure(self, policy: r.PolicyFile, environment: Any, episodes: Any) -> list[r.SealedResult]:
                return [r.SealedResult(float(len(policy.onnx)), one.seed) for one in episodes]

        hub = self.hub()
        thread = self.start(hub, attach_evaluator, Evaluator())
        there = hub.next()
        there.hear(wire.KIND_READY)
        policy = wire.PolicyFile(onnx=b"1234", card_json="{}")
        episodes = [wire.SealedEpisode(level_name="l", level=b"", seed=s) for s in (5, 6)]
        measure = wire.Measure(key="q", policy=policy, environment=hub.environment(), episodes=episodes)
        there.say(wire.KIND_MEASURE, measure, "q")
        measured = there.hear(wire.KIND_MEASURED, wire.Measured)
        self.assertEqual([(getattr(one, "return"), one.length) for one in measured.results], [(4, 5), (4, 6)])
        self.assertEqual(measured.policy_sha256, "03ac674216f3e15c761ee1a5e255f067953623c8b388b4459e13f978d7c846f4")
        there.goodbye(wire.Goodbye.REASON_DONE)
        self.join(thread)
        self.assertEqual((self.errors, there.goodbyes), ([], [wire.Goodbye.REASON_DONE]))


def _tensor() -> bytes:
    import numpy as np

    from agon_client.safetensors import write_safetensors

    return write_safetensors({"w": np.ones(1, np.float32)})


_ONE_TENSOR = _tensor()

if __name__ == "__main__":
    unittest.main()
