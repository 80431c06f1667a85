"""Students: attempt what an adversary proposes, learn from it, can be measured."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from typing import Any, Iterable, Protocol, Sequence

from . import codec
from .asking import Services
from .attach import Attachment, environment_of, hello, ready, unexpected
from .environment import Environment
from .errors import AgonError
from .exact import refused
from .gen import actors_pb2 as wire
from .link import Link
from .records import AttemptReport, LearnReport, Outcome, PolicyFile, Snapshot, TaskBatch
from .session import Message
from .target import Target


@dataclass(frozen=True)
class StudentPlace:
    """Where a student is: its slot, the seed its draws are keyed by, the tasks asked for each cycle, the environment."""

    slot: str
    seed: int
    tasks: int
    environment: Environment
    run: str
    experiment: str
    services: Services
    """Of the run; they answer within `attempt` and `learn`."""
    init: PolicyFile | None = None
    """What to begin with: `agon run --init`, or what an earlier stage leaves to this one. None: from scratch."""


class Student(Protocol):
    """The body of a student. One call at a time, on the thread that attached.

    May also have: `deterministic: bool` (the same calls give the same bits; default False), `probes: bool`,
    `export_policy() -> PolicyFile`, `measure(environment, episodes) -> Sequence[SealedResult]` (needed without an
    export), `close()`. A student without snapshot and restore attaches too; the run then says that it is not exact.
    """

    @property
    def offers(self) -> Sequence[str]:
        """Statistics of every finished episode, such as `return` and `sum_positive_advantage`; an attribute will do."""

    def open(self, place: StudentPlace) -> None:
        """Begins from scratch, or with `place.init` where it has one, the same each time: also after the run went back to before the first snapshot."""

    def attempt(self, batch: TaskBatch) -> AttemptReport | Sequence[Outcome]:
        """Plays every task; one outcome for each."""

    def learn(self) -> LearnReport:
        """Learns from the trainable part of the last attempt."""

    def snapshot(self) -> Snapshot:
        """The whole state, between two cycles."""

    def restore(self, snapshot: Snapshot) -> None:
        """Goes on bit for bit from a snapshot. Raises `AgonError` `snapshot/foreign` for one of another kind."""


def attach_student(
    target: str | os.PathLike[str] | Target,
    student: Student,
    *,
    slot: str = "",
    name: str = "",
    wait_s: float = 60,
) -> None:
    """Plays a student of the run at `target` until the run is over. Raises `AgonError`, or what the student raises."""
    greeting = hello(
        wire.ROLE_STUDENT,
        name or type(student).__name__,
        slot,
        deterministic=getattr(student, "deterministic", False),
        snapshots=hasattr(student, "snapshot") and hasattr(student, "restore"),
        probes=getattr(student, "probes", False),
        exports=hasattr(student, "export_policy"),
    )
    try:
        Attachment.of(target, wait_s).serve(greeting, lambda link, welcome: _Conversation(link, welcome, student).run())
    finally:
        if hasattr(student, "close"):
            student.close()


class _Conversation:
    """One session's cycle protocol: begin → request, assign → attempt, report, learn."""

    def __init__(self, link: Link, welcome: wire.Welcome, student: Student) -> None:
        place = welcome.student
        self._link = link
        self._services = Services(link)
        self._student: Any = student
        self._place = StudentPlace(
            place.slot,
            place.seed,
            place.tasks,
            environment_of(link, place.environment),
            welcome.run,
            welcome.experiment,
            self._services,
            codec.decode_policy(place.init) if place.HasField("init") else None,
        )
        # A probe's levels come once in a session.
        self._probes: dict[str, Sequence[bytes]] = {}

    def run(self) -> None:
        self._link.doing = "open"
        self._student.open(self._place)
        ready(self._link, offers=codec.statistic_names(self._student.offers))
        while True:
            message = self._services.take()
            if message.kind == wire.KIND_CLOSE:
                return
            self._answer(message)

    def _answer(self, message: Message) -> None:
        kind, student, slot = message.kind, self._student, self._place.slot
        self._link.doing = _CALLS.get(kind, "")
        if kind == wire.KIND_CYCLE_BEGIN:
            cycle = wire.CycleBegin.FromString(message.body).cycle
            self._post(wire.KIND_TASKS_REQUEST, wire.TasksRequest(cycle=cycle, slot=slot, count=self._place.tasks))
        elif kind == wire.KIND_TASKS_ASSIGN:
            self._attempt(self._batch(message.body))
        elif kind == wire.KIND_SNAPSHOT_TAKE:
            taken = wire.SnapshotTaken(snapshot=codec.encode_snapshot(student.snapshot()))
            self._post(wire.KIND_SNAPSHOT_TAKEN, taken)
        elif kind == wire.KIND_RESTORE:
            student.restore(codec.decode_snapshot(wire.Snapshot.FromString(message.body)))
            self._link.post(wire.KIND_RESTORED)
        elif kind == wire.KIND_POLICY_EXPORT:
            exported = wire.PolicyExported(slot=slot)
            if hasattr(student, "export_policy"):
                exported.policy.CopyFrom(codec.encode_policy(student.export_policy()))
            self._post(wire.KIND_POLICY_EXPORTED, exported)
        elif kind == wire.KIND_MEASURE:
            self._measure(wire.Measure.FromString(message.body))
        else:
            raise unexpected(kind, "a student")

    def _attempt(self, batch: TaskBatch) -> None:
        self._link.doing = f"attempt of cycle {batch.cycle}"
        self._services.cycle = batch.cycle
        report = self._student.attempt(batch)
        if not isinstance(report, AttemptReport):
            outcomes = _outcomes(report)
            report = AttemptReport(outcomes, sum(episode.length for outcome in outcomes for episode in outcome.episodes))
        codec.check_offered(report, self._student.offers)
        self._post(wire.KIND_OUTCOMES_REPORT, codec.encode_report(batch, report))
        self._link.doing = f"learn of cycle {batch.cycle}"
        learned = self._student.learn()
        if not isinstance(learned, LearnReport):
            raise refused("student/learned", "what learn gave", "an agon_client.LearnReport", learned)
        self._post(wire.KIND_LEARNED, codec.encode_learned(batch, learned))

    def _measure(self, measure: wire.Measure) -> None:
        if not hasattr(self._student, "measure"):
            raise AgonError(
                "student/measure",
                "this student exports no policy and cannot be measured",
                "give it a method `measure(environment, episodes)`",
            )
        episodes = codec.decode_episodes(measure)
        results = self._student.measure(environment_of(self._link, measure.environment), episodes)
        answer = wire.Measured(key=measure.key, results=codec.encode_results(episodes, results))
        self._post(wire.KIND_MEASURED, answer, measure.key)

    def _batch(self, body: bytes) -> TaskBatch:
        batch = codec.decode_batch(wire.TaskBatch.FromString(body))
        for probe in batch.probes:
            if probe.levels:
                self._probes[probe.digest] = probe.levels
        return replace(batch, probes=[replace(p, levels=self._probes.get(p.digest, ())) for p in batch.probes])

    def _post(self, kind: int, body: Any, correlation: str = "") -> None:
        self._link.post(kind, body.SerializeToString(), correlation)


_CALLS = {
    wire.KIND_SNAPSHOT_TAKE: "snapshot",
    wire.KIND_RESTORE: "restore",
    wire.KIND_POLICY_EXPORT: "export_policy",
    wire.KIND_MEASURE: "measure",
}


def _outcomes(given: Any) -> list[Outcome]:
    if not isinstance(given, Iterable):
        raise refused("student/outcomes", "what attempt gave", "an AttemptReport, or the outcomes of all tasks", given)
    outcomes = list(given)
    for one in outcomes:
        if not isinstance(one, Outcome):
            raise refused("student/outcomes", "one of what attempt gave", "an agon_client.Outcome", one)
    return outcomes
