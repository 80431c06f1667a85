"""A listener for one hosted environment."""

from __future__ import annotations

import hmac
import inspect
import ipaddress
import json
import secrets
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Callable, Mapping, Sequence

import grpc

from ..channel import OPTIONS, handlers
from ..errors import AgonError, to_status
from ..gen import environments_pb2 as wire
from ..target import write_private, write_rendezvous
from .contract import Hosted, is_parallel, is_vector
from .gym_level import GymLevels
from .parallel import HostedParallel
from .service import EnvironmentService
from .single import HostedSingle
from .vectorised import HostedVectorised


class EnvironmentServer:
    """What listens. `close` ends it and removes its files; also a context manager."""

    def __init__(self, server: Any, address: str, files: Sequence[Path]) -> None:
        self._server = server
        self._files = files
        self.address = address

    def wait(self) -> None:
        """Returns when it is closed from another thread."""
        self._server.wait_for_termination()

    def close(self, grace_s: float = 1) -> None:
        self._server.stop(grace_s).wait()
        for file in self._files:
            file.unlink(missing_ok=True)

    def __enter__(self) -> EnvironmentServer:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def serve_environment(
    make: Callable[..., Any],
    *,
    id: str,
    profile: str = "gymnasium",
    levels: GymLevels = GymLevels(),
    step_limit: int | None = None,
    solved_above: float | None = None,
    return_range: tuple[float, float] | None = None,
    seats: Mapping[str, Sequence[str]] | None = None,
    action_names: Sequence[str] = (),
    options: Mapping[str, Any] | None = None,
    address: str = "127.0.0.1:0",
    rendezvous: str | Path | None = None,
    token: str | None = None,
    certificate: str | Path | None = None,
    key: str | Path | None = None,
    client_authority: str | Path | None = None,
    insecure: bool = False,
    max_slots: int = 65_536,
    threads: int = 64,
) -> EnvironmentServer:
    """Serves the environment that `make` makes, and returns at once.

    `make()` gives a Gymnasium environment or a PettingZoo parallel one; `make(n)` a Gymnasium vector environment of n
    with autoreset disabled. `step_limit` truncates episodes (default: the environment's own, else 1 000). An episode
    solved its level when its return is above `solved_above`. `threads` bounds the vector environments open at a time.

    Every call needs the token: the one given, or a fresh one in a file of mode 0600 beside `rendezvous`. Beyond loopback
    it needs a certificate and key (PEM files), or `insecure=True` where the network is trusted.
    Raises `AgonError` `environment/*`, `wire/insecure`, `wire/listen`.
    """
    hosted = _host(make, step_limit, seats)
    description = _describe(hosted, id, profile, action_names, options)
    if solved_above is not None:
        description.solved_above = solved_above
    if return_range is not None:
        description.return_low, description.return_high = return_range
    description.draws_levels = levels.picture is not None
    shown = token or secrets.token_urlsafe(32)
    server = grpc.server(
        ThreadPoolExecutor(max_workers=threads),
        interceptors=[_RequireToken(shown)],
        options=[*OPTIONS, ("grpc.so_reuseport", 0)],
    )
    service = EnvironmentService(hosted, levels, description, max_slots)
    server.add_generic_rpc_handlers((handlers(wire, "Environments", service),))
    bound = _bind(server, address, certificate, key, client_authority, insecure)
    server.start()
    return EnvironmentServer(server, bound, _announce(rendezvous, bound, shown, certificate))


def _host(make: Callable[..., Any], step_limit: int | None, seats: Mapping[str, Sequence[str]] | None) -> Hosted:
    needed = [p for p in inspect.signature(make).parameters.values() if p.default is p.empty and p.kind <= p.POSITIONAL_OR_KEYWORD]
    if needed:
        return HostedVectorised(make, step_limit)
    probe = make()
    parallel, vector = is_parallel(probe), is_vector(probe)
    probe.close()
    if vector:
        raise AgonError("environment/vector", "a vector environment has a fixed number of slots", "give `make(n)` instead of `make()`")
    if parallel:
        return HostedParallel(make, step_limit, seats)
    return HostedSingle(make, step_limit)


def _describe(
    hosted: Hosted, id: str, profile: str, action_names: Sequence[str], options: Mapping[str, Any] | None
) -> wire.EnvironmentDescription:
    if action_names and len(action_names) != hosted.actions.count:
        raise AgonError("environment/actions", f"{len(action_names)} names for {hosted.actions.count} actions")
    return wire.EnvironmentDescription(
        id=id,
        profile=profile,
        observations={name: leaf.spec() for name, leaf in hosted.layout.leaves.items()},
        actions=wire.ActionSpec(count=hosted.actions.count, names=action_names),
        agents=hosted.agents,
        seats=[wire.Seat(name=name, agents=members) for name, members in hosted.seats.items()],
        options_json=json.dumps(dict(options or {}), sort_keys=True),
    )


def _bind(
    server: Any,
    address: str,
    certificate: str | Path | None,
    key: str | Path | None,
    client_authority: str | Path | None,
    insecure: bool,
) -> str:
    host = address.rpartition(":")[0].strip("[]") or "127.0.0.1"
    try:
        if certificate is None or key is None:
            if not insecure and not _is_loopback(host):
                raise AgonError(
                    "wire/insecure",
                    f"a listener at {host} can be reached by others, and nothing would be encrypted",
                    "give a certificate and key, or insecure=True if the network is trusted",
                )
            port = server.add_insecure_port(address)
        else:
            authority = Path(client_authority).read_bytes() if client_authority else None
            credentials = grpc.ssl_server_credentials(
                [(Path(key).read_bytes(), Path(certificate).read_bytes())], authority, authority is not None
            )
            port = server.add_secure_port(address, credentials)
    except RuntimeError as cause:
        raise AgonError("wire/listen", f"nothing can listen at {address}: {cause}") from cause
    if port == 0:
        raise AgonError("wire/listen", f"nothing can listen at {address}", "give another address; port 0 lets the system choose")
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def _announce(rendezvous: str | Path | None, address: str, token: str, certificate: str | Path | None) -> list[Path]:
    if rendezvous is None:
        return []
    path = Path(rendezvous)
    token_file = path.with_name(f"{path.name}.token")
    write_private(token_file, f"{token}\n")
    record = {"kind": "environments", "address": address, "tokenFile": token_file.name}
    if certificate is not None:
        record["authority"] = str(Path(certificate).resolve())
    write_rendezvous(path, record)
    return [path, token_file]


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
