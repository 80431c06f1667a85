"""Services: questions answered by key, failures said, state kept; and asked by students and adversaries."""

from __future__ import annotations

import json
import threading
import unittest
from typing import Any, Mapping, Sequence

import agon_client as agon
from agon_client import attach_adversary, attach_service, attach_student
from agon_client import records as r
from agon_client.gen import actors_pb2 as wire
from agon_client.gen import errors_pb2 as errors
from tests.actors import FixedAdversary, WalkingStudent
from tests.fake_hub import PATIENCE_S, Conversation, FakeHub, target_of
from tests.hub_case import HubCase


class Judge:
    """Answers with what it was asked; remembers how often."""

    deterministic = True

    def __init__(self) -> None:
        self.places: list[agon.ServicePlace] = []
        self.asked = 0
        self.closed = False

    def open(self, place: agon.ServicePlace) -> None:
        self.places.append(place)
        self.asked = 0

    def ask(self, key: str, payload: Any, attachments: Mapping[str, bytes]) -> agon.Answer:
        self.asked += 1
        return agon.Answer({"of": payload}, {name: one[::-1] for name, one in attachments.items()}, agon.Cost(3, 0.5))

    def snapshot(self) -> agon.Snapshot:
        return agon.Snapshot("judge", state=self.asked)

    def restore(self, snapshot: agon.Snapshot) -> None:
        self.asked = snapshot.of_kind("judge").state

    def close(self) -> None:
        self.closed = True


def ask(there: Conversation, key: str, payload: Any = None, attachments: Mapping[str, bytes] | None = None) -> None:
    body = wire.ServiceAsk(
        cycle=1, service="judge", key=key, payload_json=json.dumps(payload), attachments=attachments or {}
    )
    there.say(wire.KIND_SERVICE_ASK, body, key)


