"""Gymnasium spaces by their surface, so that the package itself is not needed."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from ..errors import AgonError
from ..tensors import Array
from .branches import ABSENT, Branch, Choice, Member, Path, at, branches_of, leaves_of, name_of, row_of
from .declared import declared_leaf, narrows
from .leaf import Leaf
from .together import write_together

MASK = "mask"
"""Name of the observation that says which choices are allowed."""
_TOLD = np.ones(1, bool)


@dataclass(frozen=True)
class _Tree:
    """Where observations stand in what an environment gives."""

    paths: Mapping[str, Path]
    branches: tuple[Branch, ...] = ()
    members: Mapping[str, Leaf] = field(default_factory=dict)
    """Observations inside members of a `OneOf` as they are where these hold: otherwise they are zeros."""

    @cached_property
    def by_path(self) -> Mapping[Path, Branch]:
        return {branch.path: branch for branch in self.branches}

    @cached_property
    def chooses(self) -> bool:
        """Whether there is a `OneOf`: rows differ then in what stands in them."""
        return any(branch.kind == "OneOf" for branch in self.branches)


class ObservationLayout:
    """Named observations."""

    def __init__(
        self,
        leaves: Mapping[str, Leaf],
        tree: _Tree | None = None,
        notes: tuple[str, ...] = (),
    ) -> None:
        self.leaves: Mapping[str, Leaf] = dict(sorted(leaves.items()))
        self._tree = tree or _Tree({name: (name,) for name in leaves})
        whole = not self._tree.branches and not self._tree.members and set(self._tree.paths.values()) == {()}
        self._alone = next(iter(self.leaves.items())) if whole and len(self.leaves) == 1 else None
        """The one observation, where what the environment gives is that itself."""
        self.notes = notes
        """What whoever hosts it should know: a sentence each."""

    @classmethod
    def of_space(cls, space: Any, choices: int = 0) -> ObservationLayout:
        """A `Dict` by its keys and a `Tuple` by its places (nested ones joined with a dot); else `observation`.

        A `OneOf` is `choice`, one-hot, and its members by their places: those that do not hold are zeros.
        With `choices`, an `action_mask` (or `mask`) with a number for each choice is the observation `mask`, float32.
        """
        leaves: dict[str, Leaf] = {}
        paths: dict[str, Path] = {}
        members: dict[str, Leaf] = {}
        narrowed: dict[str, list[str]] = {}
        for path, leaf_space in leaves_of(space):
            name = name_of(path)
            if name in leaves or path and not all(str(key) for key in path):
                raise AgonError(
                    "environment/space",
                    f"two observations have the name '{name}'" if name in leaves else f"an observation has the name '{name}'",
                    "give keys that are not empty, and differ once those of nested spaces are joined with dots",
                )
            if path and isinstance(path[-1], Choice):
                leaves[name], paths[name] = mask_leaf(path[-1].count), path
                continue
            leaves[name], paths[name] = declared_leaf(name, leaf_space), path
            if narrows(leaf_space, leaves[name]):
                narrowed.setdefault(f"{np.dtype(leaf_space.dtype)} travels as {leaves[name].dtype}", []).append(f"'{name}'")
            if any(isinstance(key, Member) for key in path):
                members[name], leaves[name] = leaves[name], leaves[name].or_zero()
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
        return cls(leaves, _Tree(paths, tuple(branches_of(space)), members), notes)

    def with_mask(self, choices: int) -> ObservationLayout:
        """This layout and the observation `mask`, which whoever plays writes. Raises `AgonError` `environment/space`."""
        if not choices or MASK in self.leaves:
            why = "there is an observation of that name" if choices else "its actions are real numbers"
            raise AgonError("environment/space", f"it can have no mask of its actions: {why}", "serve it with `info_mask=False`")
        return ObservationLayout({**self.leaves, MASK: mask_leaf(choices)}, self._tree, self.notes)

    def noted(self, note: str) -> ObservationLayout:
        """This layout, with a note more."""
        return ObservationLayout(self.leaves, self._tree, (*self.notes, note))

    def joined(self, other: ObservationLayout) -> ObservationLayout:
        """This layout, with the bounds of equal ones of another agent taken in."""
        leaves = {name: leaf.joined(other.leaves[name]) for name, leaf in self.leaves.items()}
        members = {name: leaf.joined(other._tree.members[name]) for name, leaf in self._tree.members.items()}
        return ObservationLayout(leaves, replace(self._tree, members=members), self.notes)

    def allocate(self, rows: int) -> dict[str, Array]:
        """Zeros `[rows, …shape]` by name."""
        return {name: np.zeros((rows, *leaf.shape), leaf.dtype) for name, leaf in self.leaves.items()}

    def write(self, observation: Any, out: Mapping[str, Array], row: int) -> None:
        """Writes one observation to a row. Raises `AgonError` `environment/observation` for one that does not fit.

        Bounds are compared for many rows at once, by `outside`.
        """
        if self._alone is not None:
            name, leaf = self._alone
            out[name][row] = leaf.fitted(name, observation)
            return
        for name, values in self._fitted(observation, ()):
            out[name][row] = values

    def write_together(self, observations: Sequence[Any], out: Mapping[str, Array], rows: Sequence[int]) -> bool:
        """Writes an observation to each of `rows`, ascending, at once. False, with nothing of use written: `write` finds why."""
        tree = self._tree
        if tree.chooses:
            return False
        try:
            for branch in tree.branches:
                for observation in observations:
                    branch.check(at(observation, branch.path))
        except AgonError:
            return False
        return all(
            write_together(name, self.leaves[name], [at(one, path) for one in observations] if path else observations, out[name], rows)
            for name, path in tree.paths.items()
        )

    def write_all(self, observation: Any, out: Mapping[str, Array]) -> None:
        """The same for a batch `[n, …]` of all rows."""
        rows = len(next(iter(out.values())))
        if self._tree.chooses:
            for row in range(rows):
                self.write(row_of(observation, row, rows, self._tree.by_path), out, row)
            return
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
        tree = self._tree
        for branch in tree.branches:
            value = at(observation, branch.path)
            if value is not ABSENT:
                branch.check(value)
        for name, path in sorted(tree.paths.items()):
            value, leaf = at(observation, path), self.leaves[name]
            if value is ABSENT:
                yield name, np.zeros(leaf.shape, leaf.dtype)
                continue
            values = leaf.fitted(name, value, rows)
            if name in tree.members:
                # Zeros stand for one that does not hold: only here is it known that it does.
                found = tree.members[name].outside(values[None], _TOLD)
                if found is not None:
                    raise AgonError("environment/observation", f"observation '{name}' has {found[1]}", "give what the space declares")
            yield name, values


def mask_leaf(choices: int) -> Leaf:
    whole = np.dtype("float32")
    return Leaf(whole, (choices,), 0.0, 1.0, (np.zeros(choices, whole), np.ones(choices, whole)))
