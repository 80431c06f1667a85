"""Processes of the engine, kept from one vector environment to the next: each takes seconds to start."""

from __future__ import annotations

import threading
from typing import Sequence

from .level import FootballLevel
from .options import FootballOptions
from .worker import Worker


class WorkerPool:
    def __init__(self, options: FootballOptions, scenario: FootballLevel) -> None:
        self._options = options
        self._scenario = scenario
        self._idle: list[Worker] = []
        self._lock = threading.Lock()
        self._closed = False

    def take(self, count: int) -> list[Worker]:
        with self._lock:
            taken, self._idle = self._idle[:count], self._idle[count:]
        return taken + [Worker(self._options, self._scenario) for _ in range(count - len(taken))]

    def give(self, workers: Sequence[Worker]) -> None:
        """Takes back workers that owe no answer; as many as one vector environment has are kept."""
        with self._lock:
            room = 0 if self._closed else max(0, self._options.workers - len(self._idle))
            self._idle += workers[:room]
        for worker in workers[room:]:
            worker.close()

    def close(self) -> None:
        with self._lock:
            idle, self._idle, self._closed = self._idle, [], True
        for worker in idle:
            worker.close()
