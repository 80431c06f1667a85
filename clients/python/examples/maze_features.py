"""What the example students see: numbers made of any environment's observations, with a memory of the steps before."""

from __future__ import annotations

from typing import Mapping

import numpy as np

import agon_client as agon

WALL, GOAL = 2, 8
"""Codes of the maze's `image`, whose last axis is object, colour, state."""


class Features:
    """Observations of `rows` rows → float32 `[rows, width]`: what is seen now and was seen before, and what was done.

    Images of bytes become a plane of walls and one of goals; bounded whole numbers one-hot vectors; other numbers go
    in as they are. `memory` steps are remembered, for a network that has no memory of its own.
    """

    def __init__(self, spec: agon.EnvironmentSpec, memory: int = 3) -> None:
        self._spaces = {name: space for name, space in spec.observations.items() if name != "direction"}
        if spec.action_space.kind != "discrete":
            raise agon.AgonError("environment/actions", f"the example students choose one of several actions, not {spec.action_space.describe()}")
        self._actions = spec.actions
        self._frame = sum(_width(space) for space in self._spaces.values()) + spec.actions
        self.width = self._frame * memory
        self._past = np.zeros((0, self.width), np.float32)

    def begin(self, rows: int) -> None:
        """Forgets everything."""
        self._past = np.zeros((rows, self.width), np.float32)

    def __call__(
        self, observations: Mapping[str, agon.Array], actions: agon.Array | None = None, done: agon.Array | None = None
    ) -> agon.Array:
        """`actions` are those that led here; rows where `done` begin anew. The array is fresh each time."""
        rows = len(self._past)
        acted = np.zeros((rows, self._actions), np.float32)
        if actions is not None:
            acted[np.arange(rows), actions] = 1
        frame = [_encode(space, observations[name]) for name, space in self._spaces.items()]
        past = self._past[:, : -self._frame].copy()
        if done is not None:
            past[done] = 0
            acted[done] = 0
        self._past = np.concatenate([*frame, acted, past], axis=1)
        return self._past


def _image(space: agon.Space) -> bool:
    return space.dtype == np.uint8 and len(space.shape) == 3


def _one_hot(space: agon.Space) -> bool:
    return space.dtype.kind in "iu" and space.low is not None and space.high is not None and space.high - space.low < 64


def _width(space: agon.Space) -> int:
    size = int(np.prod(space.shape, dtype=int))
    if _image(space):
        return 2 * size // space.shape[-1]
    return size * (int((space.high or 0) - (space.low or 0)) + 1) if _one_hot(space) else size


def _encode(space: agon.Space, values: agon.Array) -> agon.Array:
    rows = len(values)
    if _image(space):
        objects = values[..., 0].reshape(rows, -1)
        planes: agon.Array = np.concatenate([objects == WALL, objects == GOAL], axis=1).astype(np.float32)
        return planes
    if _one_hot(space):
        index = values.reshape(rows, -1).astype(int) - int(space.low or 0)
        chosen: agon.Array = np.eye(int((space.high or 0) - (space.low or 0)) + 1, dtype=np.float32)[index].reshape(rows, -1)
        return chosen
    return values.reshape(rows, -1).astype(np.float32)
