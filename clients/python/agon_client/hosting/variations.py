"""What not every level space has: operators by name, crossover, levels as points of a box, hidden parameters drawn again."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any, Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from ..errors import AgonError
from ..exact import shown
from ..gen import environments_pb2 as wire
from .contract import Level


@dataclass(frozen=True)
class Genome:
    """A box of real numbers that levels are points of; all lists are as long as `names`.

    `to_vector(level)` is a point inside the bounds, `from_vector(point)` the level there: it gets a point that is clipped
    and, where `integer` is true, rounded to the nearest whole number, halves upwards; any such point has to be a level.
    """

    names: Sequence[str]
    low: Sequence[float]
    high: Sequence[float]
    to_vector: Callable[[Any], Sequence[float]]
    from_vector: Callable[[NDArray[np.float64]], Level]
    integer: Sequence[bool] = ()

    def __post_init__(self) -> None:
        count = len(self.names)
        if not count or len(self.low) != count or len(self.high) != count or len(self.integer) not in (0, count):
            raise AgonError("environment/description", f"a genome of {count} names with other numbers of bounds")
        for name, low, high in zip(self.names, self.low, self.high, strict=True):
            if not (math.isfinite(low) and math.isfinite(high) and low <= high):
                raise AgonError("environment/description", f"'{name}' of the genome goes from {low} to {high}")

    def bounded(self, point: Sequence[float]) -> NDArray[np.float64]:
        """Raises `AgonError` `level/genome`."""
        given = np.asarray(point, np.float64)
        if given.shape != (len(self.names),) or np.isnan(given).any():
            raise AgonError("level/genome", f"a point has {len(self.names)} numbers, not {shown(point)}")
        clipped = np.clip(given, self.low, self.high)
        return np.where(self.integer, np.floor(clipped + 0.5), clipped) if self.integer else clipped

    def bounds(self) -> wire.Genome:
        return wire.Genome(names=self.names, low=self.low, high=self.high, integer=self.integer)


@dataclass(frozen=True)
class Variations:
    """The optional part of a level space, its attribute `variations`; draws come from the generator given."""

    operators: Mapping[str, Callable[[Any, np.random.Generator], Level]] = field(default_factory=dict)
    """Changed copies of a level by the name of what changes it; `mutate` is the space's own."""
    crossover: Callable[[Any, Any, np.random.Generator], Level] | None = None
    genome: Genome | None = None
    resample: Callable[[Any, np.random.Generator], Level] | None = None
    """The level with its hidden parameters drawn again from their prior; what is seen of it stays."""

    def operator(self, name: str) -> Callable[[Any, np.random.Generator], Level]:
        """Raises `AgonError` `level/operator`."""
        if name in self.operators:
            return self.operators[name]
        raise AgonError("level/operator", f"there is no operator '{name}'", f"there are {', '.join(self.operators) or 'none'}")

    def announce(self, description: wire.EnvironmentDescription) -> None:
        description.operators.extend(self.operators)
        description.crosses_levels = self.crossover is not None
        description.resamples_levels = self.resample is not None
        if self.genome is not None:
            description.genome.CopyFrom(self.genome.bounds())


def variations_of(levels: Any) -> Variations:
    given = getattr(levels, "variations", None)
    return given if isinstance(given, Variations) else Variations()
