from . import *


def build_scenario(builder):
    config = builder.config()
    config.game_duration = 3000
    config.left_team_difficulty = 0.05
    config.right_team_difficulty = 0.05
    config.deterministic = False
    kicking, waiting = (Team.e_Left, Team.e_Right) if builder.EpisodeNumber() % 2 == 0 else (Team.e_Right, Team.e_Left)
    for team, first, second in ((kicking, (0.0, 0.02), (0.0, -0.02)), (waiting, (-0.04, 0.04), (-0.04, -0.04))):
        builder.SetTeam(team)
        builder.AddPlayer(-1.0, 0.0, e_PlayerRole_GK, controllable=False)
        builder.AddPlayer(*first, e_PlayerRole_RM)
        builder.AddPlayer(*second, e_PlayerRole_CF)
        builder.AddPlayer(-0.1, -0.1, e_PlayerRole_LB)
        builder.AddPlayer(-0.1, 0.1, e_PlayerRole_CB)
