#!/usr/bin/env python3
"""Hosts a Gymnasium environment for a run: `env: { remote: <rendezvous> }`.

    python3 clients/python/examples/gym_environment.py CartPole-v1 --rendezvous cartpole.json
    python3 clients/python/examples/gym_environment.py beacon --rendezvous beacon.json   # no package needed
"""

from __future__ import annotations

import argparse
import functools
import importlib
import sys
from typing import Any

import agon_client as agon
from agon_client.stand_ins import Beacon, beacon_levels


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("id", help="a registered id of Gymnasium, or `beacon`, the environment of this package")
    parser.add_argument("--rendezvous", default="environment.json", help="file that says where it listens")
    parser.add_argument("--solved-above", type=float, help="return above which an episode solved its level")
    parser.add_argument("--processes", type=int, default=1, help="processes that the slots are dealt to")
    given = parser.parse_args()
    if given.id == "beacon":
        options: dict[str, Any] = {"make": Beacon, "levels": beacon_levels(), "solved_above": 0.0, "return_range": (0.0, 1.0)}
    else:
        try:
            gymnasium = importlib.import_module("gymnasium")
        except ImportError:
            sys.exit("gymnasium is not installed: pip install gymnasium, or host `beacon`, which needs no package")
        options = {"make": functools.partial(gymnasium.make, given.id), "solved_above": given.solved_above}
    end = agon.told_to_end()
    with agon.serve_environment(options.pop("make"), id=given.id, rendezvous=given.rendezvous, processes=given.processes, **options) as server:
        agon.say(f"{given.id} at {server.address}: env: {{ remote: {given.rendezvous} }}")
        end.wait()


if __name__ == "__main__":
    agon.as_program(main)
