"""Gymnasium spaces by their surface, so that the package itself is not needed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Mapping

import numpy as np

from ..errors import AgonError
from ..gen import environments_pb2 as envs
from ..gen import tensors_pb2 as tensors
from ..tensors import Array, dtype_code

# Types that do not travel become the next one that holds every value.
_WIDER = {"int8": "int32", "int16": "int32", "uint16": "int32", "uint32": "int64", "float16": "float32"}
ONLY = "observation"
"""Name of an observation that is not a dictionary."""


@dataclass(frozen=True)
class Leaf:
    """One named observation of one row."""

    dtype: np.dtype[Any]
    shape: tuple[int, ...]
    low: float | None
    high: float | None

    def spec(self) -> tensors.TensorSpec:
        made = tensors.TensorSpec(dtype=dtype_code(self.dtype), shape=self.shape)
        if self.low is not None and self.high is not None:
            made.low, made.high = self.low, self.high
        return made


class ObservationLayout:
    """Named observations."""

    def __init__(self, leaves: Mapping[str, Leaf]) -> None:
        self.leaves: Mapping[str, Leaf] = dict(sorted(leaves.items()))

    @classmethod
    def of_space(cls, space: Any) -> ObservationLayout:
        """A `Dict` by its keys and a `Tuple` by its places (nested ones joined with a dot); else `observation`."""
        return cls(dict(_leaves(space, "")))

    def allocate(self, rows: int) -> dict[str, Array]:
        """Zeros `[rows, …shape]` by name."""
        return {name: np.zeros((rows, *leaf.shape), leaf.dtype) for name, leaf in self.leaves.items()}

    def write(self, observation: Any, out: Mapping[str, Array], row: Any) -> None:
        """Writes one observation to a row, or a batch of them `[n, …]` to a slice or an index array."""
        for name in self.leaves:
            value = observation
            if name != ONLY or isinstance(observation, (Mapping, tuple)):
                for key in name.split("."):
                    value = value[int(key) if isinstance(value, tuple) else key]
            out[name][row] = value


def _leaves(space: Any, prefix: str) -> list[tuple[str, Leaf]]:
    if hasattr(space, "spaces"):
        found = []
        inners = space.spaces if isinstance(space.spaces, Mapping) else dict(enumerate(space.spaces))
        for key, inner in inners.items():
            found += _leaves(inner, f"{prefix}.{key}" if prefix else str(key))
        return found
    name = prefix or ONLY
    if hasattr(space, "nvec") or hasattr(space, "n") and hasattr(space, "shape") and space.shape:
        # MultiDiscrete and MultiBinary.
        most = int(np.max(space.nvec)) - 1 if hasattr(space, "nvec") else 1
        return [(name, Leaf(np.dtype("int32"), tuple(space.shape), 0.0, float(most)))]
    if hasattr(space, "n"):
        start = int(getattr(space, "start", 0))
        return [(name, Leaf(np.dtype("int32"), (), float(start), float(start + int(space.n) - 1)))]
    if hasattr(space, "low") and hasattr(space, "high"):
        dtype = np.dtype(_WIDER.get(np.dtype(space.dtype).name, np.dtype(space.dtype)))
        low, high = float(np.min(space.low)), float(np.max(space.high))
        bounded = bool(np.isfinite(low) and np.isfinite(high) and np.abs([low, high]).max() < 1e30)
        return [(name, Leaf(dtype, tuple(space.shape), low if bounded else None, high if bounded else None))]
    raise AgonError(
        "environment/space",
        f"observation '{name}' is a {type(space).__name__}",
        "host Box, Discrete, MultiDiscrete, MultiBinary, a Dict or a Tuple of them; wrap the environment otherwise",
    )


def action_spec(space: Any) -> tuple[envs.ActionSpec, int]:
    """Discrete actions, and the number that action 0 stands for. Raises `AgonError` `environment/space`."""
    if not hasattr(space, "n") or getattr(space, "shape", None):
        raise AgonError(
            "environment/space",
            f"its actions are a {type(space).__name__}",
            "policies act in Discrete spaces: wrap the environment so that it has one",
        )
    return envs.ActionSpec(count=int(space.n)), int(getattr(space, "start", 0))
