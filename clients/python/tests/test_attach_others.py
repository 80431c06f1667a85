"""Attaching adversaries and evaluators."""

from __future__ import annotations

import unittest
from typing import Any, Mapping

from agon_client import attach_adversary, attach_evaluator
from agon_client import records as r
from agon_client.gen import actors_pb2 as wire
from tests.actors import FixedAdversary
from tests.hub_case import HubCase, cycle


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

    def test_a_search_tells_what_came_of_its_candidates(self) -> None:
        class Search(FixedAdversary):
            def propose(self, cycle: int, counts: Mapping[str, int]) -> list[r.TaskBatch]:
                self.batches = super().propose(cycle, counts)
                return self.batches

            def attempts(self) -> list[r.SearchAttempt]:
                [(cycle, outcomes)] = self.seen
                [task] = self.batches[0].tasks
                played = [r.SearchAttemptTask(task, "a", outcomes[0].best_return()), r.SearchAttemptTask(task, "a")]
                at = {"size": 0.5, "kind": "wide"}
                return [
                    r.SearchAttempt("L1", task.level, played, "new", 0.75, "gaussian", parents=["L0"], descriptor=at, cell=[2, 0]),
                    r.SearchAttempt("L2", task.level, [], "unscored", values={"cycle": cycle}),
                ]

        hub = self.hub()
        thread = self.start(hub, attach_adversary, Search())
        there = hub.next()
        there.hear(wire.KIND_READY)
        for slot in ("a", "b"):
            there.say(wire.KIND_TASKS_REQUEST, wire.TasksRequest(cycle=1, slot=slot, count=1))
        for batch in there.hear(wire.KIND_TASKS_PROPOSED, wire.TasksProposed).batches:
            episode = wire.EpisodeSummary(finished=True, length=3, **{"return": 0.25})
            outcomes = [wire.Outcome(task=task.id, episodes=[episode]) for task in batch.tasks]
            there.say(wire.KIND_OUTCOMES_REPORT, wire.OutcomesReport(cycle=1, slot=batch.slot, outcomes=outcomes))
        first, second = there.hear(wire.KIND_CYCLE_DONE, wire.CycleDone).attempts
        self.assertEqual((first.id, first.status, first.objective, list(first.cell)), ("L1", "new", 0.75, [2, 0]))
        self.assertEqual((first.descriptor["size"].number, first.descriptor["kind"].category), (0.5, "wide"))
        self.assertEqual([(task.task, getattr(task, "return"), task.HasField("return")) for task in first.tasks], [("1.a.0", 0.25, True), ("1.a.0", 0.0, False)])
        self.assertEqual((second.HasField("objective"), len(second.cell), dict(second.values)), (False, 0, {"cycle": 1.0}))
        there.say(wire.KIND_CLOSE)
        self.join(thread)
        self.assertEqual(self.errors, [])

    def test_an_adversary_tells_how_it_scored_the_levels_of_a_cycle(self) -> None:
        class Scoring(FixedAdversary):
            def scored(self) -> list[r.LevelReport]:
                [(cycle, outcomes)] = self.seen
                scores = {one.task: 0.5 for one in outcomes if one.slot == "a"}
                change = r.ArchiveChange("all", {"L1": 0.5}, size=1, dropped=["L0"])
                return [r.LevelReport(["a"], "novelty", scores, change), r.LevelReport(["b"], "none", {})]

        hub = self.hub()
        thread = self.start(hub, attach_adversary, Scoring())
        there = hub.next()
        there.hear(wire.KIND_READY)
        for slot in ("a", "b"):
            there.say(wire.KIND_TASKS_REQUEST, wire.TasksRequest(cycle=1, slot=slot, count=1))
        for batch in there.hear(wire.KIND_TASKS_PROPOSED, wire.TasksProposed).batches:
            outcomes = [wire.Outcome(task=task.id) for task in batch.tasks]
            there.say(wire.KIND_OUTCOMES_REPORT, wire.OutcomesReport(cycle=1, slot=batch.slot, outcomes=outcomes))
        first, second = there.hear(wire.KIND_CYCLE_DONE, wire.CycleDone).levels
        self.assertEqual((list(first.slots), first.score, dict(first.scores)), (["a"], "novelty", {"1.a.0": 0.5}))
        archive = first.archive
        self.assertEqual((archive.name, dict(archive.entries), list(archive.dropped), archive.size), ("all", {"L1": 0.5}, ["L0"], 1))
        self.assertEqual((second.HasField("archive"), dict(second.scores)), (False, {}))
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

    def test_an_evaluator_that_can_is_sent_who_else_has_a_seat(self) -> None:
        seen: list[Any] = []

        class Seating:
            def measure(self, policy: r.PolicyFile, environment: Any, episodes: Any) -> list[r.SealedResult]:
                raise AssertionError("somebody is seated")

            def measure_seated(self, policy: Any, environment: Any, episodes: Any, seats: Any) -> list[r.SealedResult]:
                seen.append((policy, seats))
                return [r.SealedResult(0.0, 1) for _ in episodes]

        hub = self.hub()
        thread = self.start(hub, attach_evaluator, Seating())
        there = hub.next()
        self.assertTrue(there.hello.capabilities.seats)
        there.hear(wire.KIND_READY)
        other = wire.PolicyFile(onnx=b"12", card_json='{"format":1}')
        seated = {"a": wire.SeatedPolicy(file=other), "b": wire.SeatedPolicy(bot="random")}
        episodes = [wire.SealedEpisode(level_name="l", level=b"", seed=5)]
        measure = wire.Measure(
            key="q", environment=hub.environment(), episodes=episodes, seating={"left": "a", "right": "b"}, seated=seated
        )
        there.say(wire.KIND_MEASURE, measure, "q")
        self.assertEqual(there.hear(wire.KIND_MEASURED, wire.Measured).policy_sha256, "")
        theirs = {"left": r.Seated("a", r.PolicyFile(b"12", {"format": 1})), "right": r.Seated("b", bot="random")}
        self.assertEqual(seen, [(None, theirs)])
        there.say(wire.KIND_CLOSE)
        self.join(thread)


if __name__ == "__main__":
    unittest.main()
