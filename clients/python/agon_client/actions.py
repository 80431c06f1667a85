"""Actions as they travel: int32, one for each row."""

from __future__ import annotations

from typing import Any

import numpy as np

from .errors import AgonError
from .exact import shortened, shown


def encode_actions(actions: Any, rows: int, count: int, place: str) -> bytes:
    """Little-endian int32 of whole numbers 0 … `count` − 1, `[rows]`; nothing is rounded, wrapped or spread.

    Raises `AgonError` `environment/actions` with what was found and where.
    """

    def refuse(found: str, remedy: str) -> AgonError:
        expected = f"expected whole numbers of 0 … {count - 1}, shape ({rows},)"
        return AgonError("environment/actions", f"the actions of a step are {found}; {expected}", remedy, place=place)

    try:
        array = np.asarray(actions)
    except Exception as cause:  # noqa: BLE001 - ragged lists, tensors of a device: each library has errors of its own
        why = shortened(f"{type(cause).__name__}: {cause}", 200)
        raise refuse(f"no array ({why})", "give an array of numpy, or a list of numbers") from cause
    if array.dtype.kind not in "iu":
        found = f"of {array.dtype}, shape {array.shape}"
        if array.dtype.kind == "O":
            odd = next((one for one in array.flat if not isinstance(one, int) or isinstance(one, bool)), None)
            found += f" with {shown(odd)}"
        raise refuse(found, "choose an action for each row: `.argmax(axis=-1)` of probabilities, `.astype(int)` of numbers")
    if array.shape != (rows,):
        raise refuse(f"of {array.dtype}, shape {array.shape}", "give one action for each row; `.reshape(-1)` drops axes of one")
    if array.size and (array.min() < 0 or array.max() >= count):
        row = int(np.flatnonzero((array < 0) | (array >= count))[0])
        raise refuse(f"of {array.dtype}, and that of row {row} is {array[row]}", "actions are counted from 0")
    return array.astype("<i4", copy=False).tobytes()
