import gfootball_engine as libgame

for _role in libgame.e_PlayerRole:
    globals()[_role.name] = _role
Team = libgame.e_Team
