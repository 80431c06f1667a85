"""Serves the original football engine: `env: { remote: <rendezvous> }`.

    python3 -m agon_client.football --scenario academy_empty_goal --rendezvous football.json

A scenario may also be a file, such as a level that `agon levels --out` or `agon stress` wrote. Or plays such files:

    python3 -m agon_client.football --play scenarios --steps 128
"""

from __future__ import annotations

import argparse
from dataclasses import fields
from pathlib import Path

from ..hosting import Listener
from ..program import as_program, say, told_to_end
from .options import FootballOptions
from .scenario_files import load_scenario, play_scenarios
from .serve import serve_football


def main() -> None:
    given = vars(_parser().parse_args())
    files, steps = given.pop("play"), given.pop("steps")
    if files:
        _play(files, steps)
        return
    if given["scenario"].endswith(".py"):
        given["scenario"] = load_scenario(Path(given["scenario"]))
    options = FootballOptions(**{field.name: given.pop(field.name) for field in fields(FootballOptions)})
    state_key = given.pop("state_key")
    end = told_to_end()
    with serve_football(options, Listener(**given), state_key) as server:
        say(f"football at {server.address}: env: {{ remote: {given['rendezvous']} }}")
        end.wait()


def _play(files: list[Path], steps: int) -> None:
    for played in play_scenarios(files, steps):
        left, right = played.score
        say(f"{played.file.name}: {left}-{right} after {played.steps} steps")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python3 -m agon_client.football", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--listen", dest="address", default="127.0.0.1:0", help="host:port; port 0 lets the system choose")
    parser.add_argument("--rendezvous", default="football.json", help="file that says where it listens")
    parser.add_argument("--certificate", help="PEM file, for TLS; needed beyond loopback")
    parser.add_argument("--key", help="PEM file of the certificate's key")
    parser.add_argument("--client-authority", help="PEM file: only clients with a certificate of this authority may come")
    parser.add_argument("--insecure", action="store_true", help="listens beyond loopback without TLS, on a trusted network")
    parser.add_argument("--state-key", help="file of the key that saved states are sealed with; default beside the rendezvous")
    parser.add_argument("--play", nargs="+", type=Path, help="scenario files, or folders of them: played once each, by the built-in AI")
    parser.add_argument("--steps", type=int, default=3000, help="of --play: most steps of a game (default: 3000)")
    for field in fields(FootballOptions):
        said = field.metadata
        default = "off" if field.default is False else field.default
        shown = "" if default is None else f" (default: {default})"
        parser.add_argument(
            f"--{field.name.replace('_', '-')}",
            type=said["parse"],
            choices=said["choices"],
            default=field.default,
            help=said["help"] + shown,
        )
    return parser


if __name__ == "__main__":
    as_program(main)
