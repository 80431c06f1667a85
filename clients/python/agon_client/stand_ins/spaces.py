"""Spaces as data: the attributes of Gymnasium's that hosting reads."""

from __future__ import annotations

from typing import Any, Mapping

import numpy as np


class Box:
    def __init__(self, low: float, high: float, shape: tuple[int, ...], dtype: Any = np.float32) -> None:
        self.shape = shape
        self.dtype = np.dtype(dtype)
        self.low = np.full(shape, low, self.dtype)
        self.high = np.full(shape, high, self.dtype)


class Discrete:
    shape = ()

    def __init__(self, n: int, start: int = 0) -> None:
        self.n = n
        self.start = start
        self.dtype = np.dtype(np.int64)


class Dict:
    def __init__(self, spaces: Mapping[str, Any]) -> None:
        self.spaces = dict(spaces)
