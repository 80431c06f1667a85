"""What an evaluation says of its episodes beside the share that was solved."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from .gen import environments_pb2 as wire


@dataclass(frozen=True)
class Measure:
    """The mean of the episodes' return or length, or the share of them in which that is above a number."""

    name: str
    """Words of a-z and 0-9 joined by `_`: `goal_difference`."""
    about: str = ""
    better: Literal["higher", "lower"] = "higher"
    of: Literal["return", "length"] = "return"
    above: float | None = None
    """None: the mean."""

    def message(self) -> wire.NamedMeasure:
        lower, length = self.better == "lower", self.of == "length"
        return wire.NamedMeasure(name=self.name, about=self.about, lower_is_better=lower, of_length=length, above=self.above)

    @staticmethod
    def of_message(message: wire.NamedMeasure) -> Measure:
        return Measure(
            message.name,
            message.about,
            "lower" if message.lower_is_better else "higher",
            "length" if message.of_length else "return",
            message.above if message.HasField("above") else None,
        )
