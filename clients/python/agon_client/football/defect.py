"""Why a level cannot be played, and where. The rules are those of the environment `football`."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Iterator

from .level import LONGEST_GAME, MOST_PLAYERS, ROLES, SIDES, FootballLevel, LevelPlayer, Side

LEAST_SPACING = 0.3
"""Metres between two players at the start."""
# The engine places the players of a scenario by other factors than it observes them by.
_START = (55.0, 84.96)
_METRES = (54.4, 83.6)
# How far positions may lie from the centre, with room for rounding.
_PLAYER = (1.0001, 0.4201)
_BALL = (1.0111, 0.4307)
# Of keepers and lazy players, whom scenarios put out of the way.
_FARTHEST = 10

Place = tuple[float, float]


@dataclass(frozen=True)
class Defect:
    message: str
    field: str
    player: tuple[Side, int] | None = None

    @property
    def place(self) -> str:
        """`left player 2, y`, or `gameDuration`."""
        return self.field if self.player is None else f"{self.player[0]} player {self.player[1]}, {self.field}"


def player_start(player: LevelPlayer, side: Side) -> Place:
    """In metres and the left team's frame."""
    sign = 1 if side == "left" else -1
    return sign * player.x * _START[0], sign * player.y * _START[1]


def ball_start(level: FootballLevel) -> Place:
    return level.ball[0] * _METRES[0], level.ball[1] * _METRES[1]


def nearest_side(level: FootballLevel) -> Side:
    """The team whose player stands nearest to the ball: the engine gives it the first kick-off."""
    ball = ball_start(level)

    def distance(side: Side) -> float:
        return min(math.dist(player_start(player, side), ball) for player in level.team(side))

    return "left" if distance("left") <= distance("right") else "right"


def find_defect(level: FootballLevel) -> Defect | None:
    """The first defect, or None. Compared with `football`, a kick-off by the farther team is one too: the engine has none."""
    return next(_defects(level), None)


def _defects(level: FootballLevel) -> Iterator[Defect]:
    for side in SIDES:
        team = level.team(side)
        if not 1 <= len(team) <= MOST_PLAYERS:
            yield Defect(f"a team has 1 to {MOST_PLAYERS} players, not {len(team)}", side)
        for index, player in enumerate(team):
            for message, field in _player_defects(player, index):
                yield Defect(message, field, (side, index))
    for axis, value, most in zip("xy", level.ball, _BALL):
        if not abs(value) <= most:
            yield Defect(f"its {axis}, {value:g}, is off the pitch", "ball")
    if not level.may_overlap:
        yield from _overlaps(level)
    yield from _number_defects(level)
    if level.kick_off not in ("nearest", nearest_side(level)):
        yield Defect(f"the engine gives the kick-off to the nearer team, not to the {level.kick_off} one", "kickOff")


def _player_defects(player: LevelPlayer, index: int) -> Iterator[tuple[str, str]]:
    if player.role not in ROLES:
        yield f"'{player.role}' is none of the roles {', '.join(ROLES)}", "role"
    if index == 0 and player.role != "GK":
        yield f"the first player of a team is its keeper GK, not {player.role}", "role"
    if index > 0 and player.role == "GK":
        yield "a second keeper", "role"
    if index == 0 or player.lazy:
        for axis, value in ("x", player.x), ("y", player.y):
            if not abs(value) <= _FARTHEST:
                yield f"{value:g} is too far off the pitch, −{_FARTHEST} … {_FARTHEST}", axis
        return
    if not abs(player.x) <= _PLAYER[0]:
        yield f"{player.x:g} is off the pitch, −1 … 1", "x"
    if not abs(player.y) <= _PLAYER[1]:
        yield f"{player.y:g} is off the pitch, −0.42 … 0.42", "y"


def _overlaps(level: FootballLevel) -> Iterator[Defect]:
    placed: list[tuple[Side, int, Place]] = []
    for side in SIDES:
        for index, player in enumerate(level.team(side)):
            start = player_start(player, side)
            for other, number, place in placed:
                if math.dist(place, start) < LEAST_SPACING:
                    text = f"stands on top of {other} player {number}: leave at least {LEAST_SPACING} m between them"
                    yield Defect(text, "x", (side, index))
            placed.append((side, index, start))


def _number_defects(level: FootballLevel) -> Iterator[Defect]:
    for share in level.difficulty:
        if not 0 <= share <= 1:
            yield Defect(f"a difficulty is 0 … 1, not {share:g}", "difficulty")
    if not 1 <= level.game_duration <= LONGEST_GAME:
        yield Defect(f"a game lasts 1 to {LONGEST_GAME} steps, not {level.game_duration}", "gameDuration")
    if level.second_half is not None and not 0 <= level.second_half < level.game_duration:
        last = level.game_duration - 1
        yield Defect(f"the second half begins at a step of the game, 0 … {last}, not {level.second_half}", "secondHalf")
