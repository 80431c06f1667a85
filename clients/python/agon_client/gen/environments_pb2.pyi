# mypy: ignore-errors
from . import errors_pb2 as _errors_pb2
from . import tensors_pb2 as _tensors_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from typing import ClassVar as _ClassVar, Iterable as _Iterable, Mapping as _Mapping, Optional as _Optional, Union as _Union

AUTO_RESET_NEXT_LEVEL: AutoReset
AUTO_RESET_NONE: AutoReset
AUTO_RESET_SAME_LEVEL: AutoReset
AUTO_RESET_UNSPECIFIED: AutoReset
DESCRIPTOR: _descriptor.FileDescriptor

class Act(_message.Message):
    __slots__ = ["actions", "next_levels", "next_slots"]
    ACTIONS_FIELD_NUMBER: _ClassVar[int]
    NEXT_LEVELS_FIELD_NUMBER: _ClassVar[int]
    NEXT_SLOTS_FIELD_NUMBER: _ClassVar[int]
    actions: bytes
    next_levels: _containers.RepeatedScalarFieldContainer[bytes]
    next_slots: _containers.RepeatedScalarFieldContainer[int]
    def __init__(self, actions: _Optional[bytes] = ..., next_slots: _Optional[_Iterable[int]] = ..., next_levels: _Optional[_Iterable[bytes]] = ...) -> None: ...

class ActionBox(_message.Message):
    __slots__ = ["high", "low"]
    HIGH_FIELD_NUMBER: _ClassVar[int]
    LOW_FIELD_NUMBER: _ClassVar[int]
    high: _containers.RepeatedScalarFieldContainer[float]
    low: _containers.RepeatedScalarFieldContainer[float]
    def __init__(self, low: _Optional[_Iterable[float]] = ..., high: _Optional[_Iterable[float]] = ...) -> None: ...

class ActionSpec(_message.Message):
    __slots__ = ["box", "count", "counts", "names"]
    BOX_FIELD_NUMBER: _ClassVar[int]
    COUNTS_FIELD_NUMBER: _ClassVar[int]
    COUNT_FIELD_NUMBER: _ClassVar[int]
    NAMES_FIELD_NUMBER: _ClassVar[int]
    box: ActionBox
    count: int
    counts: _containers.RepeatedScalarFieldContainer[int]
    names: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, count: _Optional[int] = ..., names: _Optional[_Iterable[str]] = ..., counts: _Optional[_Iterable[int]] = ..., box: _Optional[_Union[ActionBox, _Mapping]] = ...) -> None: ...

class CrossLevelsRequest(_message.Message):
    __slots__ = ["environment", "first", "second", "stream"]
    ENVIRONMENT_FIELD_NUMBER: _ClassVar[int]
    FIRST_FIELD_NUMBER: _ClassVar[int]
    SECOND_FIELD_NUMBER: _ClassVar[int]
    STREAM_FIELD_NUMBER: _ClassVar[int]
    environment: str
    first: _containers.RepeatedScalarFieldContainer[bytes]
    second: _containers.RepeatedScalarFieldContainer[bytes]
    stream: Stream
    def __init__(self, environment: _Optional[str] = ..., first: _Optional[_Iterable[bytes]] = ..., second: _Optional[_Iterable[bytes]] = ..., stream: _Optional[_Union[Stream, _Mapping]] = ...) -> None: ...

class DescribeLevelsRequest(_message.Message):
    __slots__ = ["environment", "levels", "pictures"]
    ENVIRONMENT_FIELD_NUMBER: _ClassVar[int]
    LEVELS_FIELD_NUMBER: _ClassVar[int]
    PICTURES_FIELD_NUMBER: _ClassVar[int]
    environment: str
    levels: _containers.RepeatedScalarFieldContainer[bytes]
    pictures: bool
    def __init__(self, environment: _Optional[str] = ..., levels: _Optional[_Iterable[bytes]] = ..., pictures: bool = ...) -> None: ...

class DescribeRequest(_message.Message):
    __slots__ = ["environment"]
    ENVIRONMENT_FIELD_NUMBER: _ClassVar[int]
    environment: str
    def __init__(self, environment: _Optional[str] = ...) -> None: ...

