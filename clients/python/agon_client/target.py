"""Whom to dial: `host:port`, or the rendezvous file of what listens, with its token and certificates."""

from __future__ import annotations

import json
import os
import secrets
import stat
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Callable, Collection

from .errors import AgonError

TOKEN_VARIABLE = "AGON_TOKEN"


@dataclass(frozen=True)
class Endpoint:
    """An address with what to show there. Certificates and keys are PEM bytes; no authority and no certificate: no TLS."""

    address: str
    token: str | None = None
    authority: bytes | None = None
    certificate: bytes | None = None
    key: bytes | None = None

    @property
    def tls(self) -> bool:
        return self.authority is not None or self.certificate is not None


@dataclass(frozen=True)
class Target:
    """What a caller knows of the other side. Read again for every connection: a file may have been written anew."""

    where: str
    """A rendezvous file, or `host:port`."""
    token_file: str | None = None
    """Over the rendezvous' own; without either AGON_TOKEN is looked at."""
    authority: str | None = None
    """PEM file of the authority to believe; makes an address one of TLS."""
    certificate: str | None = None
    """PEM file to show, under mutual TLS."""
    key: str | None = None

    def resolve(self, kinds: Collection[str] = ()) -> Endpoint:
        """`kinds`: what may listen there, as rendezvous files name it; any where none are given.

        Raises `AgonError` `wire/absent` where the file is not there (yet), and `wire/rendezvous`, `wire/token-file`,
        `wire/certificate`, `wire/token` for what waiting does not mend.
        """
        path = Path(self.where)
        found = _read_rendezvous(path) if _is_there(path) else None
        if found is None and not _is_address(self.where):
            _refuse_no_path(self.where)
            raise AgonError(
                "wire/absent",
                f"there is no file '{self.where}' (yet), and it is no address",
                "give the rendezvous file of what listens, or host:port",
            )
        if found is not None and kinds and found.get("kind", "") not in kinds:
            raise AgonError(
                "wire/rendezvous",
                f"this is the rendezvous file of '{found.get('kind', '')}', not of {' or '.join(kinds)}",
                "give the hub.json of a run" if "hub" in kinds else "give the file that the listener named",
                place=self.where,
            )

        def named(given: str | None, key: str) -> Path | None:
            if given is not None:
                return Path(given)
            beside = (found or {}).get(key)
            return path.parent / beside if isinstance(beside, str) else None

        token_file = named(self.token_file, "tokenFile")
        return Endpoint(
            address=found["address"] if found else _with_host(self.where),
            token=read_token(token_file) if token_file else _own_token(),
            authority=_read_pem(named(self.authority, "authority")),
            certificate=_read_pem(named(self.certificate, "certificate")),
            key=_read_pem(named(self.key, "key")),
        )


def as_target(target: str | os.PathLike[str] | Target) -> Target:
    return target if isinstance(target, Target) else Target(os.fspath(target))


def wait_for_file(path: str, timeout_s: float, clock: Callable[[], float] = time.monotonic) -> None:
    """Returns once there is a file, at the latest after `timeout_s` seconds; an address is not waited for."""
    deadline = clock() + timeout_s
    while not _is_address(path) and not os.path.exists(path) and clock() < deadline:
        time.sleep(0.1)


def _own_token() -> str | None:
    token = os.environ.get(TOKEN_VARIABLE, "").strip()
    if not token.isascii() or not token.isprintable():
        raise AgonError("wire/token", f"the token in {TOKEN_VARIABLE} has characters that no token has", "give it as it was told")
    return token or None


def read_token(path: Path) -> str:
    """Raises `AgonError` `wire/token-file` where there is none, where others can read it, or where it is empty."""
    try:
        if os.name != "nt" and stat.S_IMODE(path.stat().st_mode) & 0o077:
            raise AgonError("wire/token-file", "others can read this token", f"chmod 600 {path}", place=str(path))
        token = path.read_text().strip()
    except OSError as cause:
        raise AgonError(
            "wire/token-file",
            f"the token cannot be read: {cause.strerror}",
            "a token lives as long as what listens; see whether that is still there",
            place=str(path),
        ) from cause
    if not token:
        raise AgonError("wire/token-file", "the token file is empty", "start again what listens", place=str(path))
    return token


def write_private(path: Path, text: str) -> None:
    """For its owner alone from the first moment on; an older file at `path` is replaced."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        os.fchmod(descriptor, 0o600)
        file.write(text)


def write_rendezvous(path: Path, record: dict[str, Any]) -> str:
    """Written aside and renamed: whoever reads it reads all of it. Holds no secret. Returns what was written."""
    # A process id would be no name of its own: other containers have the same.
    aside = path.with_name(f"{path.name}.{secrets.token_hex(6)}")
    text = json.dumps({"format": 1, **record, "pid": os.getpid()}, indent=2) + "\n"
    aside.write_text(text)
    os.replace(aside, path)
    return text


_REMEDY = "give the file that the listener named when it started; it is there as long as the listener"


def _read_rendezvous(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text())
    except (OSError, ValueError, RecursionError) as cause:
        raise AgonError("wire/rendezvous", f"this is no rendezvous file: {cause}", _REMEDY, place=str(path)) from cause
    if not isinstance(found, dict) or found.get("format") != 1:
        raise AgonError("wire/rendezvous", "this is no rendezvous file of format 1", _REMEDY, place=str(path))
    address = found.get("address")
    if not isinstance(address, str) or not _is_address(address):
        raise AgonError("wire/rendezvous", f"its address is {address!r}, not host:port", _REMEDY, place=str(path))
    return found


def _is_there(path: Path) -> bool:
    """Whether it is a file. Raises `AgonError` `wire/rendezvous` for what is there and is none, or cannot be looked at."""
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        return False
    except (OSError, ValueError) as cause:
        raise AgonError("wire/rendezvous", f"no file can be there: {cause}", _REMEDY, place=str(path)) from cause
    if stat.S_ISREG(mode):
        return True
    hub = path / "hub.json"
    remedy = f"give {hub}" if stat.S_ISDIR(mode) and hub.is_file() else _REMEDY
    what = "a directory" if stat.S_ISDIR(mode) else "no regular file"
    raise AgonError("wire/rendezvous", f"this is {what}, and no rendezvous file", remedy, place=str(path))


def _refuse_no_path(text: str) -> None:
    """Raises `AgonError` `wire/rendezvous` for what no file will be, however long one waits."""
    host, _, port = text.rpartition(":")
    if not text or "://" in text or host and "/" not in host and port.isdigit():
        raise AgonError("wire/rendezvous", f"'{text}' is neither a file nor host:port", "a port is 1 … 65535; no scheme stands before it")


def _read_pem(path: Path | None) -> bytes | None:
    if path is None:
        return None
    try:
        pem = path.read_bytes()
    except OSError as cause:
        raise AgonError("wire/certificate", f"cannot be read: {cause.strerror}", place=str(path)) from cause
    if b"-----BEGIN" not in pem:
        raise AgonError("wire/certificate", "is no PEM file", "give a file that begins with -----BEGIN", place=str(path))
    return pem


def _is_address(text: str) -> bool:
    host, _, port = text.rpartition(":")
    return port.isascii() and port.isdigit() and len(port) <= 5 and 1 <= int(port) <= 65535 and "/" not in host


def _with_host(text: str) -> str:
    host, _, port = text.rpartition(":")
    return f"{host or '127.0.0.1'}:{port}"
