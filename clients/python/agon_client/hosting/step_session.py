"""One step stream of agon.v1.Environments: requests in, answers out, refusals in band."""

from __future__ import annotations

from typing import Callable, Sequence

import numpy as np

from ..action_space import ActionSpace
from ..codec import AUTO_RESET_NAMES
from ..errors import AgonError
from ..gen import environments_pb2 as wire
from ..gen import tensors_pb2 as tensors
from ..tensors import Array, encode_named
from .contract import Hosted, HostedVector, Level, LevelSources, LevelSpace, Rows, StreamKey, VectorRequest
from .step_pipes import Part

# How many slots began.
_NOBODY = bytes(4)


def stream_key(stream: wire.Stream) -> StreamKey:
    """A stream of the wire as a path; one given by its words is keyed by them. Raises `AgonError` `environment/stream`."""
    words = tuple(stream.state)
    if not words:
        return (stream.seed, *stream.path)
    if len(words) != 7 or words[-1] > 4:
        raise AgonError("environment/stream", f"a state of {len(words)} words; a stream has seven, and the last is at most 4")
    return ("words", *words)


class StepSession:
    def __init__(self, hosted: Hosted, levels: LevelSpace, check_name: Callable[[str], None], max_slots: int) -> None:
        self._hosted = hosted
        self._space = ActionSpace.of(hosted.actions)
        self._levels = levels
        self._check_name = check_name
        self._max_slots = max_slots
        self._vector: HostedVector | None = None
        self._slots = 0
        self._given_streams = False
        # Of observations, in the order in which bytes of them travel.
        self._names: list[str] = []

    def answer(self, request: wire.StepRequest) -> wire.StepReply:
        """Raises `AgonError` for what the contract refuses; nothing is changed then."""
        kind = request.WhichOneof("request")
        if kind is None:
            raise AgonError("environment/request", "the request asks for nothing")
        if (kind == "open") != (self._vector is None):
            raise AgonError("environment/not-open", "the first request of a stream, and only that, is `open`")
        if self._vector is None:
            return self._open(request.open)
        if kind == "reset":
            return self._reset(self._vector, request.reset)
        if kind == "act":
            return self._act(self._vector, request.act)
        slot = self._checked_slots([request.save.slot if kind == "save" else request.load.slot])
        if kind == "save":
            return wire.StepReply(state=self._vector.save(slot[0]))
        self._vector.load(slot[0], request.load.state)
        return self._began(self._vector, slot)

    def close(self) -> None:
        if self._vector is not None:
            self._vector.close()

    def _open(self, request: wire.Open) -> wire.StepReply:
        self._check_name(request.environment)
        slots = request.slots
        if not 1 <= slots <= self._max_slots or len(request.streams) not in (0, slots):
            raise AgonError(
                "environment/slots",
                f"{slots} slots with {len(request.streams)} streams; 1 … {self._max_slots}, and a stream each or none",
            )
        streams = [stream_key(stream) for stream in request.streams]
        self._given_streams = bool(streams)
        sources = LevelSources(self._levels, streams or [(request.seed, "slot", slot) for slot in range(slots)])
        auto_reset = AUTO_RESET_NAMES.get(request.auto_reset)
        if auto_reset is None:
            raise AgonError("environment/auto-reset", f"{request.auto_reset} is no auto-reset")
        if request.finals and not self._hosted.gives_finals:
            raise AgonError("environment/unsupported", "this environment does not give the last observation of an episode that is cut")
        if request.departures and not (request.finals and self._hosted.gives_departures):
            raise AgonError("environment/unsupported", "this environment does not say who left alone, or finals are not asked for")
        self._vector = self._hosted.vector(VectorRequest(slots, auto_reset, sources, request.finals, request.departures))
        self._slots = slots
        self._names = sorted(self._vector.rows.observations)
        return wire.StepReply(rows=slots * self._hosted.agents)

    def _reset(self, vector: HostedVector, request: wire.Reset) -> wire.StepReply:
        slots = self._checked_slots(request.slots)
        if len(request.levels) != len(slots):
            raise AgonError("environment/slots", f"{len(slots)} slots and {len(request.levels)} levels")
        for optional in (request.streams, request.next_levels):
            if len(optional) not in (0, len(slots)):
                raise AgonError("environment/slots", f"{len(slots)} slots and {len(optional)} streams or next levels")
        levels = self._decoded(request.levels)
        nothing: list[Level | None] = [None] * len(slots)
        following = self._decoded(request.next_levels) or nothing
        streams = [stream_key(stream) for stream in request.streams]
        for i, slot in enumerate(slots):
            if streams:
                vector.sources.rekey(slot, streams[i])
            elif self._given_streams:
                # A stream that was given is taken up from its beginning.
                vector.sources.rewind(slot)
            vector.sources.supply(slot, following[i])
        vector.reset(slots, levels)
        return self._began(vector, slots)

    def act(self, request: bytes) -> list[Part]:
        """A step whose request and answer are bytes: the layout of StepPipes. Raises as `answer`."""
        if self._vector is None:
            raise AgonError("environment/not-open", "the first request of a stream, and only that, is `open`")
        rows = self._vector.rows
        width = 4 * len(rows.rewards) * self._space.width
        slots, levels = _next_levels(request, width)
        began = self._step(self._vector, request[:width], slots, levels)
        counts = np.array([len(began), *began, *map(self._vector.max_steps, began)], "<u4") if began else _NOBODY
        return [
            *(np.ascontiguousarray(rows.observations[name]) for name in self._names),
            *(rows.rewards, rows.terminated, rows.truncated),
            counts,
            *(() if rows.departed is None else (rows.departed,)),
            *(one.tensor.data for one in _cut_rows(rows)),
        ]

    def _act(self, vector: HostedVector, request: wire.Act) -> wire.StepReply:
        rows = vector.rows
        began = self._step(vector, request.actions, request.next_slots, request.next_levels)
        return wire.StepReply(
            observations=encode_named(rows.observations),
            rewards=rows.rewards.astype("<f4", copy=False).tobytes(),
            terminated=rows.terminated.tobytes(),
            truncated=rows.truncated.tobytes(),
            began=began,
            max_steps=[vector.max_steps(slot) for slot in began],
            departed=b"" if rows.departed is None else rows.departed.tobytes(),
            finals=_cut_rows(rows),
        )

    def _step(
        self, vector: HostedVector, actions: bytes, next_slots: Sequence[int], next_levels: Sequence[bytes]
    ) -> Sequence[int]:
        decoded = self._space.decode(actions, len(vector.rows.rewards))
        if next_slots or next_levels:
            slots, levels = self._checked_slots(next_slots), self._decoded(next_levels)
            if len(slots) != len(levels):
                raise AgonError("environment/slots", f"{len(slots)} slots and {len(levels)} next levels")
            for slot, level in zip(slots, levels, strict=True):
                vector.sources.supply(slot, level)
        return vector.step(decoded)

    def _began(self, vector: HostedVector, slots: Sequence[int]) -> wire.StepReply:
        """First observations of these slots alone, with their step limits."""
        agents = self._hosted.agents
        rows = [slot * agents + agent for slot in slots for agent in range(agents)]
        seen: dict[str, Array] = {name: values[rows] for name, values in vector.rows.observations.items()}
        return wire.StepReply(observations=encode_named(seen), max_steps=[vector.max_steps(slot) for slot in slots])

    def _checked_slots(self, slots: Sequence[int]) -> list[int]:
        if len(set(slots)) != len(slots) or any(slot >= self._slots for slot in slots):
            raise AgonError("environment/slots", f"slots are distinct and below {self._slots}")
        return list(slots)

    def _decoded(self, levels: Sequence[bytes]) -> list[Level]:
        decoded = [self._levels.decode(level) for level in levels]
        for level in decoded:
            obstacle = self._levels.obstacle(level)
            if obstacle:
                raise AgonError("level/invalid", obstacle)
        return decoded


def _next_levels(request: bytes, at: int) -> tuple[list[int], list[bytes]]:
    """Slots and levels behind the actions, which end at `at`. Raises `AgonError` `environment/actions`."""
    slots, levels = [], []
    while at < len(request):
        slots.append(int.from_bytes(request[at : at + 4], "little"))
        end = at + 8 + int.from_bytes(request[at + 4 : at + 8], "little")
        levels.append(request[at + 8 : end])
        if end > len(request):
            raise AgonError("environment/actions", f"a request of {len(request)} bytes over pipes, whose next levels do not fit")
        at = end
    return slots, levels


def _cut_rows(rows: Rows) -> list[tensors.NamedTensor]:
    """What was seen last in the rows that were cut, where it is asked for."""
    if rows.finals is None:
        return []
    cut = rows.seen_last
    if not np.count_nonzero(cut):
        return []
    return encode_named({name: values[cut] for name, values in rows.finals.items()})
