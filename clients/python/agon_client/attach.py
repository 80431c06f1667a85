"""Taking a place at a hub, and taking it again until the run is over."""

from __future__ import annotations

import dataclasses
import os
import sys
import time
from typing import Any, Callable, Sequence

from .channel import Connection
from .environment import Environment
from .errors import AgonError, to_wire
from .exact import real, refused
from .gen import actors_pb2 as wire
from .link import VERSIONS, Again, Done, Link, Refused, RunFailed
from .origin import as_told, is_interruption
from .platform_facts import read_platform
from .target import Target, as_target

# What passes by itself while a run starts, is started again, or gives up a hung predecessor.
_PASSING = {"wire/unavailable", "wire/ended", "wire/cancelled", "wire/absent", "attach/occupied"}
# What passes beside that while a hub that was killed is started again: its files are those of two hubs for a moment.
_PASSING_AGAIN = _PASSING | {"wire/token", "wire/token-file", "wire/certificate"}
_NO_MORE = {"run/over", "attach/slot"}
"""Refusals that say to one who has played that there is nothing more to play."""
# What a call to the hub fails of when the hub itself is gone.
_GONE = {"wire/unavailable", "wire/ended", "wire/cancelled"}
_PAUSE_S = 0.25
# The least that a hub which took the hello is given to answer it, however short `wait_s` is.
_ANSWER_S = 5.0


@dataclasses.dataclass(frozen=True)
class Attachment:
    """Whom to attach to, and how long to look for a hub that is not there (yet, or any more)."""

    target: Target
    wait_s: float

    @classmethod
    def of(cls, target: str | os.PathLike[str] | Target, wait_s: float) -> Attachment:
        if real(wait_s, "wait_s", "usage/wait") < 0:
            raise refused("usage/wait", "wait_s", "seconds, 0 or more", wait_s)
        return cls(as_target(target), wait_s)

    def serve(self, hello: wire.Hello, work: Callable[[Link, wire.Welcome], None]) -> None:
        """Runs `work` on one session after another; returns when the run has no more use for this actor.

        `work` returns when it is told to close. What it raises is told to the hub and raised here.
        Raises `AgonError`: what the hub refused with (`run/over` where it comes too late), what its run failed of, or
        `wire/unavailable`, `wire/absent` or `wire/silent` after `wait_s` seconds without a hub.
        """
        played = False
        while True:
            try:
                link = self._open(hello, _PASSING_AGAIN if played else _PASSING)
            except AgonError as error:
                # It ended while this actor was away, or goes on with a stage that has no such place.
                if played and error.code in _NO_MORE:
                    return
                raise
            played = True
            assert link.welcome is not None and link.connection is not None
            try:
                work(link, link.welcome)
                link.goodbye()
                return
            except Again:
                link.leave()
            except Done:
                return link.leave()
            except RunFailed as failed:
                link.leave()
                raise failed.error from None
            except BaseException as error:
                # The environment was the hub's: what it interrupted cannot go on, and begins anew from the last cut.
                if isinstance(error, AgonError) and error.code in _GONE and error.place == link.connection.address:
                    link.leave()
                    continue
                _give_up(link, error)
                raise

    def _open(self, hello: wire.Hello, passing: set[str]) -> Link:
        """A link with its welcome."""
        deadline, waits = time.monotonic() + self.wait_s, False
        while True:
            link = Link(self.target, hello)
            try:
                link.open(max(deadline - time.monotonic(), _ANSWER_S))
                return link
            except Refused as refused:
                error = refused.error
            except AgonError as failed:
                error = failed
            link.leave()
            if error.code not in passing or time.monotonic() > deadline:
                raise error
            if not waits:
                # Nobody looks at a program that is silent: what it waits for may be a mistake in its own call.
                reason = " ".join(str(error).split())
                print(f"agon: waiting up to {self.wait_s:g} s for a hub: {reason}", file=sys.stderr, flush=True)
                waits = True
            time.sleep(_PAUSE_S)


def hello(
    role: Any,
    name: str,
    slot: str = "",
    *,
    deterministic: bool,
    snapshots: bool,
    probes: bool = False,
    exports: bool = False,
    seats: bool = False,
) -> wire.Hello:
    return wire.Hello(
        versions=VERSIONS,
        role=role,
        slot=slot,
        name=name[:200],
        capabilities=wire.Capabilities(
            deterministic=deterministic, snapshots=snapshots, probes=probes, exports_policy=exports, seats=seats
        ),
        platform=read_platform(),
    )


def environment_of(link: Link, handle: wire.Environment) -> Environment:
    """The environment of a handle: at the hub itself, or at an address of its own with the same token."""
    connection = link.connection
    assert connection is not None
    if handle.address:
        connection = Connection(dataclasses.replace(connection.endpoint, address=handle.address))
    return Environment(connection, handle.name, handle.description if handle.HasField("description") else None)


def ready(link: Link, offers: Sequence[str] = (), needs: Sequence[str] = (), probes: Sequence[str] = ()) -> None:
    link.post(wire.KIND_READY, wire.Ready(offers=offers, needs=needs, probes=probes).SerializeToString())


def unexpected(kind: int, role: str) -> AgonError:
    return AgonError("wire/kind", f"a message of kind {kind} is not for {role}", "use a client of the hub's version")


def _give_up(link: Link, error: BaseException) -> None:
    """The last word of an actor whose code failed or was interrupted; a link that ended has none."""
    try:
        if not is_interruption(error):
            link.post(wire.KIND_FAILED, to_wire(as_told(error, link.doing)).SerializeToString())
        link.goodbye()
    except Exception:  # noqa: BLE001 - the first error is the one to show
        link.leave()
