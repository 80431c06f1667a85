"""Adversaries: propose levels, learn from what came of them. They never step an environment."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from typing import Any, Iterable, Mapping, Protocol, Sequence

from . import codec
from .asking import Services
from .attach import Attachment, environment_of, hello, ready, unexpected
from .environment import EnvironmentSpec
from .errors import AgonError
from .exact import refused
from .gen import actors_pb2 as wire
from .levels import Mutation, RemoteLevels
from .link import Link
from .randomness import generator
from .records import AutoReset, Lineage, Metrics, Outcome, Proposal, Snapshot, Task, TaskBatch
from .session import Message
from .target import Target


@dataclass(frozen=True)
class AdversaryPlace:
    """What an adversary works with: the slots it proposes for, the seed of its draws, the level space."""

    slots: Sequence[str]
    """Sorted. Every cycle has a request from each, and a batch for each."""
    seed: int
    levels: RemoteLevels
    spec: EnvironmentSpec
    discount: float | None
    """γ that all students share; None where they differ or have none."""
    run: str
    experiment: str
    services: Services
    """Of the run; they answer within `propose` and `observe`."""


class Adversary(Protocol):
    """The body of an adversary. One call at a time, on the thread that attached.

    May also have: `deterministic: bool` (default False), `probes: Sequence[str]` (those that its batches may name, such as
    `overlap`), `gallery() -> Sequence[GalleryLevel]` (at most 24 levels worth showing), `attempts() -> Sequence[SearchAttempt]` (what came of
    the candidates of a search in the cycle just observed), `scored() -> Sequence[LevelReport]` (how it scored the levels of that cycle, and
    what changed of those that it keeps), `close()`. One without snapshot and restore attaches too; the run then says that it is not exact.
    """

    @property
    def needs(self) -> Sequence[str]:
        """Statistics that outcomes must carry; an attribute will do. A student without one is refused at the start."""

    def open(self, place: AdversaryPlace) -> None:
        """Begins from scratch, the same each time."""

    def propose(self, cycle: int, counts: Mapping[str, int]) -> Proposal | Sequence[TaskBatch]:
        """A batch for each slot in `counts`, which says how many trainable tasks it wants."""

    def observe(self, cycle: int, outcomes: Sequence[Outcome]) -> Metrics | None:
        """What came of every task of the cycle, with its level, in the order of slot, task and repeat; metrics of the cycle."""

    def snapshot(self) -> Snapshot:
        """The whole state, between two cycles."""

    def restore(self, snapshot: Snapshot) -> None:
        """Goes on from a snapshot. Raises `AgonError` `snapshot/foreign` for one of another kind."""


def attach_adversary(
    target: str | os.PathLike[str] | Target, adversary: Adversary, *, name: str = "", wait_s: float = 60
) -> None:
    """Plays the adversary of the run at `target` until the run is over. Raises `AgonError`, or what the adversary raises."""
    greeting = hello(
        wire.ROLE_ADVERSARY,
        name or type(adversary).__name__,
        deterministic=getattr(adversary, "deterministic", False),
        snapshots=hasattr(adversary, "snapshot") and hasattr(adversary, "restore"),
    )
    try:
        Attachment.of(target, wait_s).serve(
            greeting, lambda link, welcome: _Conversation(link, welcome, adversary).run()
        )
    finally:
        if hasattr(adversary, "close"):
            adversary.close()


def make_batch(
    cycle: int,
    slot: str,
    levels: Sequence[bytes | Mutation],
    seed: int,
    *,
    train: bool = True,
    lineages: Sequence[Lineage] | None = None,
    auto_reset: AutoReset = "same-level",
) -> TaskBatch:
    """A batch of one task per level, with ids by convention and task seeds keyed by (seed, slot, cycle).

    Lineages that are not given say that a mutation is an edit of its operator, and other levels generated.
    """
    seeds = generator(seed, "tasks", slot, cycle).integers(0, 2**32, size=len(levels))
    origins = lineages or [
        Lineage(one.operator, generation=1) if isinstance(one, Mutation) else Lineage("generate") for one in levels
    ]
    plain = [one.level if isinstance(one, Mutation) else one for one in levels]
    tasks = [
        Task(f"{cycle}.{slot}.{i}", level, int(seeds[i]), train, lineage)
        for i, (level, lineage) in enumerate(zip(plain, origins, strict=True))
    ]
    return TaskBatch(cycle, slot, tasks, auto_reset)


class _Conversation:
    """One session's cycle protocol: requests of all slots → propose, reports of all slots → observe."""

    def __init__(self, link: Link, welcome: wire.Welcome, adversary: Adversary) -> None:
        place = welcome.adversary
        environment = environment_of(link, place.environment)
        self._link = link
        self._services = Services(link)
        self._adversary: Any = adversary
        self._place = AdversaryPlace(
            tuple(place.slots),
            place.seed,
            environment.levels,
            environment.spec,
            place.discount if place.HasField("discount") else None,
            welcome.run,
            welcome.experiment,
            self._services,
        )
        self._counts: dict[str, int] = {}
        self._outcomes: dict[tuple[str, str, int], Outcome] = {}
        # Levels of the tasks that were proposed, in the order in which their outcomes are observed.
        self._expected: dict[tuple[str, str, int], bytes] = {}

    def run(self) -> None:
        self._link.doing = "open"
        self._adversary.open(self._place)
        ready(
            self._link,
            needs=codec.statistic_names(self._adversary.needs),
            probes=list(getattr(self._adversary, "probes", ())),
        )
        while True:
            message = self._services.take()
            if message.kind == wire.KIND_CLOSE:
                return
            self._answer(message)

    def _answer(self, message: Message) -> None:
        kind, adversary = message.kind, self._adversary
        self._link.doing = {wire.KIND_SNAPSHOT_TAKE: "snapshot", wire.KIND_RESTORE: "restore"}.get(kind, "")
        if kind == wire.KIND_TASKS_REQUEST:
            self._requested(wire.TasksRequest.FromString(message.body))
        elif kind == wire.KIND_OUTCOMES_REPORT:
            self._reported(wire.OutcomesReport.FromString(message.body))
        elif kind == wire.KIND_SNAPSHOT_TAKE:
            gallery = adversary.gallery() if hasattr(adversary, "gallery") else ()
            snapshot = codec.encode_snapshot(adversary.snapshot())
            taken = wire.SnapshotTaken(snapshot=snapshot, gallery=codec.encode_gallery(gallery))
            self._link.post(wire.KIND_SNAPSHOT_TAKEN, taken.SerializeToString())
        elif kind == wire.KIND_RESTORE:
            adversary.restore(codec.decode_snapshot(wire.Snapshot.FromString(message.body)))
            self._link.post(wire.KIND_RESTORED)
        else:
            raise unexpected(kind, "an adversary")

    def _requested(self, request: wire.TasksRequest) -> None:
        self._counts[request.slot] = request.count
        if sorted(self._counts) != list(self._place.slots):
            return
        counts = {slot: self._counts[slot] for slot in self._place.slots}
        self._counts = {}
        self._link.doing = f"propose of cycle {request.cycle}"
        self._services.cycle = request.cycle
        proposal = self._adversary.propose(request.cycle, counts)
        if not isinstance(proposal, Proposal):
            proposal = Proposal(_batches(proposal))
        batches: list[TaskBatch] = sorted(proposal.batches, key=lambda batch: str(batch.slot))
        if [batch.slot for batch in batches] != list(self._place.slots):
            raise AgonError(
                "adversary/batches",
                f"batches went to {[batch.slot for batch in batches]} and {list(counts)} asked for one each",
                "propose one batch for each slot in `counts`",
            )
        self._expected = {(batch.slot, task.id, task.repeat): task.level for batch in batches for task in batch.tasks}
        proposed = wire.TasksProposed(
            cycle=request.cycle,
            batches=[codec.encode_batch(batch) for batch in batches],
            metrics=codec.checked_metrics(proposal.metrics, "metric"),
        )
        self._link.post(wire.KIND_TASKS_PROPOSED, proposed.SerializeToString())

    def _reported(self, report: wire.OutcomesReport) -> None:
        for outcome in codec.decode_report(report):
            # A report that comes twice counts once.
            self._outcomes.setdefault((outcome.slot, outcome.task, outcome.repeat), outcome)
        if any(key not in self._outcomes for key in self._expected):
            return
        outcomes = [replace(self._outcomes[key], level=level) for key, level in self._expected.items()]
        self._outcomes, self._expected = {}, {}
        self._link.doing = f"observe of cycle {report.cycle}"
        metrics = self._adversary.observe(report.cycle, outcomes) or {}
        searched = self._adversary.attempts() if hasattr(self._adversary, "attempts") else ()
        scored = self._adversary.scored() if hasattr(self._adversary, "scored") else ()
        done = wire.CycleDone(
            cycle=report.cycle,
            metrics=codec.checked_metrics(metrics, "metric"),
            attempts=codec.encode_attempts(searched),
            levels=codec.encode_scored(scored),
        )
        self._link.post(wire.KIND_CYCLE_DONE, done.SerializeToString())


def _batches(given: Any) -> list[TaskBatch]:
    batches = list(given) if isinstance(given, Iterable) else [given]
    for one in batches:
        if not isinstance(one, TaskBatch):
            raise refused("adversary/batches", "what propose gave", "a Proposal, or a TaskBatch for each slot", one)
    return batches
