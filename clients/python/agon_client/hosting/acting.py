"""Action spaces of Gymnasium as Agon has them, and actions back in the form that an environment takes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..action_space import ActionSpace
from ..errors import AgonError
from ..gen import environments_pb2 as envs
from .declared import kind_of

_MOST_CHOICES = 1_000_000


@dataclass(frozen=True)
class ActionLayout:
    """One row of actions, and what an environment gets for it."""

    space: ActionSpace
    shape: tuple[int, ...]
    """Of what the environment gets; () for one choice."""
    dtype: np.dtype[Any]
    first: tuple[int, ...]
    """What choice 0 of each component stands for; empty for real numbers."""
    members: tuple[ActionLayout, ...] = ()
    """Of a `OneOf`: its first component says which of them is done, theirs follow. What is chosen in others is left unread."""

    @property
    def spec(self) -> envs.ActionSpec:
        return self.space.spec()

    def value(self, row: NDArray[Any]) -> Any:
        """`[…space.shape]` → an int, or an array `[…shape]` of the environment's own type; of a `OneOf` the place and its value."""
        if self.space.kind == "discrete":
            return int(row) + self.first[0]
        if self.members:
            place, part = self._member(row)
            member = self.members[place]
            return place, member.value(part[0] if member.space.kind == "discrete" else part)
        return self._arrays(row[None])[0]

    def values(self, rows: NDArray[Any]) -> Any:
        """The same for a batch: `[rows, …space.shape]` → an array `[rows, …shape]`, of a `OneOf` a tuple."""
        if self.members:
            return tuple(self.value(row) for row in rows)
        return self._arrays(rows)

    def plain(self, rows: NDArray[Any]) -> list[Any]:
        """The same in plain numbers and lists, of which `again` makes what the environment gets."""
        if not self.members:
            listed: list[Any] = self._arrays(rows).tolist()
            return listed
        return [(place, np.asarray(value).tolist()) for place, value in self.values(rows)]

    @property
    def again(self) -> str:
        """Python that makes what the environment gets of an `action` out of `plain`."""
        if self.members:
            single = all(member.space.kind == "discrete" for member in self.members)
            return "action" if single else "(action[0], np.array(action[1]))"
        return "action" if self.space.kind == "discrete" else f"np.array(action, np.{self.dtype.name})"

    @property
    def again_alone(self) -> str:
        """The same for a vector environment of one."""
        if self.members:
            return f"({self.again},)"
        return "np.array([action])" if self.space.kind == "discrete" else f"np.array([action], np.{self.dtype.name})"

    def again_together(self, rows: NDArray[Any]) -> str:
        """Python of what a vector environment gets of a batch."""
        if self.members:
            return f"tuple({self.again} for action in {self.plain(rows)})"
        return self.again_alone.replace("[action]", str(self.plain(rows)), 1)

    def _member(self, row: NDArray[Any]) -> tuple[int, NDArray[Any]]:
        """Which one a row chooses, and its own numbers."""
        place = int(row[0])
        start = 1 + sum(member.space.width for member in self.members[:place])
        return place, row[start : start + self.members[place].space.width]

    def _arrays(self, rows: NDArray[Any]) -> NDArray[Any]:
        if self.space.kind == "discrete":
            given: NDArray[Any] = rows + self.first[0]
            return given
        if self.space.kind == "multi-discrete":
            given = rows + np.array(self.first)
        else:
            # A bound of double precision may lie just inside the float32 that stands for it.
            given = np.clip(rows.astype(self.dtype), np.array(self.space.low), np.array(self.space.high))
        return given.astype(self.dtype).reshape(-1, *self.shape)


def action_layout(space: Any) -> ActionLayout:
    """`Discrete`, `MultiDiscrete`, `MultiBinary` and `Box`, by their surface, and a `OneOf` of choices.

    Raises `AgonError` `environment/space`.
    """
    if kind_of(space) == "OneOf":
        return _one_of(space)
    shape = tuple(getattr(space, "shape", None) or ())
    dtype = np.dtype(getattr(space, "dtype", None) or np.int64)
    if hasattr(space, "nvec"):
        counts = np.asarray(space.nvec, np.int64)
        start = np.broadcast_to(np.asarray(getattr(space, "start", 0), np.int64), counts.shape)
        return _several(counts, start, shape, dtype)
    if hasattr(space, "n") and shape:
        counts = np.full(shape, 2)
        return _several(counts, np.zeros(shape, np.int64), shape, dtype)
    if hasattr(space, "n"):
        return ActionLayout(ActionSpace("discrete", (int(space.n),)), (), dtype, (int(getattr(space, "start", 0)),))
    if hasattr(space, "low") and hasattr(space, "high"):
        return _box(space, shape, dtype)
    raise AgonError(
        "environment/space",
        f"its actions are a {type(space).__name__}",
        "policies act in Discrete, MultiDiscrete, MultiBinary and Box spaces, and in a OneOf of choices: wrap the environment so that it has one",
    )


def _one_of(space: Any) -> ActionLayout:
    members = tuple(action_layout(one) for one in space.spaces)
    odd = next((i for i, one in enumerate(members) if one.space.kind == "box" or one.members), None)
    if odd is not None or not members:
        raise AgonError(
            "environment/space",
            f"its actions are a OneOf whose member {odd} is a {type(space.spaces[odd]).__name__}" if members else "its actions are a OneOf of nothing",
            "a OneOf of Discrete, MultiDiscrete and MultiBinary is chosen from: wrap the environment so that it has one",
        )
    counts = (len(members), *(count for one in members for count in one.space.counts))
    return ActionLayout(ActionSpace("multi-discrete", counts), (), np.dtype(np.int64), (0,) * len(counts), members)


def _several(counts: NDArray[Any], start: NDArray[Any], shape: tuple[int, ...], dtype: np.dtype[Any]) -> ActionLayout:
    space = ActionSpace("multi-discrete", tuple(int(count) for count in counts.flat))
    return ActionLayout(space, shape, dtype, tuple(int(first) for first in start.flat))


def _box(space: Any, shape: tuple[int, ...], dtype: np.dtype[Any]) -> ActionLayout:
    low, high = (np.broadcast_to(np.asarray(bound), shape).reshape(-1) for bound in (space.low, space.high))
    if dtype.kind == "f":
        reals = ActionSpace("box", low=tuple(float(one) for one in low), high=tuple(float(one) for one in high))
        return ActionLayout(reals, shape, dtype, ())
    counts = high.astype(np.int64) - low.astype(np.int64) + 1
    if counts.max() > _MOST_CHOICES:
        raise AgonError(
            "environment/space",
            f"its actions are a Box of {dtype} with {counts.max()} whole numbers",
            f"give it bounds at most {_MOST_CHOICES} apart, or a Box of float32",
        )
    return _several(counts, low.astype(np.int64), shape, dtype)
