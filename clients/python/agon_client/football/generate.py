"""Levels drawn and edited, by the rules of the environment `football`: keepers stay where the scenario puts them."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Callable

import numpy as np

from .defect import LEAST_SPACING, Place, player_start
from .level import FLAGS, SIDES, FootballLevel, Side
from .options import FootballOptions

# Metres kept between players; more than the least, so that rounding to float32 breaks no rule.
_SPACING = LEAST_SPACING + 0.01
# Draws for one thing: an edit leaves it where it is then; a scattered one stands where it was drawn last.
_EDIT_TRIES = 16
_SCATTER_TRIES = 10_000

Movable = tuple[Side, int] | None
"""A player by team and index; None is the ball."""


def overridden(level: FootballLevel, options: FootballOptions) -> FootballLevel:
    """A scenario with what the options say of it."""
    said = {
        name: getattr(options, name)
        for name in ("game_duration", "offsides", *(flag for flag in FLAGS if flag.startswith("end_episode")))
        if getattr(options, name) is not None
    }
    level = replace(level, **said)
    given = (options.left_difficulty, options.right_difficulty)
    left, right = (was if now is None else now for was, now in zip(level.difficulty, given, strict=True))
    # A game that is over by then has no second half.
    half = level.second_half if level.second_half is not None and level.second_half < level.game_duration else None
    return replace(level, difficulty=(left, right), second_half=half)


def move_level(
    level: FootballLevel, moves: int | None, step: float, options: FootballOptions, random: np.random.Generator
) -> FootballLevel:
    """Gaussian noise on the places of `moves` (None: all) of outfield players and ball, one after the other.

    What would leave the box stops at its edge (what starts beyond it, at its own place), and whom no draw gives room
    stays where he is: a playable level stays playable.
    """
    things = _movables(level)
    if moves is not None and moves < len(things):
        things = [things[i] for i in random.permutation(len(things))[:moves]]
    box = (options.max_x, options.max_y)
    for what in things:
        at = _place(level, what)

        def noisy() -> Place:
            x, y = (
                min(max(value + step * random.normal(), min(-most, value)), max(most, value))
                for value, most in zip(at, box, strict=True)
            )
            return x, y

        level = _placed(level, what, noisy, _EDIT_TRIES) or level
    return level


def scatter_level(level: FootballLevel, options: FootballOptions, random: np.random.Generator) -> FootballLevel:
    """Every outfield player and the ball at a uniform place of the box, drawn again where somebody stands already."""
    # Nobody whose place is still to be drawn is in the way of another.
    for side in SIDES:
        away = (player if i == 0 else replace(player, x=1000 * i, y=1000) for i, player in enumerate(level.team(side)))
        level = level.with_team(side, away)

    def uniform() -> Place:
        return options.max_x * random.uniform(-1, 1), options.max_y * random.uniform(-1, 1)

    for what in _movables(level):
        level = _placed(level, what, uniform, _SCATTER_TRIES) or _moved(level, what, uniform())
    return level


def _movables(level: FootballLevel) -> list[Movable]:
    players: list[Movable] = [(side, i) for side in SIDES for i in range(1, len(level.team(side)))]
    return [*players, None]


def _placed(level: FootballLevel, what: Movable, draw: Callable[[], Place], tries: int) -> FootballLevel | None:
    """With one thing where `draw` puts it and nobody else stands; None where no draw does."""
    for _ in range(tries):
        moved = _moved(level, what, draw())
        if _stands_free(moved, what):
            return moved
    return None


def _place(level: FootballLevel, what: Movable) -> Place:
    if what is None:
        return level.ball
    player = level.team(what[0])[what[1]]
    return player.x, player.y


def _moved(level: FootballLevel, what: Movable, to: Place) -> FootballLevel:
    if what is None:
        return replace(level, ball=to)
    side, index = what
    team = list(level.team(side))
    team[index] = replace(team[index], x=to[0], y=to[1])
    return level.with_team(side, team)


def _stands_free(level: FootballLevel, what: Movable) -> bool:
    if what is None or level.may_overlap:
        return True
    start = player_start(level.team(what[0])[what[1]], what[0])
    return all(
        (side, index) == what or math.dist(player_start(player, side), start) >= _SPACING
        for side in SIDES
        for index, player in enumerate(level.team(side))
    )
