"""What the space of one observation declares: how it travels, and within which bounds."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..errors import AgonError
from ..tensors import Array
from .leaf import Leaf

# Types that policies read: floating-point numbers as float32, whole ones as int32. Types that hold more are narrowed.
_TRAVELS = {"uint8", "bool", "int32", "float32"}
_WHOLE = np.iinfo(np.int32)
# What a policy could not read, with what stands for it.
_REMEDIES = {
    "Text": "encode it as a MultiDiscrete or Box of fixed length, for example with gymnasium.wrappers.TransformObservation",
    "Sequence": "pad it to a fixed length, and give a Dict with a MultiBinary that says which places hold",
    "Graph": "pad it to fixed numbers of nodes and edges, as Boxes of a Dict, with a MultiBinary that says which ones hold",
}


# Known by name: their surfaces look like those of others.
_NAMED = {*_REMEDIES, "OneOf"}


def kind_of(space: Any) -> str | None:
    """`OneOf`, or a kind that no policy reads, also where a user's class is derived from it; None for others."""
    kinds = (base for base in type(space).__mro__ if base.__module__ not in ("collections.abc", "typing"))
    return next((kind.__name__ for kind in kinds if kind.__name__ in _NAMED), None)


def declared_leaf(name: str, space: Any) -> Leaf:
    kind = kind_of(space)
    if kind is None:
        if hasattr(space, "nvec"):
            return _choices(name, np.asarray(space.nvec), getattr(space, "start", 0), tuple(space.shape))
        if hasattr(space, "n") and getattr(space, "shape", None):
            return _choices(name, np.asarray(2), 0, tuple(space.shape))
        if hasattr(space, "n"):
            return _choices(name, np.asarray(space.n), getattr(space, "start", 0), ())
        if hasattr(space, "low") and hasattr(space, "high"):
            return _box(name, space)
    raise AgonError(
        "environment/space",
        f"observation '{name}' is a {type(space).__name__}",
        _REMEDIES.get(kind or "", "host Box, Discrete, MultiDiscrete, MultiBinary, a Dict or a Tuple of them; wrap the environment otherwise"),
    )


def _choices(name: str, counts: Array, start: Any, shape: tuple[int, ...]) -> Leaf:
    """`Discrete` has the shape (); each element is one of start … start + count − 1."""
    low = np.broadcast_to(np.asarray(start), shape)
    # Unsigned and 64-bit ones are summed as Python has them: no sum wraps.
    high = low.astype(object) + counts.astype(object) - 1
    if np.min(low) < _WHOLE.min or np.max(high) > _WHOLE.max:
        raise AgonError("environment/space", f"observation '{name}' goes to {np.max(high)}, which is more than int32 holds", "give it fewer choices")
    bounds = low.astype(np.int32), np.asarray(high).astype(np.int32)
    return Leaf(np.dtype("int32"), shape, float(bounds[0].min()), float(bounds[1].max()), bounds)


def _box(name: str, space: Any) -> Leaf:
    shape, declared = tuple(space.shape), np.dtype(space.dtype)
    if 0 in shape:
        raise AgonError("environment/space", f"observation '{name}' is a Box of shape {shape}, which holds nothing", "leave it out")
    dtype = declared if declared.name in _TRAVELS else np.dtype("float32" if declared.kind == "f" else "int32")
    least, most = float(np.min(space.low)), float(np.max(space.high))
    bounded = bool(np.isfinite(least) and np.isfinite(most) and np.abs([least, most]).max() < 1e30)
    if dtype.kind == "i" and (least < _WHOLE.min or most > _WHOLE.max):
        bounded = False
    bounds = None if _takes_all(dtype, space) else (_element(space.low, dtype, shape), _element(space.high, dtype, shape))
    return Leaf(dtype, shape, least if bounded else None, most if bounded else None, bounds)


def narrows(space: Any, leaf: Leaf) -> bool:
    """Whether the space has values that the type which travels does not hold, or holds less precisely."""
    declared = np.dtype(getattr(space, "dtype", None) or leaf.dtype)
    if declared.kind == "f":
        return declared.itemsize > leaf.dtype.itemsize
    return leaf.dtype.kind == "i" and hasattr(space, "low") and (np.min(space.low) < _WHOLE.min or np.max(space.high) > _WHOLE.max)


def _element(bound: Any, dtype: np.dtype[Any], shape: tuple[int, ...]) -> Array:
    given = np.asarray(bound)
    if dtype.kind in "iu":
        # Compared with what the type holds before it is one: a cast would wrap.
        limits = np.iinfo(dtype)
        given = np.where(given < limits.min, limits.min, np.where(given > limits.max, limits.max, given))
    with np.errstate(over="ignore"):
        return np.broadcast_to(given.astype(dtype), shape)


def _takes_all(dtype: np.dtype[Any], space: Any) -> bool:
    """Whether every value of the type is one of the space, as pixels are; of floating-point numbers NaN is none."""
    if dtype.kind == "b":
        return True
    limits = np.iinfo(dtype) if dtype.kind in "iu" else None
    return limits is not None and bool(np.max(space.low) <= limits.min and np.min(space.high) >= limits.max)
