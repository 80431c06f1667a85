"""Gymnasium spaces by their surface, so that the package itself is not needed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from ..errors import AgonError
from ..exact import shown
from ..tensors import Array
from .declared import declared_leaf, narrows, unread
from .leaf import Leaf, misfit
from .together import write_together

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
        self,
        leaves: Mapping[str, Leaf],
        paths: Mapping[str, Path] | None = None,
        branches: tuple[_Branch, ...] = (),
        notes: tuple[str, ...] = (),
    ) -> None:
        self.leaves: Mapping[str, Leaf] = dict(sorted(leaves.items()))
        self._paths = {name: (name,) for name in leaves} if paths is None else paths
        self._branches = branches
        self.notes = notes
        """What whoever hosts it should know: a sentence each."""

    @classmethod
    def of_space(cls, space: Any, choices: int = 0) -> ObservationLayout:
        """A `Dict` by its keys and a `Tuple` by its places (nested ones joined with a dot); else `observation`.

        With `choices`, an `action_mask` (or `mask`) with a number for each choice is the observation `mask`, float32.
        """
        leaves: dict[str, Leaf] = {}
        paths: dict[str, Path] = {}
        narrowed: dict[str, list[str]] = {}
        for path, leaf_space in _walk(space, ()):
            name = ".".join(str(key) for key in path) or ONLY
            if name in leaves or path and not all(str(key) for key in path):
                raise AgonError(
                    "environment/space",
                    f"two observations have the name '{name}'" if name in leaves else f"an observation has the name '{name}'",
                    "give keys that are not empty, and differ once those of nested spaces are joined with dots",
                )
            leaves[name], paths[name] = declared_leaf(name, leaf_space), path
            if narrows(leaf_space, leaves[name]):
                narrowed.setdefault(f"{np.dtype(leaf_space.dtype)} travels as {leaves[name].dtype}", []).append(f"'{name}'")
        if not leaves:
            raise AgonError("environment/space", "it shows nothing", "give it an observation")
        for name in (MASK, "action_mask"):
            if choices and name in leaves and leaves[name].shape == (choices,) and (name == MASK or MASK not in leaves):
                del leaves[name]
                leaves[MASK], paths[MASK] = mask_leaf(choices), paths.pop(name)
        notes = tuple(
            f"{how} (observation {', '.join(names)}); a value that it does not hold is refused"
            for how, names in narrowed.items()
        )
        return cls(leaves, paths, tuple(_branches(space, ())), notes)

    def with_mask(self, choices: int) -> ObservationLayout:
        """This layout and the observation `mask`, which whoever plays writes. Raises `AgonError` `environment/space`."""
        if not choices or MASK in self.leaves:
            why = "there is an observation of that name" if choices else "its actions are real numbers"
            raise AgonError("environment/space", f"it can have no mask of its actions: {why}", "serve it with `info_mask=False`")
        return ObservationLayout({**self.leaves, MASK: mask_leaf(choices)}, self._paths, self._branches, self.notes)

    def noted(self, note: str) -> ObservationLayout:
        """This layout, with a note more."""
        return ObservationLayout(self.leaves, self._paths, self._branches, (*self.notes, note))

    def joined(self, other: ObservationLayout) -> ObservationLayout:
        """This layout, with the bounds of equal ones of another agent taken in."""
        leaves = {}
        for name, leaf in self.leaves.items():
            mine, theirs = leaf.bounds, other.leaves[name].bounds
            both = (np.minimum(mine[0], theirs[0]), np.maximum(mine[1], theirs[1])) if mine and theirs else None
            leaves[name] = replace(leaf, bounds=both)
        return ObservationLayout(leaves, self._paths, self._branches, self.notes)

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
    if not hasattr(space, "spaces") or unread(space):
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


def mask_leaf(choices: int) -> Leaf:
    whole = np.dtype("float32")
    return Leaf(whole, (choices,), 0.0, 1.0, (np.zeros(choices, whole), np.ones(choices, whole)))
