"""A session carried by one stream after another, with its heartbeats; user code sees whole messages and an end."""

from __future__ import annotations

import queue
import threading
import time
from collections import deque
from typing import Any, Iterator

import grpc  # type: ignore[import]

from .channel import Connection
from .errors import AgonError, decode, from_rpc, from_wire
from .gen import actors_pb2 as wire
from .session import Message, Session
from .target import Endpoint, Target

VERSIONS = (1,)
_BACKOFF_S = (0.05, 2.0)
_GOODBYE_S = 5.0


class Again(Exception):
    """This session is over and the run goes on: attach anew."""


class Done(Exception):
    """The run has no more use for this actor."""


class RunFailed(Exception):
    """The run has ended with an error, which is the cause: nothing to try again."""

    def __init__(self, error: AgonError) -> None:
        super().__init__(str(error))
        self.error = error


class Refused(Exception):
    """The hub said no: nothing to try again. The error is the cause."""

    def __init__(self, error: AgonError) -> None:
        super().__init__(str(error))
        self.error = error


class Link:
    """One session with a hub. Opened with `open`, then used by one thread; a thread of its own reads and redials."""

    def __init__(self, target: Target, hello: wire.Hello) -> None:
        self._target = target
        self._hello = hello
        self._changed = threading.Condition()
        self._inbox: deque[Message] = deque()
        self._end: Exception | None = None
        self._session: Session | None = None
        self._stream: _Stream | None = None
        self._endpoint: Endpoint | None = None
        self._closing = False
        self._patience_s = 0.0
        self.welcome: wire.Welcome | None = None
        self.connection: Connection | None = None
        self.resumed = 0
        self.doing = ""
        """What the actor's code is asked for right now: where it fails, the call is named."""
        self._reader = threading.Thread(target=self._run, name="agon-link", daemon=True)

    def open(self, patience_s: float) -> wire.Welcome:
        """Dials and says hello, once. Raises `Refused`, or `AgonError`: what the connection failed of, and `wire/silent`
        where the hello has no answer within `patience_s` seconds.
        """
        self._patience_s = patience_s
        self._reader.start()
        with self._changed:
            self._changed.wait_for(lambda: self.welcome is not None or self._end is not None)
            if self.welcome is not None:
                return self.welcome
            assert self._end is not None
            raise self._end

    def post(self, kind: int, body: bytes = b"", correlation: str = "") -> None:
        """Sends a role message, now or when there is a stream and credit. Raises how the session ended."""
        with self._changed:
            if self._end is not None:
                raise self._end
            assert self._session is not None
            self._session.post(kind, body, correlation)
            self._pump()

    def take(self) -> Message:
        """The next role message. Raises `Done`, `Again`, `RunFailed` or `AgonError`: how the session ended."""
        with self._changed:
            self._changed.wait_for(lambda: self._end is not None or self._inbox)
            if self._end is not None:
                raise self._end
            assert self._session is not None
            message = self._inbox.popleft()
            allowance = self._session.consume(message)
            if allowance is not None and self._stream is not None:
                self._stream.write(allowance)
            return message

    def goodbye(self) -> None:
        """Says the last word once everything posted has arrived, and waits for the hub's.

        Raises `Again` where the hub wants this actor back, `RunFailed` where its run has failed.
        """
        with self._changed:
            session = self._session
            self._changed.wait_for(lambda: self._end is not None or self._all_arrived(), timeout=_GOODBYE_S)
            self._closing = True
            if self._stream is not None and session is not None and self._end is None:
                body = wire.Goodbye(reason=wire.Goodbye.REASON_DONE).SerializeToString()
                self._stream.write(session.control(wire.KIND_GOODBYE, body))
                self._stream.finish()
            self._changed.wait_for(lambda: self._end is not None, timeout=_GOODBYE_S)
            end = self._end
        self.leave()
        if isinstance(end, (Again, RunFailed)):
            raise end

    def leave(self) -> None:
        """Lets the stream end in order, for a moment, and then anyway."""
        self._reader.join(timeout=_GOODBYE_S)
        with self._changed:
            self._end = self._end or Done()
            if self._stream is not None:
                self._stream.cancel()
            self._changed.notify_all()
        self._reader.join(timeout=_GOODBYE_S)
        if self.connection is not None:
            self.connection.close()

    def _run(self) -> None:
        delay, broken_since, resumed = _BACKOFF_S[0], 0.0, -1
        while True:
            error = self._carry()
            with self._changed:
                self._stream = None
                if self._end is not None:
                    return
                if self.welcome is None or self._closing:
                    return self._finish(Done() if self._closing else error)
                if isinstance(error, Refused):
                    return self._finish(Again() if error.error.code == "wire/session" else error.error)
                if self.resumed > resumed:
                    delay, broken_since, resumed = _BACKOFF_S[0], time.monotonic(), self.resumed
                elif time.monotonic() - broken_since > self.welcome.resume_ms / 1000:
                    # The hub has let this session go by now.
                    return self._finish(Again())
                self._changed.wait_for(lambda: self._end is not None, timeout=delay)
            delay = min(delay * 2, _BACKOFF_S[1])

    def _carry(self) -> AgonError | Refused:
        """One stream from hello to its end; gives what ended it."""
        stream = None
        try:
            endpoint = _of_a_hub(self._target)
            if self._endpoint not in (None, endpoint):
                return Refused(AgonError("wire/session", "another hub listens now"))
            if self.connection is None:
                self._endpoint, self.connection = endpoint, Connection(endpoint)
            stream = _Stream(self.connection)
            stream.write(self._hello_frame())
            # Heartbeats begin with the welcome: until then nothing else tells a slow hub from one that is frozen.
            patience_s = self._patience_s if self.welcome is None else self.welcome.resume_ms / 1000
            self._welcomed(stream, stream.first(patience_s))
            while True:
                self._hear(stream.read())
                stream.heard()
        except (AgonError, Refused) as error:
            return error
        except grpc.RpcError as error:
            silence = stream.silence if stream is not None else None
            return silence or from_rpc(error, self._endpoint.address if self._endpoint else "")
        except Exception as cause:  # noqa: BLE001 - a thread that ends without a word leaves everyone waiting
            return Refused(AgonError("wire/garbled", f"what came from the hub cannot be used: {cause}"))
        finally:
            if stream is not None:
                stream.cancel()

    def _hello_frame(self) -> wire.Frame:
        hello = wire.Hello()
        hello.CopyFrom(self._hello)
        if self.welcome is not None and self._session is not None:
            hello.session, hello.received = self.welcome.session, self._session.received
        return wire.Frame(kind=wire.KIND_HELLO, body=hello.SerializeToString())

    def _welcomed(self, stream: _Stream, frame: wire.Frame) -> None:
        if frame.kind == wire.KIND_REFUSED:
            raise Refused(decode(frame.body))
        if frame.kind != wire.KIND_WELCOME:
            raise Refused(AgonError("wire/kind", f"hello was answered with kind {frame.kind}", "attach to the hub of a run"))
        welcome = wire.Welcome.FromString(frame.body)
        with self._changed:
            if self._session is None:
                self._session = Session(welcome.credit, welcome.max_message, welcome.epoch)
                self.welcome = welcome
            else:
                self.resumed += 1
                stream.write(self._session.credit_frame())
            self._session.resume(welcome.received)
            self._stream = stream
            stream.beat(welcome.heartbeat_ms / 1000, welcome.missed_heartbeats, self._heartbeat)
            self._pump()
            self._changed.notify_all()

    def _heartbeat(self) -> wire.Frame:
        with self._changed:
            assert self._session is not None
            return self._session.control(wire.KIND_HEARTBEAT)

    def _hear(self, frame: wire.Frame) -> None:
        if frame.kind == wire.KIND_REFUSED:
            raise Refused(decode(frame.body))
        with self._changed:
            assert self._session is not None
            if frame.kind == wire.KIND_GOODBYE:
                goodbye = wire.Goodbye.FromString(frame.body)
                if not self._closing and self._stream is not None:
                    body = wire.Goodbye(reason=goodbye.reason).SerializeToString()
                    self._stream.write(self._session.control(wire.KIND_GOODBYE, body))
                    self._stream.finish()
                self._finish(_end_of(goodbye))
                return
            message = self._session.receive(frame)
            if message is not None:
                self._inbox.append(message)
            self._pump()
            self._changed.notify_all()

    def _all_arrived(self) -> bool:
        return self._session is None or self._session.unacknowledged == 0

    def _pump(self) -> None:
        if self._stream is not None and self._session is not None:
            for frame in self._session.outgoing():
                self._stream.write(frame)

    def _finish(self, end: Exception) -> None:
        with self._changed:
            self._end = self._end or end
            self._changed.notify_all()


