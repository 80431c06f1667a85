# mypy: ignore-errors
from . import environments_pb2 as _environments_pb2
from . import errors_pb2 as _errors_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from typing import ClassVar as _ClassVar, Iterable as _Iterable, Mapping as _Mapping, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor
KIND_CLOSE: Kind
KIND_CREDIT: Kind
KIND_CYCLE_BEGIN: Kind
KIND_CYCLE_DONE: Kind
KIND_FAILED: Kind
KIND_GOODBYE: Kind
KIND_HEARTBEAT: Kind
KIND_HELLO: Kind
KIND_LEARNED: Kind
KIND_MEASURE: Kind
KIND_MEASURED: Kind
KIND_OUTCOMES_REPORT: Kind
KIND_POLICY_EXPORT: Kind
KIND_POLICY_EXPORTED: Kind
KIND_READY: Kind
KIND_REFUSED: Kind
KIND_RESTORE: Kind
KIND_RESTORED: Kind
KIND_SERVICE_ANSWER: Kind
KIND_SERVICE_ASK: Kind
KIND_SERVICE_FAILED: Kind
KIND_SNAPSHOT_TAKE: Kind
KIND_SNAPSHOT_TAKEN: Kind
KIND_TASKS_ASSIGN: Kind
KIND_TASKS_PROPOSED: Kind
KIND_TASKS_REQUEST: Kind
KIND_UNSPECIFIED: Kind
KIND_WELCOME: Kind
ROLE_ADVERSARY: Role
ROLE_EVALUATOR: Role
ROLE_SERVICE: Role
ROLE_STUDENT: Role
ROLE_UNSPECIFIED: Role

class AdversaryPlace(_message.Message):
    __slots__ = ["discount", "environment", "seed", "slots"]
    DISCOUNT_FIELD_NUMBER: _ClassVar[int]
    ENVIRONMENT_FIELD_NUMBER: _ClassVar[int]
    SEED_FIELD_NUMBER: _ClassVar[int]
    SLOTS_FIELD_NUMBER: _ClassVar[int]
    discount: float
    environment: Environment
    seed: int
    slots: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, slots: _Optional[_Iterable[str]] = ..., seed: _Optional[int] = ..., environment: _Optional[_Union[Environment, _Mapping]] = ..., discount: _Optional[float] = ...) -> None: ...

class Ancestor(_message.Message):
    __slots__ = ["id", "level", "operator"]
    ID_FIELD_NUMBER: _ClassVar[int]
    LEVEL_FIELD_NUMBER: _ClassVar[int]
    OPERATOR_FIELD_NUMBER: _ClassVar[int]
    id: str
    level: bytes
    operator: str
    def __init__(self, id: _Optional[str] = ..., operator: _Optional[str] = ..., level: _Optional[bytes] = ...) -> None: ...

class ArchiveChange(_message.Message):
    __slots__ = ["dropped", "entries", "name", "size"]
    class EntriesEntry(_message.Message):
        __slots__ = ["key", "value"]
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: float
        def __init__(self, key: _Optional[str] = ..., value: _Optional[float] = ...) -> None: ...
    DROPPED_FIELD_NUMBER: _ClassVar[int]
    ENTRIES_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    SIZE_FIELD_NUMBER: _ClassVar[int]
    dropped: _containers.RepeatedScalarFieldContainer[str]
    entries: _containers.ScalarMap[str, float]
    name: str
    size: int
    def __init__(self, name: _Optional[str] = ..., entries: _Optional[_Mapping[str, float]] = ..., dropped: _Optional[_Iterable[str]] = ..., size: _Optional[int] = ...) -> None: ...

class AxisValue(_message.Message):
    __slots__ = ["category", "number"]
    CATEGORY_FIELD_NUMBER: _ClassVar[int]
    NUMBER_FIELD_NUMBER: _ClassVar[int]
    category: str
    number: float
    def __init__(self, number: _Optional[float] = ..., category: _Optional[str] = ...) -> None: ...

class Capabilities(_message.Message):
    __slots__ = ["deterministic", "exports_policy", "probes", "seats", "snapshots"]
    DETERMINISTIC_FIELD_NUMBER: _ClassVar[int]
    EXPORTS_POLICY_FIELD_NUMBER: _ClassVar[int]
    PROBES_FIELD_NUMBER: _ClassVar[int]
    SEATS_FIELD_NUMBER: _ClassVar[int]
    SNAPSHOTS_FIELD_NUMBER: _ClassVar[int]
    deterministic: bool
    exports_policy: bool
    probes: bool
    seats: bool
    snapshots: bool
    def __init__(self, deterministic: bool = ..., snapshots: bool = ..., probes: bool = ..., exports_policy: bool = ..., seats: bool = ...) -> None: ...

class Cost(_message.Message):
    __slots__ = ["money", "tokens"]
    MONEY_FIELD_NUMBER: _ClassVar[int]
    TOKENS_FIELD_NUMBER: _ClassVar[int]
    money: float
    tokens: float
    def __init__(self, tokens: _Optional[float] = ..., money: _Optional[float] = ...) -> None: ...

class Credit(_message.Message):
    __slots__ = ["granted"]
    GRANTED_FIELD_NUMBER: _ClassVar[int]
    granted: int
    def __init__(self, granted: _Optional[int] = ...) -> None: ...

class CycleBegin(_message.Message):
    __slots__ = ["cycle"]
    CYCLE_FIELD_NUMBER: _ClassVar[int]
    cycle: int
    def __init__(self, cycle: _Optional[int] = ...) -> None: ...

class CycleDone(_message.Message):
    __slots__ = ["attempts", "cycle", "levels", "metrics"]
    class MetricsEntry(_message.Message):
        __slots__ = ["key", "value"]
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: float
        def __init__(self, key: _Optional[str] = ..., value: _Optional[float] = ...) -> None: ...
    ATTEMPTS_FIELD_NUMBER: _ClassVar[int]
    CYCLE_FIELD_NUMBER: _ClassVar[int]
    LEVELS_FIELD_NUMBER: _ClassVar[int]
    METRICS_FIELD_NUMBER: _ClassVar[int]
    attempts: _containers.RepeatedCompositeFieldContainer[SearchAttempt]
    cycle: int
    levels: _containers.RepeatedCompositeFieldContainer[LevelReport]
    metrics: _containers.ScalarMap[str, float]
    def __init__(self, cycle: _Optional[int] = ..., metrics: _Optional[_Mapping[str, float]] = ..., levels: _Optional[_Iterable[_Union[LevelReport, _Mapping]]] = ..., attempts: _Optional[_Iterable[_Union[SearchAttempt, _Mapping]]] = ...) -> None: ...

