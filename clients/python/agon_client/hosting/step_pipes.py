"""Named pipes beside a step stream: steps of a caller on the same machine, as bytes. The layout stands with StepPipes in the proto.

A caller reads and writes them in the thread that steps, without an event loop or a message library between it and the host.
"""

from __future__ import annotations

import os
import select
import secrets
import sys
from pathlib import Path
from typing import Any, Sequence, Union

from ..errors import AgonError
from ..gen import environments_pb2 as wire

Part = Any
"""Whatever has bytes: an array in C order, or bytes."""
Answer = Union[wire.StepReply, Sequence[Part]]
"""A message, or the parts of a step."""

_LENGTH = 4
_STEP, _MESSAGE = 1, 3
# Behind a kind: the payload is in `data`.
_ELSEWHERE = 1
_MOST_REQUEST = 65_536
# Room for an answer on its way, so that whoever writes it need not wait for who reads it.
_ROOM_BYTES = 1 << 20
_MODE = 0o600


class StepPipes:
    def __init__(self, folder: Path) -> None:
        """Raises `OSError` where there can be none."""
        self._paths = [folder / f"{name}-{secrets.token_hex(8)}" for name in ("requests", "ready", "data")]
        self._open: list[int] = []
        self._settled = False
        try:
            for path in self._paths:
                os.mkfifo(path, _MODE)
                # Also as its own other side, until the caller has opened it: so opening waits for nobody.
                self._open.append(os.open(path, os.O_RDWR))
        except OSError:
            self.close()
            raise
        _widen(self._open[2])

    @property
    def message(self) -> wire.StepPipes:
        requests, ready, data = map(str, self._paths)
        return wire.StepPipes(requests=requests, ready=ready, data=data)

    @property
    def requests(self) -> int:
        """A file descriptor that can be read when a request is there."""
        return self._open[0]

    def receive(self) -> bytes:
        """The next request. Raises `OSError` where the caller went away, `AgonError` `wire/garbled`."""
        request = os.read(self.requests, _MOST_REQUEST)
        self._settle()
        while len(request) < _LENGTH or len(request) < _LENGTH + _length(request):
            if len(request) >= _LENGTH and _length(request) > _MOST_REQUEST:
                raise AgonError("wire/garbled", f"a request of {_length(request)} bytes over pipes; at most {_MOST_REQUEST}")
            request += os.read(self.requests, _MOST_REQUEST)
        return request[_LENGTH:]

    def send(self, answer: Answer) -> None:
        """Raises `OSError` where the caller went away."""
        kind, parts = (_MESSAGE, [answer.SerializeToString()]) if isinstance(answer, wire.StepReply) else (_STEP, answer)
        size = sum([len(part) if type(part) is bytes else part.nbytes for part in parts])
        short = 2 * _LENGTH + size <= select.PIPE_BUF
        head = size.to_bytes(_LENGTH, "little") + (kind if short else kind + _ELSEWHERE).to_bytes(_LENGTH, "little")
        if short:
            os.write(self._open[1], b"".join([head, *parts]))
            return
        os.write(self._open[1], head)
        self._write_data(parts, size)

    def close(self) -> None:
        for path in self._paths:
            path.unlink(missing_ok=True)
        for one in self._open:
            os.close(one)
        self._open = []

    def _settle(self) -> None:
        """The caller has opened all three: from here on it is the only reader, and nobody else finds them."""
        if self._settled:
            return
        self._settled = True
        for i in (1, 2):
            written = os.open(self._paths[i], os.O_WRONLY)
            os.close(self._open[i])
            self._open[i] = written
        for path in self._paths:
            path.unlink(missing_ok=True)

    def _write_data(self, parts: Sequence[Part], size: int) -> None:
        written = os.writev(self._open[2], parts)
        if written == size:
            return
        rest = memoryview(b"".join(parts))[written:]
        while rest:
            rest = rest[os.write(self._open[2], rest) :]


def step_pipes(folder: Path) -> StepPipes | None:
    """None where this system has none, or numbers of another order."""
    if not hasattr(os, "mkfifo") or sys.byteorder != "little":
        return None
    try:
        return StepPipes(folder)
    except OSError:
        return None


def _length(request: bytes) -> int:
    return int.from_bytes(request[:_LENGTH], "little")


def _widen(pipe: int) -> None:
    # Not to be had where there are no named pipes either.
    import fcntl

    resize = getattr(fcntl, "F_SETPIPE_SZ", None)
    if resize is None:
        return
    try:
        fcntl.fcntl(pipe, resize, _ROOM_BYTES)
    except OSError:
        # More than this user may have: then it is as wide as all are.
        pass
