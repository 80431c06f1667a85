"""A hub in this process: the other side of the contract, with faults that tests ask for."""

from __future__ import annotations

import queue
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Callable

import grpc

from agon_client.channel import OPTIONS, handlers
from agon_client.gen import actors_pb2 as wire
from agon_client.gen import environments_pb2 as envs
from agon_client.gen import errors_pb2 as errors
from agon_client.hosting.listener import _RequireToken
from agon_client.hosting.pool import EnvironmentPool
from agon_client.hosting.server import _describe
from agon_client.hosting.service import EnvironmentService
from agon_client.hosting.single import HostedSingle
from agon_client.session import Session
from agon_client.stand_ins import Beacon, beacon_levels
from agon_client.target import Target

TOKEN = "a-token-of-the-tests"
# How long what must come may take: a loaded machine is late, not wrong.
PATIENCE_S = 120


class Conversation:
    """The hub's side of one session, over as many streams as it takes."""

    def __init__(self, hub: FakeHub, hello: wire.Hello, number: int) -> None:
        self.hub = hub
        self.hello = hello
        self.id = f"session-{number}"
        self.epoch = number
        self.session = Session(hub.credit, hub.max_message, self.epoch, hub.chunk)
        self.inbox: queue.Queue[Any] = queue.Queue()
        self.streams = 0
        self.outbox: queue.SimpleQueue[wire.Frame | None] = queue.SimpleQueue()
        self.lock = threading.RLock()
        self.heartbeats = 0
        self.goodbyes: list[int] = []

    def say(self, kind: int, message: Any = None, correlation: str = "") -> None:
        with self.lock:
            self.session.post(kind, message.SerializeToString() if message is not None else b"", correlation)
            self.pump()

    def hear(self, kind: int, cls: Any = None, timeout: float = PATIENCE_S) -> Any:
        """The next message, which is of this kind."""
        message = self.inbox.get(timeout=timeout)
        assert message.kind == kind, f"{wire.Kind.Name(message.kind)} came instead of {wire.Kind.Name(kind)}: {message.body!r}"
        with self.lock:
            allowance = self.session.consume(message)
            if allowance is not None:
                self.outbox.put(allowance)
        return cls.FromString(message.body) if cls is not None else message

    def goodbye(self, reason: int, error: errors.Error | None = None) -> None:
        with self.lock:
            body = wire.Goodbye(reason=reason, error=error).SerializeToString()
            self.outbox.put(self.session.control(wire.KIND_GOODBYE, body))

    def cut(self) -> None:
        """Breaks the stream, not the session."""
        with self.lock:
            self.outbox.put(None)

    def pump(self) -> None:
        for frame in self.session.outgoing():
            self.outbox.put(frame)