class DrawStatesRequest(_message.Message):
    __slots__ = ["environment", "states"]
    ENVIRONMENT_FIELD_NUMBER: _ClassVar[int]
    STATES_FIELD_NUMBER: _ClassVar[int]
    environment: str
    states: _containers.RepeatedScalarFieldContainer[bytes]
    def __init__(self, environment: _Optional[str] = ..., states: _Optional[_Iterable[bytes]] = ...) -> None: ...

class EnvironmentDescription(_message.Message):
    __slots__ = ["actions", "agents", "crosses_levels", "draws_levels", "draws_states", "genome", "gives_departures", "gives_finals", "id", "measures", "observation_order", "observations", "operators", "options_json", "parses_files", "profile", "resamples_levels", "return_high", "return_low", "seats", "solved_above", "suites"]
    class ObservationsEntry(_message.Message):
        __slots__ = ["key", "value"]
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: _tensors_pb2.TensorSpec
        def __init__(self, key: _Optional[str] = ..., value: _Optional[_Union[_tensors_pb2.TensorSpec, _Mapping]] = ...) -> None: ...
    ACTIONS_FIELD_NUMBER: _ClassVar[int]
    AGENTS_FIELD_NUMBER: _ClassVar[int]
    CROSSES_LEVELS_FIELD_NUMBER: _ClassVar[int]
    DRAWS_LEVELS_FIELD_NUMBER: _ClassVar[int]
    DRAWS_STATES_FIELD_NUMBER: _ClassVar[int]
    GENOME_FIELD_NUMBER: _ClassVar[int]
    GIVES_DEPARTURES_FIELD_NUMBER: _ClassVar[int]
    GIVES_FINALS_FIELD_NUMBER: _ClassVar[int]
    ID_FIELD_NUMBER: _ClassVar[int]
    MEASURES_FIELD_NUMBER: _ClassVar[int]
    OBSERVATIONS_FIELD_NUMBER: _ClassVar[int]
    OBSERVATION_ORDER_FIELD_NUMBER: _ClassVar[int]
    OPERATORS_FIELD_NUMBER: _ClassVar[int]
    OPTIONS_JSON_FIELD_NUMBER: _ClassVar[int]
    PARSES_FILES_FIELD_NUMBER: _ClassVar[int]
    PROFILE_FIELD_NUMBER: _ClassVar[int]
    RESAMPLES_LEVELS_FIELD_NUMBER: _ClassVar[int]
    RETURN_HIGH_FIELD_NUMBER: _ClassVar[int]
    RETURN_LOW_FIELD_NUMBER: _ClassVar[int]
    SEATS_FIELD_NUMBER: _ClassVar[int]
    SOLVED_ABOVE_FIELD_NUMBER: _ClassVar[int]
    SUITES_FIELD_NUMBER: _ClassVar[int]
    actions: ActionSpec
    agents: int
    crosses_levels: bool
    draws_levels: bool
    draws_states: bool
    genome: Genome
    gives_departures: bool
    gives_finals: bool
    id: str
    measures: _containers.RepeatedCompositeFieldContainer[NamedMeasure]
    observation_order: _containers.RepeatedScalarFieldContainer[str]
    observations: _containers.MessageMap[str, _tensors_pb2.TensorSpec]
    operators: _containers.RepeatedScalarFieldContainer[str]
    options_json: str
    parses_files: bool
    profile: str
    resamples_levels: bool
    return_high: float
    return_low: float
    seats: _containers.RepeatedCompositeFieldContainer[Seat]
    solved_above: float
    suites: _containers.RepeatedCompositeFieldContainer[Suite]
    def __init__(self, id: _Optional[str] = ..., profile: _Optional[str] = ..., observations: _Optional[_Mapping[str, _tensors_pb2.TensorSpec]] = ..., actions: _Optional[_Union[ActionSpec, _Mapping]] = ..., agents: _Optional[int] = ..., seats: _Optional[_Iterable[_Union[Seat, _Mapping]]] = ..., return_low: _Optional[float] = ..., return_high: _Optional[float] = ..., solved_above: _Optional[float] = ..., suites: _Optional[_Iterable[_Union[Suite, _Mapping]]] = ..., options_json: _Optional[str] = ..., draws_levels: bool = ..., draws_states: bool = ..., parses_files: bool = ..., operators: _Optional[_Iterable[str]] = ..., crosses_levels: bool = ..., resamples_levels: bool = ..., genome: _Optional[_Union[Genome, _Mapping]] = ..., measures: _Optional[_Iterable[_Union[NamedMeasure, _Mapping]]] = ..., gives_finals: bool = ..., gives_departures: bool = ..., observation_order: _Optional[_Iterable[str]] = ...) -> None: ...

