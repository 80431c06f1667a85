"""A listener for one hosted environment: where it listens, who may come, how it ends."""

from __future__ import annotations

import hmac
import ipaddress
import secrets
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Sequence

import grpc  # type: ignore[import]

from ..channel import OPTIONS, handlers
from ..errors import AgonError, to_status
from ..gen import environments_pb2 as wire
from ..target import write_private, write_rendezvous
from .contract import Hosted, LevelSpace
from .local_socket import LocalSocket, local_socket
from .service import EnvironmentService
from .variations import variations_of


_CANCELLED_S = 2.0


@dataclass(frozen=True)
class Listener:
    """Every call needs the token: the one given, or a fresh one in a file of mode 0600 beside `rendezvous`.

    Beyond loopback it needs a certificate and key (PEM files), or `insecure=True` where the network is trusted.
    """

    address: str = "127.0.0.1:0"
    rendezvous: str | Path | None = None
    token: str | None = None
    certificate: str | Path | None = None
    key: str | Path | None = None
    client_authority: str | Path | None = None
    insecure: bool = False
    max_slots: int = 65_536
    threads: int = 64
    """Bounds the vector environments open at a time."""


class EnvironmentServer:
    """What listens. `close` ends it and removes its files; also a context manager."""

    def __init__(
        self,
        server: Any,
        hosted: Hosted,
        address: str,
        files: Sequence[Path],
        announced: str | None = None,
        local: LocalSocket | None = None,
    ) -> None:
        self._server = server
        self._hosted = hosted
        self._files = files
        self._announced = announced
        self._local = local
        self.address = address
        self.socket = local and local.path
        """Where step streams of this machine come in; None where there is no such socket."""

    def wait(self) -> None:
        """Returns when it is closed from another thread."""
        self._server.wait_for_termination()

    def close(self, grace_s: float = 1) -> None:
        # The library may never give back a call whose client went away with its answer half sent.
        stopped = self._server.stop(grace_s)
        if self._local is not None:
            self._local.close(grace_s)
        stopped.wait(grace_s + _CANCELLED_S)
        try:
            self._hosted.close()
        finally:
            # Files of a listener that came later are its own.
            if self._announced is None or (self._files[0].is_file() and self._files[0].read_text() == self._announced):
                for file in self._files:
                    file.unlink(missing_ok=True)

    def __enter__(self) -> EnvironmentServer:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def serve_hosted(
    hosted: Hosted, levels: LevelSpace, description: wire.EnvironmentDescription, listener: Listener
) -> EnvironmentServer:
    """Serves it, and returns at once. Raises `AgonError` `wire/insecure`, `wire/listen`."""
    description.draws_levels = levels.picture is not None
    description.gives_finals = hosted.gives_finals
    description.gives_departures = hosted.gives_departures
    variations_of(levels).announce(description)
    for id, suite in levels.suites.items():
        description.suites.add(id=id, about=suite.about, entries=suite.entries)
    token = listener.token or secrets.token_urlsafe(32)
    server = grpc.server(
        ThreadPoolExecutor(max_workers=listener.threads),
        interceptors=[_RequireToken(token)],
        options=[*OPTIONS, ("grpc.so_reuseport", 0)],
    )
    service = EnvironmentService(hosted, levels, description, listener.max_slots)
    server.add_generic_rpc_handlers((handlers(wire, "Environments", service),))
    bound = _bind(server, listener)
    server.start()
    # What needs a certificate to come in by the network does not come in beside it.
    local = local_socket(service.conversation, token, listener.threads) if listener.rendezvous and listener.certificate is None else None
    files, announced = _announce(listener, bound, token, local)
    return EnvironmentServer(server, hosted, bound, files, announced, local)


def _bind(server: Any, listener: Listener) -> str:
    address = listener.address
    host = address.rpartition(":")[0].strip("[]") or "127.0.0.1"
    try:
        if listener.certificate is None or listener.key is None:
            if not listener.insecure and not _is_loopback(host):
                raise AgonError(
                    "wire/insecure",
                    f"a listener at {host} can be reached by others, and nothing would be encrypted",
                    "give a certificate and key, or insecure=True if the network is trusted",
                )
            port = server.add_insecure_port(address)
        else:
            authority = Path(listener.client_authority).read_bytes() if listener.client_authority else None
            pair = (Path(listener.key).read_bytes(), Path(listener.certificate).read_bytes())
            credentials = grpc.ssl_server_credentials([pair], authority, authority is not None)
            port = server.add_secure_port(address, credentials)
    except RuntimeError as cause:
        raise AgonError("wire/listen", f"nothing can listen at {address}: {cause}") from cause
    if port == 0:
        raise AgonError("wire/listen", f"nothing can listen at {address}", "give another address; port 0 lets the system choose")
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def _announce(
    listener: Listener, address: str, token: str, local: LocalSocket | None
) -> tuple[list[Path], str | None]:
    if listener.rendezvous is None:
        return [], None
    path = Path(listener.rendezvous)
    token_file = path.with_name(f"{path.name}.token")
    write_private(token_file, f"{token}\n")
    record = {"kind": "environments", "address": address, "tokenFile": token_file.name}
    if listener.certificate is not None:
        record["authority"] = str(Path(listener.certificate).resolve())
    if local is not None:
        record["socket"] = str(local.path)
    return [path, token_file], write_rendezvous(path, record)


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


class _RequireToken(grpc.ServerInterceptor):  # type: ignore[misc]
    def __init__(self, token: str) -> None:
        self._expected = f"Bearer {token}".encode()

    def intercept_service(self, continuation: Any, details: Any) -> Any:
        given = next((value for name, value in details.invocation_metadata if name == "authorization"), "")
        handler = continuation(details)
        if handler is None or hmac.compare_digest(str(given).encode(), self._expected):
            return handler

        def refuse(_: Any, context: Any) -> None:
            error = AgonError(
                "wire/token",
                "the token is not the one of this listener" if given else "the call shows no token",
                "give the token of what listens: its token file, or the variable AGON_TOKEN",
            )
            status, details, trailers = to_status(error)
            context.set_trailing_metadata(trailers)
            context.abort(status, details)

        make = grpc.stream_stream_rpc_method_handler if handler.request_streaming else grpc.unary_unary_rpc_method_handler
        return make(refuse, handler.request_deserializer, handler.response_serializer)
