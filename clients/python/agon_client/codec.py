"""Records to messages and back. What comes from a user is checked here, by name, before it travels."""

from __future__ import annotations

import json
import math
import re
from typing import Any, Mapping, Sequence

from . import records as r
from .errors import AgonError
from .gen import actors_pb2 as wire
from .gen import environments_pb2 as envs
from .safetensors import read_safetensors, write_safetensors

AUTO_RESET: Mapping[str, Any] = {
    "none": envs.AUTO_RESET_NONE,
    "same-level": envs.AUTO_RESET_SAME_LEVEL,
    "next-level": envs.AUTO_RESET_NEXT_LEVEL,
}
AUTO_RESET_NAMES: Mapping[int, r.AutoReset] = {
    envs.AUTO_RESET_UNSPECIFIED: "none",
    envs.AUTO_RESET_NONE: "none",
    envs.AUTO_RESET_SAME_LEVEL: "same-level",
    envs.AUTO_RESET_NEXT_LEVEL: "next-level",
}
_OPTIONAL = tuple(name for name in r.STATISTICS if name not in ("return", "length"))
_METRIC_NAME = re.compile(r"^[a-z][a-z0-9_]*$")


def statistic_names(names: Sequence[str]) -> list[str]:
    """Names of the wire for names of Python: `sum_abs_td_error` → `sumAbsTdError`. Raises `AgonError` `usage/statistic`."""
    for name in names:
        if name not in r.STATISTICS:
            raise AgonError("usage/statistic", f"'{name}' is no statistic", f"choose of {', '.join(r.STATISTICS)}")
    return [re.sub(r"_([a-z])", lambda m: m.group(1).upper(), name) for name in names]


def checked_metrics(metrics: r.Metrics, what: str) -> dict[str, float]:
    """Raises `AgonError` `wire/number` for a name that is not snake_case or a value that is not finite."""
    for name, value in metrics.items():
        if not _METRIC_NAME.match(name) or not math.isfinite(value):
            raise AgonError("wire/number", f"{what} '{name}' is {value}", "give snake_case names and finite numbers")
    return {name: float(value) for name, value in metrics.items()}


def encode_batch(batch: r.TaskBatch) -> wire.TaskBatch:
    return wire.TaskBatch(
        cycle=batch.cycle,
        slot=batch.slot,
        tasks=[_encode_task(task) for task in batch.tasks],
        auto_reset=AUTO_RESET[batch.auto_reset],
        probes=[wire.Probe(name=p.name, digest=p.digest, levels=p.levels) for p in batch.probes],
    )


def decode_batch(batch: wire.TaskBatch) -> r.TaskBatch:
    return r.TaskBatch(
        cycle=batch.cycle,
        slot=batch.slot,
        tasks=tuple(_decode_task(task) for task in batch.tasks),
        auto_reset=AUTO_RESET_NAMES[batch.auto_reset],
        probes=tuple(r.Probe(p.name, p.digest, tuple(p.levels)) for p in batch.probes),
    )


def _encode_task(task: r.Task) -> wire.Task:
    lineage = task.lineage
    return wire.Task(
        id=task.id,
        level=task.level,
        seed=task.seed,
        train=task.train,
        repeat=task.repeat,
        lineage=wire.Lineage(
            level=lineage.level,
            parents=lineage.parents,
            operator=lineage.operator,
            generation=lineage.generation,
        ),
        seating=task.seating,
    )


def _decode_task(task: wire.Task) -> r.Task:
    lineage = task.lineage
    return r.Task(
        id=task.id,
        level=task.level,
        seed=task.seed,
        train=task.train,
        lineage=r.Lineage(
            lineage.operator,
            lineage.level if lineage.HasField("level") else None,
            tuple(lineage.parents),
            lineage.generation,
        ),
        repeat=task.repeat,
        seating=dict(task.seating),
    )


def encode_report(batch: r.TaskBatch, report: r.AttemptReport) -> wire.OutcomesReport:
    """Raises `AgonError` `student/outcomes` unless every task of the batch has exactly one outcome."""
    asked = [(task.id, task.repeat) for task in batch.tasks]
    given = [(outcome.task, outcome.repeat) for outcome in report.outcomes]
    if sorted(asked) != sorted(given):
        wrong = sorted(set(asked) ^ set(given)) or [key for key in given if given.count(key) > 1]
        raise AgonError(
            "student/outcomes",
            f"task and repeat {wrong[0]} of cycle {batch.cycle} is not answered exactly once",
            "give one outcome for each task, with its id and repeat",
        )
    return wire.OutcomesReport(
        cycle=batch.cycle,
        slot=batch.slot,
        outcomes=[_encode_outcome(outcome) for outcome in report.outcomes],
        env_steps=report.env_steps,
        metrics=checked_metrics(report.metrics, "metric"),
        timings=checked_metrics(report.timings, "timing"),
    )