class Environment(_message.Message):
    __slots__ = ["address", "description", "name"]
    ADDRESS_FIELD_NUMBER: _ClassVar[int]
    DESCRIPTION_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    address: str
    description: _environments_pb2.EnvironmentDescription
    name: str
    def __init__(self, name: _Optional[str] = ..., address: _Optional[str] = ..., description: _Optional[_Union[_environments_pb2.EnvironmentDescription, _Mapping]] = ...) -> None: ...

class EpisodeSummary(_message.Message):
    __slots__ = ["discounted_return", "episode", "extras", "finished", "length", "seat", "solved", "student_version", "sum_abs_advantage", "sum_abs_td_error", "sum_advantage", "sum_entropy", "sum_least_confidence", "sum_min_margin", "sum_positive_advantage", "sum_value", "sum_value_deviation", "trained_steps", "value0"]
    class ExtrasEntry(_message.Message):
        __slots__ = ["key", "value"]
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: float
        def __init__(self, key: _Optional[str] = ..., value: _Optional[float] = ...) -> None: ...
    DISCOUNTED_RETURN_FIELD_NUMBER: _ClassVar[int]
    EPISODE_FIELD_NUMBER: _ClassVar[int]
    EXTRAS_FIELD_NUMBER: _ClassVar[int]
    FINISHED_FIELD_NUMBER: _ClassVar[int]
    LENGTH_FIELD_NUMBER: _ClassVar[int]
    RETURN_FIELD_NUMBER: _ClassVar[int]
    SEAT_FIELD_NUMBER: _ClassVar[int]
    SOLVED_FIELD_NUMBER: _ClassVar[int]
    STUDENT_VERSION_FIELD_NUMBER: _ClassVar[int]
    SUM_ABS_ADVANTAGE_FIELD_NUMBER: _ClassVar[int]
    SUM_ABS_TD_ERROR_FIELD_NUMBER: _ClassVar[int]
    SUM_ADVANTAGE_FIELD_NUMBER: _ClassVar[int]
    SUM_ENTROPY_FIELD_NUMBER: _ClassVar[int]
    SUM_LEAST_CONFIDENCE_FIELD_NUMBER: _ClassVar[int]
    SUM_MIN_MARGIN_FIELD_NUMBER: _ClassVar[int]
    SUM_POSITIVE_ADVANTAGE_FIELD_NUMBER: _ClassVar[int]
    SUM_VALUE_DEVIATION_FIELD_NUMBER: _ClassVar[int]
    SUM_VALUE_FIELD_NUMBER: _ClassVar[int]
    TRAINED_STEPS_FIELD_NUMBER: _ClassVar[int]
    VALUE0_FIELD_NUMBER: _ClassVar[int]
    discounted_return: float
    episode: int
    extras: _containers.ScalarMap[str, float]
    finished: bool
    length: int
    seat: str
    solved: bool
    student_version: int
    sum_abs_advantage: float
    sum_abs_td_error: float
    sum_advantage: float
    sum_entropy: float
    sum_least_confidence: float
    sum_min_margin: float
    sum_positive_advantage: float
    sum_value: float
    sum_value_deviation: float
    trained_steps: int
    value0: float
    def __init__(self, episode: _Optional[int] = ..., seat: _Optional[str] = ..., finished: bool = ..., solved: bool = ..., length: _Optional[int] = ..., discounted_return: _Optional[float] = ..., value0: _Optional[float] = ..., sum_value: _Optional[float] = ..., sum_advantage: _Optional[float] = ..., sum_abs_advantage: _Optional[float] = ..., sum_positive_advantage: _Optional[float] = ..., sum_abs_td_error: _Optional[float] = ..., trained_steps: _Optional[int] = ..., student_version: _Optional[int] = ..., extras: _Optional[_Mapping[str, float]] = ..., sum_entropy: _Optional[float] = ..., sum_least_confidence: _Optional[float] = ..., sum_min_margin: _Optional[float] = ..., sum_value_deviation: _Optional[float] = ..., **kwargs) -> None: ...

class EvaluatorPlace(_message.Message):
    __slots__ = []
    def __init__(self) -> None: ...

class Frame(_message.Message):
    __slots__ = ["body", "correlation", "epoch", "kind", "offset", "received", "sequence", "total"]
    BODY_FIELD_NUMBER: _ClassVar[int]
    CORRELATION_FIELD_NUMBER: _ClassVar[int]
    EPOCH_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    OFFSET_FIELD_NUMBER: _ClassVar[int]
    RECEIVED_FIELD_NUMBER: _ClassVar[int]
    SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    TOTAL_FIELD_NUMBER: _ClassVar[int]
    body: bytes
    correlation: str
    epoch: int
    kind: Kind
    offset: int
    received: int
    sequence: int
    total: int
    def __init__(self, sequence: _Optional[int] = ..., epoch: _Optional[int] = ..., received: _Optional[int] = ..., kind: _Optional[_Union[Kind, str]] = ..., correlation: _Optional[str] = ..., body: _Optional[bytes] = ..., offset: _Optional[int] = ..., total: _Optional[int] = ...) -> None: ...

class GalleryLevel(_message.Message):
    __slots__ = ["ancestry", "generation", "id", "level", "reason", "score"]
    ANCESTRY_FIELD_NUMBER: _ClassVar[int]
    GENERATION_FIELD_NUMBER: _ClassVar[int]
    ID_FIELD_NUMBER: _ClassVar[int]
    LEVEL_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    SCORE_FIELD_NUMBER: _ClassVar[int]
    ancestry: _containers.RepeatedCompositeFieldContainer[Ancestor]
    generation: int
    id: str
    level: bytes
    reason: str
    score: float
    def __init__(self, reason: _Optional[str] = ..., level: _Optional[bytes] = ..., score: _Optional[float] = ..., id: _Optional[str] = ..., generation: _Optional[int] = ..., ancestry: _Optional[_Iterable[_Union[Ancestor, _Mapping]]] = ...) -> None: ...

