"""One named observation: how it travels, and whether what an environment gives is one of its declared space."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..errors import AgonError
from ..exact import shortened, shown
from ..gen import tensors_pb2 as tensors
from ..tensors import Array, dtype_code

_KINDS = {"f": "floating point", "i": "whole numbers", "u": "whole numbers", "b": "booleans"}


@dataclass(frozen=True)
class Leaf:
    """Of one row."""

    dtype: np.dtype[Any]
    shape: tuple[int, ...]
    low: float | None
    high: float | None
    bounds: tuple[Array, Array] | None = field(default=None, compare=False)
    """Least and greatest of every element, `[…shape]`; None where every value of the type is one of the space."""

    def spec(self) -> tensors.TensorSpec:
        made = tensors.TensorSpec(dtype=dtype_code(self.dtype), shape=self.shape)
        if self.low is not None and self.high is not None:
            made.low, made.high = self.low, self.high
        return made

    def joined(self, other: Leaf) -> Leaf:
        """This one, with the bounds of another taken in."""
        mine, theirs = self.bounds, other.bounds
        both = (np.minimum(mine[0], theirs[0]), np.maximum(mine[1], theirs[1])) if mine and theirs else None
        return replace(self, bounds=both)

    def or_zero(self) -> Leaf:
        """This one, where it may be zero besides."""
        low, high = (None if bound is None else limit(bound, 0.0) for bound, limit in ((self.low, min), (self.high, max)))
        zeros = np.zeros(self.shape, self.dtype)
        return replace(self.joined(replace(self, bounds=(zeros, zeros))), low=low, high=high)

    def fitted(self, name: str, value: Any, rows: tuple[int, ...] = ()) -> Array:
        """`value` as `[…rows, …shape]` of this type, where nothing is lost, spread or wrapped.

        Floating-point numbers are rounded to the width of the space, as everywhere in numpy. Bounds are not looked at.
        Raises `AgonError` `environment/observation`.
        """
        try:
            array = np.asarray(value)
        except Exception as cause:  # noqa: BLE001 - ragged lists and foreign tensors have errors of their own
            raise misfit(name, self._expected(rows), f"no array ({shortened(str(cause), 100)})") from cause
        if array.dtype == self.dtype and array.shape == rows + self.shape:
            return array
        return self._cast(name, array, value, rows)

    def outside(self, values: Array, told: NDArray[np.bool_]) -> tuple[int, str] | None:
        """The first row of those `told` with a value outside the bounds, and what it has; NaN is inside of none."""
        if self.bounds is None:
            return None
        low, high = self.bounds
        inside = values >= low
        inside &= values <= high
        if np.count_nonzero(inside) == inside.size:
            return None
        inside[~told] = True
        wrong = np.argwhere(~inside)
        if not len(wrong):
            return None
        row, *place = (int(one) for one in wrong[0])
        least, most = low[tuple(place)], high[tuple(place)]
        return row, f"{values[(row, *place)]}{f' at {place}' if place else ''}, which is not in {least} … {most}"

    def _cast(self, name: str, array: Array, value: Any, rows: tuple[int, ...]) -> Array:
        source, target = array.dtype.kind, self.dtype.kind
        expected, found = self._expected(rows), f"{array.dtype} {array.shape}"
        if source not in _KINDS:
            raise misfit(name, expected, shown(value))
        if array.shape != rows + self.shape:
            raise misfit(name, expected, found)
        if source == "f" and target != "f" or target == "b" and source != "b" and not np.isin(array, (0, 1)).all():
            raise misfit(name, expected, f"{found}: {_KINDS[source]}, which would be cut off")
        if target in "iu" and source in "iu" and array.size:
            limits = np.iinfo(self.dtype)
            if array.min() < limits.min or array.max() > limits.max:
                raise _too_large(name, expected, f"{found} from {array.min()} to {array.max()}")
        with np.errstate(over="ignore"):
            cast = array.astype(self.dtype)
        if target == "f":
            lost = np.isinf(cast) & np.isfinite(array) if source == "f" else cast != array
            if lost.any():
                raise _too_large(name, expected, f"{found} with {array[lost].flat[0]}")
        return cast

    def _expected(self, rows: tuple[int, ...]) -> str:
        return f"{self.dtype} {rows + self.shape}"


def _too_large(name: str, travels: str, found: str) -> AgonError:
    # Of a space of wider numbers, which are narrowed on their way: what it says is no help.
    return AgonError(
        "environment/observation",
        f"observation '{name}' is {found}: more than {travels} holds, as which it travels",
        "scale or clip what the environment shows",
    )


def misfit(name: str, expected: str, found: str, remedy: str = "") -> AgonError:
    return AgonError(
        "environment/observation",
        f"observation '{name}' is {found}; its space says {expected}",
        remedy or "give what the space declares, or declare what is given",
    )