def _encode_outcome(outcome: r.Outcome) -> wire.Outcome:
    return wire.Outcome(
        task=outcome.task,
        repeat=outcome.repeat,
        episodes=[_encode_episode(number, episode) for number, episode in enumerate(outcome.episodes)],
        artefacts=outcome.artefacts,
        measured_by=outcome.measured_by,
    )


def _encode_episode(number: int, episode: r.Episode) -> wire.EpisodeSummary:
    # `return` is a keyword of Python, and a field of the wire.
    statistics: dict[str, Any] = {"return": episode.return_} | {name: getattr(episode, name) for name in _OPTIONAL}
    return wire.EpisodeSummary(
        episode=number,
        seat=episode.seat,
        finished=episode.finished,
        solved=episode.solved,
        length=episode.length,
        student_version=episode.student_version,
        extras=checked_metrics(episode.extras, "extra"),
        **{name: value for name, value in statistics.items() if value is not None},
    )


def decode_report(report: wire.OutcomesReport) -> list[r.Outcome]:
    """The outcomes of a report, with the slot that reported."""
    return [
        r.Outcome(
            task=outcome.task,
            episodes=tuple(_decode_episode(episode) for episode in outcome.episodes),
            repeat=outcome.repeat,
            slot=report.slot,
            artefacts=dict(outcome.artefacts),
            measured_by=outcome.measured_by or f"student/{report.slot}",
        )
        for outcome in report.outcomes
    ]


def _decode_episode(episode: wire.EpisodeSummary) -> r.Episode:
    statistics: dict[str, Any] = {name: getattr(episode, name) for name in _OPTIONAL if episode.HasField(name)}
    return r.Episode(
        return_=getattr(episode, "return"),
        length=episode.length,
        finished=episode.finished,
        solved=episode.solved,
        student_version=episode.student_version,
        episode=episode.episode,
        seat=episode.seat or "agent",
        extras=dict(episode.extras),
        **statistics,
    )


def encode_snapshot(snapshot: r.Snapshot) -> wire.Snapshot:
    return wire.Snapshot(
        kind=snapshot.kind,
        version=snapshot.version,
        state_json=json.dumps(snapshot.state, allow_nan=False, separators=(",", ":"), sort_keys=True),
        tensors=write_safetensors(snapshot.tensors) if snapshot.tensors else b"",
    )


def decode_snapshot(snapshot: wire.Snapshot) -> r.Snapshot:
    """Raises `AgonError` `safetensors/corrupt`, `snapshot/corrupt`."""
    try:
        state = json.loads(snapshot.state_json) if snapshot.state_json else None
    except ValueError as cause:
        raise AgonError("snapshot/corrupt", f"its state is no JSON: {cause}") from cause
    return r.Snapshot(snapshot.kind, snapshot.version, state, read_safetensors(snapshot.tensors))


def encode_gallery(levels: Sequence[r.GalleryLevel]) -> list[wire.GalleryLevel]:
    return [
        wire.GalleryLevel(
            reason=one.reason,
            level=one.level,
            score=one.score,
            id=one.id,
            generation=one.generation,
            ancestry=[wire.Ancestor(id=one.id, operator=one.operator, level=one.level)],
        )
        for one in levels
    ]


def encode_policy(policy: r.PolicyFile) -> wire.PolicyFile:
    return wire.PolicyFile(onnx=policy.onnx, card_json=json.dumps(policy.card))


def decode_policy(policy: wire.PolicyFile) -> r.PolicyFile:
    return r.PolicyFile(policy.onnx, json.loads(policy.card_json) if policy.card_json else {})


def decode_episodes(measure: wire.Measure) -> list[r.SealedEpisode]:
    return [r.SealedEpisode(one.level_name, one.level, one.seed) for one in measure.episodes]


def encode_results(episodes: Sequence[r.SealedEpisode], results: Sequence[r.SealedResult]) -> list[wire.SealedResult]:
    """Raises `AgonError` `evaluator/episodes` unless every episode has its result."""
    if len(results) != len(episodes):
        raise AgonError(
            "evaluator/episodes",
            f"{len(episodes)} episodes were asked for and {len(results)} results given",
            "give one result for every episode, in order",
        )
    fields: list[dict[str, Any]] = [{"return": result.return_, "length": result.length} for result in results]
    return [wire.SealedResult(**one) for one in fields]
