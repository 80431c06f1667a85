"""Which players the agents have."""

from __future__ import annotations

from dataclasses import replace
from typing import Mapping, Sequence

from .level import SIDES, FootballLevel
from .options import FootballOptions


def seated_level(level: FootballLevel, options: FootballOptions) -> FootballLevel:
    """The level with `controllable` narrowed to whom the options allow."""
    for side, choice in zip(SIDES, (options.left_controllable, options.right_controllable), strict=True):
        if choice != "level":
            level = level.with_team(
                side,
                (
                    replace(player, controllable=player.controllable and (i > 0 if choice == "outfield" else i in choice))
                    for i, player in enumerate(level.team(side))
                ),
            )
    return level


def find_seat_misfit(level: FootballLevel, options: FootballOptions) -> str:
    """Why a level has no room for the agents; empty where it has."""
    seated = seated_level(level, options)
    for side, agents in zip(SIDES, (options.left_agents, options.right_agents), strict=True):
        free = sum(player.controllable for player in seated.team(side))
        if free < agents:
            return f"{agents} agents play the {side} team, which has {free} players for them"
    counts = (options.left_agents, options.right_agents)
    able = (sum(player.controllable for player in team) for team in (seated.left, seated.right))
    lone = max(counts) <= 1
    if level.control_all_players and not lone and any(agents not in (0, all) for agents, all in zip(counts, able)):
        return "with controlAllPlayers a team has no agent, one for all of its players, or one for each of them"
    return ""


def seats_of(options: FootballOptions) -> Mapping[str, Sequence[int]]:
    """Agents of each seat by their number, left first; a team without agents is no seat."""
    left, right = range(options.left_agents), range(options.left_agents, options.agents)
    return {side: tuple(agents) for side, agents in (("left", left), ("right", right)) if agents}
