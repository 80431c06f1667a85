#!/usr/bin/env python3
"""Hosts a parallel environment of PettingZoo: `env: { remote: <rendezvous> }`, one row for each agent.

    pip install ./clients/python pettingzoo pygame
    python3 clients/python/examples/pettingzoo_environment.py butterfly.knights_archers_zombies_v11 max_cycles=200
"""

from __future__ import annotations

import argparse
import importlib
import json
import sys
from typing import Any

import agon_client as agon


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("module", help="below `pettingzoo`, as butterfly.knights_archers_zombies_v11")
    parser.add_argument("options", nargs="*", help="of its `parallel_env`, name=value in JSON")
    parser.add_argument("--rendezvous", default="environment.json", help="file that says where it listens")
    given = parser.parse_args()
    try:
        found = importlib.import_module(f"pettingzoo.{given.module}")
    except ImportError as missing:
        sys.exit(f"{missing.name} is not installed: pip install pettingzoo, and what the environment needs")
    options = {name: json.loads(value) for name, _, value in (one.partition("=") for one in given.options)}

    def make() -> Any:
        return found.parallel_env(**options)

    end = agon.told_to_end()
    with agon.serve_environment(
        make, id=given.module, step_limit=options.get("max_cycles"), rendezvous=given.rendezvous
    ) as server:
        agon.say(f"{given.module} at {server.address}: env: {{ remote: {given.rendezvous} }}")
        end.wait()


if __name__ == "__main__":
    agon.as_program(main)
