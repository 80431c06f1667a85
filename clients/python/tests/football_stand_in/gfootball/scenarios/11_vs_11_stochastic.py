from . import *

_BACK = (
    (-0.422, -0.19576, e_PlayerRole_LB),
    (-0.5, -0.06356, e_PlayerRole_CB),
    (-0.5, 0.063559, e_PlayerRole_CB),
    (-0.422, 0.19576, e_PlayerRole_RB),
    (-0.184212, -0.10568, e_PlayerRole_CM),
    (-0.267574, 0.0, e_PlayerRole_CM),
    (-0.184212, 0.10568, e_PlayerRole_CM),
    (-0.01, -0.2161, e_PlayerRole_LM),
)
_KICKING = ((0.0, 0.02, e_PlayerRole_RM), (0.0, -0.02, e_PlayerRole_CF))
_WAITING = ((-0.05, 0.0, e_PlayerRole_RM), (-0.01, 0.216102, e_PlayerRole_CF))


def build_scenario(builder):
    builder.config().game_duration = 3000
    builder.config().right_team_difficulty = 0.6
    builder.config().deterministic = False
    even = builder.EpisodeNumber() % 2 == 0
    for team, kicks in ((Team.e_Left, even), (Team.e_Right, not even)):
        builder.SetTeam(team)
        for x, y, role in ((-1.0, 0.0, e_PlayerRole_GK), *(_KICKING if kicks else _WAITING), *_BACK):
            builder.AddPlayer(x, y, role)
