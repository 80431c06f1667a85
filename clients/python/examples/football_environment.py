#!/usr/bin/env python3
"""Ten players of the original football engine for one policy, their keeper and the other team for its built-in AI.

    python3 clients/python/examples/football_environment.py football.json     # env: { remote: football.json }

Every option can also be given on a command line: `python3 -m agon_client.football --help`.
"""

from __future__ import annotations

import sys

import agon_client as agon
from agon_client.football import FootballOptions, serve_football
from agon_client.hosting import Listener

OPTIONS = FootballOptions(
    scenario="11_vs_11_stochastic",
    generator="random",  # players and ball anywhere, as in MADRID's random levels
    game_duration=128,
    left_agents=10,
    left_controllable="outfield",
    representation="raw",
    action_set="v2",
)


def main() -> None:
    end = agon.told_to_end()
    rendezvous = sys.argv[1] if len(sys.argv) > 1 else "football.json"
    with serve_football(OPTIONS, Listener(rendezvous=rendezvous)) as server:
        agon.say(f"football at {server.address}: env: {{ remote: {rendezvous} }}")
        end.wait()


if __name__ == "__main__":
    agon.as_program(main)