class FromGenomeRequest(_message.Message):
    __slots__ = ["environment", "points"]
    ENVIRONMENT_FIELD_NUMBER: _ClassVar[int]
    POINTS_FIELD_NUMBER: _ClassVar[int]
    environment: str
    points: _containers.RepeatedCompositeFieldContainer[Point]
    def __init__(self, environment: _Optional[str] = ..., points: _Optional[_Iterable[_Union[Point, _Mapping]]] = ...) -> None: ...

class Genome(_message.Message):
    __slots__ = ["high", "integer", "low", "names"]
    HIGH_FIELD_NUMBER: _ClassVar[int]
    INTEGER_FIELD_NUMBER: _ClassVar[int]
    LOW_FIELD_NUMBER: _ClassVar[int]
    NAMES_FIELD_NUMBER: _ClassVar[int]
    high: _containers.RepeatedScalarFieldContainer[float]
    integer: _containers.RepeatedScalarFieldContainer[bool]
    low: _containers.RepeatedScalarFieldContainer[float]
    names: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, names: _Optional[_Iterable[str]] = ..., low: _Optional[_Iterable[float]] = ..., high: _Optional[_Iterable[float]] = ..., integer: _Optional[_Iterable[bool]] = ...) -> None: ...

class LevelDescription(_message.Message):
    __slots__ = ["features", "key", "obstacle", "picture", "text"]
    class FeaturesEntry(_message.Message):
        __slots__ = ["key", "value"]
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: float
        def __init__(self, key: _Optional[str] = ..., value: _Optional[float] = ...) -> None: ...
    FEATURES_FIELD_NUMBER: _ClassVar[int]
    KEY_FIELD_NUMBER: _ClassVar[int]
    OBSTACLE_FIELD_NUMBER: _ClassVar[int]
    PICTURE_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    features: _containers.ScalarMap[str, float]
    key: str
    obstacle: str
    picture: str
    text: str
    def __init__(self, obstacle: _Optional[str] = ..., key: _Optional[str] = ..., text: _Optional[str] = ..., features: _Optional[_Mapping[str, float]] = ..., picture: _Optional[str] = ...) -> None: ...

class LevelDescriptions(_message.Message):
    __slots__ = ["levels"]
    LEVELS_FIELD_NUMBER: _ClassVar[int]
    levels: _containers.RepeatedCompositeFieldContainer[LevelDescription]
    def __init__(self, levels: _Optional[_Iterable[_Union[LevelDescription, _Mapping]]] = ...) -> None: ...

class Levels(_message.Message):
    __slots__ = ["levels", "names", "operators", "stream_state"]
    LEVELS_FIELD_NUMBER: _ClassVar[int]
    NAMES_FIELD_NUMBER: _ClassVar[int]
    OPERATORS_FIELD_NUMBER: _ClassVar[int]
    STREAM_STATE_FIELD_NUMBER: _ClassVar[int]
    levels: _containers.RepeatedScalarFieldContainer[bytes]
    names: _containers.RepeatedScalarFieldContainer[str]
    operators: _containers.RepeatedScalarFieldContainer[str]
    stream_state: _containers.RepeatedScalarFieldContainer[int]
    def __init__(self, levels: _Optional[_Iterable[bytes]] = ..., operators: _Optional[_Iterable[str]] = ..., names: _Optional[_Iterable[str]] = ..., stream_state: _Optional[_Iterable[int]] = ...) -> None: ...

