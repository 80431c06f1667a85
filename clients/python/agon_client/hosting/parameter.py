"""One named value of `reset(options=…)`: which there are, how one is drawn and changed, where it lies on an axis."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from typing import Any, Protocol, Sequence

import numpy as np

from ..errors import AgonError
from ..exact import real, shown, whole


class Parameter(Protocol):
    @property
    def low(self) -> float: ...

    @property
    def high(self) -> float:
        """The ends of its axis."""

    @property
    def integer(self) -> bool:
        """Whether only whole numbers of the axis are places of values."""

    def draw(self, random: np.random.Generator) -> Any: ...

    def changed(self, value: Any, step: float, random: np.random.Generator) -> Any:
        """Another value; `step` is the size of a change as a share of the axis."""

    def exact(self, value: Any) -> Any:
        """The value as plain JSON has it, one for all that are equal. Raises `AgonError` `level/invalid`."""

    def place(self, value: Any) -> float:
        """Where it lies on the axis."""

    def at(self, place: float) -> Any:
        """The value there; a place that the axis has."""

    def number(self, value: Any) -> float:
        """It as a number that describes a level."""


@dataclass(frozen=True)
class Interval:
    """A real number of `low` … `high`."""

    name: str
    low: float
    high: float
    integer = False

    def draw(self, random: np.random.Generator) -> float:
        return self.at(self.low + (self.high - self.low) * random.random())

    def changed(self, value: Any, step: float, random: np.random.Generator) -> float:
        """A normal step, reflected at the ends."""
        width = self.high - self.low
        moved = (float(value) - self.low + width * step * random.standard_normal()) % (2 * width)
        return self.at(self.low + min(moved, 2 * width - moved))

    def exact(self, value: Any) -> float:
        found = real(value, self.name, "level/invalid")
        if not self.low <= found <= self.high:
            raise AgonError("level/invalid", f"{self.name} is {found}, not {self.low} … {self.high}")
        # No −0: equal numbers have equal bytes.
        return found + 0.0

    def place(self, value: Any) -> float:
        return float(value)

    def at(self, place: float) -> float:
        return float(min(self.high, max(self.low, place))) + 0.0

    number = place


@dataclass(frozen=True)
class Count:
    """A whole number of `low` … `high`."""

    name: str
    low: int
    high: int
    integer = True

    def draw(self, random: np.random.Generator) -> int:
        return int(random.integers(self.low, self.high, endpoint=True))

    def changed(self, value: Any, step: float, random: np.random.Generator) -> int:
        by = int(random.integers(1, max(1, round((self.high - self.low) * step)), endpoint=True))
        moves = [moved for moved in (int(value) - by, int(value) + by) if self.low <= moved <= self.high]
        return moves[int(random.integers(len(moves)))] if moves else self.low + self.high - int(value)

    def exact(self, value: Any) -> int:
        return whole(value, self.name, self.low, self.high, "level/invalid")

    def place(self, value: Any) -> float:
        return float(value)

    def at(self, place: float) -> int:
        return int(place)

    number = place


@dataclass(frozen=True)
class Choice:
    """One of `values`; its axis is their numbering from 0."""

    name: str
    values: tuple[Any, ...]
    low = 0.0
    integer = True

    @property
    def high(self) -> float:
        return len(self.values) - 1.0

    def draw(self, random: np.random.Generator) -> Any:
        return self.values[int(random.integers(len(self.values)))]

    def changed(self, value: Any, step: float, random: np.random.Generator) -> Any:
        others = [one for one in self.values if one is not self.exact(value)]
        return others[int(random.integers(len(others)))]

    def exact(self, value: Any) -> Any:
        plain = value.item() if isinstance(value, np.generic) else value
        for one in self.values:
            if one == plain and isinstance(one, bool) == isinstance(plain, bool):
                return one
        there_are = ", ".join(json.dumps(one, ensure_ascii=False) for one in self.values)
        raise AgonError("level/invalid", f"{self.name} is {shown(value)}, not one of {there_are}")

    def place(self, value: Any) -> float:
        return float(self.values.index(self.exact(value)))

    def at(self, place: float) -> Any:
        return self.values[int(place)]

    def number(self, value: Any) -> float:
        """Itself where all are numbers, else its number from 0."""
        plain = all(isinstance(one, (int, float)) for one in self.values)
        return float(self.exact(value)) if plain else self.place(value)


def bounded(name: str, bounds: Sequence[float]) -> Interval | Count:
    """Between two whole numbers lie whole numbers, else real ones. Raises `AgonError` `environment/levels`."""
    given = tuple(bounds) if isinstance(bounds, (tuple, list)) else ()
    if len(given) != 2:
        raise _refused(f"the bounds of '{name}' are {shown(bounds)}; expected two numbers (low, high)")
    low, high = (real(end, f"a bound of '{name}'", "environment/levels") for end in given)
    if low > high:
        raise _refused(f"'{name}' goes from {low} to {high}")
    if all(isinstance(end, (int, np.integer)) for end in given):
        return Count(name, int(given[0]), int(given[1]))
    return Interval(name, low, high)


def chosen(name: str, values: Sequence[Any]) -> Choice:
    """Raises `AgonError` `environment/levels`."""
    if isinstance(values, (str, bytes)) or not values:
        raise _refused(f"the choices of '{name}' are {shown(values)}; expected a list of at least one")
    plain = tuple(one.item() if isinstance(one, np.generic) else one for one in values)
    odd = next((one for one in plain if not _is_word(one)), None)
    if odd is not None or None in plain:
        raise _refused(f"a choice of '{name}' is {shown(odd)}; expected a str, a finite number or a bool")
    if len(set(map(json.dumps, plain))) < len(plain) or len(set(plain)) < len(plain):
        raise _refused(f"'{name}' has a choice twice")
    return Choice(name, plain)


def _is_word(value: Any) -> bool:
    return isinstance(value, (str, bool, int)) or isinstance(value, float) and math.isfinite(value)


def _refused(message: str) -> AgonError:
    return AgonError("environment/levels", message, 'Levels(bounds={"length": (0.5, 2.0)}, choices={"ground": ("ice", "sand")})')