class Goodbye(_message.Message):
    __slots__ = ["error", "reason"]
    class Reason(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = []
    ERROR_FIELD_NUMBER: _ClassVar[int]
    REASON_AGAIN: Goodbye.Reason
    REASON_DONE: Goodbye.Reason
    REASON_FIELD_NUMBER: _ClassVar[int]
    REASON_UNSPECIFIED: Goodbye.Reason
    error: _errors_pb2.Error
    reason: Goodbye.Reason
    def __init__(self, reason: _Optional[_Union[Goodbye.Reason, str]] = ..., error: _Optional[_Union[_errors_pb2.Error, _Mapping]] = ...) -> None: ...

class Heartbeat(_message.Message):
    __slots__ = []
    def __init__(self) -> None: ...

class Hello(_message.Message):
    __slots__ = ["capabilities", "name", "platform", "received", "role", "session", "slot", "ticket", "versions"]
    CAPABILITIES_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    PLATFORM_FIELD_NUMBER: _ClassVar[int]
    RECEIVED_FIELD_NUMBER: _ClassVar[int]
    ROLE_FIELD_NUMBER: _ClassVar[int]
    SESSION_FIELD_NUMBER: _ClassVar[int]
    SLOT_FIELD_NUMBER: _ClassVar[int]
    TICKET_FIELD_NUMBER: _ClassVar[int]
    VERSIONS_FIELD_NUMBER: _ClassVar[int]
    capabilities: Capabilities
    name: str
    platform: Platform
    received: int
    role: Role
    session: str
    slot: str
    ticket: str
    versions: _containers.RepeatedScalarFieldContainer[int]
    def __init__(self, versions: _Optional[_Iterable[int]] = ..., role: _Optional[_Union[Role, str]] = ..., slot: _Optional[str] = ..., name: _Optional[str] = ..., session: _Optional[str] = ..., received: _Optional[int] = ..., ticket: _Optional[str] = ..., capabilities: _Optional[_Union[Capabilities, _Mapping]] = ..., platform: _Optional[_Union[Platform, _Mapping]] = ...) -> None: ...

class Learned(_message.Message):
    __slots__ = ["cycle", "gradient_updates", "metrics", "slot", "timings"]
    class MetricsEntry(_message.Message):
        __slots__ = ["key", "value"]
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: float
        def __init__(self, key: _Optional[str] = ..., value: _Optional[float] = ...) -> None: ...
    class TimingsEntry(_message.Message):
        __slots__ = ["key", "value"]
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: float
        def __init__(self, key: _Optional[str] = ..., value: _Optional[float] = ...) -> None: ...
    CYCLE_FIELD_NUMBER: _ClassVar[int]
    GRADIENT_UPDATES_FIELD_NUMBER: _ClassVar[int]
    METRICS_FIELD_NUMBER: _ClassVar[int]
    SLOT_FIELD_NUMBER: _ClassVar[int]
    TIMINGS_FIELD_NUMBER: _ClassVar[int]
    cycle: int
    gradient_updates: int
    metrics: _containers.ScalarMap[str, float]
    slot: str
    timings: _containers.ScalarMap[str, float]
    def __init__(self, cycle: _Optional[int] = ..., slot: _Optional[str] = ..., gradient_updates: _Optional[int] = ..., metrics: _Optional[_Mapping[str, float]] = ..., timings: _Optional[_Mapping[str, float]] = ...) -> None: ...

class LevelReport(_message.Message):
    __slots__ = ["archive", "score", "scores", "slots"]
    class ScoresEntry(_message.Message):
        __slots__ = ["key", "value"]
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: float
        def __init__(self, key: _Optional[str] = ..., value: _Optional[float] = ...) -> None: ...
    ARCHIVE_FIELD_NUMBER: _ClassVar[int]
    SCORES_FIELD_NUMBER: _ClassVar[int]
    SCORE_FIELD_NUMBER: _ClassVar[int]
    SLOTS_FIELD_NUMBER: _ClassVar[int]
    archive: ArchiveChange
    score: str
    scores: _containers.ScalarMap[str, float]
    slots: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, slots: _Optional[_Iterable[str]] = ..., score: _Optional[str] = ..., scores: _Optional[_Mapping[str, float]] = ..., archive: _Optional[_Union[ArchiveChange, _Mapping]] = ...) -> None: ...

class Lineage(_message.Message):
    __slots__ = ["generation", "level", "operator", "parents"]
    GENERATION_FIELD_NUMBER: _ClassVar[int]
    LEVEL_FIELD_NUMBER: _ClassVar[int]
    OPERATOR_FIELD_NUMBER: _ClassVar[int]
    PARENTS_FIELD_NUMBER: _ClassVar[int]
    generation: int
    level: str
    operator: str
    parents: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, level: _Optional[str] = ..., parents: _Optional[_Iterable[str]] = ..., operator: _Optional[str] = ..., generation: _Optional[int] = ...) -> None: ...

class Measure(_message.Message):
    __slots__ = ["environment", "episodes", "key", "policy", "request_json", "seated", "seating", "suite"]
    class SeatedEntry(_message.Message):
        __slots__ = ["key", "value"]
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: SeatedPolicy
        def __init__(self, key: _Optional[str] = ..., value: _Optional[_Union[SeatedPolicy, _Mapping]] = ...) -> None: ...
    class SeatingEntry(_message.Message):
        __slots__ = ["key", "value"]
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: str
        def __init__(self, key: _Optional[str] = ..., value: _Optional[str] = ...) -> None: ...
    ENVIRONMENT_FIELD_NUMBER: _ClassVar[int]
    EPISODES_FIELD_NUMBER: _ClassVar[int]
    KEY_FIELD_NUMBER: _ClassVar[int]
    POLICY_FIELD_NUMBER: _ClassVar[int]
    REQUEST_JSON_FIELD_NUMBER: _ClassVar[int]
    SEATED_FIELD_NUMBER: _ClassVar[int]
    SEATING_FIELD_NUMBER: _ClassVar[int]
    SUITE_FIELD_NUMBER: _ClassVar[int]
    environment: Environment
    episodes: _containers.RepeatedCompositeFieldContainer[SealedEpisode]
    key: str
    policy: PolicyFile
    request_json: str
    seated: _containers.MessageMap[str, SeatedPolicy]
    seating: _containers.ScalarMap[str, str]
    suite: str
    def __init__(self, key: _Optional[str] = ..., policy: _Optional[_Union[PolicyFile, _Mapping]] = ..., environment: _Optional[_Union[Environment, _Mapping]] = ..., suite: _Optional[str] = ..., episodes: _Optional[_Iterable[_Union[SealedEpisode, _Mapping]]] = ..., request_json: _Optional[str] = ..., seating: _Optional[_Mapping[str, str]] = ..., seated: _Optional[_Mapping[str, SeatedPolicy]] = ...) -> None: ...

