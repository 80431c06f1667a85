"""Step streams of callers on the same machine, over a Unix socket: the messages of the contract, without gRPC around them.

A frame is a length of four bytes, little-endian, and as many bytes. The caller's first frame is the token; each further one is
a StepRequest, answered in order by a StepReply. What gRPC would end the stream with (`wire/token`, `wire/garbled`) is the last answer.
Steps may go over pipes beside it, where both sides would have that.
"""

from __future__ import annotations

import hmac
import select
import shutil
import socket
import sys
import tempfile
import threading
from pathlib import Path
from typing import Callable, Protocol

from ..channel import MAX_MESSAGE_BYTES
from ..errors import AgonError, to_wire
from ..gen import environments_pb2 as wire
from .step_pipes import Answer, StepPipes, step_pipes

_MOST_TOKEN_BYTES = 4096
# What an envelope may add to the longest message.
_MOST_FRAME_BYTES = MAX_MESSAGE_BYTES + 65_536
_PREFIX = 4
_READ_BYTES = 65_536
_DRAINED_S = 1.0


class Conversation(Protocol):
    """One step stream. What is refused is answered so."""

    def answer(self, request: wire.StepRequest) -> wire.StepReply: ...

    def act(self, request: bytes) -> Answer:
        """A step that came over pipes; its parts are lent until the next call."""

    def close(self) -> None: ...


class LocalSocket:
    """Listens until it is closed, in a folder for its owner alone."""

    def __init__(self, converse: Callable[[], Conversation], token: str, threads: int) -> None:
        """Raises `OSError` where no such socket can be."""
        self._converse = converse
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
                # Whoever closes waits for every thread that stands here, so none may wait to be started.
                thread.start()

    def _serve(self, stream: socket.socket) -> None:
        try:
            with stream:
                self._admit(stream)
        except OSError:
            # The other side is gone.
            pass
        finally:
            with self._lock:
                self._open.pop(stream, None)
            self._room.release()

    def _admit(self, stream: socket.socket) -> None:
        frames = _Frames(stream)
        try:
            shown = frames.take(_MOST_TOKEN_BYTES)
        except AgonError as error:
            _refuse(stream, error)
            return
        if shown is None:
            return
        if not hmac.compare_digest(shown, self._token):
            _refuse(stream, AgonError("wire/token", "the token is not the one of this listener", "give the token of what listens"))
            return
        conversation = self._converse()
        way = _Way(stream, frames, self._folder)
        try:
            way.converse(conversation)
        except AgonError as error:
            _refuse(stream, error)
        finally:
            way.close()
            conversation.close()


class _Way:
    """The stream of one caller, and pipes beside it where it would have them."""

    def __init__(self, stream: socket.socket, frames: _Frames, folder: Path) -> None:
        self._stream = stream
        self._frames = frames
        self._folder = folder
        self._pipes: StepPipes | None = None
        self._either = select.poll()

    def converse(self, conversation: Conversation) -> None:
        """Until the caller ends the stream. Raises `AgonError` `wire/garbled`, `OSError`."""
        while True:
            if self._pipes is not None and not self._frames.waiting() and self._on_pipes(self._pipes):
                self._pipes.send(conversation.act(self._pipes.receive()))
                continue
            request = self._request()
            if request is None:
                return
            reply = conversation.answer(request)
            if request.open.pipes and reply.rows:
                self._offer(reply)
            _send(self._stream, reply)

    def close(self) -> None:
        if self._pipes is not None:
            self._pipes.close()

    def _on_pipes(self, pipes: StepPipes) -> bool:
        """Waits for the next request, and says whether it comes over the pipes."""
        found = dict(self._either.poll())
        return bool(found.get(pipes.requests, 0) & select.POLLIN)

    def _offer(self, reply: wire.StepReply) -> None:
        self._pipes = step_pipes(self._folder)
        if self._pipes is not None:
            reply.pipes.CopyFrom(self._pipes.message)
            for one in (self._stream.fileno(), self._pipes.requests):
                self._either.register(one, select.POLLIN)

    def _request(self) -> wire.StepRequest | None:
        data = self._frames.take(_MOST_FRAME_BYTES)
        try:
            return None if data is None else wire.StepRequest.FromString(data)
        except Exception as cause:  # noqa: BLE001 - the library's own error
            raise AgonError("wire/garbled", f"the bytes are no StepRequest: {cause}") from cause


def local_socket(converse: Callable[[], Conversation], token: str, threads: int) -> LocalSocket | None:
    """None where this system, or its folder for temporary files, has none."""
    if not hasattr(socket, "AF_UNIX") or sys.platform == "win32":
        return None
    try:
        return LocalSocket(converse, token, threads)
    except OSError:
        return None


class _Frames:
    """What comes over a stream, cut into frames."""

    def __init__(self, stream: socket.socket) -> None:
        self._stream = stream
        self._read = bytearray()

    def waiting(self) -> bool:
        """Whether something was read that nobody took yet."""
        return bool(self._read)

    def take(self, most: int) -> bytes | None:
        """None at the end of the stream. Raises `AgonError` `wire/garbled` for a frame that is too long."""
        prefix = self._exactly(_PREFIX)
        if prefix is None:
            return None
        size = int.from_bytes(prefix, "little")
        if size > most:
            raise AgonError("wire/garbled", f"the bytes are no StepRequest: a frame of {size} bytes; at most {most}")
        return self._exactly(size)

    def _exactly(self, size: int) -> bytes | None:
        while len(self._read) < size:
            more = self._stream.recv(max(_READ_BYTES, size - len(self._read)))
            if not more:
                return None
            self._read += more
        taken = bytes(self._read[:size])
        del self._read[:size]
        return taken


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
