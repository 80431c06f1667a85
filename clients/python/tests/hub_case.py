"""Attached actors under a hub of the tests: started, played through a cycle, seen off."""

from __future__ import annotations

import tempfile
import threading
import time
import unittest
from typing import Any, Callable

from agon_client import attach_student
from agon_client.gen import actors_pb2 as wire
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


class StudentCase(HubCase):
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
