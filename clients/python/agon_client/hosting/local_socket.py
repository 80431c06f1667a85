"""Step streams of callers on the same machine, over a Unix socket: the messages of the contract, without gRPC around them.

A frame is a length of four bytes, little-endian, and as many bytes. The caller's first frame is the token; each further one is
a StepRequest, answered in order by a StepReply. What gRPC would end the stream with (`wire/token`, `wire/garbled`) is the last answer.
"""

from __future__ import annotations

import hmac
import shutil
import socket
import sys
import tempfile
import threading
from pathlib import Path
from typing import Any, BinaryIO, Callable, Iterator

from ..channel import MAX_MESSAGE_BYTES
from ..errors import AgonError, to_wire
from ..gen import environments_pb2 as wire

_MOST_TOKEN_BYTES = 4096
# What an envelope may add to the longest message.
_MOST_FRAME_BYTES = MAX_MESSAGE_BYTES + 65_536
_PREFIX = 4
_DRAINED_S = 1.0

Steps = Callable[[Iterator[wire.StepRequest], Any], Iterator[wire.StepReply]]


class LocalSocket:
    """Listens until it is closed, in a folder for its owner alone."""

    def __init__(self, steps: Steps, token: str, threads: int) -> None:
        """Raises `OSError` where no such socket can be."""
        self._steps = steps
        self._token = token.encode()
        self._room = threading.Semaphore(threads)
        self._lock = threading.Lock()
        self._open: dict[socket.socket, threading.Thread] = {}
        self._closed = False
        self._folder = Path(tempfile.mkdtemp(prefix="agon-"))
        self.path = self._folder / "steps"
        self._listening = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            self._listening.bind(str(self.path))
            self._listening.listen(128)
        except OSError:
            self._listening.close()
            shutil.rmtree(self._folder, ignore_errors=True)
            raise
        threading.Thread(target=self._accept, name="agon local socket", daemon=True).start()

    def close(self, grace_s: float) -> None:
        """Ends what is open; a step that is under way has so many seconds."""
        with self._lock:
            self._closed = True
            streams = dict(self._open)
        for one in (self._listening, *streams):
            _shut(one)
        self._listening.close()
        for thread in streams.values():
            thread.join(grace_s)
        shutil.rmtree(self._folder, ignore_errors=True)

    def _accept(self) -> None:
        while True:
            # A stream beyond as many as may be open waits, as one of gRPC does.
            self._room.acquire()
            try:
                stream, _ = self._listening.accept()
            except OSError:
                return
            thread = threading.Thread(target=self._serve, args=(stream,), daemon=True)
            with self._lock:
                if self._closed:
                    stream.close()
                    return
                self._open[stream] = thread
            thread.start()

    def _serve(self, stream: socket.socket) -> None:
        try:
            with stream, stream.makefile("rb") as reader:
                self._converse(stream, reader)
        except OSError:
            # The other side is gone.
            pass
        finally:
            with self._lock:
                self._open.pop(stream, None)
            self._room.release()

    def _converse(self, stream: socket.socket, reader: BinaryIO) -> None:
        shown = _frame(reader, _MOST_TOKEN_BYTES)
        if shown is None:
            return
        if not hmac.compare_digest(shown, self._token):
            _refuse(stream, AgonError("wire/token", "the token is not the one of this listener", "give the token of what listens"))
            return
        for reply in self._steps(_requests(stream, reader), None):
            _send(stream, reply)


def local_socket(steps: Steps, token: str, threads: int) -> LocalSocket | None:
    """None where this system, or its folder for temporary files, has none."""
    if not hasattr(socket, "AF_UNIX") or sys.platform == "win32":
        return None
    try:
        return LocalSocket(steps, token, threads)
    except OSError:
        return None


def _requests(stream: socket.socket, reader: BinaryIO) -> Iterator[wire.StepRequest]:
    while True:
        try:
            data = _frame(reader, _MOST_FRAME_BYTES)
            if data is None:
                return
            request = wire.StepRequest.FromString(data)
        except OSError:
            return
        except Exception as cause:  # noqa: BLE001 - the library's own error, or a frame that is too long
            _refuse(stream, AgonError("wire/garbled", f"the bytes are no StepRequest: {cause}"))
            return
        yield request


def _frame(reader: BinaryIO, most: int) -> bytes | None:
    """None at the end of the stream. Raises `ValueError` for a frame that is too long."""
    prefix = reader.read(_PREFIX)
    if len(prefix) < _PREFIX:
        return None
    size = int.from_bytes(prefix, "little")
    if size > most:
        raise ValueError(f"a frame of {size} bytes; at most {most}")
    data = reader.read(size)
    return data if len(data) == size else None


def _send(stream: socket.socket, reply: wire.StepReply) -> None:
    data: bytes = reply.SerializeToString()
    stream.sendall(len(data).to_bytes(_PREFIX, "little") + data)


def _refuse(stream: socket.socket, error: AgonError) -> None:
    _send(stream, wire.StepReply(error=to_wire(error)))
    # Closed with something unread, the system would take the answer back.
    stream.shutdown(socket.SHUT_WR)
    stream.settimeout(_DRAINED_S)
    while stream.recv(65_536):
        pass


def _shut(one: socket.socket) -> None:
    try:
        one.shutdown(socket.SHUT_RDWR)
    except OSError:
        pass