class Answering(HubCase):
    def begin(self, hub: FakeHub, service: Any, **options: Any) -> tuple[threading.Thread, Conversation]:
        thread = self.start(hub, attach_service, service, **options)
        there = hub.next()
        there.hear(wire.KIND_READY, wire.Ready)
        return thread, there

    def failed(self, service: Any, body: wire.ServiceAsk | None = None) -> tuple[wire.ServiceFailed, Any]:
        """How a question fails, and that the service is there for the next one."""
        thread, there = self.begin(self.hub(), service)
        there.say(wire.KIND_SERVICE_ASK, body or wire.ServiceAsk(cycle=1, service="judge", key="1/adversary/a"))
        failed = there.hear(wire.KIND_SERVICE_FAILED, wire.ServiceFailed)
        there.say(wire.KIND_CLOSE)
        self.join(thread)
        self.assertEqual(self.errors, [])
        return failed, there

    def test_a_session_from_hello_to_goodbye(self) -> None:
        judge = Judge()
        thread, there = self.begin(self.hub(), judge, place="judge", name="mine")
        hello = there.hello
        self.assertEqual((hello.role, hello.slot, hello.name), (wire.ROLE_SERVICE, "judge", "mine"))
        self.assertEqual((hello.capabilities.deterministic, hello.capabilities.snapshots), (True, True))
        self.assertEqual((judge.places[0].name, judge.places[0].seed), ("judge", 7))
        ask(there, "1/adversary/a", {"n": [1, None, "é"]}, {"level": b"abc"})
        message = there.hear(wire.KIND_SERVICE_ANSWER)
        answer = wire.ServiceAnswer.FromString(message.body)
        self.assertEqual((message.correlation, answer.key), ("1/adversary/a", "1/adversary/a"))
        self.assertEqual(json.loads(answer.payload_json), {"of": {"n": [1, None, "é"]}})
        self.assertEqual(dict(answer.attachments), {"level": b"cba"})
        self.assertEqual((answer.cost.tokens, answer.cost.money), (3, 0.5))
        there.say(wire.KIND_SNAPSHOT_TAKE)
        snapshot = there.hear(wire.KIND_SNAPSHOT_TAKEN, wire.SnapshotTaken).snapshot
        self.assertEqual((snapshot.kind, snapshot.state_json), ("judge", "1"))
        snapshot.state_json = "5"
        there.say(wire.KIND_RESTORE, snapshot)
        there.hear(wire.KIND_RESTORED)
        self.assertEqual(judge.asked, 5)
        there.say(wire.KIND_CLOSE)
        self.join(thread)
        self.assertEqual((self.errors, there.goodbyes, judge.closed), ([], [wire.Goodbye.REASON_DONE], True))

    def test_a_body_needs_nothing_but_ask(self) -> None:
        class Bare:
            def ask(self, key: str, payload: Any, attachments: Mapping[str, bytes]) -> agon.Answer:
                return agon.Answer()

        thread, there = self.begin(self.hub(), Bare())
        self.assertEqual((there.hello.capabilities.deterministic, there.hello.capabilities.snapshots), (False, False))
        ask(there, "k")
        answer = there.hear(wire.KIND_SERVICE_ANSWER, wire.ServiceAnswer)
        self.assertEqual((answer.payload_json, answer.HasField("cost")), ("null", False))
        there.say(wire.KIND_CLOSE)
        self.join(thread)

    def test_threads_answer_by_key_in_whatever_order(self) -> None:
        late = threading.Event()

        class Slow:
            threads = 2

            def ask(self, key: str, payload: Any, attachments: Mapping[str, bytes]) -> agon.Answer:
                if key == "first":
                    assert late.wait(PATIENCE_S)
                return agon.Answer(key)

        thread, there = self.begin(self.hub(), Slow())
        for key in ("first", "second", "third"):
            ask(there, key)
        heard = [there.hear(wire.KIND_SERVICE_ANSWER, wire.ServiceAnswer).key for _ in range(2)]
        self.assertEqual(heard, ["second", "third"])
        late.set()
        self.assertEqual(there.hear(wire.KIND_SERVICE_ANSWER, wire.ServiceAnswer).payload_json, '"first"')
        there.say(wire.KIND_CLOSE)
        self.join(thread)
        self.assertEqual(self.errors, [])

    def test_what_a_service_raises_is_said_of_the_question_and_the_service_stays(self) -> None:
        for raised, code, retry in (
            (ValueError("no idea"), "python/value-error", False),
            (agon.Retry("too many requests"), "service/busy", True),
            (agon.Retry("too many requests", after_s=2.5), "service/busy", True),
            (agon.AgonError("judge/refused", "not this"), "judge/refused", False),
            (SystemExit("no licence"), "python/system-exit", False),
        ):
            for threads in (1, 2):

                class Broken:
                    def ask(self, key: str, payload: Any, attachments: Mapping[str, bytes]) -> agon.Answer:
                        raise raised

                body = Broken()
                body.threads = threads  # type: ignore[attr-defined]
                failed, _ = self.failed(body)
                self.assertEqual((failed.key, failed.error.code, failed.retry), ("1/adversary/a", code, retry))
                fields = json.loads(failed.error.fields_json)
                self.assertRegex(fields["origin"], r"test_service\.py:\d+ in ask$")
                self.assertEqual(fields.get("retryAfterSeconds"), getattr(raised, "fields", {}).get("retryAfterSeconds"))

    def test_what_is_no_answer_is_refused_by_name(self) -> None:
        class Odd:
            def __init__(self, given: Any) -> None:
                self.given = given

            def ask(self, key: str, payload: Any, attachments: Mapping[str, bytes]) -> Any:
                return self.given

        for given, code in (
            (None, "service/answer"),
            ({"score": 1}, "service/answer"),
            (agon.Answer(float("nan")), "service/answer"),
            (agon.Answer(b"bytes"), "service/answer"),
            (agon.Answer(None, {"a": "text"}), "wire/value"),  # type: ignore[dict-item]
            (agon.Answer(None, [b"a"]), "service/attachments"),  # type: ignore[arg-type]
            (agon.Answer(cost=agon.Cost(tokens=-1)), "service/cost"),
            (agon.Answer(cost=agon.Cost(tokens=1.5)), "service/cost"),  # type: ignore[arg-type]
            (agon.Answer(cost=agon.Cost(money=-0.5)), "service/cost"),
        ):
            with self.subTest(given=given):
                self.assertEqual(self.failed(Odd(given))[0].error.code, code)

    def test_a_payload_that_is_no_json_fails_of_its_question_alone(self) -> None:
        failed, _ = self.failed(Judge(), wire.ServiceAsk(cycle=1, service="judge", key="k", payload_json="{"))
        self.assertEqual((failed.key, failed.error.code), ("k", "service/payload"))

    def test_a_message_of_another_role_is_refused(self) -> None:
        thread, there = self.begin(self.hub(), Judge())
        there.say(wire.KIND_MEASURE, wire.Measure(key="k"))
        self.assertEqual(there.hear(wire.KIND_FAILED, errors.Error).code, "wire/kind")
        self.join(thread)

    def test_broken_streams_ask_nothing_twice(self) -> None:
        hub, judge = self.hub(), Judge()
        thread, there = self.begin(hub, judge)
        for number in range(4):
            ask(there, f"k{number}", number)
            there.cut()
        heard = [there.hear(wire.KIND_SERVICE_ANSWER, wire.ServiceAnswer).key for _ in range(4)]
        self.assertEqual((heard, judge.asked), ([f"k{number}" for number in range(4)], 4))
        there.say(wire.KIND_CLOSE)
        self.join(thread)

    def test_goodbye_again_opens_it_anew(self) -> None:
        hub, judge = self.hub(), Judge()
        thread, there = self.begin(hub, judge)
        ask(there, "k")
        there.hear(wire.KIND_SERVICE_ANSWER)
        there.goodbye(wire.Goodbye.REASON_AGAIN)
        again = hub.next()
        again.hear(wire.KIND_READY)
        self.assertEqual((len(judge.places), judge.asked), (2, 0))
        again.say(wire.KIND_CLOSE)
        self.join(thread)
        self.assertEqual(self.errors, [])

    def test_threads_that_are_none_are_refused(self) -> None:
        for odd in (0, 1.5, "2"):
            judge = Judge()
            judge.threads = odd  # type: ignore[attr-defined]
            with self.assertRaises(agon.AgonError) as raised:
                attach_service("127.0.0.1:1", judge)
            self.assertEqual(raised.exception.code, "usage/threads")


