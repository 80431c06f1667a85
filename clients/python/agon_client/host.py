"""Hosts what a module makes for a run, without a script: `python3 -m agon_client.host MODULE:MAKE`.

    python3 -m agon_client.host my_env:make --processes 4 --rendezvous env.json
    python3 -m agon_client.host my_env:make --options OPTIONS      # a dict of my_env, parameters of `serve_environment`
"""

from __future__ import annotations

import argparse
import importlib
from typing import Any

from .errors import AgonError
from .hosting import serve_environment
from .program import as_program, say, told_to_end


def main() -> None:
    given = _parser().parse_args()
    module, _, name = given.make.partition(":")
    make = _of_module(module, name)
    options = dict(_of_module(module, given.options)) if given.options else {}
    for key in ("id", "processes", "step_limit", "solved_above", "address"):
        if getattr(given, key) is not None:
            options[key] = getattr(given, key)
    end = told_to_end()
    with serve_environment(make, **{"id": given.make, **options, "rendezvous": given.rendezvous}) as server:
        say(f"{given.make} at {server.address}: env: {{ remote: {given.rendezvous} }}")
        end.wait()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python3 -m agon_client.host", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("make", metavar="MODULE:MAKE", help="a function that makes an environment, and its module, as Python imports it from here")
    parser.add_argument("--options", metavar="NAME", help="a dict of the same module: further parameters of `serve_environment`")
    parser.add_argument("--rendezvous", default="environment.json", help="file that says where it listens; default environment.json")
    parser.add_argument("--id", help="how the environment is called; default MODULE:MAKE")
    parser.add_argument("--processes", type=int, help="processes that the slots are dealt to; default 1")
    parser.add_argument("--step-limit", type=int, help="longest episode; default: that of the registration, else 1 000")
    parser.add_argument("--solved-above", type=float, help="return above which an episode solved its level")
    parser.add_argument("--address", help="where to listen; default 127.0.0.1:0, a port that the system chooses")
    return parser


def _of_module(module: str, name: str) -> Any:
    """Raises `AgonError` `environment/factory`."""
    remedy = "give MODULE:NAME, as `from MODULE import NAME` has it in this folder"
    if not module or not name:
        raise AgonError("environment/factory", f"'{module}:{name}' names no function of a module", remedy)
    try:
        found: Any = importlib.import_module(module)
    except ModuleNotFoundError as missing:
        # What the module itself imports is its own affair.
        if missing.name is None or not f"{module}.".startswith(f"{missing.name}."):
            raise
        raise AgonError("environment/factory", f"there is no module '{module}' here", remedy) from missing
    if not hasattr(found, name):
        raise AgonError("environment/factory", f"the module '{module}' has no '{name}'", remedy)
    return getattr(found, name)


if __name__ == "__main__":
    as_program(main)
