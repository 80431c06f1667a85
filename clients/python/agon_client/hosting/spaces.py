"""Gymnasium spaces by their surface, so that the package itself is not needed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from ..errors import AgonError
from ..exact import shown
from ..tensors import Array
from .leaf import Leaf, misfit
from .together import write_together

# Types that do not travel become the next one that holds every value.
_WIDER = {"int8": "int32", "int16": "int32", "uint16": "int32", "uint32": "int64", "float16": "float32"}
ONLY = "observation"
"""Name of an observation that is not a dictionary."""
MASK = "mask"
"""Name of the observation that says which choices are allowed."""

Path = tuple[Any, ...]
"""Keys and places from the outermost space to an inner one."""


@dataclass(frozen=True)
class _Branch:
    """A `Dict` with its keys, or a `Tuple` with as many places."""

    path: Path
    keys: tuple[Any, ...]
    named: bool


class ObservationLayout:
    """Named observations."""

    def __init__(
        self, leaves: Mapping[str, Leaf], paths: Mapping[str, Path] | None = None, branches: tuple[_Branch, ...] = ()
    ) -> None:
        self.leaves: Mapping[str, Leaf] = dict(sorted(leaves.items()))
        self._paths = {name: (name,) for name in leaves} if paths is None else paths
        self._branches = branches

    @classmethod
    def of_space(cls, space: Any, choices: int = 0) -> ObservationLayout:
        """A `Dict` by its keys and a `Tuple` by its places (nested ones joined with a dot); else `observation`.

        With `choices`, an `action_mask` (or `mask`) with a number for each choice is the observation `mask`, float32.
        """
        leaves: dict[str, Leaf] = {}
        paths: dict[str, Path] = {}
        for path, leaf_space in _walk(space, ()):
            name = ".".join(str(key) for key in path) or ONLY
            if name in leaves or path and not all(str(key) for key in path):
                raise AgonError(
                    "environment/space",
                    f"two observations have the name '{name}'" if name in leaves else f"an observation has the name '{name}'",
                    "give keys that are not empty, and differ once those of nested spaces are joined with dots",
                )
            leaves[name], paths[name] = _leaf(name, leaf_space), path
        for name in (MASK, "action_mask"):
            if choices and name in leaves and leaves[name].shape == (choices,) and (name == MASK or MASK not in leaves):
                del leaves[name]
                leaves[MASK], paths[MASK] = mask_leaf(choices), paths.pop(name)
        return cls(leaves, paths, tuple(_branches(space, ())))

    def with_mask(self, choices: int) -> ObservationLayout:
        """This layout and the observation `mask`, which whoever plays writes. Raises `AgonError` `environment/space`."""
        if not choices or MASK in self.leaves:
            why = "there is an observation of that name" if choices else "its actions are real numbers"
            raise AgonError("environment/space", f"it can have no mask of its actions: {why}", "serve it without `info_mask`")
        return ObservationLayout({**self.leaves, MASK: mask_leaf(choices)}, self._paths, self._branches)

    def joined(self, other: ObservationLayout) -> ObservationLayout:
        """This layout, with the bounds of equal ones of another agent taken in."""
        leaves = {}
        for name, leaf in self.leaves.items():
            mine, theirs = leaf.bounds, other.leaves[name].bounds
            both = (np.minimum(mine[0], theirs[0]), np.maximum(mine[1], theirs[1])) if mine and theirs else None
            leaves[name] = replace(leaf, bounds=both)
        return ObservationLayout(leaves, self._paths, self._branches)

    def allocate(self, rows: int) -> dict[str, Array]:
        """Zeros `[rows, …shape]` by name."""
        return {name: np.zeros((rows, *leaf.shape), leaf.dtype) for name, leaf in self.leaves.items()}

    def write(self, observation: Any, out: Mapping[str, Array], row: int) -> None:
        """Writes one observation to a row. Raises `AgonError` `environment/observation` for one that does not fit.

        Bounds are compared for many rows at once, by `outside`.
        """
        for name, values in self._fitted(observation, ()):
            out[name][row] = values

    def write_together(self, observations: Sequence[Any], out: Mapping[str, Array], rows: Sequence[int]) -> bool:
        """Writes an observation to each of `rows`, ascending, at once. False, with nothing of use written: `write` finds why."""
        try:
            for branch in self._branches:
                for observation in observations:
                    _check_branch(_at(observation, branch.path), branch)
        except AgonError:
            return False
        return all(
            write_together(name, self.leaves[name], [_at(one, path) for one in observations] if path else observations, out[name], rows)
            for name, path in self._paths.items()
        )

    def write_all(self, observation: Any, out: Mapping[str, Array]) -> None:
        """The same for a batch `[n, …]` of all rows."""
        rows = len(next(iter(out.values())))
        for name, values in self._fitted(observation, (rows,)):
            out[name][:] = values

    def outside(self, out: Mapping[str, Array], told: NDArray[np.bool_]) -> tuple[int, str] | None:
        """The first row of those `told` that holds a value outside its space, and what is wrong with it."""
        for name, leaf in self.leaves.items():
            found = leaf.outside(out[name], told)
            if found is not None:
                return found[0], f"observation '{name}' has {found[1]}"
        return None

    def _fitted(self, observation: Any, rows: tuple[int, ...]) -> Iterator[tuple[str, Array]]:
        for branch in self._branches:
            _check_branch(_at(observation, branch.path), branch)
        for name, path in sorted(self._paths.items()):
            yield name, self.leaves[name].fitted(name, _at(observation, path), rows)


def _at(observation: Any, path: Path) -> Any:
    for key in path:
        observation = observation[key]
    return observation


def _check_branch(value: Any, branch: _Branch) -> None:
    """Branches are checked from the outermost one on, so that the path to each is there."""
    keys = branch.keys
    if branch.named:
        fits = isinstance(value, Mapping) and len(value) == len(keys) and all(key in value for key in keys)
        expected = f"a dict with {', '.join(repr(key) for key in keys)}"
        found = f"a dict with {', '.join(repr(key) for key in value)}" if isinstance(value, Mapping) else shown(value)
    else:
        fits = isinstance(value, (tuple, list)) and len(value) == len(keys)
        expected, found = f"a tuple of {len(keys)}", shown(value)
    if not fits:
        raise misfit(".".join(str(key) for key in branch.path) or ONLY, expected, found)


def _inner(space: Any) -> tuple[dict[Any, Any], bool] | None:
    """The spaces of a `Dict` or `Tuple`, and whether they are named; None for others."""
    if not hasattr(space, "spaces"):
        return None
    named = isinstance(space.spaces, Mapping)
    return dict(space.spaces) if named else dict(enumerate(space.spaces)), named


def _branches(space: Any, path: Path) -> Iterator[_Branch]:
    inner = _inner(space)
    if inner is not None:
        yield _Branch(path, tuple(inner[0]), inner[1])
        for key, one in inner[0].items():
            yield from _branches(one, (*path, key))


def _walk(space: Any, path: Path) -> Iterator[tuple[Path, Any]]:
    inner = _inner(space)
    if inner is None:
        yield path, space
    else:
        for key, one in inner[0].items():
            yield from _walk(one, (*path, key))


def _leaf(name: str, space: Any) -> Leaf:
    whole = np.dtype("int32")
    if hasattr(space, "nvec") or hasattr(space, "n") and hasattr(space, "shape") and space.shape:
        # MultiDiscrete and MultiBinary.
        shape = tuple(space.shape)
        low = np.broadcast_to(np.asarray(getattr(space, "start", 0), whole), shape)
        high = low + (np.asarray(space.nvec, whole) if hasattr(space, "nvec") else 2) - 1
        return Leaf(whole, shape, float(low.min()), float(high.max()), (low, high.astype(whole)))
    if hasattr(space, "n"):
        start = int(getattr(space, "start", 0))
        last = start + int(space.n) - 1
        return Leaf(whole, (), float(start), float(last), (np.asarray(start, whole), np.asarray(last, whole)))
    if hasattr(space, "low") and hasattr(space, "high"):
        return _box(space)
    raise AgonError(
        "environment/space",
        f"observation '{name}' is a {type(space).__name__}",
        "host Box, Discrete, MultiDiscrete, MultiBinary, a Dict or a Tuple of them; wrap the environment otherwise",
    )


def mask_leaf(choices: int) -> Leaf:
    whole = np.dtype("float32")
    return Leaf(whole, (choices,), 0.0, 1.0, (np.zeros(choices, whole), np.ones(choices, whole)))


def mask_of(info: Mapping[str, Any], leaf: Leaf) -> Array:
    """`info["action_mask"]`, parts of several components joined. Raises `AgonError` `environment/observation`."""
    if "action_mask" not in info:
        raise misfit(MASK, f"a float32 {leaf.shape}", "not there", 'give `info["action_mask"]` with every reset and step')
    given = info["action_mask"]
    return leaf.fitted(MASK, np.concatenate([np.ravel(part) for part in given]) if isinstance(given, tuple) else given)


def _box(space: Any) -> Leaf:
    dtype = np.dtype(_WIDER.get(np.dtype(space.dtype).name, np.dtype(space.dtype)))
    least, most = float(np.min(space.low)), float(np.max(space.high))
    bounded = bool(np.isfinite(least) and np.isfinite(most) and np.abs([least, most]).max() < 1e30)
    bounds = None if _takes_all(dtype, space) else (_element(space.low, dtype, space), _element(space.high, dtype, space))
    return Leaf(dtype, tuple(space.shape), least if bounded else None, most if bounded else None, bounds)


def _element(bound: Any, dtype: np.dtype[Any], space: Any) -> Array:
    return np.broadcast_to(np.asarray(bound).astype(dtype), tuple(space.shape))


def _takes_all(dtype: np.dtype[Any], space: Any) -> bool:
    """Whether every value of the type is one of the space, as pixels are; of floating-point numbers NaN is none."""
    if dtype.kind == "b":
        return True
    limits = np.iinfo(dtype) if dtype.kind in "iu" else None
    return limits is not None and bool(np.max(space.low) <= limits.min and np.min(space.high) >= limits.max)
