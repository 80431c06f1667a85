import importlib

_whole_game = importlib.import_module("gfootball.scenarios.11_vs_11_stochastic")


def build_scenario(builder):
    _whole_game.build_scenario(builder)
    builder.config().right_team_difficulty = 1.0
    builder.config().second_half = 1500
