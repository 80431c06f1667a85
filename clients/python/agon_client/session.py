"""One side of a conversation that outlives its streams (proto/agon/v1/actors.proto).

Role messages are numbered and kept until the other side says that it has them; after a broken stream each side sends
again what the other lacks. Pure bookkeeping: streams, clocks and threads are the owner's.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import Any, Iterator

from .errors import AgonError
from .gen import actors_pb2 as wire

CHUNK_BYTES = 4 * 1024 * 1024
# Kinds below this are control: not numbered, not kept, idempotent.
FIRST_ROLE_KIND = wire.KIND_CYCLE_BEGIN


@dataclass(frozen=True)
class Message:
    """A role message, whole."""

    kind: Any
    body: bytes = b""
    correlation: str = ""
    epoch: int = 0
    sequence: int = 0


class Session:
    """`credit` is how many bytes each side may have under way beyond what the other has consumed."""

    def __init__(self, credit: int, max_message: int, epoch: int, chunk_bytes: int = CHUNK_BYTES) -> None:
        self.received = 0
        self._window = credit
        self._max_message = max_message
        self._epoch = epoch
        self._chunk_bytes = chunk_bytes
        self._kept: deque[Message] = deque()
        self._posted = 0
        self._written = 0
        self._counted = 0
        self._spent = 0
        self._allowed = credit
        self._consumed = 0
        self._granted = credit
        self._assembly: _Assembly | None = None

    @property
    def unacknowledged(self) -> int:
        """Messages that the other side may lack."""
        return len(self._kept)

    def post(self, kind: Any, body: bytes = b"", correlation: str = "") -> None:
        """Takes a message to be sent. Raises `AgonError` `wire/oversize`."""
        if len(body) > self._max_message:
            raise _oversize(len(body), self._max_message)
        self._posted += 1
        self._kept.append(Message(kind, body, correlation, self._epoch, self._posted))

    def resume(self, peer_received: int) -> None:
        """A new stream: what the other side lacks will be written again."""
        self._acknowledge(peer_received)
        self._written = self._posted - len(self._kept)
        self._assembly = None

    def outgoing(self) -> Iterator[wire.Frame]:
        """The frames that may be written now, in order; each is given once a stream."""
        while self._written < self._posted:
            message = self._kept[self._written - self._posted + len(self._kept)]
            if message.sequence > self._counted:
                # A message that has begun goes on to its end: waiting in the middle could wait for ever.
                if self._spent >= self._allowed:
                    return
                self._spent += len(message.body)
                self._counted = message.sequence
            self._written = message.sequence
            yield from self._frames(message)

    def receive(self, frame: wire.Frame) -> Message | None:
        """Takes a frame; gives the message that it completes. Control frames only free and allow.

        Raises `AgonError` `wire/gap`, `wire/chunk` (the stream must end, the session may go on) and `wire/oversize`.
        """
        self._acknowledge(frame.received)
        if frame.kind < FIRST_ROLE_KIND:
            if frame.kind == wire.KIND_CREDIT:
                # Cumulative: a repeated or overtaken one does no harm.
                self._allowed = max(self._allowed, wire.Credit.FromString(frame.body).granted)
            return None
        if frame.sequence <= self.received:
            return None
        if frame.sequence != self.received + 1:
            raise AgonError("wire/gap", f"message {frame.sequence} came after {self.received}")
        if max(frame.total, len(frame.body)) > self._max_message:
            raise _oversize(max(frame.total, len(frame.body)), self._max_message)
        body = self._assemble(frame) if frame.total > 0 else frame.body
        if body is None:
            return None
        self.received = frame.sequence
        message = Message(frame.kind, body, frame.correlation, frame.epoch, frame.sequence)
        if frame.epoch < self._epoch:
            # Of a run that has gone back to a cut since: it counts as received, and changes nothing.
            self.consume(message)
            return None
        return message

    def consume(self, message: Message) -> wire.Frame | None:
        """Counts a message as used; gives the frame that lets the other side send more, where it is time."""
        self._consumed += len(message.body)
        # Every quarter of the window, so that the other side hears of it before it must wait.
        if self._consumed + self._window - self._granted < self._window / 4:
            return None
        self._granted = self._consumed + self._window
        return self.credit_frame()

    def credit_frame(self) -> wire.Frame:
        """All that was granted so far; also the first frame of a resumed stream, for one may have been lost."""
        return self.control(wire.KIND_CREDIT, wire.Credit(granted=self._granted).SerializeToString())

    def control(self, kind: Any, body: bytes = b"") -> wire.Frame:
        """A control frame, with what this side has received."""
        return wire.Frame(kind=kind, received=self.received, epoch=self._epoch, body=body)

    def _frames(self, message: Message) -> Iterator[wire.Frame]:
        size = len(message.body)
        whole = size <= self._chunk_bytes
        for offset in range(0, max(size, 1), self._chunk_bytes):
            yield wire.Frame(
                sequence=message.sequence,
                epoch=message.epoch,
                received=self.received,
                kind=message.kind,
                correlation=message.correlation,
                body=message.body if whole else message.body[offset : offset + self._chunk_bytes],
                offset=offset,
                total=0 if whole else size,
            )

    def _acknowledge(self, sequence: int) -> None:
        while self._kept and self._kept[0].sequence <= sequence:
            self._kept.popleft()
        self._written = max(self._written, self._posted - len(self._kept))

    def _assemble(self, frame: wire.Frame) -> bytes | None:
        if frame.offset == 0:
            self._assembly = _Assembly(frame.sequence, frame.total, bytearray())
        whole = self._assembly
        if whole is None or not whole.follows(frame):
            raise AgonError("wire/chunk", f"a chunk of message {frame.sequence} does not follow the one before")
        whole.data += frame.body
        if len(whole.data) < whole.total:
            return None
        self._assembly = None
        return bytes(whole.data)


@dataclass
class _Assembly:
    sequence: int
    total: int
    data: bytearray

    def follows(self, frame: wire.Frame) -> bool:
        return (
            frame.sequence == self.sequence
            and frame.total == self.total
            and frame.offset == len(self.data)
            and len(frame.body) > 0
            and len(self.data) + len(frame.body) <= self.total
        )


def _oversize(size: int, most: int) -> AgonError:
    return AgonError("wire/oversize", f"a message of {size} bytes is longer than the {most} that this run allows")
