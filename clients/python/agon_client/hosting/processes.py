"""Environments in processes of their own: each has a part of the slots of every vector environment.

Level spaces stay in the host. What follows an episode is drawn here, one episode ahead, and handed to the process with the step in
which it may be needed; so what is drawn is a function of the streams alone, however many processes there are.
"""

from __future__ import annotations

import multiprocessing
import pickle
import threading
from multiprocessing.connection import Connection
from typing import Any, Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from ..errors import AgonError
from .contract import Hosted, HostedVector, Level, Rows, VectorRequest
from .slot_part import Told, serve_parts

Factory = Callable[[], Hosted]


class HostedProcesses:
    """What `hosted` is, in `count` processes that each make their own by `factory`, a function that pickles."""

    def __init__(self, hosted: Hosted, factory: Factory, count: int) -> None:
        self.layout, self.actions, self.agents, self.seats = hosted.layout, hosted.actions, hosted.agents, hosted.seats
        self.gives_finals, self.gives_departures = hosted.gives_finals, hosted.gives_departures
        self._hosted = hosted
        try:
            pickle.dumps(factory)
        except Exception as cause:  # noqa: BLE001 - whatever pickling raises
            raise AgonError(
                "environment/processes",
                f"`make` cannot be handed to another process: {cause}",
                "give a function of a module, or `functools.partial` of one, not a lambda or a function inside another",
            ) from cause
        # A stream's step asks all processes and waits for all: steps of two streams do not mix.
        self._lock = threading.Lock()
        self._workers = [Worker(factory, number, count) for number in range(count)]
        self._vectors = 0

    def vector(self, request: VectorRequest) -> HostedVector:
        with self._lock:
            self._vectors += 1
            number = self._vectors
            for worker in self._workers:
                worker.revive()
        return _Vector(self, request, number, self._workers, self._lock)

    def close(self) -> None:
        for worker in self._workers:
            worker.close()
        self._hosted.close()


class Worker:
    """One process. It is started anew, for the next vector environment, where it has died."""

    def __init__(self, factory: Factory, number: int, count: int) -> None:
        self._factory = factory
        self._name = f"process {number + 1} of {count} of the host"
        self._process: Any = None
        self._pipe: Connection | None = None
        self.revive()

    def revive(self) -> None:
        if self._process is not None and self._process.is_alive():
            return
        self.close()
        # Not a fork: this process has threads, of gRPC too, that a copy of it would lack.
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=serve_parts, args=(theirs, self._factory), name=self._name, daemon=True)
        self._process.start()
        theirs.close()

    def ask(self, method: str, *given: Any) -> None:
        """Raises `AgonError` `environment/lost` where the process has died."""
        try:
            assert self._pipe is not None
            self._pipe.send((method, *given))
        except OSError as cause:
            raise self._died() from cause

    def answer(self) -> Any:
        """Raises what the call raised, and `environment/lost` where the process has died."""
        try:
            assert self._pipe is not None
            told = self._pipe.recv()
        except (EOFError, OSError) as cause:
            raise self._died() from cause
        if isinstance(told, Told):
            raise told.error()
        return told

    def close(self) -> None:
        if self._pipe is not None:
            # The process ends with its pipe.
            self._pipe.close()
        if self._process is not None:
            self._process.join(2)
            if self._process.is_alive():
                self._process.kill()
                self._process.join()

    def _died(self) -> AgonError:
        self._process.join(2)
        code = self._process.exitcode
        how = f"by signal {-code}" if isinstance(code, int) and code < 0 else f"with exit code {code}"
        return AgonError(
            "environment/lost",
            f"{self._name} ended {how}",
            'see what it printed; a script that serves with processes does so under `if __name__ == "__main__":`',
        )


