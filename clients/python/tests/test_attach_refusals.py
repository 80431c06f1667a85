"""Hubs that refuse, are away or fail: what is raised, and how long is waited."""

from __future__ import annotations

import contextlib
import io
import os
import threading
import time
import unittest
from pathlib import Path
from typing import Any

from agon_client import AgonError, Target, attach_student
from agon_client.gen import actors_pb2 as wire
from agon_client.gen import errors_pb2 as errors
from agon_client.target import write_private
from tests.actors import WalkingStudent
from tests.fake_hub import target_of
from tests.hub_case import HubCase


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

    def test_who_comes_after_the_end_of_a_run_is_told_so(self) -> None:
        hub = self.hub()
        hub.refusal = errors.Error(code="run/over", message="the run is over")
        self.assertEqual(self.refused(target_of(hub, self.folder)).code, "run/over")

    def test_a_run_that_ended_while_its_actor_was_away_wants_it_no_more(self) -> None:
        hub = self.hub()
        thread = self.start(hub, attach_student, WalkingStudent())
        there = hub.next()
        there.hear(wire.KIND_READY)
        hub.refusal = errors.Error(code="run/over", message="the run is over")
        there.goodbye(wire.Goodbye.REASON_AGAIN)
        self.join(thread)
        self.assertEqual(self.errors, [])

    def test_a_stage_without_its_place_wants_an_actor_no_more(self) -> None:
        hub = self.hub()
        thread = self.start(hub, attach_student, WalkingStudent())
        there = hub.next()
        there.hear(wire.KIND_READY)
        hub.refusal = errors.Error(code="attach/slot", message="this run waits for no student from outside")
        there.goodbye(wire.Goodbye.REASON_AGAIN)
        self.join(thread)
        self.assertEqual(self.errors, [])

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


if __name__ == "__main__":
    unittest.main()
