"""What a process of a host does: a part of the slots of some vector environments, by calls that come over a pipe."""

from __future__ import annotations

import signal
import traceback
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any, Callable, Mapping

from ..errors import AgonError
from .contract import Hosted, HostedVector, Level, LevelSources, StreamKey, VectorRequest
from .faults import EnvironmentFault, fault_of
from .gym_level import GymLevel, GymLevels


@dataclass(frozen=True)
class Told:
    """What a call raised."""

    code: str
    message: str
    remedy: str
    place: str
    fields: Mapping[str, Any]
    of_environment: bool
    again: str
    trace: str

    @classmethod
    def of(cls, error: BaseException, call: str) -> Told:
        fault = fault_of(error, call)
        first = fault.__cause__ or fault
        trace = "" if isinstance(first, AgonError) else "".join(traceback.format_exception(first))
        own = isinstance(fault, EnvironmentFault)
        again = fault.again if isinstance(fault, EnvironmentFault) else ""
        return cls(fault.code, fault.message, fault.remedy, fault.place, dict(fault.fields), own, again, trace)

    def error(self) -> AgonError:
        kind = EnvironmentFault if self.of_environment else AgonError
        made = kind(self.code, self.message, self.remedy, place=self.place, fields=self.fields)
        if isinstance(made, EnvironmentFault):
            made.again = self.again
        if self.trace:
            made.__cause__ = Remote(self.trace)
        return made


class Remote(Exception):
    """An exception of a process of the host, as it was printed there."""

    def __str__(self) -> str:
        return f"in a process of the host:\n{self.args[0]}"


def serve_parts(pipe: Connection, factory: Callable[[], Hosted]) -> None:
    """Answers calls one by one until the pipe is closed."""
    # Ctrl-C reaches the whole group; the host ends its processes itself.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parts: Parts | None = None
    while True:
        try:
            method, *given = pipe.recv()
        except (EOFError, OSError):
            break
        try:
            parts = parts or Parts(factory())
            answer = getattr(parts, method)(*given)
        except BaseException as error:  # noqa: BLE001 - an exit of the environment is its fault, and is told
            answer = Told.of(error, method)
        try:
            pipe.send(answer)
        except OSError:
            break
    if parts is not None:
        parts.end()


class Parts:
    """Vector environments by number; their slots are counted from 0, and named from the first one of the whole on."""

    def __init__(self, hosted: Hosted) -> None:
        self._hosted = hosted
        self._vectors: dict[int, HostedVector] = {}

    def open(
        self, number: int, slots: int, auto_reset: Any, streams: list[StreamKey], finals: bool, departures: bool, first: int
    ) -> None:
        sources = LevelSources(_Given(), streams)
        request = VectorRequest(slots, auto_reset, sources, finals, departures, first)
        self._vectors[number] = self._hosted.vector(request)

    def reset(self, number: int, asked: list[tuple[int, Level, tuple[int, int]]]) -> Any:
        vector = self._vector(number)
        slots = [slot for slot, _, _ in asked]
        for slot, _, counters in asked:
            vector.sources.drawn[slot], vector.sources.begun[slot] = counters
        vector.reset(slots, [level for _, level, _ in asked])
        begun = {slot: vector.sources.begun[slot] for slot in slots}
        return vector.rows.observations, {slot: vector.max_steps(slot) for slot in slots}, begun

    def step(self, number: int, actions: Any, following: dict[int, Level]) -> Any:
        vector = self._vector(number)
        for slot, level in following.items():
            vector.sources.supply(slot, level)
        began = vector.step(actions)
        rows = vector.rows
        started = {slot: vector.max_steps(slot) for slot in began}
        begun = list(vector.sources.begun)
        flags = (rows.terminated, rows.truncated)
        return rows.observations, rows.rewards, *flags, rows.finals, rows.departed, started, begun

    def save(self, number: int, slot: int, counters: tuple[int, int]) -> bytes:
        vector = self._vector(number)
        vector.sources.drawn[slot], vector.sources.begun[slot] = counters
        return vector.save(slot)

    def load(self, number: int, slot: int, state: bytes) -> Any:
        vector = self._vector(number)
        vector.load(slot, state)
        sources = vector.sources
        return vector.rows.observations, vector.max_steps(slot), sources.drawn[slot], sources.begun[slot]

    def _vector(self, number: int) -> HostedVector:
        vector = self._vectors.get(number)
        if vector is None:
            raise AgonError("environment/lost", "the process that held these slots has ended")
        return vector

    def close(self, number: int) -> None:
        vector = self._vectors.pop(number, None)
        if vector is not None:
            vector.close()

    def end(self) -> None:
        for number in list(self._vectors):
            self.close(number)
        self._hosted.close()


class _Given(GymLevels):
    """Every next level is handed over before it is needed."""

    def sample(self, random: Any) -> GymLevel:
        raise AssertionError("a process of a host draws no levels")