class FakeHub:
    """Listens on loopback; `run` plays a test's script against each session that attaches, in order."""

    def __init__(self, *, credit: int = 1 << 20, max_message: int = 1 << 26, chunk: int = 1 << 22, heartbeat_ms: int = 200) -> None:
        self.credit, self.max_message, self.chunk, self.heartbeat_ms = credit, max_message, chunk, heartbeat_ms
        self.resume_ms = 20_000
        # Many, so that a loaded machine is not taken for a dead one.
        self.missed_heartbeats = 50
        self.arrivals: queue.Queue[Conversation] = queue.Queue()
        self.sessions: dict[str, Conversation] = {}
        self.refusal: errors.Error | None = None
        self.frame_fault: Callable[[Conversation, int, wire.Frame], bool] = lambda *_: False
        self.hosted = HostedSingle(EnvironmentPool(Beacon), None, None, beacon_levels())
        self.description = _describe(self.hosted, "beacon", "gymnasium", (), None)
        self.description.solved_above = 0
        self.server = grpc.server(ThreadPoolExecutor(32), interceptors=[_RequireToken(TOKEN)], options=OPTIONS)
        service = EnvironmentService(self.hosted, beacon_levels(), self.description, 1000)
        self.server.add_generic_rpc_handlers((handlers(wire, "Actors", self), handlers(envs, "Environments", service)))
        self.address = f"127.0.0.1:{self.server.add_insecure_port('127.0.0.1:0')}"
        self.server.start()

    def close(self) -> None:
        for session in self.sessions.values():
            session.cut()
        self.server.stop(0.2).wait()

    def next(self, timeout: float = PATIENCE_S) -> Conversation:
        """The next session that attaches."""
        return self.arrivals.get(timeout=timeout)

    def environment(self) -> wire.Environment:
        return wire.Environment(name="beacon", description=self.description)

    def welcome(self, conversation: Conversation) -> wire.Welcome:
        welcome = wire.Welcome(
            version=1,
            session=conversation.id,
            received=conversation.session.received,
            epoch=conversation.epoch,
            run="r1",
            experiment="test",
            heartbeat_ms=self.heartbeat_ms,
            missed_heartbeats=self.missed_heartbeats,
            credit=self.credit,
            max_message=self.max_message,
            resume_ms=self.resume_ms,
        )
        role = conversation.hello.role
        if role == wire.ROLE_STUDENT:
            welcome.actor = "student/agent"
            welcome.student.CopyFrom(wire.StudentPlace(slot="agent", seed=7, tasks=4, environment=self.environment()))
        elif role == wire.ROLE_ADVERSARY:
            welcome.actor = "adversary"
            welcome.adversary.CopyFrom(
                wire.AdversaryPlace(slots=["a", "b"], seed=7, environment=self.environment(), discount=0.9)
            )
        elif role == wire.ROLE_SERVICE:
            welcome.actor = "service/judge"
            welcome.service.CopyFrom(wire.ServicePlace(name="judge", seed=7, environment=self.environment()))
        else:
            welcome.evaluator.CopyFrom(wire.EvaluatorPlace())
        return welcome

    def attach(self, frames: Any, context: Any) -> Any:
        hello = wire.Hello.FromString(next(frames).body)
        if self.refusal is not None:
            yield wire.Frame(kind=wire.KIND_REFUSED, body=self.refusal.SerializeToString())
            return
        if hello.session:
            conversation = self.sessions.get(hello.session)
            if conversation is None:
                error = errors.Error(code="wire/session", message="there is no such session any more")
                yield wire.Frame(kind=wire.KIND_REFUSED, body=error.SerializeToString())
                return
        else:
            conversation = Conversation(self, hello, len(self.sessions) + 1)
            self.sessions[conversation.id] = conversation
        with conversation.lock:
            conversation.streams += 1
            stream = conversation.streams
            conversation.outbox.put(None)
            conversation.outbox = outbox = queue.SimpleQueue()
            outbox.put(wire.Frame(kind=wire.KIND_WELCOME, body=self.welcome(conversation).SerializeToString()))
            conversation.session.resume(hello.received)
            conversation.pump()
        threading.Thread(target=self._read, args=(conversation, frames, stream, outbox), daemon=True).start()
        threading.Thread(target=self._beat, args=(conversation, outbox, context), daemon=True).start()
        if stream == 1:
            self.arrivals.put(conversation)
        yield from iter(outbox.get, None)

    def _read(self, conversation: Conversation, frames: Any, stream: int, outbox: Any) -> None:
        try:
            for frame in frames:
                if self.frame_fault(conversation, stream, frame):
                    outbox.put(None)
                    return
                if frame.kind == wire.KIND_HEARTBEAT:
                    conversation.heartbeats += 1
                elif frame.kind == wire.KIND_GOODBYE:
                    conversation.goodbyes.append(wire.Goodbye.FromString(frame.body).reason)
                    outbox.put(None)
                    return
                with conversation.lock:
                    message = conversation.session.receive(frame)
                    conversation.pump()
                if message is not None:
                    conversation.inbox.put(message)
        except grpc.RpcError:
            pass
        except Exception:  # noqa: BLE001 - the library's name for a stream that the client cancelled
            pass

    def _beat(self, conversation: Conversation, outbox: Any, context: Any) -> None:
        while context.is_active() and conversation.outbox is outbox:
            outbox.put(conversation.session.control(wire.KIND_HEARTBEAT))
            time.sleep(self.heartbeat_ms / 1000)


def target_of(hub: FakeHub, folder: str) -> Target:
    """The hub's address, with its token in a file of its own."""
    path = f"{folder}/token"
    from pathlib import Path

    from agon_client.target import write_private

    write_private(Path(path), TOKEN)
    return Target(hub.address, token_file=path)
