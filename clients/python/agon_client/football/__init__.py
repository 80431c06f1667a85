"""Hosting the original football engine, the package `gfootball`, as an environment."""

from .level import FootballLevel, LevelPlayer
from .options import FootballOptions
from .serve import serve_football
from .text import format_level, parse_levels

__all__ = ["FootballLevel", "FootballOptions", "LevelPlayer", "format_level", "parse_levels", "serve_football"]