def _of_a_hub(target: Target) -> Endpoint:
    """Raises `AgonError`; also without a token, which every hub asks for."""
    endpoint = target.resolve(kinds=("hub",))
    if endpoint.token is None:
        raise AgonError(
            "wire/token",
            "there is no token to show to this hub",
            "give the run's hub.json, which names its token file; or set AGON_TOKEN, or token_file of agon_client.Target",
            place=endpoint.address,
        )
    return endpoint


def _end_of(goodbye: wire.Goodbye) -> Exception:
    if goodbye.HasField("error"):
        return RunFailed(from_wire(goodbye.error))
    return Again() if goodbye.reason == wire.Goodbye.REASON_AGAIN else Done()


class _Stream:
    """One Attach call: a queue of frames to write, an iterator of frames to read, a heartbeat on a thread of its own."""

    def __init__(self, connection: Connection) -> None:
        self._outbox: queue.SimpleQueue[wire.Frame | None] = queue.SimpleQueue()
        self._call: Any = connection.bidi(wire, "Actors", "Attach", iter(self._outbox.get, None))
        self._answers: Iterator[wire.Frame] = iter(self._call)
        self._over = threading.Event()
        self._silent = 0
        self.silence: AgonError | None = None

    def write(self, frame: wire.Frame) -> None:
        self._outbox.put(frame)

    def read(self) -> wire.Frame:
        """Raises `grpc.RpcError`, or `AgonError` `wire/ended` where the hub ended it in order."""
        for frame in self._answers:
            return frame
        raise AgonError("wire/ended", "the hub ended the stream")

    def first(self, patience_s: float) -> wire.Frame:
        """As `read`; `silence` is set, and the call over, where nothing comes within so many seconds."""

        def give_up() -> None:
            self.silence = AgonError(
                "wire/silent",
                f"the hub has not answered the hello within {patience_s:g} s",
                "see whether its run still goes on; raise wait_s to wait longer",
            )
            self._call.cancel()

        timer = threading.Timer(patience_s, give_up)
        timer.daemon = True
        timer.start()
        try:
            return self.read()
        finally:
            timer.cancel()

    def heard(self) -> None:
        self._silent = 0

    def beat(self, interval_s: float, missed: int, frame: Any) -> None:
        """Silence is counted in own beats, not in time: a process that was stopped has counted nothing meanwhile."""

        def beats() -> None:
            while not self._over.wait(interval_s):
                self._silent += 1
                if self._silent > missed:
                    self.silence = AgonError("wire/silent", f"nothing was heard for {missed} heartbeats")
                    self._call.cancel()
                    return
                self.write(frame())

        threading.Thread(target=beats, name="agon-heartbeat", daemon=True).start()

    def finish(self) -> None:
        """No more is written; what was written still goes out."""
        self._over.set()
        self._outbox.put(None)

    def cancel(self) -> None:
        self._over.set()
        self._outbox.put(None)
        self._call.cancel()
