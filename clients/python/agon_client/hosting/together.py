"""What many environments gave in one step, checked and written as one: without Python code for each row and number.

Nothing is judged here. Where any of it is of another type than most environments give, nobody is answered, and the rows are
looked at one by one, which finds what is wrong with which.
"""

from __future__ import annotations

from typing import Any, Sequence

import numpy as np
from numpy.typing import NDArray

from ..errors import AgonError
from ..tensors import Array
from .leaf import Leaf

_REALS = {float, int, np.float64, np.float32, np.int64, np.int32}
_FLAGS = {bool, np.bool_}
_FLOAT32_MAX = 3.4028234e38


def stepped_together(answers: Sequence[Any]) -> tuple[Any, NDArray[Any], NDArray[np.bool_], NDArray[np.bool_], Any] | None:
    """Observations as they are, rewards float64 `[n]`, terminated and truncated `[n]`, infos; None: look at each."""
    if set(map(type, answers)) != {tuple}:
        return None
    try:
        observations, rewards, over, cut, infos = zip(*answers, strict=True)
    except ValueError:
        # Some are longer than others, or all have another length.
        return None
    if set(map(type, infos)) != {dict} or not set(map(type, rewards)) <= _REALS or not set(map(type, over + cut)) <= _FLAGS:
        return None
    try:
        real = np.array(rewards, np.float64)
    except OverflowError:
        return None
    # NaN is not inside either.
    if np.count_nonzero(np.abs(real) <= _FLOAT32_MAX) < len(real):
        return None
    return observations, real, np.array(over, bool), np.array(cut, bool), infos


def write_together(name: str, leaf: Leaf, values: Sequence[Any], out: Array, rows: Sequence[int]) -> bool:
    """Values of one observation into `rows` of `out` `[n, …shape]`, ascending; False where they are of several types or none that fits."""
    if len(set(map(type, values))) != 1:
        return False
    whole = len(rows) == len(out)
    if isinstance(values[0], np.ndarray):
        if whole and leaf.shape and _joined(values, leaf, out):
            return True
        if {value.shape for value in values} != {leaf.shape} or len({value.dtype for value in values}) != 1:
            return False
        batch = np.array(values) if not leaf.shape else np.concatenate(values).reshape(len(values), *leaf.shape)
    elif isinstance(values[0], (int, float, np.number)) and not leaf.shape:
        batch = np.array(values)
    else:
        return False
    try:
        fitted = leaf.fitted(name, batch, (len(values),))
    except AgonError:
        return False
    out[slice(None) if whole else rows] = fitted
    return True


def _joined(values: Sequence[Array], leaf: Leaf, out: Array) -> bool:
    """Values of all rows, put into `out` as they are; False, with nothing of use written, where a type or a shape is another."""
    try:
        if set(map(len, values)) != {leaf.shape[0]}:
            return False
        np.concatenate(values, out=out.reshape(-1, *leaf.shape[1:]), casting="no")
    except (TypeError, ValueError):
        return False
    return True
