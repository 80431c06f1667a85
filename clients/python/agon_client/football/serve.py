"""Serving the original engine as an environment."""

from __future__ import annotations

import json
import secrets
from pathlib import Path

from ..errors import AgonError
from ..gen import environments_pb2 as wire
from ..measure import Measure
from ..hosting import EnvironmentServer, Listener, serve_hosted
from ..target import write_private
from .generate import overridden
from .hosted import HostedFootball
from .levels import FootballLevels
from .options import FootballOptions
from .scenario import import_engine, read_scenario
from .suites import FIRST_EPISODE, football_suites

_KEY_BYTES = 32
_GOAL_DIFFERENCE = Measure("goal_difference", "Goals of the measured team less those of the other, mean over games.")


def _win_rate(above: float) -> Measure:
    return Measure("win_rate", "Share of the games that the measured team won.", above=above)


def serve_football(
    options: FootballOptions = FootballOptions(), listener: Listener = Listener(), state_key: str | Path | None = None
) -> EnvironmentServer:
    """Serves games of the installed package `gfootball`, and returns at once.

    A policy finds what it finds in the environment `football`: the same names, types, seats and levels. Saved states are
    sealed with the key in the file `state_key`, which is made where it is missing (default: beside the rendezvous
    file): a server loads states that were saved under the same key. Raises `AgonError` `football/*`, `wire/*`.
    """
    import_engine("gfootball.env")
    formations = read_scenario(options.scenario, FIRST_EPISODE), read_scenario(options.scenario, FIRST_EPISODE + 1)
    levels = FootballLevels(options, formations)
    if obstacle := levels.obstacle(levels.formations[0]):
        raise AgonError("football/scenario", f"nobody can play {options.scenario}: {obstacle}", "give other agents")
    levels = FootballLevels(options, formations, football_suites(levels.obstacle))
    if state_key is None and listener.rendezvous is not None:
        state_key = f"{listener.rendezvous}.state-key"
    ends_on_score = overridden(formations[0], options).end_episode_on_score
    hosted = HostedFootball(options, formations[0], _read_key(state_key))
    return serve_hosted(hosted, levels, _describe(hosted, options, ends_on_score), listener)


def _describe(hosted: HostedFootball, options: FootballOptions, ends_on_score: bool) -> wire.EnvironmentDescription:
    checkpoints = "checkpoints" in options.rewards
    measures = [_win_rate(1.5)] if checkpoints else [_GOAL_DIFFERENCE, _win_rate(0)]
    description = wire.EnvironmentDescription(
        id="football",
        profile=options.representation,
        observations={name: leaf.spec() for name, leaf in hosted.layout.leaves.items()},
        actions=hosted.actions,
        agents=hosted.agents,
        seats=[wire.Seat(name=name, agents=members) for name, members in hosted.seats.items()],
        # All checkpoints without a goal are worth 1, a goal with them 2.
        solved_above=1.5 if checkpoints else 0,
        options_json=json.dumps(options.as_json(), sort_keys=True),
        parses_files=True,
        measures=[measure.message() for measure in measures],
    )
    if ends_on_score:
        description.return_low, description.return_high = -1, 2 if checkpoints else 1
    return description


def _read_key(path: str | Path | None) -> bytes:
    """Raises `AgonError` `football/state-key`."""
    if path is None:
        return secrets.token_bytes(_KEY_BYTES)
    file = Path(path)
    if not file.exists():
        write_private(file, secrets.token_hex(_KEY_BYTES) + "\n")
    try:
        key = bytes.fromhex(file.read_text().strip())
    except ValueError as cause:
        raise AgonError("football/state-key", f"no key in hexadecimal: {cause}", "delete the file", place=str(file)) from cause
    if len(key) != _KEY_BYTES:
        raise AgonError("football/state-key", f"a key has {_KEY_BYTES} bytes, not {len(key)}", "delete the file", place=str(file))
    return key
