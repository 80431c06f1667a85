import importlib

from . import *

_back = importlib.import_module("gfootball.scenarios.11_vs_11_stochastic")._BACK
_KICKING = ((0.0, 0.02, e_PlayerRole_CF), (0.0, -0.02, e_PlayerRole_RM))
_WAITING = ((-0.05, 0.0, e_PlayerRole_CF), (-0.01, 0.216102, e_PlayerRole_RM))


def build_scenario(builder):
    builder.config().game_duration = 3000
    builder.config().second_half = 1500
    builder.config().right_team_difficulty = 1.0
    builder.config().deterministic = False
    even = builder.EpisodeNumber() % 2 == 0
    for team, kicks in ((Team.e_Left, even), (Team.e_Right, not even)):
        builder.SetTeam(team)
        for x, y, role in ((-1.0, 0.0, e_PlayerRole_GK), *_back, *(_KICKING if kicks else _WAITING)):
            builder.AddPlayer(x, y, role)
