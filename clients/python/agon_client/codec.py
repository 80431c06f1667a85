"""Records to messages and back. What comes from a user is checked here, by name, before it travels."""

from __future__ import annotations

import json
import math
import re
from typing import Any, Mapping, Sequence

from . import records as r
from .errors import AgonError
from .exact import UINT64, flag, octets, real, refused, text, whole
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
_KNOWN = (*r.STATISTICS, *r.UNCERTAINTY, *r.DISAGREEMENT)
_OPTIONAL = tuple(name for name in _KNOWN if name not in ("return", "length"))
_METRIC_NAME = re.compile(r"^[a-z][a-z0-9_]*$")


def statistic_names(names: Sequence[str]) -> list[str]:
    """The names themselves, once each is a statistic. Raises `AgonError` `usage/statistic` with the right spelling."""
    if isinstance(names, str):
        raise AgonError("usage/statistic", f"'{names}' is a str, not a sequence of names", f"write ('{names}',)")
    for name in names:
        if name not in _KNOWN:
            raise AgonError("usage/statistic", f"'{name}' is no statistic", _spelling(str(name)))
    return list(names)


def _spelling(name: str) -> str:
    def letters(word: str) -> str:
        return word.replace("_", "").replace("-", "").lower()

    meant = [known for known in _KNOWN if letters(known) == letters(name)]
    there_are = f"there are {', '.join(_KNOWN)}"
    return f"write '{meant[0]}'; {there_are}" if meant else there_are


def checked_metrics(metrics: r.Metrics, what: str) -> dict[str, float]:
    """Raises `AgonError` `wire/number` for a name that is not snake_case or a value that is no finite number."""
    if not isinstance(metrics, Mapping):
        raise refused("wire/number", f"the {what}s", "a mapping of names to numbers", metrics)
    for name in metrics:
        if not isinstance(name, str) or not _METRIC_NAME.match(name):
            raise refused("wire/number", f"the name of a {what}", "letters, digits and _ of snake_case", name)
    return {name: real(value, f"{what} '{name}'") for name, value in metrics.items()}


def encode_batch(batch: r.TaskBatch) -> wire.TaskBatch:
    place = f"the batch of slot '{batch.slot}'"
    if batch.auto_reset not in AUTO_RESET:
        raise refused("wire/value", f"auto_reset of {place}", f"one of {', '.join(AUTO_RESET)}", batch.auto_reset)
    return wire.TaskBatch(
        cycle=whole(batch.cycle, f"the cycle of {place}"),
        slot=text(batch.slot, "the slot of a batch"),
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
        policies={name: decode_policy(batch.policies[name]) for name in sorted(batch.policies)},
    )