class Load(_message.Message):
    __slots__ = ["slot", "state"]
    SLOT_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    slot: int
    state: bytes
    def __init__(self, slot: _Optional[int] = ..., state: _Optional[bytes] = ...) -> None: ...

class MutateLevelsRequest(_message.Message):
    __slots__ = ["environment", "levels", "operator", "stream"]
    ENVIRONMENT_FIELD_NUMBER: _ClassVar[int]
    LEVELS_FIELD_NUMBER: _ClassVar[int]
    OPERATOR_FIELD_NUMBER: _ClassVar[int]
    STREAM_FIELD_NUMBER: _ClassVar[int]
    environment: str
    levels: _containers.RepeatedScalarFieldContainer[bytes]
    operator: str
    stream: Stream
    def __init__(self, environment: _Optional[str] = ..., levels: _Optional[_Iterable[bytes]] = ..., stream: _Optional[_Union[Stream, _Mapping]] = ..., operator: _Optional[str] = ...) -> None: ...

class NamedMeasure(_message.Message):
    __slots__ = ["about", "above", "lower_is_better", "name", "of_length"]
    ABOUT_FIELD_NUMBER: _ClassVar[int]
    ABOVE_FIELD_NUMBER: _ClassVar[int]
    LOWER_IS_BETTER_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    OF_LENGTH_FIELD_NUMBER: _ClassVar[int]
    about: str
    above: float
    lower_is_better: bool
    name: str
    of_length: bool
    def __init__(self, name: _Optional[str] = ..., about: _Optional[str] = ..., lower_is_better: bool = ..., of_length: bool = ..., above: _Optional[float] = ...) -> None: ...

class Open(_message.Message):
    __slots__ = ["auto_reset", "departures", "environment", "finals", "pipes", "seed", "slots", "streams"]
    AUTO_RESET_FIELD_NUMBER: _ClassVar[int]
    DEPARTURES_FIELD_NUMBER: _ClassVar[int]
    ENVIRONMENT_FIELD_NUMBER: _ClassVar[int]
    FINALS_FIELD_NUMBER: _ClassVar[int]
    PIPES_FIELD_NUMBER: _ClassVar[int]
    SEED_FIELD_NUMBER: _ClassVar[int]
    SLOTS_FIELD_NUMBER: _ClassVar[int]
    STREAMS_FIELD_NUMBER: _ClassVar[int]
    auto_reset: AutoReset
    departures: bool
    environment: str
    finals: bool
    pipes: bool
    seed: int
    slots: int
    streams: _containers.RepeatedCompositeFieldContainer[Stream]
    def __init__(self, environment: _Optional[str] = ..., slots: _Optional[int] = ..., auto_reset: _Optional[_Union[AutoReset, str]] = ..., seed: _Optional[int] = ..., streams: _Optional[_Iterable[_Union[Stream, _Mapping]]] = ..., finals: bool = ..., pipes: bool = ..., departures: bool = ...) -> None: ...

class ParseLevelsRequest(_message.Message):
    __slots__ = ["environment", "text"]
    ENVIRONMENT_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    environment: str
    text: str
    def __init__(self, environment: _Optional[str] = ..., text: _Optional[str] = ...) -> None: ...

class Pictures(_message.Message):
    __slots__ = ["pictures"]
    PICTURES_FIELD_NUMBER: _ClassVar[int]
    pictures: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, pictures: _Optional[_Iterable[str]] = ...) -> None: ...

class Point(_message.Message):
    __slots__ = ["values"]
    VALUES_FIELD_NUMBER: _ClassVar[int]
    values: _containers.RepeatedScalarFieldContainer[float]
    def __init__(self, values: _Optional[_Iterable[float]] = ...) -> None: ...

class Points(_message.Message):
    __slots__ = ["points"]
    POINTS_FIELD_NUMBER: _ClassVar[int]
    points: _containers.RepeatedCompositeFieldContainer[Point]
    def __init__(self, points: _Optional[_Iterable[_Union[Point, _Mapping]]] = ...) -> None: ...