class Asking(HubCase):
    def answer(self, there: Conversation, count: int) -> list[wire.ServiceAsk]:
        """Answers so many questions, the last one first."""
        asked = [there.hear(wire.KIND_SERVICE_ASK, wire.ServiceAsk) for _ in range(count)]
        for one in reversed(asked):
            answer = wire.ServiceAnswer(
                key=one.key, payload_json=one.payload_json, attachments=one.attachments, cost=wire.Cost(tokens=2)
            )
            there.say(wire.KIND_SERVICE_ANSWER, answer, one.key)
        return asked

    def test_an_adversary_asks_while_it_proposes_and_observes(self) -> None:
        class Asker(FixedAdversary):
            def propose(self, cycle: int, counts: Mapping[str, int]) -> list[agon.TaskBatch]:
                questions = [agon.Question("judge", f"{slot}.q", {"n": n}) for slot, n in counts.items()]
                self.answers = self.place.services.ask_all(questions)
                return super().propose(cycle, counts)

            def observe(self, cycle: int, outcomes: Sequence[agon.Outcome]) -> Mapping[str, float]:
                answer = self.place.services.ask("judge", "after", None, {"level": outcomes[0].level})
                return {"same": float(answer.attachments["level"] == outcomes[0].level)}

        hub, asker = self.hub(), Asker()
        thread = self.start(hub, attach_adversary, asker)
        there = hub.next()
        there.hear(wire.KIND_READY)
        for slot in ("a", "b"):
            there.say(wire.KIND_TASKS_REQUEST, wire.TasksRequest(cycle=3, slot=slot, count=1))
        asked = self.answer(there, 2)
        self.assertEqual([(one.cycle, one.service, one.key) for one in asked], [(3, "judge", "a.q"), (3, "judge", "b.q")])
        proposed = there.hear(wire.KIND_TASKS_PROPOSED, wire.TasksProposed)
        self.assertEqual([one.payload for one in asker.answers], [{"n": 1}, {"n": 1}])
        self.assertEqual(asker.answers[0].cost, agon.Cost(tokens=2))
        for batch in proposed.batches:
            episode = wire.EpisodeSummary(finished=True, length=3, **{"return": 0.25})
            outcomes = [wire.Outcome(task=task.id, episodes=[episode]) for task in batch.tasks]
            there.say(wire.KIND_OUTCOMES_REPORT, wire.OutcomesReport(cycle=3, slot=batch.slot, outcomes=outcomes))
        self.assertEqual(self.answer(there, 1)[0].key, "after")
        self.assertEqual(dict(there.hear(wire.KIND_CYCLE_DONE, wire.CycleDone).metrics), {"same": 1})
        there.say(wire.KIND_CLOSE)
        self.join(thread)
        self.assertEqual(self.errors, [])

    def test_what_comes_while_a_student_asks_is_its_turn_later(self) -> None:
        class Asker(WalkingStudent):
            def attempt(self, batch: r.TaskBatch) -> Any:
                self.answer = self.place.services.ask("judge", "q", "what")
                return []

        hub, asker = self.hub(), Asker()
        thread = self.start(hub, attach_student, asker)
        there = hub.next()
        there.hear(wire.KIND_READY)
        there.say(wire.KIND_TASKS_ASSIGN, wire.TaskBatch(cycle=1, slot="agent"))
        there.say(wire.KIND_SNAPSHOT_TAKE)
        self.answer(there, 1)
        there.hear(wire.KIND_OUTCOMES_REPORT)
        there.hear(wire.KIND_LEARNED)
        there.hear(wire.KIND_SNAPSHOT_TAKEN)
        self.assertEqual(asker.answer.payload, "what")
        there.say(wire.KIND_CLOSE)
        self.join(thread)
        self.assertEqual(self.errors, [])

    def test_a_key_given_twice_is_refused_before_it_travels(self) -> None:
        class Asker(WalkingStudent):
            def attempt(self, batch: r.TaskBatch) -> Any:
                self.place.services.ask_all([agon.Question("judge", "q"), agon.Question("judge", "q")])

        hub = self.hub()
        thread = self.start(hub, attach_student, Asker())
        there = hub.next()
        there.hear(wire.KIND_READY)
        there.say(wire.KIND_TASKS_ASSIGN, wire.TaskBatch(cycle=1, slot="agent"))
        self.assertEqual(there.hear(wire.KIND_FAILED, errors.Error).code, "service/key")
        self.join(thread)


if __name__ == "__main__":
    unittest.main()
