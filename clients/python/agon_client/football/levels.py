"""The level space of the original engine."""

from __future__ import annotations

import base64
from dataclasses import dataclass, field
from typing import Callable, Mapping

import numpy as np

from ..hosting import Suite
from .defect import find_defect
from .draw import draw_level
from .features import football_features
from .generate import move_level, overridden, scatter_level
from .level import FootballLevel
from .options import FootballOptions
from .seats import find_seat_misfit
from .text import format_level, parse_levels


@dataclass(frozen=True)
class FootballLevels:
    options: FootballOptions
    formations: tuple[FootballLevel, FootballLevel]
    """The scenario on even and on odd episodes: some exchange the teams' formations."""
    suites: Mapping[str, Suite] = field(default_factory=dict)
    picture: Callable[[FootballLevel], str] | None = draw_level

    def decode(self, data: bytes) -> FootballLevel:
        return FootballLevel.decode(data)

    def key(self, level: FootballLevel) -> str:
        return base64.b64encode(level.encode()).decode()

    def text(self, level: FootballLevel) -> str:
        return format_level(level)

    def sample(self, random: np.random.Generator) -> FootballLevel:
        """A level of the generator that the options name; whether the episode is even or odd is drawn."""
        options = self.options
        level = overridden(self.formations[int(random.integers(2))], options)
        if options.generator == "random":
            return scatter_level(level, options, random)
        return move_level(level, None, options.spread, options, random) if options.generator == "around" else level

    def mutate(self, level: FootballLevel, random: np.random.Generator) -> tuple[FootballLevel, str]:
        return move_level(level, self.options.moves, self.options.step, self.options, random), "move"

    def obstacle(self, level: FootballLevel) -> str:
        """Also where the representation cannot show its teams, or they have no room for the agents."""
        defect = find_defect(level)
        if defect is not None:
            return f"{defect.message} ({defect.place})"
        players, shown = (tuple(map(len, (one.left, one.right))) for one in (level, self.formations[0]))
        if self.options.representation == "raw" and players != shown:
            return f"{players[0]} against {players[1]} players, representation raw shows {shown[0]} against {shown[1]}"
        return find_seat_misfit(level, self.options)

    def describe(self, level: FootballLevel) -> Mapping[str, float]:
        return football_features(level)

    def parse_file(self, text: str) -> list[tuple[str, FootballLevel]]:
        return parse_levels(text)
