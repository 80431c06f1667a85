"""Spaces as data: the attributes of Gymnasium's that hosting reads."""

from __future__ import annotations

from typing import Any, Mapping

import numpy as np


class Box:
    def __init__(self, low: Any, high: Any, shape: tuple[int, ...], dtype: Any = np.float32) -> None:
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


class MultiDiscrete:
    def __init__(self, nvec: Any, start: Any = 0) -> None:
        self.nvec = np.array(nvec)
        self.shape = self.nvec.shape
        self.start = np.broadcast_to(start, self.shape)
        self.dtype = np.dtype(np.int64)


class MultiBinary:
    def __init__(self, n: int) -> None:
        self.n = n
        self.shape = (n,)
        self.dtype = np.dtype(np.int8)


class Dict:
    def __init__(self, spaces: Mapping[str, Any]) -> None:
        self.spaces = dict(spaces)
