"""What vector environments that are stepped as a whole have in common."""

from __future__ import annotations

import numpy as np

from ..errors import AgonError
from .acting import ActionLayout
from .contract import Rows, VectorRequest
from .faults import fault_of
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

    def _fault(self, error: BaseException, call: str) -> AgonError:
        self._sound = False
        return fault_of(error, call)