class Measured(_message.Message):
    __slots__ = ["key", "policy_sha256", "recordings", "results"]
    KEY_FIELD_NUMBER: _ClassVar[int]
    POLICY_SHA256_FIELD_NUMBER: _ClassVar[int]
    RECORDINGS_FIELD_NUMBER: _ClassVar[int]
    RESULTS_FIELD_NUMBER: _ClassVar[int]
    key: str
    policy_sha256: str
    recordings: _containers.RepeatedCompositeFieldContainer[Recording]
    results: _containers.RepeatedCompositeFieldContainer[SealedResult]
    def __init__(self, key: _Optional[str] = ..., results: _Optional[_Iterable[_Union[SealedResult, _Mapping]]] = ..., policy_sha256: _Optional[str] = ..., recordings: _Optional[_Iterable[_Union[Recording, _Mapping]]] = ...) -> None: ...

class NodeAccepted(_message.Message):
    __slots__ = ["heartbeat_ms", "missed_heartbeats", "run", "session", "version"]
    HEARTBEAT_MS_FIELD_NUMBER: _ClassVar[int]
    MISSED_HEARTBEATS_FIELD_NUMBER: _ClassVar[int]
    RUN_FIELD_NUMBER: _ClassVar[int]
    SESSION_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    heartbeat_ms: int
    missed_heartbeats: int
    run: str
    session: str
    version: int
    def __init__(self, version: _Optional[int] = ..., heartbeat_ms: _Optional[int] = ..., missed_heartbeats: _Optional[int] = ..., run: _Optional[str] = ..., session: _Optional[str] = ...) -> None: ...

class NodeGoodbye(_message.Message):
    __slots__ = ["again"]
    AGAIN_FIELD_NUMBER: _ClassVar[int]
    again: bool
    def __init__(self, again: bool = ...) -> None: ...

class NodeOffer(_message.Message):
    __slots__ = ["agon", "cpus", "gpus", "label", "name", "places", "platform", "session", "tickets", "versions"]
    AGON_FIELD_NUMBER: _ClassVar[int]
    CPUS_FIELD_NUMBER: _ClassVar[int]
    GPUS_FIELD_NUMBER: _ClassVar[int]
    LABEL_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    PLACES_FIELD_NUMBER: _ClassVar[int]
    PLATFORM_FIELD_NUMBER: _ClassVar[int]
    SESSION_FIELD_NUMBER: _ClassVar[int]
    TICKETS_FIELD_NUMBER: _ClassVar[int]
    VERSIONS_FIELD_NUMBER: _ClassVar[int]
    agon: str
    cpus: int
    gpus: int
    label: str
    name: str
    places: int
    platform: Platform
    session: str
    tickets: _containers.RepeatedScalarFieldContainer[str]
    versions: _containers.RepeatedScalarFieldContainer[int]
    def __init__(self, versions: _Optional[_Iterable[int]] = ..., label: _Optional[str] = ..., places: _Optional[int] = ..., name: _Optional[str] = ..., platform: _Optional[_Union[Platform, _Mapping]] = ..., cpus: _Optional[int] = ..., gpus: _Optional[int] = ..., agon: _Optional[str] = ..., session: _Optional[str] = ..., tickets: _Optional[_Iterable[str]] = ...) -> None: ...

class NodeOrder(_message.Message):
    __slots__ = ["accepted", "goodbye", "heartbeat", "place", "refused"]
    ACCEPTED_FIELD_NUMBER: _ClassVar[int]
    GOODBYE_FIELD_NUMBER: _ClassVar[int]
    HEARTBEAT_FIELD_NUMBER: _ClassVar[int]
    PLACE_FIELD_NUMBER: _ClassVar[int]
    REFUSED_FIELD_NUMBER: _ClassVar[int]
    accepted: NodeAccepted
    goodbye: NodeGoodbye
    heartbeat: Heartbeat
    place: Placement
    refused: _errors_pb2.Error
    def __init__(self, accepted: _Optional[_Union[NodeAccepted, _Mapping]] = ..., place: _Optional[_Union[Placement, _Mapping]] = ..., heartbeat: _Optional[_Union[Heartbeat, _Mapping]] = ..., goodbye: _Optional[_Union[NodeGoodbye, _Mapping]] = ..., refused: _Optional[_Union[_errors_pb2.Error, _Mapping]] = ...) -> None: ...

class NodeReport(_message.Message):
    __slots__ = ["ended", "failed", "heartbeat", "offer"]
    ENDED_FIELD_NUMBER: _ClassVar[int]
    FAILED_FIELD_NUMBER: _ClassVar[int]
    HEARTBEAT_FIELD_NUMBER: _ClassVar[int]
    OFFER_FIELD_NUMBER: _ClassVar[int]
    ended: str
    failed: PlacementFailed
    heartbeat: Heartbeat
    offer: NodeOffer
    def __init__(self, offer: _Optional[_Union[NodeOffer, _Mapping]] = ..., heartbeat: _Optional[_Union[Heartbeat, _Mapping]] = ..., failed: _Optional[_Union[PlacementFailed, _Mapping]] = ..., ended: _Optional[str] = ...) -> None: ...

class Outcome(_message.Message):
    __slots__ = ["artefacts", "episodes", "measured_by", "repeat", "task"]
    class ArtefactsEntry(_message.Message):
        __slots__ = ["key", "value"]
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: str
        def __init__(self, key: _Optional[str] = ..., value: _Optional[str] = ...) -> None: ...
    ARTEFACTS_FIELD_NUMBER: _ClassVar[int]
    EPISODES_FIELD_NUMBER: _ClassVar[int]
    MEASURED_BY_FIELD_NUMBER: _ClassVar[int]
    REPEAT_FIELD_NUMBER: _ClassVar[int]
    TASK_FIELD_NUMBER: _ClassVar[int]
    artefacts: _containers.ScalarMap[str, str]
    episodes: _containers.RepeatedCompositeFieldContainer[EpisodeSummary]
    measured_by: str
    repeat: int
    task: str
    def __init__(self, task: _Optional[str] = ..., repeat: _Optional[int] = ..., episodes: _Optional[_Iterable[_Union[EpisodeSummary, _Mapping]]] = ..., artefacts: _Optional[_Mapping[str, str]] = ..., measured_by: _Optional[str] = ...) -> None: ...