class ResampleLevelsRequest(_message.Message):
    __slots__ = ["environment", "levels", "stream"]
    ENVIRONMENT_FIELD_NUMBER: _ClassVar[int]
    LEVELS_FIELD_NUMBER: _ClassVar[int]
    STREAM_FIELD_NUMBER: _ClassVar[int]
    environment: str
    levels: _containers.RepeatedScalarFieldContainer[bytes]
    stream: Stream
    def __init__(self, environment: _Optional[str] = ..., levels: _Optional[_Iterable[bytes]] = ..., stream: _Optional[_Union[Stream, _Mapping]] = ...) -> None: ...

class Reset(_message.Message):
    __slots__ = ["levels", "next_levels", "slots", "streams"]
    LEVELS_FIELD_NUMBER: _ClassVar[int]
    NEXT_LEVELS_FIELD_NUMBER: _ClassVar[int]
    SLOTS_FIELD_NUMBER: _ClassVar[int]
    STREAMS_FIELD_NUMBER: _ClassVar[int]
    levels: _containers.RepeatedScalarFieldContainer[bytes]
    next_levels: _containers.RepeatedScalarFieldContainer[bytes]
    slots: _containers.RepeatedScalarFieldContainer[int]
    streams: _containers.RepeatedCompositeFieldContainer[Stream]
    def __init__(self, slots: _Optional[_Iterable[int]] = ..., levels: _Optional[_Iterable[bytes]] = ..., streams: _Optional[_Iterable[_Union[Stream, _Mapping]]] = ..., next_levels: _Optional[_Iterable[bytes]] = ...) -> None: ...

class SampleLevelsRequest(_message.Message):
    __slots__ = ["count", "entry", "environment", "stream"]
    COUNT_FIELD_NUMBER: _ClassVar[int]
    ENTRY_FIELD_NUMBER: _ClassVar[int]
    ENVIRONMENT_FIELD_NUMBER: _ClassVar[int]
    STREAM_FIELD_NUMBER: _ClassVar[int]
    count: int
    entry: SuiteEntry
    environment: str
    stream: Stream
    def __init__(self, environment: _Optional[str] = ..., count: _Optional[int] = ..., stream: _Optional[_Union[Stream, _Mapping]] = ..., entry: _Optional[_Union[SuiteEntry, _Mapping]] = ...) -> None: ...

class Save(_message.Message):
    __slots__ = ["slot"]
    SLOT_FIELD_NUMBER: _ClassVar[int]
    slot: int
    def __init__(self, slot: _Optional[int] = ...) -> None: ...

class Seat(_message.Message):
    __slots__ = ["agents", "name"]
    AGENTS_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    agents: _containers.RepeatedScalarFieldContainer[int]
    name: str
    def __init__(self, name: _Optional[str] = ..., agents: _Optional[_Iterable[int]] = ...) -> None: ...

class StepPipes(_message.Message):
    __slots__ = ["data", "ready", "requests"]
    DATA_FIELD_NUMBER: _ClassVar[int]
    READY_FIELD_NUMBER: _ClassVar[int]
    REQUESTS_FIELD_NUMBER: _ClassVar[int]
    data: str
    ready: str
    requests: str
    def __init__(self, requests: _Optional[str] = ..., ready: _Optional[str] = ..., data: _Optional[str] = ...) -> None: ...

