"""Attaching a student to a hub: the cycle protocol, broken streams, sessions."""

from __future__ import annotations

import unittest

from agon_client import records as r
from agon_client.gen import actors_pb2 as wire
from tests.actors import WalkingStudent
from tests.fake_hub import Conversation
from tests.hub_case import StudentCase, cycle, wait_until


def _tensor() -> bytes:
    import numpy as np

    from agon_client.safetensors import write_safetensors

    return write_safetensors({"w": np.ones(1, np.float32)})


_ONE_TENSOR = _tensor()


class Students(StudentCase):
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


if __name__ == "__main__":
    unittest.main()