class OutcomesReport(_message.Message):
    __slots__ = ["cycle", "env_steps", "metrics", "outcomes", "recorded", "slot", "timings"]
    class MetricsEntry(_message.Message):
        __slots__ = ["key", "value"]
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: float
        def __init__(self, key: _Optional[str] = ..., value: _Optional[float] = ...) -> None: ...
    class TimingsEntry(_message.Message):
        __slots__ = ["key", "value"]
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: float
        def __init__(self, key: _Optional[str] = ..., value: _Optional[float] = ...) -> None: ...
    CYCLE_FIELD_NUMBER: _ClassVar[int]
    ENV_STEPS_FIELD_NUMBER: _ClassVar[int]
    METRICS_FIELD_NUMBER: _ClassVar[int]
    OUTCOMES_FIELD_NUMBER: _ClassVar[int]
    RECORDED_FIELD_NUMBER: _ClassVar[int]
    SLOT_FIELD_NUMBER: _ClassVar[int]
    TIMINGS_FIELD_NUMBER: _ClassVar[int]
    cycle: int
    env_steps: int
    metrics: _containers.ScalarMap[str, float]
    outcomes: _containers.RepeatedCompositeFieldContainer[Outcome]
    recorded: bytes
    slot: str
    timings: _containers.ScalarMap[str, float]
    def __init__(self, cycle: _Optional[int] = ..., slot: _Optional[str] = ..., outcomes: _Optional[_Iterable[_Union[Outcome, _Mapping]]] = ..., env_steps: _Optional[int] = ..., metrics: _Optional[_Mapping[str, float]] = ..., timings: _Optional[_Mapping[str, float]] = ..., recorded: _Optional[bytes] = ...) -> None: ...

class Placement(_message.Message):
    __slots__ = ["actor", "epoch", "init", "seed_json", "ticket"]
    ACTOR_FIELD_NUMBER: _ClassVar[int]
    EPOCH_FIELD_NUMBER: _ClassVar[int]
    INIT_FIELD_NUMBER: _ClassVar[int]
    SEED_JSON_FIELD_NUMBER: _ClassVar[int]
    TICKET_FIELD_NUMBER: _ClassVar[int]
    actor: str
    epoch: int
    init: PolicyFile
    seed_json: str
    ticket: str
    def __init__(self, ticket: _Optional[str] = ..., actor: _Optional[str] = ..., epoch: _Optional[int] = ..., seed_json: _Optional[str] = ..., init: _Optional[_Union[PolicyFile, _Mapping]] = ...) -> None: ...

class PlacementFailed(_message.Message):
    __slots__ = ["error", "ticket"]
    ERROR_FIELD_NUMBER: _ClassVar[int]
    TICKET_FIELD_NUMBER: _ClassVar[int]
    error: _errors_pb2.Error
    ticket: str
    def __init__(self, ticket: _Optional[str] = ..., error: _Optional[_Union[_errors_pb2.Error, _Mapping]] = ...) -> None: ...

class Platform(_message.Message):
    __slots__ = ["arch", "engine", "instructions", "provider", "runtime"]
    ARCH_FIELD_NUMBER: _ClassVar[int]
    ENGINE_FIELD_NUMBER: _ClassVar[int]
    INSTRUCTIONS_FIELD_NUMBER: _ClassVar[int]
    PROVIDER_FIELD_NUMBER: _ClassVar[int]
    RUNTIME_FIELD_NUMBER: _ClassVar[int]
    arch: str
    engine: str
    instructions: str
    provider: str
    runtime: str
    def __init__(self, engine: _Optional[str] = ..., provider: _Optional[str] = ..., arch: _Optional[str] = ..., instructions: _Optional[str] = ..., runtime: _Optional[str] = ...) -> None: ...

class PolicyExported(_message.Message):
    __slots__ = ["policy", "slot"]
    POLICY_FIELD_NUMBER: _ClassVar[int]
    SLOT_FIELD_NUMBER: _ClassVar[int]
    policy: PolicyFile
    slot: str
    def __init__(self, slot: _Optional[str] = ..., policy: _Optional[_Union[PolicyFile, _Mapping]] = ...) -> None: ...

class PolicyFile(_message.Message):
    __slots__ = ["card_json", "onnx"]
    CARD_JSON_FIELD_NUMBER: _ClassVar[int]
    ONNX_FIELD_NUMBER: _ClassVar[int]
    card_json: str
    onnx: bytes
    def __init__(self, onnx: _Optional[bytes] = ..., card_json: _Optional[str] = ...) -> None: ...

class Probe(_message.Message):
    __slots__ = ["digest", "levels", "name"]
    DIGEST_FIELD_NUMBER: _ClassVar[int]
    LEVELS_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    digest: str
    levels: _containers.RepeatedScalarFieldContainer[bytes]
    name: str
    def __init__(self, name: _Optional[str] = ..., digest: _Optional[str] = ..., levels: _Optional[_Iterable[bytes]] = ...) -> None: ...

class PromptAttempt(_message.Message):
    __slots__ = ["oracle", "reference", "replaced", "response", "seed", "similarity", "stages", "target", "verdict", "votes"]
    ORACLE_FIELD_NUMBER: _ClassVar[int]
    REFERENCE_FIELD_NUMBER: _ClassVar[int]
    REPLACED_FIELD_NUMBER: _ClassVar[int]
    RESPONSE_FIELD_NUMBER: _ClassVar[int]
    SEED_FIELD_NUMBER: _ClassVar[int]
    SIMILARITY_FIELD_NUMBER: _ClassVar[int]
    STAGES_FIELD_NUMBER: _ClassVar[int]
    TARGET_FIELD_NUMBER: _ClassVar[int]
    VERDICT_FIELD_NUMBER: _ClassVar[int]
    VOTES_FIELD_NUMBER: _ClassVar[int]
    oracle: str
    reference: str
    replaced: str
    response: str
    seed: str
    similarity: float
    stages: _containers.RepeatedScalarFieldContainer[str]
    target: _containers.RepeatedScalarFieldContainer[int]
    verdict: str
    votes: _containers.RepeatedCompositeFieldContainer[PromptVote]
    def __init__(self, seed: _Optional[str] = ..., target: _Optional[_Iterable[int]] = ..., stages: _Optional[_Iterable[str]] = ..., similarity: _Optional[float] = ..., response: _Optional[str] = ..., reference: _Optional[str] = ..., oracle: _Optional[str] = ..., votes: _Optional[_Iterable[_Union[PromptVote, _Mapping]]] = ..., verdict: _Optional[str] = ..., replaced: _Optional[str] = ...) -> None: ...

