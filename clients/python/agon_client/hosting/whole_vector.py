"""What vector environments that are stepped as a whole have in common."""

from __future__ import annotations

from typing import Any, Callable

import numpy as np

from ..errors import AgonError
from .acted import Acted
from .acting import ActionLayout
from .contract import Rows, VectorRequest
from .faults import fault_of, told_again
from .pool import EnvironmentPool
from .spaces import ObservationLayout


class WholeVector:
    """Borrows a vector environment for its life, and gives it back as sound where nothing that was asked of it has failed."""

    def __init__(
        self,
        environments: EnvironmentPool,
        request: VectorRequest,
        layout: ObservationLayout,
        acting: ActionLayout,
        limit: int,
        info_mask: bool,
    ) -> None:
        self.rows = Rows.allocate(layout, request.slots)
        self.rows.finals = layout.allocate(request.slots) if request.finals else None
        self.sources = request.sources
        self._environments = environments
        self._env = environments.take()
        self._sound = True
        self._request = request
        self._layout = layout
        self._acting = acting
        self._acted = Acted()
        self._limit = limit
        self._info_mask = info_mask
        self._steps = np.zeros(request.slots, int)
        self._ended = np.zeros(request.slots, bool)

    def max_steps(self, slot: int) -> int:
        return self._limit

    def save(self, slot: int) -> bytes:
        raise AgonError("state/unsupported", "vector environments cannot save one slot", "host single environments")

    def load(self, slot: int, state: bytes) -> None:
        raise AgonError("state/unsupported", "vector environments cannot load one slot", "host single environments")

    def close(self) -> None:
        self._environments.give(self._env, self._sound)

    def _fault(self, error: BaseException, call: str, again: Callable[[], tuple[str, str]], **fields: Any) -> AgonError:
        """`again` says how it is done again, for people and in Python."""
        self._sound = False
        return told_again(fault_of(error, call, **fields), *again())


def slot_of(error: BaseException) -> int | None:
    """Whose the error is, where that is known."""
    slot = error.fields.get("slot") if isinstance(error, AgonError) else None
    return slot if isinstance(slot, int) else None
