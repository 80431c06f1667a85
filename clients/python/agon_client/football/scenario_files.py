"""Scenario files, such as the levels that a stress test leaves: read as levels, and played in the engine as they are."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Iterator, Sequence

from ..errors import AgonError
from .options import ACTIONS
from .scenario import SCENARIOS, import_engine

_BUILTIN_AI = ACTIONS.index("builtin_ai")


@dataclass(frozen=True)
class PlayedScenario:
    file: Path
    steps: int
    score: tuple[int, int]
    """Goals of the left and of the right team."""


def load_scenario(file: Path) -> str:
    """Makes a scenario file known to the engine, and returns the name under which it is.

    The file is Python and is run. Raises `AgonError` `football/scenario`, `football/package`.
    """
    import_engine(SCENARIOS)
    name = file.stem
    spec = spec_from_file_location(f"{SCENARIOS}.{name}", file)
    if spec is None or spec.loader is None or "." in name:
        raise _refused(file, "the engine cannot have a scenario of this name", "name it <letters, digits, _>.py")
    module = module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
    except Exception as cause:
        raise _refused(file, f"it cannot be run: {cause}", "write it as those of gfootball/scenarios") from cause
    if not callable(getattr(module, "build_scenario", None)):
        raise _refused(file, "it has no build_scenario(builder)", "write it as those of gfootball/scenarios")
    sys.modules[module.__name__] = module
    return name


def play_scenarios(paths: Sequence[Path], steps: int) -> Iterator[PlayedScenario]:
    """Plays each file, and each `.py` of a folder, with the built-in AI in both teams until it ends or `steps` are over.

    Raises `AgonError` `football/scenario`, `football/package`.
    """
    engine = import_engine("gfootball.env")
    for file in _files(paths):
        env = engine.create_environment(
            env_name=load_scenario(file),
            representation="raw",
            number_of_left_players_agent_controls=1,
            other_config_options={"action_set": "v2"},
        )
        try:
            # Of the episodes of an environment the first one that a user sees is the second.
            seen, played, done = env.reset(), 0, False
            while not done and played < steps:
                seen, _, done, _ = env.step([_BUILTIN_AI])
                played += 1
            left, right = seen[0]["score"]
        finally:
            env.close()
        yield PlayedScenario(file, played, (int(left), int(right)))


def _files(paths: Sequence[Path]) -> list[Path]:
    found = [file for path in paths for file in (sorted(path.glob("*.py")) if path.is_dir() else [path])]
    for file in found:
        if not file.is_file():
            raise _refused(file, "there is no such file", "name scenario files or folders of them")
    if not found:
        raise _refused(paths[0], "there is no scenario file in this folder", "name a folder of .py files")
    return found


def _refused(file: Path, message: str, remedy: str) -> AgonError:
    return AgonError("football/scenario", message, remedy, place=str(file))
