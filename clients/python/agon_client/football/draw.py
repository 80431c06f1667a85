"""A level as a picture."""

from __future__ import annotations

from .defect import ball_start, player_start
from .level import SIDES, FootballLevel

_HALF_LENGTH, _HALF_WIDTH, _MARGIN = 55, 36, 4
_COLOURS = {"left": "#1f5fbf", "right": "#c2362f"}


def draw_level(level: FootballLevel) -> str:
    """A self-contained `<svg>` of the start, one unit a metre: the left team attacks to the right."""
    figures = [
        f'<g transform="translate({x:.1f} {y:.1f})" opacity="{0.55 if player.lazy else 1}">'
        f'<circle r="1.75" fill="{_COLOURS[side]}" stroke="#10241a" stroke-width="0.3"/>'
        f'<text y="0.62" font-size="1.75" text-anchor="middle" fill="#fff">{player.role}</text></g>'
        for side in SIDES
        for player in level.team(side)
        for x, y in (player_start(player, side),)
    ]
    ball_x, ball_y = ball_start(level)
    width, height = 2 * (_HALF_LENGTH + _MARGIN), 2 * (_HALF_WIDTH + _MARGIN)
    view = f"{-width / 2:g} {-height / 2:g} {width} {height}"
    lines = "".join(_end(side) for side in (-1, 1)) + f"M0 {-_HALF_WIDTH}v{2 * _HALF_WIDTH}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{view}" role="img" font-family="system-ui,sans-serif" '
        f'aria-label="football, {len(level.left)} against {len(level.right)}">'
        f'<rect x="{-width / 2:g}" y="{-height / 2:g}" width="{width}" height="{height}" fill="#549757"/>'
        f'<g fill="none" stroke="#f4f7f2" stroke-width="0.35"><path d="{lines}"/><circle r="9.15"/></g>{"".join(figures)}'
        f'<circle cx="{ball_x:.1f}" cy="{ball_y:.1f}" r="0.9" fill="#fff" stroke="#111" stroke-width="0.35"/></svg>'
    )


def _end(side: int) -> str:
    """Lines of one end: its corner lines, penalty area, goal area and goal."""
    line = side * _HALF_LENGTH

    def box(depth: float, half: float) -> str:
        return f"M{line} {-half}h{-side * depth}v{2 * half}h{side * depth}"

    return box(_HALF_LENGTH, _HALF_WIDTH) + f"v{-2 * _HALF_WIDTH}" + box(16.5, 20.1) + box(5.5, 9.16) + box(-2.4, 3.7)