class _Vector:
    """Slots in ranges, one for each process; there are no empty ones."""

    def __init__(
        self, hosted: HostedProcesses, request: VectorRequest, number: int, workers: Sequence[Worker], lock: threading.Lock
    ) -> None:
        self.sources = request.sources
        self.rows = Rows.allocate(hosted.layout, request.slots * hosted.agents, request.finals, request.departures)
        self._agents = hosted.agents
        self._auto_reset = request.auto_reset
        self._lock = lock
        self._limits = [0] * request.slots
        self._number = number
        count = min(len(workers), request.slots)
        edges = [request.slots * i // count for i in range(count + 1)]
        self._parts = [(workers[i], edges[i], edges[i + 1]) for i in range(count)]
        # What each slot's process holds for its next episode.
        self._ahead: list[object] = [None] * request.slots
        with self._lock:
            try:
                asked = (request.finals, request.departures)
                for worker, low, high in self._parts:
                    worker.ask("open", number, high - low, request.auto_reset, self.sources.streams(low, high), *asked, low)
                self._answers(self._parts)
            except AgonError:
                self._close()
                raise

    def reset(self, slots: Sequence[int], levels: Sequence[Any]) -> None:
        with self._lock:
            asked = []
            for worker, low, high in self._parts:
                mine = [(slot - low, level, self.sources.counters(slot)) for slot, level in zip(slots, levels, strict=True) if low <= slot < high]
                if mine:
                    worker.ask("reset", self._number, mine)
                    asked.append((worker, low, high))
            for (_, low, _), (observations, limits, begun) in zip(asked, self._answers(asked), strict=True):
                for slot, limit in limits.items():
                    self._limits[low + slot] = limit
                    self.sources.begun[low + slot] = begun[slot]
                self._take(observations, low)

    def step(self, actions: NDArray[Any]) -> Sequence[int]:
        agents = self._agents
        with self._lock:
            for worker, low, high in self._parts:
                worker.ask("step", self._number, actions[low * agents : high * agents], self._next(low, high))
            began: list[int] = []
            for (_, low, high), answer in zip(self._parts, self._answers(self._parts), strict=True):
                observations, rewards, terminated, truncated, finals, departed, started, begun = answer
                mine = slice(low * agents, high * agents)
                self._take(observations, low)
                self.rows.rewards[mine] = rewards
                self.rows.terminated[mine], self.rows.truncated[mine] = terminated, truncated
                if self.rows.finals is not None:
                    for name, values in finals.items():
                        self.rows.finals[name][mine] = values
                if self.rows.departed is not None:
                    self.rows.departed[mine] = departed
                self.sources.begun[low:high] = begun
                for slot, limit in started.items():
                    self._limits[low + slot] = limit
                    # Drawn here, as it was handed over.
                    self.sources.next(low + slot)
                    self._ahead[low + slot] = None
                    began.append(low + slot)
            return began

    def max_steps(self, slot: int) -> int:
        return self._limits[slot]

    def save(self, slot: int) -> bytes:
        state: bytes = self._one(slot, "save", self.sources.counters(slot))
        return state

    def load(self, slot: int, state: bytes) -> None:
        observations, limit, drawn, begun = self._one(slot, "load", state)
        low = next(low for _, low, high in self._parts if low <= slot < high)
        self._limits[slot] = limit
        self.sources.drawn[slot], self.sources.begun[slot] = drawn, begun
        self._take(observations, low)

    def close(self) -> None:
        with self._lock:
            self._close()

    def _close(self) -> None:
        for worker, _, _ in self._parts:
            try:
                worker.ask("close", self._number)
                worker.answer()
            except AgonError as error:
                if error.code != "environment/lost":
                    raise

    def _next(self, low: int, high: int) -> dict[int, Level]:
        """Levels that processes do not hold yet, by slot of the part."""
        if self._auto_reset != "next-level":
            return {}
        given: dict[int, Level] = {}
        for slot in range(low, high):
            key = self.sources.following(slot)
            if key != self._ahead[slot]:
                self._ahead[slot] = key
                given[slot - low] = self.sources.peek(slot)
        return given

    def _take(self, observations: dict[str, NDArray[Any]], low: int) -> None:
        for name, values in observations.items():
            first = low * self._agents
            self.rows.observations[name][first : first + len(values)] = values

    def _one(self, slot: int, method: str, given: Any) -> Any:
        for worker, low, high in self._parts:
            if low <= slot < high:
                with self._lock:
                    worker.ask(method, self._number, slot - low, given)
                    return worker.answer()
        raise AgonError("environment/slots", f"there is no slot {slot}")

    def _answers(self, asked: Sequence[tuple[Worker, int, int]]) -> list[Any]:
        """All of them, so that none is left for the next call; the first error then."""
        answers: list[Any] = []
        first: AgonError | None = None
        for worker, _, _ in asked:
            try:
                answers.append(worker.answer())
            except AgonError as error:
                first = first or error
        if first is not None:
            raise first
        return answers
