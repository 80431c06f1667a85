"""Levels for people's files. The form is that of the environment `football`:

    name: One on one
    ball: 0.62 0
    endEpisodeOn: score outOfPlay
    left:
      GK -1 0
      CF 0.6 0
    right:
      GK -1 0 fixed   // played by the built-in AI, whatever agents there are
      CB -0.75 0 lazy

Empty lines part levels, `//` begins a comment. Header lines are optional; players are `role x y`, each team in its own
frame. A level without a name is called `level-<n>`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any, Sequence

import numpy as np

from ..errors import AgonError
from .defect import find_defect
from .level import MOST_PLAYERS, ROLES, SIDES, FootballLevel, LevelPlayer, Side, float32

_ENDS = {
    "score": "end_episode_on_score",
    "outOfPlay": "end_episode_on_out_of_play",
    "possessionChange": "end_episode_on_possession_change",
}
_SWITCHES = {
    "offsides": "offsides",
    "useMagnet": "use_magnet",
    "controlAllPlayers": "control_all_players",
    "mayOverlap": "may_overlap",
}
_KEYS = ("ball", "difficulty", "gameDuration", "secondHalf", "endEpisodeOn", "kickOff", *_SWITCHES, "reverseTeamProcessing")
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?", re.IGNORECASE)


def format_level(level: FootballLevel) -> str:
    """`parse_levels` reads it back. What a level has by default is left out."""
    default = FootballLevel((), ())
    shown = [(key, _shown(level, key)) for key in _KEYS if key == "ball" or _shown(level, key) != _shown(default, key)]
    lines = [f"{key}: {words}" for key, words in shown]
    for side in SIDES:
        lines += [f"{side}:", *(f"  {_player_words(player)}" for player in level.team(side))]
    return "\n".join(lines) + "\n"


def parse_levels(text: str) -> list[tuple[str, FootballLevel]]:
    """Raises `AgonError` `level/invalid` with line and field in `place`, also for a name given twice."""
    levels: list[tuple[str, FootballLevel]] = []
    for lines in _blocks(text):
        draft = _Draft(lines[0][0])
        for number, line in lines:
            draft.read(number, line)
        name = draft.name or f"level-{len(levels) + 1}"
        if any(name == other for other, _ in levels):
            raise _invalid(f"two levels are called '{name}'", f"line {lines[0][0]}, name")
        levels.append((name, draft.finish()))
    if not levels:
        raise _invalid("the text holds no level", "line 1")
    return levels


def _blocks(text: str) -> list[list[tuple[int, str]]]:
    """A line that holds nothing but a comment parts nothing."""
    blocks: list[list[tuple[int, str]]] = [[]]
    for number, written in enumerate(text.removeprefix("\ufeff").splitlines(), 1):
        said = written.split("//")[0].strip()
        if said:
            blocks[-1].append((number, said))
        elif not written.strip() and blocks[-1]:
            blocks.append([])
    return [block for block in blocks if block]


@dataclass
class _Draft:
    """What was read, and on which lines: by key, and by `left 2` for players."""

    first: int
    name: str = ""
    header: dict[str, Any] = field(default_factory=dict)
    teams: dict[str, list[LevelPlayer]] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    side: Side | None = None
    """The team whose players follow."""

    def read(self, number: int, line: str) -> None:
        match = re.fullmatch(r"([A-Za-z]+)\s*:\s*(.*)", line)
        if match:
            self._read_key(number, match[1], match[2])
        elif self.side:
            self._read_player(number, self.side, line)
        else:
            remedy = "players stand below 'left:' or 'right:'"
            raise _invalid(f"'{line}' is neither 'key: …' nor a player of a team", f"line {number}", remedy)

    def finish(self) -> FootballLevel:
        for side in SIDES:
            if side not in self.teams:
                raise _invalid(f"there is no {side} team", f"line {self.first}, {side}", f"add '{side}:' and players")
        level = FootballLevel(tuple(self.teams["left"]), tuple(self.teams["right"]), **self.header)
        defect = find_defect(level)
        if defect:
            key = defect.field if defect.player is None else f"{defect.player[0]} {defect.player[1]}"
            raise _invalid(defect.message, f"line {self.lines.get(key, self.first)}, {defect.place}")
        return level

    def _read_key(self, number: int, key: str, rest: str) -> None:
        place = f"line {number}, {key}"
        if key in self.lines:
            raise _invalid(f"'{key}' is given twice", place)
        self.lines[key] = number
        self.side = None
        if key == "name":
            if not rest:
                raise _invalid("the name is empty", place)
            self.name = rest
        elif key in SIDES:
            if rest:
                raise _invalid(f"'{rest}' behind '{key}:'", place, "give each player a line")
            self.side = "left" if key == "left" else "right"
            self.teams[key] = []
        else:
            _among(key, _KEYS, place, "unknown key")
            self.header |= _read_field(key, re.split(r"[\s,]+", rest) if rest else [], place)

    def _read_player(self, number: int, side: Side, line: str) -> None:
        team = self.teams[side]
        place = f"line {number}, {side} player {len(team)}"
        if len(team) == MOST_PLAYERS:
            raise _invalid(f"a team has at most {MOST_PLAYERS} players", place)
        role, *rest = line.split()
        if len(rest) < 2:
            raise _invalid(f"'{line}' is no player", place, "write 'role x y', such as CF 0.6 -0.1")
        marks = [_among(mark, ("lazy", "fixed"), f"{place}, mark") for mark in rest[2:]]
        if len(set(marks)) != len(marks):
            raise _invalid("a mark is given twice", f"{place}, mark")
        x, y = _read_number(rest[0], f"{place}, x"), _read_number(rest[1], f"{place}, y")
        self.lines[f"{side} {len(team)}"] = number
        team.append(LevelPlayer(x, y, _among(role, ROLES, f"{place}, role"), "lazy" in marks, "fixed" not in marks))


def _shown(level: FootballLevel, key: str) -> str:
    if key in ("ball", "difficulty"):
        return " ".join(_decimal(value) for value in getattr(level, key))
    if key == "gameDuration":
        return str(level.game_duration)
    if key == "secondHalf":
        return "never" if level.second_half is None else str(level.second_half)
    if key == "endEpisodeOn":
        return " ".join(name for name, flag in _ENDS.items() if getattr(level, flag)) or "never"
    if key == "kickOff":
        return level.kick_off
    if key == "reverseTeamProcessing":
        by = level.reverse_team_processing
        return by if isinstance(by, str) else _on_off(by)
    return _on_off(getattr(level, _SWITCHES[key]))


def _read_field(key: str, words: Sequence[str], place: str) -> dict[str, Any]:
    if key in ("ball", "difficulty"):
        if len(words) != 2:
            raise _invalid(f"has {len(words)} numbers", place, "give x and y" if key == "ball" else "give left and right")
        return {key: (_read_number(words[0], place), _read_number(words[1], place))}
    if key == "endEpisodeOn":
        ends = [] if list(words) == ["never"] else [_among(word, tuple(_ENDS), place) for word in words]
        if not words or len(set(ends)) != len(ends):
            raise _invalid("says nothing" if not words else "names an end twice", place, f"write {' '.join(_ENDS)}")
        return {flag: name in ends for name, flag in _ENDS.items()}
    if len(words) != 1:
        raise _invalid(f"has {len(words)} words", place, "give one")
    if key == "secondHalf" and words[0] == "never":
        return {"second_half": None}
    if key in ("gameDuration", "secondHalf"):
        if not re.fullmatch(r"[0-9]{1,9}", words[0]):
            raise _invalid(f"'{words[0]}' is not a whole number", place)
        return {"game_duration" if key == "gameDuration" else "second_half": int(words[0])}
    if key == "kickOff":
        return {"kick_off": _among(words[0], ("left", "right", "nearest"), place)}
    if key == "reverseTeamProcessing":
        by = _among(words[0], ("on", "off", "by-seed"), place)
        return {"reverse_team_processing": by if by == "by-seed" else by == "on"}
    return {_SWITCHES[key]: _among(words[0], ("on", "off"), place) == "on"}


def _player_words(player: LevelPlayer) -> str:
    words = [player.role, _decimal(player.x), _decimal(player.y)]
    return " ".join([*words, *(["lazy"] if player.lazy else []), *([] if player.controllable else ["fixed"])])


def _decimal(value: float) -> str:
    """The shortest decimal that is this float32 again."""
    return np.format_float_positional(np.float32(value), unique=True, trim="-")


def _on_off(on: bool) -> str:
    return "on" if on else "off"


def _read_number(word: str, place: str) -> float:
    value = float32(float(word)) if _NUMBER.fullmatch(word) else float("inf")
    if abs(value) == float("inf"):
        raise _invalid(f"'{word}' is not a number", place, "write it like -0.25")
    return value


def _among(word: str, allowed: Sequence[str], place: str, what: str = "") -> str:
    if word in allowed:
        return word
    near = get_close_matches(word, allowed, 1, 0)
    message = f"{what} '{word}'" if what else f"'{word}' is not one of {', '.join(allowed)}"
    raise _invalid(message, place, f"did you mean '{near[0]}'?" if near else "")


def _invalid(message: str, place: str, remedy: str = "") -> AgonError:
    return AgonError("level/invalid", message, remedy, place=place)
