"""The compiled module's surface: enumerations, the scenario record, and a game."""

from __future__ import annotations

import copy
import os
import pickle
import random
import signal
from enum import Enum, IntEnum
from typing import Any

from .rules import Table


class e_Team(IntEnum):
    e_Left = 0
    e_Right = 1


class e_PlayerRole(IntEnum):
    e_PlayerRole_GK = 0
    e_PlayerRole_CB = 1
    e_PlayerRole_LB = 2
    e_PlayerRole_RB = 3
    e_PlayerRole_DM = 4
    e_PlayerRole_CM = 5
    e_PlayerRole_LM = 6
    e_PlayerRole_RM = 7
    e_PlayerRole_AM = 8
    e_PlayerRole_CF = 9


class GameState(Enum):
    game_created = 0
    game_running = 1
    game_done = 2


class FormationEntry:
    def __init__(self, x: float, y: float, role: e_PlayerRole, lazy: bool, controllable: bool) -> None:
        # The compiled class takes its own enumeration and booleans, no numbers in their place.
        assert isinstance(role, e_PlayerRole) and isinstance(lazy, bool) and isinstance(controllable, bool)
        self.position = (float(x), float(y))
        self.role = role
        self.lazy = lazy
        self.controllable = controllable


class ScenarioConfig:
    """Has these fields and no others, as the compiled record."""

    __slots__ = (
        *("ball_position", "left_team", "right_team", "left_agents", "right_agents", "use_magnet", "game_engine_random_seed"),
        *("reverse_team_processing", "offsides", "real_time", "left_team_difficulty", "right_team_difficulty"),
        *("deterministic", "end_episode_on_score", "end_episode_on_possession_change", "end_episode_on_out_of_play"),
        *("game_duration", "second_half", "control_all_players"),
    )

    @staticmethod
    def make() -> ScenarioConfig:
        made = ScenarioConfig()
        made.ball_position = [0.0, 0.0, 0.0]
        made.left_team, made.right_team = [], []
        made.left_agents, made.right_agents = 1, 0
        made.use_magnet = made.offsides = True
        made.game_engine_random_seed = 42
        made.reverse_team_processing = made.real_time = made.deterministic = made.control_all_players = False
        made.left_team_difficulty, made.right_team_difficulty = 1.0, 0.6
        made.end_episode_on_score = made.end_episode_on_possession_change = made.end_episode_on_out_of_play = False
        made.game_duration, made.second_half = 3000, 999999999
        return made

    @property
    def controllable_left_players(self) -> int:
        return sum(player.controllable for player in self.left_team)

    @property
    def controllable_right_players(self) -> int:
        return sum(player.controllable for player in self.right_team)

    @property
    def dynamic_player_selection(self) -> bool:
        pairs = ((self.left_agents, self.controllable_left_players), (self.right_agents, self.controllable_right_players))
        return any(agents not in (0, players) for agents, players in pairs)


told: list[ScenarioConfig] = []
"""What engines of this process were reset with, oldest first."""


class GameEnv:
    def __init__(self) -> None:
        self.state = GameState.game_created
        self.config = ScenarioConfig.make()
        self.waiting_for_game_count = 0
        self._table = Table()

    def start_game(self) -> None:
        # The original talks on standard output.
        if "STAND_IN_TALKS" in os.environ:
            print("the engine starts")

    def reset(self, config: ScenarioConfig) -> None:
        told.append(copy.deepcopy(config))
        self.config = config
        self.waiting_for_game_count = 0
        self._table = Table()
        self._table.begin(config, random.Random(config.game_engine_random_seed))

    def perform_action(self, action: int, left_team: bool, player: int) -> None:
        self._table.act(action, left_team, player)

    def step(self) -> None:
        if str(self._table.step + 1) == os.environ.get("STAND_IN_DIES_AT_STEP"):
            os.kill(os.getpid(), signal.SIGKILL)
        self._table.tick(self.config)

    def get_info(self) -> Table:
        return self._table

    def get_state(self, pickled: bytes) -> bytes:
        """The game and the bytes given, without the configuration."""
        return pickle.dumps((pickled, self.waiting_for_game_count, self._table))

    def set_state(self, state: bytes) -> bytes:
        pickled, self.waiting_for_game_count, self._table = pickle.loads(state)
        return pickled
