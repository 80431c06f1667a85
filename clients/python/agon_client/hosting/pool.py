"""Environments that outlive the vector environments they play in: making one may take longer than an episode of it."""

from __future__ import annotations

import threading
from typing import Any, Callable

MOST_IDLE = 256
"""Environments that wait; what is given back beyond them is closed."""


class EnvironmentPool:
    """What `make` makes. One that comes back waits for the next who takes it, and is begun afresh by its `reset`.

    So there are never more of them than were in use at one time. Threads may share it.
    """

    def __init__(self, make: Callable[[], Any], reuse: bool = True) -> None:
        self._make = make
        self._most = MOST_IDLE if reuse else 0
        self._idle: list[Any] = []
        self._lock = threading.Lock()
        self._closed = False

    def take(self) -> Any:
        """Raises what `make` raises."""
        with self._lock:
            if self._idle:
                return self._idle.pop()
        return self._make()

    def give(self, env: Any, sound: bool = True) -> None:
        """`sound`: nothing that was asked of it has failed. One that is not is closed, and so is one that there is no room for."""
        with self._lock:
            if sound and not self._closed and len(self._idle) < self._most:
                self._idle.append(env)
                return
        env.close()

    def close(self) -> None:
        """Closes all that wait; what is given back later is closed then. Raises the first error, when all are closed."""
        with self._lock:
            idle, self._idle, self._closed = self._idle, [], True
        close_all([env.close for env in idle])


def close_all(closings: list[Callable[[], None]]) -> None:
    """Calls each, whatever the others raise, and raises the first error then."""
    first: BaseException | None = None
    for close in closings:
        try:
            close()
        except BaseException as error:  # noqa: BLE001 - an environment that exits leaves the others to be closed
            first = first or error
    if first is not None:
        raise first