class StepReply(_message.Message):
    __slots__ = ["began", "departed", "error", "finals", "max_steps", "observations", "pipes", "rewards", "rows", "state", "terminated", "truncated"]
    BEGAN_FIELD_NUMBER: _ClassVar[int]
    DEPARTED_FIELD_NUMBER: _ClassVar[int]
    ERROR_FIELD_NUMBER: _ClassVar[int]
    FINALS_FIELD_NUMBER: _ClassVar[int]
    MAX_STEPS_FIELD_NUMBER: _ClassVar[int]
    OBSERVATIONS_FIELD_NUMBER: _ClassVar[int]
    PIPES_FIELD_NUMBER: _ClassVar[int]
    REWARDS_FIELD_NUMBER: _ClassVar[int]
    ROWS_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    TERMINATED_FIELD_NUMBER: _ClassVar[int]
    TRUNCATED_FIELD_NUMBER: _ClassVar[int]
    began: _containers.RepeatedScalarFieldContainer[int]
    departed: bytes
    error: _errors_pb2.Error
    finals: _containers.RepeatedCompositeFieldContainer[_tensors_pb2.NamedTensor]
    max_steps: _containers.RepeatedScalarFieldContainer[int]
    observations: _containers.RepeatedCompositeFieldContainer[_tensors_pb2.NamedTensor]
    pipes: StepPipes
    rewards: bytes
    rows: int
    state: bytes
    terminated: bytes
    truncated: bytes
    def __init__(self, error: _Optional[_Union[_errors_pb2.Error, _Mapping]] = ..., rows: _Optional[int] = ..., observations: _Optional[_Iterable[_Union[_tensors_pb2.NamedTensor, _Mapping]]] = ..., rewards: _Optional[bytes] = ..., terminated: _Optional[bytes] = ..., truncated: _Optional[bytes] = ..., state: _Optional[bytes] = ..., max_steps: _Optional[_Iterable[int]] = ..., began: _Optional[_Iterable[int]] = ..., finals: _Optional[_Iterable[_Union[_tensors_pb2.NamedTensor, _Mapping]]] = ..., pipes: _Optional[_Union[StepPipes, _Mapping]] = ..., departed: _Optional[bytes] = ...) -> None: ...

class StepRequest(_message.Message):
    __slots__ = ["act", "load", "open", "reset", "save"]
    ACT_FIELD_NUMBER: _ClassVar[int]
    LOAD_FIELD_NUMBER: _ClassVar[int]
    OPEN_FIELD_NUMBER: _ClassVar[int]
    RESET_FIELD_NUMBER: _ClassVar[int]
    SAVE_FIELD_NUMBER: _ClassVar[int]
    act: Act
    load: Load
    open: Open
    reset: Reset
    save: Save
    def __init__(self, open: _Optional[_Union[Open, _Mapping]] = ..., reset: _Optional[_Union[Reset, _Mapping]] = ..., act: _Optional[_Union[Act, _Mapping]] = ..., save: _Optional[_Union[Save, _Mapping]] = ..., load: _Optional[_Union[Load, _Mapping]] = ...) -> None: ...

class Stream(_message.Message):
    __slots__ = ["path", "seed", "state"]
    PATH_FIELD_NUMBER: _ClassVar[int]
    SEED_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    path: _containers.RepeatedScalarFieldContainer[str]
    seed: int
    state: _containers.RepeatedScalarFieldContainer[int]
    def __init__(self, seed: _Optional[int] = ..., path: _Optional[_Iterable[str]] = ..., state: _Optional[_Iterable[int]] = ...) -> None: ...

class Suite(_message.Message):
    __slots__ = ["about", "entries", "id"]
    ABOUT_FIELD_NUMBER: _ClassVar[int]
    ENTRIES_FIELD_NUMBER: _ClassVar[int]
    ID_FIELD_NUMBER: _ClassVar[int]
    about: str
    entries: _containers.RepeatedScalarFieldContainer[str]
    id: str
    def __init__(self, id: _Optional[str] = ..., about: _Optional[str] = ..., entries: _Optional[_Iterable[str]] = ...) -> None: ...

class SuiteEntry(_message.Message):
    __slots__ = ["entry", "episode", "suite"]
    ENTRY_FIELD_NUMBER: _ClassVar[int]
    EPISODE_FIELD_NUMBER: _ClassVar[int]
    SUITE_FIELD_NUMBER: _ClassVar[int]
    entry: str
    episode: int
    suite: str
    def __init__(self, suite: _Optional[str] = ..., entry: _Optional[str] = ..., episode: _Optional[int] = ...) -> None: ...

class ToGenomeRequest(_message.Message):
    __slots__ = ["environment", "levels"]
    ENVIRONMENT_FIELD_NUMBER: _ClassVar[int]
    LEVELS_FIELD_NUMBER: _ClassVar[int]
    environment: str
    levels: _containers.RepeatedScalarFieldContainer[bytes]
    def __init__(self, environment: _Optional[str] = ..., levels: _Optional[_Iterable[bytes]] = ...) -> None: ...

class AutoReset(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = []
