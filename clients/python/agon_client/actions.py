"""Actions as they travel: int32 or float32, row after row."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from .errors import AgonError
from .exact import shortened, shown


def encode_actions(actions: Any, rows: int, count: int | NDArray[Any], place: str) -> bytes:
    """Little-endian int32 of whole numbers 0 … `count` − 1; nothing is rounded, wrapped or spread.

    `[rows]` for one count, `[rows, n]` for an array of n. Raises `AgonError` `environment/actions` with what was found
    and where.
    """
    counts = np.asarray(count)
    several = counts.ndim > 0
    shape = (rows, *counts.shape)
    most = " × ".join(f"0 … {one - 1}" for one in counts.flat)

    def refuse(found: str, remedy: str) -> AgonError:
        expected = f"expected whole numbers of {most}, shape {shape}"
        return AgonError("environment/actions", f"the actions of a step are {found}; {expected}", remedy, place=place)

    array = _array(actions, refuse)
    if array.dtype.kind not in "iu":
        found = f"of {array.dtype}, shape {array.shape}"
        if array.dtype.kind == "O":
            odd = next((one for one in array.flat if not isinstance(one, int) or isinstance(one, bool)), None)
            found += f" with {shown(odd)}"
        raise refuse(found, "choose an action for each row: `.argmax(axis=-1)` of probabilities, `.astype(int)` of numbers")
    if array.shape != shape:
        remedy = "give a number for each component of each row" if several else "give one action for each row; `.reshape(-1)` drops axes of one"
        raise refuse(f"of {array.dtype}, shape {array.shape}", remedy)
    outside = (array < 0) | (array >= count)
    if outside.any():
        row = int(np.argwhere(outside)[0][0])
        raise refuse(f"of {array.dtype}, and that of row {row} is {array[row]}", "actions are counted from 0")
    return array.astype("<i4", copy=False).tobytes()


def encode_reals(actions: Any, rows: int, bounds: tuple[NDArray[np.float32], NDArray[np.float32]], place: str) -> bytes:
    """Little-endian float32 `[rows, n]` of numbers inside their bounds; nothing is clipped or spread.

    Raises `AgonError` `environment/actions` with what was found and where.
    """
    low, high = bounds

    def refuse(found: str, remedy: str) -> AgonError:
        expected = f"expected numbers in {low.tolist()} … {high.tolist()}, shape {(rows, len(low))}"
        return AgonError("environment/actions", f"the actions of a step are {found}; {expected}", remedy, place=place)

    array = _array(actions, refuse)
    if array.dtype.kind not in "fiu":
        raise refuse(f"of {array.dtype}, shape {array.shape}", "give numbers, `.astype(np.float32)`")
    if array.shape != (rows, len(low)):
        raise refuse(f"of {array.dtype}, shape {array.shape}", "give every number of each row; `.reshape(rows, -1)`")
    with np.errstate(over="ignore"):
        cast = array.astype("<f4")
    inside = (cast >= low) & (cast <= high)
    if not inside.all():
        row = int(np.argwhere(~inside)[0][0])
        raise refuse(f"of {array.dtype}, and that of row {row} is {array[row].tolist()}", "`spec.action_space.clip(actions)` clips them")
    return cast.tobytes()


def _array(actions: Any, refuse: Any) -> NDArray[Any]:
    try:
        return np.asarray(actions)
    except Exception as cause:  # noqa: BLE001 - ragged lists, tensors of a device: each library has errors of its own
        why = shortened(f"{type(cause).__name__}: {cause}", 200)
        raise refuse(f"no array ({why})", "give an array of numpy, or a list of numbers") from cause
