"""Levels and the engine's scenarios, which are Python modules with a `build_scenario(builder)`."""

from __future__ import annotations

import sys
from dataclasses import fields, replace
from importlib import import_module
from types import ModuleType, SimpleNamespace
from typing import Any, Mapping

from ..errors import AgonError
from .defect import find_defect
from .level import FLAGS, ROLES, FootballLevel, LevelPlayer, Side

SCENARIOS = "gfootball.scenarios"
_NUMBERS = ("game_duration", "second_half")


class LevelScenario:
    """A scenario, known to the engine by `name` from now on, that builds whatever `level` is at the time."""

    def __init__(self, name: str, level: FootballLevel) -> None:
        self.name = name
        self.level = level
        module = ModuleType(f"{SCENARIOS}.{name}", "Made at run time by agon_client.football.")
        module.build_scenario = self._build  # type: ignore[attr-defined]
        sys.modules[module.__name__] = module

    def remove(self) -> None:
        sys.modules.pop(f"{SCENARIOS}.{self.name}", None)

    def _build(self, builder: Any) -> None:
        engine, level, config = import_module("gfootball_engine"), self.level, builder.config()
        for name in FLAGS:
            if name != "may_overlap":
                setattr(config, name, getattr(level, name))
        config.game_duration = level.game_duration
        if level.second_half is not None:
            config.second_half = level.second_half
        config.left_team_difficulty, config.right_team_difficulty = level.difficulty
        # The seed of the environment's configuration counts, not the engine's fixed one.
        config.deterministic = False
        builder.SetBallPosition(*level.ball)
        for team, players in ((engine.e_Team.e_Left, level.left), (engine.e_Team.e_Right, level.right)):
            builder.SetTeam(team)
            for player in players:
                role = getattr(engine.e_PlayerRole, f"e_PlayerRole_{player.role}")
                builder.AddPlayer(player.x, player.y, role, player.lazy, player.controllable)


def read_scenario(name: str, episode: int = 2) -> FootballLevel:
    """A scenario of the package as a level; some exchange the formations on odd episodes.

    Raises `AgonError` `football/scenario`, `football/package`.
    """
    engine = import_engine("gfootball_engine")
    import_engine(SCENARIOS)
    try:
        module = import_module(f"{SCENARIOS}.{name}")
    except ImportError as cause:
        raise AgonError(
            "football/scenario",
            f"the package has no scenario '{name}'",
            "name a module of gfootball.scenarios, such as academy_empty_goal",
        ) from cause
    recorder = _Recorder(engine, episode)
    module.build_scenario(recorder)
    return recorder.level()


def import_engine(module: str) -> ModuleType:
    """A module of the engine's package. Raises `AgonError` `football/package` where it is not installed."""
    try:
        return import_module(module)
    except ImportError as cause:
        raise AgonError(
            "football/package",
            f"the original engine cannot be imported: {cause}",
            "install gfootball (see docs/attach-python.md), or use the environment `football`, which needs no Python",
        ) from cause


class _Recorder:
    """The scenario builder's surface, which keeps what it is told."""

    def __init__(self, engine: Any, episode: int) -> None:
        self._engine = engine
        self._episode = episode
        self._side: Side = "left"
        self._teams: Mapping[Side, list[LevelPlayer]] = {"left": [], "right": []}
        self._ball = (0.0, 0.0)
        names = (*FLAGS, *_NUMBERS)
        defaults = {field.name: field.default for field in fields(FootballLevel) if field.name in names}
        self._config = SimpleNamespace(**defaults, left_team_difficulty=1.0, right_team_difficulty=0.6, deterministic=False)
        self._config.reverse_team_processing = "by-seed"

    def config(self) -> SimpleNamespace:
        return self._config

    def SetBallPosition(self, ball_x: float, ball_y: float) -> None:
        self._ball = (ball_x, ball_y)

    def SetTeam(self, team: Any) -> None:
        self._side = "left" if team == self._engine.e_Team.e_Left else "right"

    def AddPlayer(self, x: float, y: float, role: Any, lazy: bool = False, controllable: bool = True) -> None:
        self._teams[self._side].append(LevelPlayer(x, y, ROLES[int(role)], lazy, controllable))

    def EpisodeNumber(self) -> int:
        return self._episode

    def level(self) -> FootballLevel:
        for team in self._teams.values():
            if not team:
                # What the builder does with an empty team.
                team.append(LevelPlayer(-1, 0.42, "GK", lazy=True))
        said = self._config
        level = FootballLevel(
            tuple(self._teams["left"]),
            tuple(self._teams["right"]),
            self._ball,
            (said.left_team_difficulty, said.right_team_difficulty),
            **{name: getattr(said, name) for name in (*FLAGS, *_NUMBERS, "reverse_team_processing")},
        )
        return level if find_defect(level) is None else replace(level, may_overlap=True)