class PromptVote(_message.Message):
    __slots__ = ["ballot", "candidate_first"]
    BALLOT_FIELD_NUMBER: _ClassVar[int]
    CANDIDATE_FIRST_FIELD_NUMBER: _ClassVar[int]
    ballot: str
    candidate_first: bool
    def __init__(self, candidate_first: bool = ..., ballot: _Optional[str] = ...) -> None: ...

class Ready(_message.Message):
    __slots__ = ["capabilities", "needs", "offers", "probes"]
    CAPABILITIES_FIELD_NUMBER: _ClassVar[int]
    NEEDS_FIELD_NUMBER: _ClassVar[int]
    OFFERS_FIELD_NUMBER: _ClassVar[int]
    PROBES_FIELD_NUMBER: _ClassVar[int]
    capabilities: Capabilities
    needs: _containers.RepeatedScalarFieldContainer[str]
    offers: _containers.RepeatedScalarFieldContainer[str]
    probes: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, offers: _Optional[_Iterable[str]] = ..., needs: _Optional[_Iterable[str]] = ..., probes: _Optional[_Iterable[str]] = ..., capabilities: _Optional[_Union[Capabilities, _Mapping]] = ...) -> None: ...

class Recording(_message.Message):
    __slots__ = ["actions", "episode", "level", "values"]
    ACTIONS_FIELD_NUMBER: _ClassVar[int]
    EPISODE_FIELD_NUMBER: _ClassVar[int]
    LEVEL_FIELD_NUMBER: _ClassVar[int]
    VALUES_FIELD_NUMBER: _ClassVar[int]
    actions: _containers.RepeatedScalarFieldContainer[int]
    episode: int
    level: bytes
    values: _containers.RepeatedScalarFieldContainer[float]
    def __init__(self, episode: _Optional[int] = ..., level: _Optional[bytes] = ..., actions: _Optional[_Iterable[int]] = ..., values: _Optional[_Iterable[float]] = ...) -> None: ...

class SealedEpisode(_message.Message):
    __slots__ = ["level", "level_name", "seed"]
    LEVEL_FIELD_NUMBER: _ClassVar[int]
    LEVEL_NAME_FIELD_NUMBER: _ClassVar[int]
    SEED_FIELD_NUMBER: _ClassVar[int]
    level: bytes
    level_name: str
    seed: int
    def __init__(self, level_name: _Optional[str] = ..., level: _Optional[bytes] = ..., seed: _Optional[int] = ...) -> None: ...

class SealedResult(_message.Message):
    __slots__ = ["length"]
    LENGTH_FIELD_NUMBER: _ClassVar[int]
    RETURN_FIELD_NUMBER: _ClassVar[int]
    length: int
    def __init__(self, length: _Optional[int] = ..., **kwargs) -> None: ...

class SearchAttempt(_message.Message):
    __slots__ = ["cell", "descriptor", "emitter", "id", "level", "objective", "operator", "parents", "prompt", "status", "tasks", "values"]
    class DescriptorEntry(_message.Message):
        __slots__ = ["key", "value"]
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: AxisValue
        def __init__(self, key: _Optional[str] = ..., value: _Optional[_Union[AxisValue, _Mapping]] = ...) -> None: ...
    class ValuesEntry(_message.Message):
        __slots__ = ["key", "value"]
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: float
        def __init__(self, key: _Optional[str] = ..., value: _Optional[float] = ...) -> None: ...
    CELL_FIELD_NUMBER: _ClassVar[int]
    DESCRIPTOR_FIELD_NUMBER: _ClassVar[int]
    EMITTER_FIELD_NUMBER: _ClassVar[int]
    ID_FIELD_NUMBER: _ClassVar[int]
    LEVEL_FIELD_NUMBER: _ClassVar[int]
    OBJECTIVE_FIELD_NUMBER: _ClassVar[int]
    OPERATOR_FIELD_NUMBER: _ClassVar[int]
    PARENTS_FIELD_NUMBER: _ClassVar[int]
    PROMPT_FIELD_NUMBER: _ClassVar[int]
    STATUS_FIELD_NUMBER: _ClassVar[int]
    TASKS_FIELD_NUMBER: _ClassVar[int]
    VALUES_FIELD_NUMBER: _ClassVar[int]
    cell: _containers.RepeatedScalarFieldContainer[int]
    descriptor: _containers.MessageMap[str, AxisValue]
    emitter: str
    id: str
    level: bytes
    objective: float
    operator: str
    parents: _containers.RepeatedScalarFieldContainer[str]
    prompt: PromptAttempt
    status: str
    tasks: _containers.RepeatedCompositeFieldContainer[SearchAttemptTask]
    values: _containers.ScalarMap[str, float]
    def __init__(self, id: _Optional[str] = ..., level: _Optional[bytes] = ..., emitter: _Optional[str] = ..., operator: _Optional[str] = ..., parents: _Optional[_Iterable[str]] = ..., descriptor: _Optional[_Mapping[str, AxisValue]] = ..., cell: _Optional[_Iterable[int]] = ..., objective: _Optional[float] = ..., values: _Optional[_Mapping[str, float]] = ..., status: _Optional[str] = ..., tasks: _Optional[_Iterable[_Union[SearchAttemptTask, _Mapping]]] = ..., prompt: _Optional[_Union[PromptAttempt, _Mapping]] = ...) -> None: ...