def _encode_task(task: r.Task) -> wire.Task:
    place, lineage = f"of task '{task.id}'", task.lineage
    return wire.Task(
        id=text(task.id, "the id of a task"),
        level=octets(task.level, f"the level {place}"),
        seed=whole(task.seed, f"the seed {place}"),
        train=flag(task.train, f"train {place}"),
        repeat=whole(task.repeat, f"the repeat {place}"),
        lineage=wire.Lineage(
            level=None if lineage.level is None else text(lineage.level, f"the level in the lineage {place}"),
            parents=[text(parent, f"a parent {place}") for parent in lineage.parents],
            operator=text(lineage.operator, f"the operator {place}"),
            generation=whole(lineage.generation, f"the generation {place}"),
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
        env_steps=whole(report.env_steps, "env_steps", high=UINT64),
        metrics=checked_metrics(report.metrics, "metric"),
        timings=checked_metrics(report.timings, "timing"),
    )


def _encode_outcome(outcome: r.Outcome) -> wire.Outcome:
    place = f"of task '{outcome.task}'"
    return wire.Outcome(
        task=text(outcome.task, "the task of an outcome"),
        repeat=whole(outcome.repeat, f"the repeat {place}"),
        episodes=[_encode_episode(number, episode, place) for number, episode in enumerate(outcome.episodes)],
        artefacts={text(k, f"an artefact {place}"): text(v, f"artefact '{k}' {place}") for k, v in outcome.artefacts.items()},
        measured_by=text(outcome.measured_by, f"measured_by {place}"),
    )


def _encode_episode(number: int, episode: r.Episode, of: str) -> wire.EpisodeSummary:
    place = f"of episode {number} {of}"
    # `return` is a keyword of Python, and a field of the wire.
    statistics: dict[str, Any] = {"return": real(episode.return_, f"return_ {place}")}
    for name in _OPTIONAL:
        value = getattr(episode, name)
        if value is not None:
            at = f"{name} {place}"
            statistics[name] = whole(value, at) if name == "trained_steps" else real(value, at)
    return wire.EpisodeSummary(
        episode=number,
        seat=text(episode.seat, f"the seat {place}"),
        finished=flag(episode.finished, f"finished {place}"),
        solved=flag(episode.solved, f"solved {place}"),
        length=whole(episode.length, f"the length {place}"),
        student_version=whole(episode.student_version, f"student_version {place}"),
        extras=checked_metrics(episode.extras, "extra"),
        **statistics,
    )


def encode_learned(batch: r.TaskBatch, learned: r.LearnReport) -> wire.Learned:
    return wire.Learned(
        cycle=batch.cycle,
        slot=batch.slot,
        gradient_updates=whole(learned.gradient_updates, "gradient_updates", 0, 1),
        metrics=checked_metrics(learned.metrics, "metric"),
        timings=checked_metrics(learned.timings, "timing"),
    )


def check_offered(report: r.AttemptReport, offers: Sequence[str]) -> None:
    """Raises `AgonError` `student/statistics` where a finished episode lacks a statistic that the student offers."""
    # The others have values in every summary.
    promised = [name for name in offers if name in _OPTIONAL]
    for outcome in report.outcomes:
        for number, episode in enumerate(outcome.episodes):
            lacking = [name for name in promised if getattr(episode, name) is None] if episode.finished else []
            if lacking:
                raise AgonError(
                    "student/statistics",
                    f"episode {number} of task '{outcome.task}' has no {', '.join(lacking)}, which the student offers",
                    "give it with every finished episode, or take it out of `offers`",
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
    """Raises `AgonError` `snapshot/state` for a state that would not come back as it is, `wire/tensor` for such arrays."""
    if not isinstance(snapshot, r.Snapshot):
        raise refused("snapshot/state", "the snapshot", "an agon_client.Snapshot", snapshot)
    return wire.Snapshot(
        kind=text(snapshot.kind, "the kind of a snapshot"),
        version=whole(snapshot.version, "the version of a snapshot"),
        state_json=encode_json(snapshot.state, "snapshot/state", "state", sort_keys=True),
        tensors=write_safetensors(snapshot.tensors) if snapshot.tensors else b"",
    )


def encode_json(value: Any, code: str, place: str, *, sort_keys: bool = False) -> str:
    """JSON of what JSON carries without loss: keys are str, numbers finite; a tuple becomes a list."""
    _check_json(value, code, place)
    try:
        return json.dumps(value, allow_nan=False, separators=(",", ":"), sort_keys=sort_keys)
    except RecursionError as cause:
        raise AgonError(code, f"{place} is nested too deeply for JSON", "flatten it") from cause


def _check_json(value: Any, code: str, place: str) -> None:
    waiting = [(value, place)]
    while waiting:
        one, at = waiting.pop()
        if one is None or isinstance(one, (str, bool, int)):
            continue
        if isinstance(one, float):
            if not math.isfinite(one):
                raise refused(code, at, "a finite number", one)
        elif isinstance(one, Mapping):
            for key, inner in one.items():
                if not isinstance(key, str):
                    raise refused(code, f"a key of {at}", "a str: JSON has no other keys", key)
                waiting.append((inner, f"{at}[{key!r}]"))
        elif isinstance(one, (list, tuple)):
            waiting += [(inner, f"{at}[{i}]") for i, inner in enumerate(one)]
        else:
            raise refused(code, at, "a JSON value", one, "arrays go into the tensors; numbers of numpy become int() or float()")


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
            reason=text(one.reason, "the reason of a level shown"),
            level=octets(one.level, f"level '{one.id}' shown"),
            score=real(one.score, f"the score of level '{one.id}' shown"),
            id=text(one.id, "the id of a level shown"),
            generation=whole(one.generation, f"the generation of level '{one.id}' shown"),
            ancestry=[wire.Ancestor(id=one.id, operator=one.operator, level=one.level)],
        )
        for one in levels
    ]


