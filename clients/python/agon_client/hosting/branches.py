"""How spaces stand in each other: a `Dict` by its keys, a `Tuple` by its places, a `OneOf` by which member holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Iterator, Literal, Mapping

import numpy as np

from ..exact import shown
from ..tensors import Array
from .declared import kind_of
from .leaf import misfit

ONLY = "observation"
"""Name of an observation that is not a dictionary."""
CHOICE = "choice"
"""Name, behind that of a `OneOf`, of the observation that says which member holds."""

Path = tuple[Any, ...]
"""Keys and places from the outermost space to an inner one."""

ABSENT = object()
"""What a member of a `OneOf` is while another one holds."""


@dataclass(frozen=True)
class Member:
    """Leads to a member of a `OneOf`."""

    place: int

    def __str__(self) -> str:
        return str(self.place)


@dataclass(frozen=True)
class Choice:
    """Leads to which of its members holds, one-hot, float32 `[count]`."""

    count: int

    def __str__(self) -> str:
        return CHOICE

    def one_hot(self, place: int) -> Array:
        chosen = np.zeros(self.count, np.float32)
        chosen[place] = 1
        return chosen


@dataclass(frozen=True)
class Branch:
    path: Path
    keys: tuple[Any, ...]
    """Of a `Dict`; the places of others."""
    kind: Literal["Dict", "Tuple", "OneOf"]

    @classmethod
    def of(cls, space: Any, path: Path) -> Branch | None:
        """None where no other spaces stand in it, and where it is of a kind that no policy reads."""
        kind = kind_of(space)
        if not hasattr(space, "spaces") or kind not in (None, "OneOf"):
            return None
        if isinstance(space.spaces, Mapping):
            return cls(path, tuple(space.spaces), "Dict")
        return cls(path, tuple(range(len(space.spaces))), "OneOf" if kind else "Tuple")

    def inner(self, space: Any) -> Iterator[tuple[Path, Any]]:
        """The spaces that stand in it, with their paths; which of them holds is told before."""
        for key in self.keys:
            yield (*self.path, Member(key) if self.kind == "OneOf" else key), space.spaces[key]

    def check(self, value: Any) -> None:
        """Raises `AgonError` `environment/observation` for what has not all that stands in it, or more."""
        count = len(self.keys)
        if self.kind == "Dict":
            fits = isinstance(value, Mapping) and len(value) == count and all(key in value for key in self.keys)
            expected = f"a dict with {', '.join(repr(key) for key in self.keys)}"
            found = f"a dict with {', '.join(repr(key) for key in value)}" if isinstance(value, Mapping) else shown(value)
        elif self.kind == "Tuple":
            fits = isinstance(value, (tuple, list)) and len(value) == count
            expected, found = f"a tuple of {count}", shown(value)
        else:
            fits = isinstance(value, (tuple, list)) and len(value) == 2 and _places(value[0], count)
            expected, found = f"a member of 0 … {count - 1} and its value", shown(value)
        if not fits:
            raise misfit(name_of(self.path), expected, found)


def _places(value: Any, count: int) -> bool:
    return isinstance(value, (int, np.integer)) and not isinstance(value, bool) and 0 <= int(value) < count


def name_of(path: Path) -> str:
    return ".".join(str(key) for key in path) or ONLY


def branches_of(space: Any, path: Path = ()) -> Iterator[Branch]:
    """From the outermost one on, so that the path to each is checked before it is taken."""
    branch = Branch.of(space, path)
    if branch is not None:
        yield branch
        for inner, one in branch.inner(space):
            yield from branches_of(one, inner)


def leaves_of(space: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Paths and spaces in which no others stand; the space of a path that ends in a `Choice` is the `OneOf`."""
    branch = Branch.of(space, path)
    if branch is None:
        yield path, space
        return
    if branch.kind == "OneOf" and branch.keys:
        yield (*path, Choice(len(branch.keys))), space
    for inner, one in branch.inner(space):
        yield from leaves_of(one, inner)


def at(observation: Any, path: Path) -> Any:
    """What stands there; `ABSENT` inside a member that does not hold."""
    for key in path:
        if type(key) is Member:
            if observation[0] != key.place:
                return ABSENT
            observation = observation[1]
        else:
            observation = key.one_hot(observation[0]) if type(key) is Choice else observation[key]
    return observation


def row_of(batch: Any, row: int, rows: int, branches: Mapping[Path, Branch], path: Path = ()) -> Any:
    """One row of a batch of `rows`, as a single environment gives it: values of a `OneOf` stand in a batch one by one.

    Raises `AgonError` `environment/observation`.
    """
    branch = branches.get(path)
    if branch is None or branch.kind == "OneOf":
        if not hasattr(batch, "__len__") or len(batch) != rows:
            raise misfit(name_of(path), f"a value for each of {rows} slots", shown(batch))
        return batch[row]
    branch.check(batch)
    inner = {key: row_of(batch[key], row, rows, branches, (*path, key)) for key in branch.keys}
    return inner if branch.kind == "Dict" else tuple(inner.values())
