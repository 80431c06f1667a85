from . import *


def build_scenario(builder):
    config = builder.config()
    config.game_duration = 3000
    config.second_half = 1500
    config.right_team_difficulty = 1.0
    config.deterministic = False
    for team in (Team.e_Left, Team.e_Right):
        builder.SetTeam(team)
        builder.AddPlayer(-1.0, 0.0, e_PlayerRole_GK)
        builder.AddPlayer(-0.422, -0.19576, e_PlayerRole_LB)
        builder.AddPlayer(-0.5, -0.06356, e_PlayerRole_CB)
        builder.AddPlayer(-0.5, 0.063559, e_PlayerRole_CB)
        builder.AddPlayer(-0.422, 0.19576, e_PlayerRole_RB)
        builder.AddPlayer(-0.184212, -0.10568, e_PlayerRole_CM)
        builder.AddPlayer(-0.267574, 0.0, e_PlayerRole_CM)
        builder.AddPlayer(-0.184212, 0.10568, e_PlayerRole_CM)
        builder.AddPlayer(-0.01, -0.2161, e_PlayerRole_LM)
        builder.AddPlayer(0.0, 0.02, e_PlayerRole_CF)
        builder.AddPlayer(0.0, -0.02, e_PlayerRole_RM)
