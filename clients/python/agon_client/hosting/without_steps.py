"""An environment without steps: levels alone, which a student attempts in one go (prompts, programs, data)."""

from __future__ import annotations

from typing import Mapping, NoReturn, Sequence

from ..errors import AgonError
from ..gen import environments_pb2 as wire
from .contract import VectorRequest
from .spaces import ObservationLayout


class HostedLevels:
    """Nothing is observed, there is no action to choose, and one attempts each level, in the seat that outcomes name."""

    agents = 1
    gives_finals = False
    gives_departures = False
    solved_above: float | None = None
    actions = wire.ActionSpec()
    layout = ObservationLayout({})

    def __init__(self, seats: Mapping[str, Sequence[str]]) -> None:
        if len(seats) > 1:
            raise AgonError("environment/seats", f"{len(seats)} seats without steps; one attempts a level", "name one seat")
        self.seats: Mapping[str, Sequence[int]] = {seat: (0,) for seat in seats or ("agent",)}

    def vector(self, request: VectorRequest) -> NoReturn:
        raise AgonError(
            "env/no-steps",
            "this environment has levels and no steps: a step stream opens it",
            "take an environment with steps, or a student that attempts levels without",
        )

    def close(self) -> None:
        pass