class SearchAttemptTask(_message.Message):
    __slots__ = ["repeat", "seating", "seed", "slot", "task"]
    class SeatingEntry(_message.Message):
        __slots__ = ["key", "value"]
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: str
        def __init__(self, key: _Optional[str] = ..., value: _Optional[str] = ...) -> None: ...
    REPEAT_FIELD_NUMBER: _ClassVar[int]
    RETURN_FIELD_NUMBER: _ClassVar[int]
    SEATING_FIELD_NUMBER: _ClassVar[int]
    SEED_FIELD_NUMBER: _ClassVar[int]
    SLOT_FIELD_NUMBER: _ClassVar[int]
    TASK_FIELD_NUMBER: _ClassVar[int]
    repeat: int
    seating: _containers.ScalarMap[str, str]
    seed: int
    slot: str
    task: str
    def __init__(self, task: _Optional[str] = ..., repeat: _Optional[int] = ..., seed: _Optional[int] = ..., seating: _Optional[_Mapping[str, str]] = ..., slot: _Optional[str] = ..., **kwargs) -> None: ...

class SeatedPolicy(_message.Message):
    __slots__ = ["bot", "file"]
    BOT_FIELD_NUMBER: _ClassVar[int]
    FILE_FIELD_NUMBER: _ClassVar[int]
    bot: str
    file: PolicyFile
    def __init__(self, file: _Optional[_Union[PolicyFile, _Mapping]] = ..., bot: _Optional[str] = ...) -> None: ...

class ServiceAnswer(_message.Message):
    __slots__ = ["attachments", "cost", "key", "payload_json"]
    class AttachmentsEntry(_message.Message):
        __slots__ = ["key", "value"]
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: bytes
        def __init__(self, key: _Optional[str] = ..., value: _Optional[bytes] = ...) -> None: ...
    ATTACHMENTS_FIELD_NUMBER: _ClassVar[int]
    COST_FIELD_NUMBER: _ClassVar[int]
    KEY_FIELD_NUMBER: _ClassVar[int]
    PAYLOAD_JSON_FIELD_NUMBER: _ClassVar[int]
    attachments: _containers.ScalarMap[str, bytes]
    cost: Cost
    key: str
    payload_json: str
    def __init__(self, key: _Optional[str] = ..., payload_json: _Optional[str] = ..., attachments: _Optional[_Mapping[str, bytes]] = ..., cost: _Optional[_Union[Cost, _Mapping]] = ...) -> None: ...

class ServiceAsk(_message.Message):
    __slots__ = ["attachments", "cycle", "key", "payload_json", "service"]
    class AttachmentsEntry(_message.Message):
        __slots__ = ["key", "value"]
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: bytes
        def __init__(self, key: _Optional[str] = ..., value: _Optional[bytes] = ...) -> None: ...
    ATTACHMENTS_FIELD_NUMBER: _ClassVar[int]
    CYCLE_FIELD_NUMBER: _ClassVar[int]
    KEY_FIELD_NUMBER: _ClassVar[int]
    PAYLOAD_JSON_FIELD_NUMBER: _ClassVar[int]
    SERVICE_FIELD_NUMBER: _ClassVar[int]
    attachments: _containers.ScalarMap[str, bytes]
    cycle: int
    key: str
    payload_json: str
    service: str
    def __init__(self, cycle: _Optional[int] = ..., service: _Optional[str] = ..., key: _Optional[str] = ..., payload_json: _Optional[str] = ..., attachments: _Optional[_Mapping[str, bytes]] = ...) -> None: ...

class ServiceFailed(_message.Message):
    __slots__ = ["error", "key", "retry"]
    ERROR_FIELD_NUMBER: _ClassVar[int]
    KEY_FIELD_NUMBER: _ClassVar[int]
    RETRY_FIELD_NUMBER: _ClassVar[int]
    error: _errors_pb2.Error
    key: str
    retry: bool
    def __init__(self, key: _Optional[str] = ..., error: _Optional[_Union[_errors_pb2.Error, _Mapping]] = ..., retry: bool = ...) -> None: ...

class ServicePlace(_message.Message):
    __slots__ = ["environment", "name", "seed", "stateful"]
    ENVIRONMENT_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    SEED_FIELD_NUMBER: _ClassVar[int]
    STATEFUL_FIELD_NUMBER: _ClassVar[int]
    environment: Environment
    name: str
    seed: int
    stateful: bool
    def __init__(self, name: _Optional[str] = ..., seed: _Optional[int] = ..., environment: _Optional[_Union[Environment, _Mapping]] = ..., stateful: bool = ...) -> None: ...

class Snapshot(_message.Message):
    __slots__ = ["kind", "state_json", "tensors", "version"]
    KIND_FIELD_NUMBER: _ClassVar[int]
    STATE_JSON_FIELD_NUMBER: _ClassVar[int]
    TENSORS_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    kind: str
    state_json: str
    tensors: bytes
    version: int
    def __init__(self, kind: _Optional[str] = ..., version: _Optional[int] = ..., state_json: _Optional[str] = ..., tensors: _Optional[bytes] = ...) -> None: ...

class SnapshotTaken(_message.Message):
    __slots__ = ["gallery", "snapshot"]
    GALLERY_FIELD_NUMBER: _ClassVar[int]
    SNAPSHOT_FIELD_NUMBER: _ClassVar[int]
    gallery: _containers.RepeatedCompositeFieldContainer[GalleryLevel]
    snapshot: Snapshot
    def __init__(self, snapshot: _Optional[_Union[Snapshot, _Mapping]] = ..., gallery: _Optional[_Iterable[_Union[GalleryLevel, _Mapping]]] = ...) -> None: ...

class StudentPlace(_message.Message):
    __slots__ = ["environment", "init", "seed", "slot", "tasks"]
    ENVIRONMENT_FIELD_NUMBER: _ClassVar[int]
    INIT_FIELD_NUMBER: _ClassVar[int]
    SEED_FIELD_NUMBER: _ClassVar[int]
    SLOT_FIELD_NUMBER: _ClassVar[int]
    TASKS_FIELD_NUMBER: _ClassVar[int]
    environment: Environment
    init: PolicyFile
    seed: int
    slot: str
    tasks: int
    def __init__(self, slot: _Optional[str] = ..., seed: _Optional[int] = ..., tasks: _Optional[int] = ..., environment: _Optional[_Union[Environment, _Mapping]] = ..., init: _Optional[_Union[PolicyFile, _Mapping]] = ...) -> None: ...