def encode_scored(reports: Sequence[r.LevelReport]) -> list[wire.LevelReport]:
    """Raises `AgonError` `adversary/scored`, `wire/number`."""
    if not isinstance(reports, Sequence) or not all(isinstance(one, r.LevelReport) for one in reports):
        raise refused("adversary/scored", "what scored gave", "a list of agon_client.LevelReport", reports)
    return [
        wire.LevelReport(
            slots=[text(slot, "a slot of scored levels") for slot in one.slots],
            score=text(one.score, "the name of a score"),
            scores={task: real(score, f"the score of task '{task}'") for task, score in one.scores.items()},
            archive=None if one.archive is None else _encode_change(one.archive),
        )
        for one in reports
    ]


def _encode_change(one: r.ArchiveChange) -> wire.ArchiveChange:
    return wire.ArchiveChange(
        name=text(one.name, "the name of an archive"),
        entries={level: real(score, f"the score of level '{level}'") for level, score in one.entries.items()},
        dropped=[text(level, f"a level that archive '{one.name}' dropped") for level in one.dropped],
        size=whole(one.size, f"the size of archive '{one.name}'"),
    )


def encode_attempts(attempts: Sequence[r.SearchAttempt]) -> list[wire.SearchAttempt]:
    """Raises `AgonError` `adversary/attempts`, `wire/number`."""
    if not isinstance(attempts, Sequence) or not all(isinstance(one, r.SearchAttempt) for one in attempts):
        raise refused("adversary/attempts", "what attempts gave", "a list of agon_client.SearchAttempt", attempts)
    return [_encode_attempt(one) for one in attempts]


def _encode_attempt(one: r.SearchAttempt) -> wire.SearchAttempt:
    of = f"attempt '{one.id}'"
    places = {
        axis: wire.AxisValue(category=at) if isinstance(at, str) else wire.AxisValue(number=real(at, f"{axis} of {of}"))
        for axis, at in one.descriptor.items()
    }
    return wire.SearchAttempt(
        id=text(one.id, "the id of an attempt"),
        level=octets(one.level, f"the level of {of}"),
        emitter=text(one.emitter, f"the emitter of {of}"),
        operator=text(one.operator, f"the operator of {of}"),
        parents=[text(parent, f"a parent of {of}") for parent in one.parents],
        descriptor=places,
        cell=[whole(at, f"the cell of {of}") for at in one.cell or ()],
        objective=None if one.objective is None else real(one.objective, f"the objective of {of}"),
        values={name: real(value, f"{name} of {of}") for name, value in one.values.items()},
        status=text(one.status, f"the status of {of}"),
        tasks=[_encode_attempt_task(task, of) for task in one.tasks],
    )


def _encode_attempt_task(one: r.SearchAttemptTask, of: str) -> wire.SearchAttemptTask:
    earned = {} if one.return_ is None else {"return": real(one.return_, f"a return of {of}")}
    fields: dict[str, Any] = {
        "task": text(one.task.id, f"a task of {of}"),
        "slot": text(one.slot, f"the slot of a task of {of}"),
        "seed": whole(one.task.seed, f"a seed of {of}"),
        "repeat": whole(one.task.repeat, f"a repeat of {of}"),
        "seating": dict(one.task.seating),
        **earned,
    }
    return wire.SearchAttemptTask(**fields)


def encode_policy(policy: r.PolicyFile) -> wire.PolicyFile:
    card = encode_json(policy.card, "policy/card", "card")
    return wire.PolicyFile(onnx=octets(policy.onnx, "the policy's onnx"), card_json=card)


def decode_policy(policy: wire.PolicyFile) -> r.PolicyFile:
    return r.PolicyFile(policy.onnx, json.loads(policy.card_json) if policy.card_json else {})


def decode_episodes(measure: wire.Measure) -> list[r.SealedEpisode]:
    return [r.SealedEpisode(one.level_name, one.level, one.seed) for one in measure.episodes]


def encode_results(episodes: Sequence[r.SealedEpisode], results: Sequence[r.SealedResult]) -> list[wire.SealedResult]:
    """Raises `AgonError` `evaluator/episodes` unless every episode has its result."""
    if not isinstance(results, Sequence) or not all(isinstance(one, r.SealedResult) for one in results):
        raise refused("evaluator/episodes", "what measure gave", "a list of agon_client.SealedResult", results)
    if len(results) != len(episodes):
        raise AgonError(
            "evaluator/episodes",
            f"{len(episodes)} episodes were asked for and {len(results)} results given",
            "give one result for every episode, in order",
        )
    fields: list[dict[str, Any]] = [
        {"return": real(one.return_, f"return_ of result {i}"), "length": whole(one.length, f"the length of result {i}")}
        for i, one in enumerate(results)
    ]
    return [wire.SealedResult(**one) for one in fields]
