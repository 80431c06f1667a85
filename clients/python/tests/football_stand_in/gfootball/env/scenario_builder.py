"""What a scenario's `build_scenario` is given."""

from __future__ import annotations

import importlib
import random
import sys
from typing import Any

import gfootball_engine as libgame

Team = libgame.e_Team


class Scenario:
    def __init__(self, config: Any) -> None:
        self._scenario_cfg = libgame.ScenarioConfig.make()
        self._config = config
        self._active_team = Team.e_Left
        try:
            scenario = importlib.import_module(f"gfootball.scenarios.{config['level']}")
        except ImportError:
            sys.exit(1)
        scenario.build_scenario(self)
        for team, players in ((Team.e_Left, self._scenario_cfg.left_team), (Team.e_Right, self._scenario_cfg.right_team)):
            self.SetTeam(team)
            if not players:
                self.AddPlayer(-1.0, 0.42, libgame.e_PlayerRole.e_PlayerRole_GK, True)
        self._finish()

    def config(self) -> Any:
        return self._scenario_cfg

    def SetTeam(self, team: Any) -> None:
        self._active_team = team

    def AddPlayer(self, x: float, y: float, role: Any, lazy: bool = False, controllable: bool = True) -> None:
        player = libgame.FormationEntry(x, y, role, lazy, controllable)
        left = self._active_team == Team.e_Left
        (self._scenario_cfg.left_team if left else self._scenario_cfg.right_team).append(player)

    def SetBallPosition(self, ball_x: float, ball_y: float) -> None:
        self._scenario_cfg.ball_position[0] = ball_x
        self._scenario_cfg.ball_position[1] = ball_y

    def EpisodeNumber(self) -> int:
        return self._config["episode_number"]

    def ScenarioConfig(self) -> Any:
        return self._scenario_cfg

    def _finish(self) -> None:
        made, config = self._scenario_cfg, self._config
        made.left_agents, made.right_agents = config.number_of_left_players(), config.number_of_right_players()
        if "game_engine_random_seed" not in config._values:
            config.set_scenario_value("game_engine_random_seed", random.randint(0, 2_000_000_000))
        if not made.deterministic:
            made.game_engine_random_seed = config["game_engine_random_seed"]
            if "reverse_team_processing" not in config:
                # Kept from then on, whatever seeds follow.
                config["reverse_team_processing"] = bool(config["game_engine_random_seed"] % 2)
        if "reverse_team_processing" in config:
            made.reverse_team_processing = config["reverse_team_processing"]
