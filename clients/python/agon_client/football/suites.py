"""The package's scenarios as sealed tasks, in the suites of the environment `football`."""

from __future__ import annotations

import pkgutil
from typing import Any, Callable, Mapping

from ..hosting import Suite
from .level import FootballLevel
from .scenario import import_engine, read_scenario

FIRST_EPISODE = 2
"""The number of an environment's first episode; even ones have the formations as they are written."""

_SUITES: Mapping[str, tuple[str, Callable[[str], bool]]] = {
    "football/academy": ("The eleven situations of the football academy.", lambda name: name.startswith("academy_")),
    "football/11_vs_11": (
        "Whole games of eleven a side against the built-in AI at five difficulties.",
        lambda name: name.startswith("11_vs_11_"),
    ),
    "football/small-sided": (
        "Whole games of one and of five a side.",
        lambda name: name in ("1_vs_1_easy", "5_vs_5"),
    ),
    "football/all": ("Every built-in scenario.", lambda name: True),
}


def football_suites(obstacle: Callable[[FootballLevel], str]) -> Mapping[str, Suite]:
    """Scenarios that `obstacle` has nothing against. Episode 0 is the engine's first."""
    package = import_engine("gfootball.scenarios")
    names = sorted(module.name for module in pkgutil.iter_modules(package.__path__) if not module.ispkg)
    playable = [name for name in names if not any(obstacle(read_scenario(name, episode)) for episode in (0, 1))]
    made = {
        id: Suite(about, {name: _entry(name) for name in playable if holds(name)}) for id, (about, holds) in _SUITES.items()
    }
    return {id: suite for id, suite in made.items() if suite.entries}


def _entry(name: str) -> Callable[[Any, int], FootballLevel]:
    return lambda random, episode: read_scenario(name, FIRST_EPISODE + episode)
