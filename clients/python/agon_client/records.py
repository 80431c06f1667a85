"""What actors say to each other, as plain records. The contracts in proto/agon/v1 say what every field means."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal, Mapping, Sequence

from .errors import AgonError
from .tensors import Array

AutoReset = Literal["none", "same-level", "next-level"]
Metrics = Mapping[str, float]

STATISTICS = (
    "return",
    "length",
    "discounted_return",
    "value0",
    "sum_value",
    "sum_advantage",
    "sum_abs_advantage",
    "sum_positive_advantage",
    "sum_abs_td_error",
    "trained_steps",
)
"""What a student of values may offer and an adversary may need."""

UNCERTAINTY = ("sum_entropy", "sum_least_confidence", "sum_min_margin")
"""What one may offer besides: how undecided its policy was, for the scores that ask for it."""

DISAGREEMENT = ("sum_value_deviation",)
"""What one of several critics may offer besides."""


@dataclass(frozen=True)
class Lineage:
    operator: str
    """`generate`, `replay`, `edit`, …"""
    level: str | None = None
    """Id in the adversary's archive; None for levels that no archive tracks."""
    parents: Sequence[str] = ()
    generation: int = 0
    """Edits between this level and its generated ancestor."""


@dataclass(frozen=True)
class Task:
    """A level to be attempted."""

    id: str
    level: bytes
    """Canonical bytes; what they mean is the environment's business."""
    seed: int
    """Keys the randomness of the attempt, 0 … 2³²−1."""
    train: bool = True
    """Whether the student may learn from the attempt."""
    lineage: Lineage = Lineage("generate")
    repeat: int = 0
    seating: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Probe:
    name: str
    digest: str
    levels: Sequence[bytes] = ()


@dataclass(frozen=True)
class TaskBatch:
    """What a slot gets for one cycle."""

    cycle: int
    slot: str
    tasks: Sequence[Task]
    auto_reset: AutoReset = "same-level"
    probes: Sequence[Probe] = ()
    policies: Mapping[str, PolicyFile] = field(default_factory=dict)
    """To students: those of other slots that tasks seat, by name, as they are in this cycle. An adversary gives none."""


@dataclass(frozen=True)
class Episode:
    """One episode of one seat: sums over its steps inside the rollout. None is not zero."""

    return_: float
    length: int
    finished: bool = True
    """Whether it ended inside the rollout; scores use finished episodes only."""
    solved: bool = False
    discounted_return: float | None = None
    value0: float | None = None
    """V of the first observation."""
    sum_value: float | None = None
    sum_advantage: float | None = None
    sum_abs_advantage: float | None = None
    sum_positive_advantage: float | None = None
    sum_abs_td_error: float | None = None
    """Σ |δ| without the episode's last step."""
    trained_steps: int | None = None
    student_version: int = 0
    """Gradient updates behind the policy that played it."""
    episode: int = 0
    """0-based, within the task's attempt; set when the report is sent."""
    seat: str = "agent"
    extras: Metrics = field(default_factory=dict)
    sum_entropy: float | None = None
    """Σ of the entropy of the policy as a share of the logarithm of how many actions were allowed."""
    sum_least_confidence: float | None = None
    """Σ (1 − the largest probability)."""
    sum_min_margin: float | None = None
    """Σ (1 − (the largest − the second largest probability))."""
    sum_value_deviation: float | None = None
    """Σ of the deviation of what several critics say, from their mean and over all of them, in the unit of rewards."""


@dataclass(frozen=True)
class Outcome:
    """What came of one attempt of one task."""

    task: str
    episodes: Sequence[Episode]
    repeat: int = 0
    slot: str = ""
    """Set on receipt; a student need not give it."""
    artefacts: Mapping[str, str] = field(default_factory=dict)
    measured_by: str = ""
    level: bytes = b""
    """Of the task; set where an adversary observes."""

    def best_return(self, otherwise: float = 0.0) -> float:
        """The highest return of the episodes that ended, or `otherwise` where none did."""
        return max((episode.return_ for episode in self.episodes if episode.finished), default=otherwise)


@dataclass(frozen=True)
class AttemptReport:
    """`env_steps` counts environment steps; metrics are snake_case and finite, timings milliseconds."""

    outcomes: Sequence[Outcome]
    env_steps: int
    metrics: Metrics = field(default_factory=dict)
    timings: Metrics = field(default_factory=dict)


@dataclass(frozen=True)
class LearnReport:
    gradient_updates: int
    """1 if a gradient update was made, 0 if nothing was trainable."""
    metrics: Metrics = field(default_factory=dict)
    timings: Metrics = field(default_factory=dict)


