"""Values that users hand over, taken only where nothing of them is lost on the way: no fraction, no sign, no type.

Each function gives the value as plain Python has it, or raises an `AgonError` that names the place, what was expected
there and what was found. Numbers of numpy are numbers; a boolean is none, and neither is an array with a shape.
"""

from __future__ import annotations

import math
import operator
from typing import Any

import numpy as np

from .errors import AgonError

UINT32 = 2**32 - 1
UINT64 = 2**64 - 1
_LONGEST = 60


def whole(value: Any, place: str, low: int = 0, high: int = UINT32, code: str = "wire/number") -> int:
    """A whole number of `low` … `high`."""
    expected = f"a whole number of {low} … {high}"
    found = _scalar(value)
    if isinstance(found, (bool, np.bool_)):
        raise refused(code, place, expected, value)
    try:
        number = operator.index(found)
    except TypeError:
        raise refused(code, place, expected, value) from None
    if not low <= number <= high:
        raise refused(code, place, expected, value)
    return number


def real(value: Any, place: str, code: str = "wire/number") -> float:
    """A finite number."""
    found = _scalar(value)
    if isinstance(found, (int, float, np.integer, np.floating)) and not isinstance(found, bool):
        try:
            number = float(found)
        except OverflowError:
            raise refused(code, place, "a finite number", value) from None
        if math.isfinite(number):
            return number
    raise refused(code, place, "a finite number", value)


def flag(value: Any, place: str, code: str = "wire/value") -> bool:
    """True or False; 1 and 0 say the same."""
    found = _scalar(value)
    if isinstance(found, (bool, np.bool_)):
        return bool(found)
    if isinstance(found, (int, np.integer)) and found in (0, 1):
        return bool(found)
    raise refused(code, place, "True or False", value)


def text(value: Any, place: str, code: str = "wire/value") -> str:
    if isinstance(value, str):
        return str(value)
    raise refused(code, place, "a str", value)


def octets(value: Any, place: str, code: str = "wire/value") -> bytes:
    """Bytes; a bytearray or a view of bytes is copied."""
    if isinstance(value, (bytes, bytearray)):
        return bytes(value)
    if isinstance(value, memoryview) and value.itemsize == 1:
        return value.tobytes()
    raise refused(code, place, "bytes", value)


def refused(code: str, place: str, expected: str, value: Any, remedy: str = "") -> AgonError:
    return AgonError(code, f"{place} is {shown(value)}; expected {expected}", remedy)


def shown(value: Any) -> str:
    """A value for people: arrays by type and shape, others by a beginning of themselves and their type."""
    if isinstance(value, np.ndarray):
        head = f"an array of {value.dtype} {value.shape}"
        return f"{head} of {shortened(str(value.flat[0]))}" if value.size == 1 else head
    kind = type(value).__name__
    if value is None:
        return "None"
    try:
        return f"{shortened(repr(value))} ({kind})"
    except Exception:  # noqa: BLE001 - what cannot be shown is still refused by its type
        return f"a {kind}"


def shortened(text: str, most: int = _LONGEST) -> str:
    return text if len(text) <= most else f"{text[:most]}…"


def _scalar(value: Any) -> Any:
    """An array without a shape is the number that it holds."""
    return value[()] if isinstance(value, np.ndarray) and value.ndim == 0 else value
