"""Named numbers that describe a level, those of the environment `football`."""

from __future__ import annotations

import math
from typing import Mapping

from .defect import ball_start, player_start
from .level import SIDES, FootballLevel, Side

_HALF_LENGTH = 55.0


def football_features(level: FootballLevel) -> Mapping[str, float]:
    """`ball_x`, `ball_y` in field units; the rest in metres and numbers of players.

    How far the ball is from each goal (`ball_to_left_goal`), from the nearest player of each team (`left_to_ball`) and
    from the nearest other than the keeper (`left_outfield_to_ball`, absent in a team of one), the size of each team
    (`left_players`), the mean place along the pitch of its outfield players (`left_mean_x`), how far they spread around
    it (`left_spread`), and how many stand between the ball and the goal line that they defend (`left_behind_ball`).
    """
    ball = ball_start(level)
    found = {
        "ball_x": level.ball[0],
        "ball_y": level.ball[1],
        "ball_to_left_goal": math.dist(ball, (-_HALF_LENGTH, 0)),
        "ball_to_right_goal": math.dist(ball, (_HALF_LENGTH, 0)),
    }
    for side in SIDES:
        found |= _team_features(level, side)
    return found


def _team_features(level: FootballLevel, side: Side) -> dict[str, float]:
    ball = ball_start(level)
    starts = [player_start(player, side) for player in level.team(side)]
    outfield = starts[1:]
    forward = 1 if side == "left" else -1
    found = {
        f"{side}_players": float(len(starts)),
        f"{side}_to_ball": min(math.dist(start, ball) for start in starts),
        f"{side}_behind_ball": float(sum(forward * x < forward * ball[0] for x, _ in starts)),
    }
    if not outfield:
        return found
    mean = tuple(sum(start[axis] for start in outfield) / len(outfield) for axis in (0, 1))
    squares = sum(math.dist(start, mean) ** 2 for start in outfield)
    return found | {
        f"{side}_outfield_to_ball": min(math.dist(start, ball) for start in outfield),
        f"{side}_mean_x": mean[0],
        f"{side}_spread": math.sqrt(squares / len(outfield)),
    }