@dataclass(frozen=True)
class Proposal:
    """One batch for each slot that asked."""

    batches: Sequence[TaskBatch]
    metrics: Metrics = field(default_factory=dict)


@dataclass(frozen=True)
class Snapshot:
    """The whole state of an actor between two cycles. `state` is any JSON value, `tensors` arrays by name."""

    kind: str
    version: int = 1
    state: Any = None
    tensors: Mapping[str, Array] = field(default_factory=dict)

    def of_kind(self, kind: str, version: int = 1) -> Snapshot:
        """Itself. Raises `AgonError` `snapshot/foreign` where it is another kind's, or another version."""
        if (self.kind, self.version) != (kind, version):
            raise AgonError(
                "snapshot/foreign",
                f"this is a snapshot of '{self.kind}', version {self.version}, not of '{kind}', version {version}",
            )
        return self


@dataclass(frozen=True)
class Question:
    """What is asked of a service of the run."""

    service: str
    """As the config names it."""
    key: str
    """Distinct among what this actor asks in a cycle, and the same whenever the cycle is done again: an answer that the run
    has kept under it is not asked for again."""
    payload: Any = None
    """Any JSON value."""
    attachments: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True)
class Cost:
    """What an answer cost beside one call, for the caps of the run. None: nothing."""

    tokens: int | None = None
    money: float | None = None
    """In the unit of the caps."""


@dataclass(frozen=True)
class Answer:
    payload: Any = None
    """Any JSON value."""
    attachments: Mapping[str, bytes] = field(default_factory=dict)
    cost: Cost | None = None


@dataclass(frozen=True)
class GalleryLevel:
    """A level of an adversary's archive that is worth showing to people."""

    reason: Literal["high-score", "low-score", "most-edited", "recent"]
    level: bytes
    score: float
    id: str
    generation: int = 0
    operator: str = "generate"
    """What made it."""


@dataclass(frozen=True)
class ArchiveChange:
    """What a cycle changed of the levels that an adversary keeps."""

    name: str
    """Tells archives apart where there are several."""
    entries: Mapping[str, float]
    """Scores of levels that are new in it or have another score, by the id that their lineage names."""
    size: int
    """Levels that it holds afterwards."""
    dropped: Sequence[str] = ()
    """Ids of levels that it holds no longer."""


@dataclass(frozen=True)
class LevelReport:
    """How an adversary scored the levels of the cycle just observed, for `levels.jsonl` of the run."""

    slots: Sequence[str]
    """Whose tasks it is about."""
    score: str
    """Name of the score, such as `max-mc`."""
    scores: Mapping[str, float]
    """By the id of the task. One that is not there has no score."""
    archive: ArchiveChange | None = None


@dataclass(frozen=True)
class SearchAttemptTask:
    """A task that a candidate of a search was played as."""

    task: Task
    slot: str
    return_: float | None = None
    """Of the measured seat in the first episode; None where that was not finished."""


@dataclass(frozen=True)
class SearchAttempt:
    """A candidate of a search over levels and what came of it, for `history.jsonl` of the run."""

    id: str
    """Unique in the run."""
    level: bytes
    tasks: Sequence[SearchAttemptTask]
    status: Literal["new", "better", "kept-out", "unscored"]
    """The first of its cell, better than who was in it, not better, or without an objective or a cell."""
    objective: float | None = None
    emitter: str = "random"
    operator: str = "generate"
    parents: Sequence[str] = ()
    descriptor: Mapping[str, float | str] = field(default_factory=dict)
    """By name of the axis."""
    cell: Sequence[int] | None = None
    """Index of the bin or category on each axis, in their order."""
    values: Metrics = field(default_factory=dict)
    """What the objective was made of."""


@dataclass(frozen=True)
class PolicyFile:
    """An ONNX model and its card (`policy.yaml` as an object)."""

    onnx: bytes
    card: Mapping[str, Any]


@dataclass(frozen=True)
class Seated:
    """Who has a seat beside the policy that is measured: a policy, or a rule of the environment by its name."""

    name: str
    policy: PolicyFile | None = None
    bot: str = ""


@dataclass(frozen=True)
class SealedEpisode:
    """An episode to measure: played once, from fresh state, and forgotten."""

    level_name: str
    level: bytes
    seed: int


@dataclass(frozen=True)
class SealedResult:
    """Undiscounted return and steps of one episode. Whether it solved its level is the hub's to say."""

    return_: float
    length: int
