"""Errors as data: a stable code, a sentence, what to do about it."""

from __future__ import annotations

import json
import re
from typing import Any, Callable, Mapping

import grpc  # type: ignore[import]

from .gen import errors_pb2 as wire
from .visible import visible

TRAILER = "agon-error-bin"


class AgonError(Exception):
    """What went wrong, the same record on every side of the wire.

    `code` is `area/what` and stable; `remedy` says what to do, `place` where it is; both may be empty.
    """

    def __init__(
        self,
        code: str,
        message: str,
        remedy: str = "",
        *,
        place: str = "",
        fields: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.remedy = remedy
        self.place = place
        self.fields: Mapping[str, Any] = fields or {}

    def __str__(self) -> str:
        place = f" ({self.place})" if self.place else ""
        remedy = f"; {self.remedy}" if self.remedy else ""
        # A message of several lines has them indented; any other line feed belongs to something that it quotes.
        first, *more = re.split(r"\n(?= {2}| $)", self.message)
        message = "\n".join(visible(line) for line in (first, *more))
        return f"{visible(self.code)}: {message}{visible(place + remedy)}"


class Retry(AgonError):
    """Raised by a service: there is no answer now, and another try may have one. The run asks again after a pause.

    `after_s`: too much is asked. Nobody asks the service for so many seconds (a minute at most), and fewer at a time from then on.
    """

    def __init__(self, message: str, remedy: str = "", *, after_s: float | None = None) -> None:
        told = {} if after_s is None else {"retryAfterSeconds": after_s}
        super().__init__("service/busy", message, remedy, fields={"retry": True, **told})


def to_wire(error: BaseException) -> wire.Error:
    """An error as the message that carries it whole. Foreign exceptions become `python/<class>`."""
    if not isinstance(error, AgonError):
        return wire.Error(code=f"python/{kebab(type(error).__name__)}", message=str(error) or repr(error))
    return wire.Error(
        code=error.code,
        message=error.message,
        remedy=error.remedy,
        place=error.place,
        # What JSON does not carry is told as text: an error must not fail of its details.
        fields_json=json.dumps(dict(error.fields), default=str) if error.fields else "",
    )


def from_wire(error: wire.Error) -> AgonError:
    """The error that a message carries; details that are no JSON object are dropped."""
    try:
        fields = json.loads(error.fields_json) if error.fields_json else {}
    except ValueError:
        fields = {}
    return AgonError(
        error.code or "wire/error",
        error.message or "the other side gave no reason",
        error.remedy,
        place=error.place,
        fields=fields if isinstance(fields, dict) else {},
    )


def decode(body: bytes) -> AgonError:
    """The error in the body of a frame."""
    return from_wire(wire.Error.FromString(body))


_NAMES = {
    grpc.StatusCode.CANCELLED: "wire/cancelled",
    grpc.StatusCode.DEADLINE_EXCEEDED: "wire/deadline",
    grpc.StatusCode.UNAUTHENTICATED: "wire/token",
    grpc.StatusCode.UNAVAILABLE: "wire/unavailable",
    grpc.StatusCode.UNIMPLEMENTED: "wire/unsupported",
    grpc.StatusCode.RESOURCE_EXHAUSTED: "wire/oversize",
    grpc.StatusCode.NOT_FOUND: "wire/unknown",
}


def from_rpc(error: grpc.RpcError, place: str) -> AgonError:
    """What a call failed of, as the server said it, or as the connection did. `place` is the address dialled."""
    for key, value in error.trailing_metadata() or ():
        if key == TRAILER and isinstance(value, bytes):
            try:
                return decode(value)
            except Exception:  # noqa: BLE001 - a trailer that is no error: the status tells
                break
    code = error.code()
    remedy = ""
    if code == grpc.StatusCode.UNAVAILABLE:
        remedy = "see whether it is still there, and whether it speaks TLS"
    elif code == grpc.StatusCode.UNAUTHENTICATED:
        remedy = "give the token of what listens: its token file, or the variable AGON_TOKEN"
    return AgonError(
        _NAMES.get(code, "wire/error"),
        error.details() or f"the call failed ({code})",
        remedy,
        place=place,
    )


_STATUS = {
    "wire/token": grpc.StatusCode.UNAUTHENTICATED,
    "wire/oversize": grpc.StatusCode.RESOURCE_EXHAUSTED,
}
_STATUS_BY_KIND = {
    "unknown": grpc.StatusCode.NOT_FOUND,
    "not-open": grpc.StatusCode.FAILED_PRECONDITION,
    "unsupported": grpc.StatusCode.UNIMPLEMENTED,
}
# A status has no body: all of it is metadata, of which clients in C and Python take 8 KiB in all, and drop the status
# where there is more. The trailer crosses in base64, a third longer, the details with three bytes for each that is not
# plain ASCII; together they stay below 6 KiB.
_MOST_TRAILER_BYTES = 3000
_MOST_DETAILS_BYTES = 1500
_MOST_BYTES_OF = {"code": 200, "remedy": 500, "place": 300}
_FIELD_BYTES = 4


def to_status(error: BaseException) -> tuple[grpc.StatusCode, str, tuple[tuple[str, bytes], ...]]:
    """Status, details and trailers of a call that ends with this error."""
    record = to_wire(error)
    kind = record.code.rsplit("/", 1)[-1]
    status = _STATUS.get(record.code) or _STATUS_BY_KIND.get(kind)
    if status is None:
        known = isinstance(error, AgonError) and not record.code.startswith("python/")
        status = grpc.StatusCode.INVALID_ARGUMENT if known else grpc.StatusCode.INTERNAL
    details = _cut(f"{record.code}: {record.message}", _MOST_DETAILS_BYTES, _header_size)
    return status, details, ((TRAILER, _in_trailer(record)),)


def _in_trailer(record: wire.Error) -> bytes:
    """The stack gives way first, then all structured fields, then the end of the message."""
    fields = json.loads(record.fields_json) if record.fields_json else {}
    rest = {name: value for name, value in fields.items() if name != "stack"}
    for fields_json in (record.fields_json, json.dumps(rest) if rest else "", ""):
        shorter = wire.Error()
        shorter.CopyFrom(record)
        shorter.fields_json = fields_json
        whole = shorter.SerializeToString()
        if len(whole) <= _MOST_TRAILER_BYTES:
            return bytes(whole)
    short = wire.Error(**{name: _cut(getattr(record, name), most, _utf8_size) for name, most in _MOST_BYTES_OF.items()})
    short.message = _cut(record.message, _MOST_TRAILER_BYTES - len(short.SerializeToString()) - _FIELD_BYTES, _utf8_size)
    return bytes(short.SerializeToString())


def _utf8_size(text: str) -> int:
    return len(text.encode())


def _header_size(text: str) -> int:
    return sum(1 if 0x20 <= byte < 0x7F and byte != 0x25 else 3 for byte in text.encode())


def _cut(text: str, most: int, size: Callable[[str], int]) -> str:
    """The text where it fits into `most` bytes; else its first lines, or its beginning, with how much was left out."""
    text = text.encode(errors="replace").decode()
    if len(text) <= most and size(text) <= most:
        return text
    lines = text.rstrip().split("\n")
    room = most - size("\n  … and 4294967295 more lines")
    kept = 0
    while kept < len(lines) and len(lines[kept]) <= room and size(lines[kept] + "\n") <= room:
        room -= size(lines[kept] + "\n")
        kept += 1
    if kept:
        return "\n".join(lines[:kept]) + f"\n  … and {len(lines) - kept} more lines"
    end = most
    while True:
        cut = f"{text[:end]}… ({len(text) - end} more characters)"
        taken = size(cut)
        if taken <= most:
            return cut
        end = int(end * min(0.95, most / taken))


def kebab(name: str) -> str:
    """`KeyError` as it stands in a code: `key-error`."""
    return "".join(f"-{c.lower()}" if c.isupper() and i else c.lower() for i, c in enumerate(name))
