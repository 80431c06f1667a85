"""What a hosted game is: the options of the environment `football` that the original engine has too."""

from __future__ import annotations

import os
from dataclasses import asdict, dataclass, field
from typing import Any, Callable, Literal, Sequence

from ..errors import AgonError

Generator = Literal["scenario", "around", "random"]
Representation = Literal["raw", "simple115v2", "simple115", "extracted"]
Controllable = Literal["level", "outfield"] | tuple[int, ...]
GENERATORS = ("scenario", "around", "random")
REPRESENTATIONS = ("raw", "simple115v2", "simple115", "extracted")
ACTION_SETS = ("default", "v2")
REWARDS = ("scoring", "scoring,checkpoints")
ACTIONS = (
    *("idle", "left", "top_left", "top", "top_right", "right", "bottom_right", "bottom", "bottom_left"),
    *("long_pass", "high_pass", "short_pass", "shot", "sprint", "release_direction", "release_sprint"),
    *("sliding", "dribble", "release_dribble", "builtin_ai"),
)
"""By their ids in the set "v2"; "default" has all but the last."""


def _option(default: Any, help: str, parse: Callable[[str], Any] = str, choices: Sequence[str] = ()) -> Any:
    """`parse` and `choices` are for the command line, which shows `help`."""
    return field(default=default, metadata={"help": help, "parse": parse, "choices": choices or None})


def _controllable(text: str) -> Controllable:
    if text == "level":
        return "level"
    if text == "outfield":
        return "outfield"
    return tuple(int(index) for index in text.split(","))


def _switch(text: str) -> bool:
    if text not in ("on", "off"):
        raise ValueError(f"'{text}' is neither on nor off")
    return text == "on"


@dataclass(frozen=True)
class FootballOptions:
    """Raises `AgonError` `football/options`."""

    scenario: str = _option("11_vs_11_stochastic", "scenario of the package that levels are made of, or a scenario file")
    generator: Generator = _option(
        "scenario",
        "how levels are drawn: the scenario as it is, its players and ball moved a little, or anywhere in the box",
        choices=GENERATORS,
    )
    spread: float = _option(0.1, "standard deviation of the generator `around`, in field units", float)
    max_x: float = _option(0.9, "half the length of the box that players and ball are drawn from and moved within", float)
    max_y: float = _option(0.4, "half the width of that box", float)
    moves: int | None = _option(None, "how many of players and ball an edit moves; all of them where it is not said", int)
    step: float = _option(0.1, "standard deviation of an edit on each axis, in field units", float)
    game_duration: int | None = _option(None, "steps of an episode in generated levels; else as the scenario says", int)
    left_difficulty: float | None = _option(None, "difficulty of the left team in generated levels, 0 to 1", float)
    right_difficulty: float | None = _option(None, "difficulty of the right team in generated levels, 0 to 1", float)
    offsides: bool | None = _option(None, "on or off: whether generated levels know offside", _switch)
    end_episode_on_score: bool | None = _option(None, "on or off: whether a goal ends generated episodes", _switch)
    end_episode_on_possession_change: bool | None = _option(None, "on or off: whether losing the ball does", _switch)
    end_episode_on_out_of_play: bool | None = _option(None, "on or off: whether a restart does", _switch)
    left_agents: int = _option(1, "players of the left team that are played from outside", int)
    right_agents: int = _option(0, "players of the right team that are played from outside", int)
    left_controllable: Controllable = _option(
        "level",
        "left players that agents may have: as the level says, outfield, or indices such as 1,2,3. As many agents as these "
        "have one each, fewer follow the ball",
        _controllable,
    )
    right_controllable: Controllable = _option("level", "right players that agents may have", _controllable)
    representation: Representation = _option(
        "simple115v2",
        "what an agent sees: the engine's raw fields by name, 115 numbers, or the mini-map of 72 x 96",
        choices=REPRESENTATIONS,
    )
    action_set: Literal["default", "v2"] = _option(
        "default", "actions 0 to 18, or in v2 also 19, which gives the player to the built-in AI", choices=ACTION_SETS
    )
    rewards: Literal["scoring", "scoring,checkpoints"] = _option(
        "scoring", "goals alone, or 0.1 more for each of ten distances to the goal reached with the ball", choices=REWARDS
    )
    deterministic: bool = _option(False, "on: every episode has the seed 42, whatever the stream of its slot", _switch)
    processes: int = _option(0, "processes for the games of one vector environment; 0: as many as processors", int)

    def __post_init__(self) -> None:
        for name, choices in (
            ("generator", GENERATORS),
            ("representation", REPRESENTATIONS),
            ("action_set", ACTION_SETS),
            ("rewards", REWARDS),
        ):
            if getattr(self, name) not in choices:
                raise _refused(name, f"'{getattr(self, name)}' is not one of {', '.join(choices)}")
        for name in ("left_agents", "right_agents"):
            if not 0 <= getattr(self, name) <= 11:
                raise _refused(name, f"{getattr(self, name)} agents; a team has 0 to 11")
        if self.agents == 0:
            raise _refused("left_agents", "nobody is played from outside", "a team needs an agent")
        if not (0 < self.max_x <= 1 and 0 < self.max_y <= 0.42):
            raise _refused("max_x", f"a box of {self.max_x} and {self.max_y} is not on the pitch", "at most 1 and 0.42")
        for name, least in (("spread", 0), ("step", 0), ("moves", 1), ("game_duration", 1), ("processes", 0)):
            value = getattr(self, name)
            if value is not None and not value >= least:
                raise _refused(name, f"{value} is less than {least}")
        for name in ("left_difficulty", "right_difficulty"):
            value = getattr(self, name)
            if value is not None and not 0 <= value <= 1:
                raise _refused(name, f"{value} is not 0 to 1")

    @property
    def agents(self) -> int:
        return self.left_agents + self.right_agents

    @property
    def workers(self) -> int:
        return self.processes or os.cpu_count() or 1

    def as_json(self) -> dict[str, Any]:
        """By the names that `env:` has in a config."""
        return {_camel(name): value for name, value in asdict(self).items()}


def _refused(name: str, message: str, remedy: str = "") -> AgonError:
    return AgonError("football/options", message, remedy, place=name)


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)
