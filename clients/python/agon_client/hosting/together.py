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
    if set(map(type, answers)) != {tuple} or set(map(len, answers)) != {5}:
        return None
    observations, rewards, over, cut, infos = zip(*answers, strict=True)
    if set(map(type, infos)) != {dict} or not set(map(type, rewards)) <= _REALS:
        return None
    if not (set(map(type, over)) | set(map(type, cut))) <= _FLAGS:
        return None
    try:
        real = np.array(rewards, np.float64)
    except OverflowError:
        return None
    # NaN is not inside either.
    if not (np.abs(real) <= _FLOAT32_MAX).all():
        return None
    return observations, real, np.array(over, bool), np.array(cut, bool), infos


def write_together(name: str, leaf: Leaf, values: Sequence[Any], out: Array, rows: Sequence[int]) -> bool:
    """Values of one observation into `rows` of `out` `[n, …shape]`, ascending; False where they are of several types or none that fits."""
    if len(set(map(type, values))) != 1:
        return False
    whole = len(rows) == len(out)
    if isinstance(values[0], np.ndarray):
        if {value.shape for value in values} != {leaf.shape} or len({value.dtype for value in values}) != 1:
            return False
        if not leaf.shape:
            batch = np.array(values)
        elif whole and values[0].dtype == leaf.dtype:
            np.concatenate(values, out=out.reshape(-1, *leaf.shape[1:]))
            return True
        else:
            batch = np.concatenate(values).reshape(len(values), *leaf.shape)
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

