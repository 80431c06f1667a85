"""What goes wrong in the code of a student, and who is told."""

from __future__ import annotations

import json
import unittest
from typing import Any

from agon_client import AgonError
from agon_client import records as r
from agon_client.gen import actors_pb2 as wire
from agon_client.gen import errors_pb2 as errors
from tests.actors import WalkingStudent
from tests.hub_case import StudentCase, cycle


class StudentFaults(StudentCase):
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
        self.assertRegex(origin, r"test_student_faults\.py:\d+ in attempt$")
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


if __name__ == "__main__":
    unittest.main()