class Task(_message.Message):
    __slots__ = ["id", "level", "lineage", "repeat", "seating", "seed", "train"]
    class SeatingEntry(_message.Message):
        __slots__ = ["key", "value"]
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: str
        def __init__(self, key: _Optional[str] = ..., value: _Optional[str] = ...) -> None: ...
    ID_FIELD_NUMBER: _ClassVar[int]
    LEVEL_FIELD_NUMBER: _ClassVar[int]
    LINEAGE_FIELD_NUMBER: _ClassVar[int]
    REPEAT_FIELD_NUMBER: _ClassVar[int]
    SEATING_FIELD_NUMBER: _ClassVar[int]
    SEED_FIELD_NUMBER: _ClassVar[int]
    TRAIN_FIELD_NUMBER: _ClassVar[int]
    id: str
    level: bytes
    lineage: Lineage
    repeat: int
    seating: _containers.ScalarMap[str, str]
    seed: int
    train: bool
    def __init__(self, id: _Optional[str] = ..., level: _Optional[bytes] = ..., seed: _Optional[int] = ..., train: bool = ..., repeat: _Optional[int] = ..., lineage: _Optional[_Union[Lineage, _Mapping]] = ..., seating: _Optional[_Mapping[str, str]] = ...) -> None: ...

class TaskBatch(_message.Message):
    __slots__ = ["auto_reset", "cycle", "policies", "probes", "record", "slot", "tasks"]
    class PoliciesEntry(_message.Message):
        __slots__ = ["key", "value"]
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: PolicyFile
        def __init__(self, key: _Optional[str] = ..., value: _Optional[_Union[PolicyFile, _Mapping]] = ...) -> None: ...
    AUTO_RESET_FIELD_NUMBER: _ClassVar[int]
    CYCLE_FIELD_NUMBER: _ClassVar[int]
    POLICIES_FIELD_NUMBER: _ClassVar[int]
    PROBES_FIELD_NUMBER: _ClassVar[int]
    RECORD_FIELD_NUMBER: _ClassVar[int]
    SLOT_FIELD_NUMBER: _ClassVar[int]
    TASKS_FIELD_NUMBER: _ClassVar[int]
    auto_reset: _environments_pb2.AutoReset
    cycle: int
    policies: _containers.MessageMap[str, PolicyFile]
    probes: _containers.RepeatedCompositeFieldContainer[Probe]
    record: bool
    slot: str
    tasks: _containers.RepeatedCompositeFieldContainer[Task]
    def __init__(self, cycle: _Optional[int] = ..., slot: _Optional[str] = ..., tasks: _Optional[_Iterable[_Union[Task, _Mapping]]] = ..., auto_reset: _Optional[_Union[_environments_pb2.AutoReset, str]] = ..., probes: _Optional[_Iterable[_Union[Probe, _Mapping]]] = ..., policies: _Optional[_Mapping[str, PolicyFile]] = ..., record: bool = ...) -> None: ...

class TasksProposed(_message.Message):
    __slots__ = ["batches", "cycle", "metrics"]
    class MetricsEntry(_message.Message):
        __slots__ = ["key", "value"]
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: float
        def __init__(self, key: _Optional[str] = ..., value: _Optional[float] = ...) -> None: ...
    BATCHES_FIELD_NUMBER: _ClassVar[int]
    CYCLE_FIELD_NUMBER: _ClassVar[int]
    METRICS_FIELD_NUMBER: _ClassVar[int]
    batches: _containers.RepeatedCompositeFieldContainer[TaskBatch]
    cycle: int
    metrics: _containers.ScalarMap[str, float]
    def __init__(self, cycle: _Optional[int] = ..., batches: _Optional[_Iterable[_Union[TaskBatch, _Mapping]]] = ..., metrics: _Optional[_Mapping[str, float]] = ...) -> None: ...

class TasksRequest(_message.Message):
    __slots__ = ["count", "cycle", "slot"]
    COUNT_FIELD_NUMBER: _ClassVar[int]
    CYCLE_FIELD_NUMBER: _ClassVar[int]
    SLOT_FIELD_NUMBER: _ClassVar[int]
    count: int
    cycle: int
    slot: str
    def __init__(self, cycle: _Optional[int] = ..., slot: _Optional[str] = ..., count: _Optional[int] = ...) -> None: ...

class Welcome(_message.Message):
    __slots__ = ["actor", "adversary", "credit", "epoch", "evaluator", "experiment", "heartbeat_ms", "max_message", "missed_heartbeats", "received", "resume_ms", "run", "service", "session", "student", "version"]
    ACTOR_FIELD_NUMBER: _ClassVar[int]
    ADVERSARY_FIELD_NUMBER: _ClassVar[int]
    CREDIT_FIELD_NUMBER: _ClassVar[int]
    EPOCH_FIELD_NUMBER: _ClassVar[int]
    EVALUATOR_FIELD_NUMBER: _ClassVar[int]
    EXPERIMENT_FIELD_NUMBER: _ClassVar[int]
    HEARTBEAT_MS_FIELD_NUMBER: _ClassVar[int]
    MAX_MESSAGE_FIELD_NUMBER: _ClassVar[int]
    MISSED_HEARTBEATS_FIELD_NUMBER: _ClassVar[int]
    RECEIVED_FIELD_NUMBER: _ClassVar[int]
    RESUME_MS_FIELD_NUMBER: _ClassVar[int]
    RUN_FIELD_NUMBER: _ClassVar[int]
    SERVICE_FIELD_NUMBER: _ClassVar[int]
    SESSION_FIELD_NUMBER: _ClassVar[int]
    STUDENT_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    actor: str
    adversary: AdversaryPlace
    credit: int
    epoch: int
    evaluator: EvaluatorPlace
    experiment: str
    heartbeat_ms: int
    max_message: int
    missed_heartbeats: int
    received: int
    resume_ms: int
    run: str
    service: ServicePlace
    session: str
    student: StudentPlace
    version: int
    def __init__(self, version: _Optional[int] = ..., session: _Optional[str] = ..., received: _Optional[int] = ..., epoch: _Optional[int] = ..., actor: _Optional[str] = ..., run: _Optional[str] = ..., experiment: _Optional[str] = ..., heartbeat_ms: _Optional[int] = ..., missed_heartbeats: _Optional[int] = ..., credit: _Optional[int] = ..., max_message: _Optional[int] = ..., resume_ms: _Optional[int] = ..., student: _Optional[_Union[StudentPlace, _Mapping]] = ..., adversary: _Optional[_Union[AdversaryPlace, _Mapping]] = ..., evaluator: _Optional[_Union[EvaluatorPlace, _Mapping]] = ..., service: _Optional[_Union[ServicePlace, _Mapping]] = ...) -> None: ...

class Kind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = []

class Role(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = []
