"""What may be done in an environment: one choice, several choices, or real numbers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Sequence

import numpy as np
from numpy.typing import NDArray

from .actions import encode_actions, encode_reals
from .errors import AgonError
from .gen import environments_pb2 as wire


@dataclass(frozen=True)
class ActionSpace:
    """Actions of one row: `shape` without the batch axis, of `dtype` int32 or float32.

    `counts` has the number of choices of each component (`()` for real numbers), `low` and `high` the bounds of each real
    number, infinite where there is none.
    """

    kind: str
    """`discrete`, `multi-discrete` or `box`."""
    counts: tuple[int, ...] = ()
    low: tuple[float, ...] = ()
    high: tuple[float, ...] = ()

    @classmethod
    def of(cls, spec: wire.ActionSpec) -> ActionSpace:
        """As the wire has it; of an environment without steps no choice at all."""
        if len(spec.box.low) == len(spec.box.high) > 0:
            return cls("box", low=tuple(spec.box.low), high=tuple(spec.box.high))
        if spec.counts:
            return cls("multi-discrete", tuple(spec.counts))
        return cls("discrete", (spec.count,))

    def spec(self, names: Sequence[str] = ()) -> wire.ActionSpec:
        if self.kind == "box":
            return wire.ActionSpec(box=wire.ActionBox(low=self.low, high=self.high), names=names)
        if self.kind == "multi-discrete":
            return wire.ActionSpec(counts=self.counts, names=names)
        return wire.ActionSpec(count=self.counts[0], names=names)

    @cached_property
    def width(self) -> int:
        """Numbers of one row."""
        return len(self.low) if self.kind == "box" else len(self.counts)

    @property
    def names(self) -> int:
        """How many names there are: of the choices, or of the components where there are several numbers."""
        return self.counts[0] if self.kind == "discrete" else self.width

    @property
    def shape(self) -> tuple[int, ...]:
        return () if self.kind == "discrete" else (self.width,)

    @cached_property
    def dtype(self) -> np.dtype[Any]:
        return np.dtype("<f4" if self.kind == "box" else "<i4")

    @property
    def choices(self) -> int:
        """Numbers of a mask's row; 0 where nothing is to choose."""
        return sum(self.counts)

    def describe(self) -> str:
        if self.kind == "box":
            return f"real numbers {list(self.low)} … {list(self.high)}"
        return f"whole numbers of {' × '.join(f'0 … {count - 1}' for count in self.counts)}"

    def encode(self, actions: Any, rows: int, place: str) -> bytes:
        """Actions of all rows, `[rows, …shape]`, as they travel; nothing is rounded, wrapped, clipped or spread.

        Raises `AgonError` `environment/actions`.
        """
        if self.kind == "discrete":
            return encode_actions(actions, rows, self.counts[0], place)
        if self.kind == "box":
            return encode_reals(actions, rows, self._bounds(), place)
        return encode_actions(actions, rows, np.array(self.counts), place)

    def decode(self, data: bytes, rows: int) -> NDArray[Any]:
        """`[rows, …shape]` from the wire. Raises `AgonError` `environment/actions`."""
        whole = len(data) == 4 * rows * self.width
        actions: NDArray[Any] = np.frombuffer(data, self.dtype) if whole else np.zeros(0)
        if whole and self.shape:
            actions = actions.reshape(rows, self.width)
        if not whole or not self._inside(actions):
            raise AgonError("environment/actions", f"actions are {(rows, *self.shape)} {self.describe()}, {self.dtype.name}")
        return actions

    def clip(self, actions: Any) -> NDArray[Any]:
        """Real numbers inside their bounds, as float32; choices as they are."""
        array = np.asarray(actions)
        if self.kind != "box":
            return array
        low, high = self._bounds()
        return np.clip(array.astype(np.float32), low, high)

    def likeliest(self, parameters: NDArray[Any]) -> NDArray[Any]:
        """The action of every row that a policy's output `logits` `[rows, p]` makes likeliest; real numbers are not clipped."""
        if self.kind == "box":
            return np.asarray(parameters[:, : self.width], np.float32)
        parts = np.split(parameters, np.cumsum(self.counts)[:-1], axis=1)
        chosen: NDArray[Any] = np.stack([part.argmax(axis=1) for part in parts], axis=1).astype(np.int32)
        return chosen.reshape(-1, *self.shape)

    def _bounds(self) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        return np.array(self.low, np.float32), np.array(self.high, np.float32)

    def _inside(self, actions: NDArray[Any]) -> bool:
        if self.kind == "box":
            low, high = self._bounds()
            return bool(((actions >= low) & (actions <= high)).all())
        # Whole numbers below zero are great ones without their sign.
        unsigned = actions.view(np.uint32)
        counts = np.array(self.counts if self.shape else self.counts[0], np.uint32)
        return np.count_nonzero(unsigned < counts) == unsigned.size
