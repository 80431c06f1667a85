"""Services: answer what the actors of a run ask. A model, a judge, a scorer, an executor, a builder that learns."""

from __future__ import annotations

import os
import queue
import threading
from dataclasses import dataclass
from typing import Any, Mapping, Protocol

from . import codec
from .asking import decode_payload, encode_answer
from .attach import Attachment, environment_of, hello, ready, unexpected
from .environment import Environment
from .errors import to_wire
from .exact import whole
from .gen import actors_pb2 as wire
from .link import Again, Done, Link, RunFailed
from .origin import as_told, is_interruption
from .records import Answer
from .target import Target


@dataclass(frozen=True)
class ServicePlace:
    """Where a service is: its name in the config, the seed that its draws are keyed by, the environment of the run."""

    name: str
    seed: int
    environment: Environment
    stateful: bool
    """Whether the run takes it for one that stands in cuts."""
    run: str
    experiment: str


class Service(Protocol):
    """The body of a service.

    May also have: `open(place)` (called first, and again after the run went back to a cut), `deterministic: bool` (the
    same questions always get the same answers; default False), `threads: int` (calls under way at a time; default 1, and
    that one on the thread that attached), `snapshot()` and `restore(snapshot)` where answers depend on earlier questions,
    `close()`.
    """

    def ask(self, key: str, payload: Any, attachments: Mapping[str, bytes]) -> Answer:
        """The answer to one question; draws are keyed by `key`. `payload` is any JSON value, `attachments` bytes by name.

        Raise `Retry` where another try may have an answer. Any other exception is told to the run, and ends it.
        """


def attach_service(
    target: str | os.PathLike[str] | Target, service: Service, *, place: str = "", name: str = "", wait_s: float = 60
) -> None:
    """Plays a service of the run at `target` until the run is over.

    `place` is its name in the config; empty takes any that waits. Raises `AgonError`: what the hub refuses with, and what
    its run failed of.
    """
    body: Any = service
    threads = whole(getattr(body, "threads", 1), "threads", low=1, code="usage/threads")
    greeting = hello(
        wire.ROLE_SERVICE,
        name or type(service).__name__,
        place,
        deterministic=getattr(body, "deterministic", False),
        snapshots=hasattr(body, "snapshot") and hasattr(body, "restore"),
    )
    try:
        Attachment.of(target, wait_s).serve(
            greeting, lambda link, welcome: _Conversation(link, welcome, body, threads).run()
        )
    finally:
        if hasattr(body, "close"):
            body.close()


class _Conversation:
    """One session: questions in, answers out, in whatever order they are ready."""

    def __init__(self, link: Link, welcome: wire.Welcome, service: Any, threads: int) -> None:
        place = welcome.service
        self._link = link
        self._service = service
        self._threads = threads
        self._waiting: queue.SimpleQueue[wire.ServiceAsk | None] = queue.SimpleQueue()
        self._place = ServicePlace(
            place.name,
            place.seed,
            environment_of(link, place.environment),
            place.stateful,
            welcome.run,
            welcome.experiment,
        )

    def run(self) -> None:
        if hasattr(self._service, "open"):
            self._link.doing = "open"
            self._service.open(self._place)
        ready(self._link)
        if self._threads == 1:
            return self._serve(self._answer)
        # Daemons: a call that hangs must not keep the program from ending.
        for number in range(self._threads):
            threading.Thread(target=self._work, name=f"agon-service-{number}", daemon=True).start()
        try:
            self._serve(self._waiting.put)
        finally:
            for _ in range(self._threads):
                self._waiting.put(None)

    def _serve(self, asked: Any) -> None:
        while True:
            message = self._link.take()
            self._link.doing = {wire.KIND_SNAPSHOT_TAKE: "snapshot", wire.KIND_RESTORE: "restore"}.get(message.kind, "")
            if message.kind == wire.KIND_CLOSE:
                return
            if message.kind == wire.KIND_SERVICE_ASK:
                asked(wire.ServiceAsk.FromString(message.body))
            elif message.kind == wire.KIND_SNAPSHOT_TAKE:
                taken = wire.SnapshotTaken(snapshot=codec.encode_snapshot(self._service.snapshot()))
                self._link.post(wire.KIND_SNAPSHOT_TAKEN, taken.SerializeToString())
            elif message.kind == wire.KIND_RESTORE:
                self._service.restore(codec.decode_snapshot(wire.Snapshot.FromString(message.body)))
                self._link.post(wire.KIND_RESTORED)
            else:
                raise unexpected(message.kind, "a service")

    def _work(self) -> None:
        while True:
            ask = self._waiting.get()
            if ask is None:
                return
            try:
                self._answer(ask)
            except Exception:  # noqa: BLE001 - the session is over: the thread that takes its messages is told the same
                return

    def _answer(self, ask: wire.ServiceAsk) -> None:
        try:
            given = self._service.ask(ask.key, decode_payload(ask.payload_json), dict(ask.attachments))
            self._link.post(wire.KIND_SERVICE_ANSWER, encode_answer(ask.key, given).SerializeToString(), ask.key)
        except (Again, Done, RunFailed):
            raise
        except BaseException as error:
            # A person interrupts the thread that attached, and no other.
            if self._threads == 1 and is_interruption(error):
                raise
            told = as_told(error, f"ask of '{ask.key}'")
            failed = wire.ServiceFailed(key=ask.key, error=to_wire(told), retry=told.fields.get("retry") is True)
            self._link.post(wire.KIND_SERVICE_FAILED, failed.SerializeToString(), ask.key)
