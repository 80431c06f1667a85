"""Football levels: where and how a game begins, as the engine's scenario builder says it."""

from __future__ import annotations

import struct
from dataclasses import dataclass, replace
from typing import Iterable, Literal

from ..errors import AgonError

ROLES = ("GK", "CB", "LB", "RB", "DM", "CM", "LM", "RM", "AM", "CF")
"""By their ids in observations."""
MOST_PLAYERS = 11
LONGEST_GAME = 1_000_000

Side = Literal["left", "right"]
SIDES: tuple[Side, Side] = ("left", "right")
KickOff = Literal["left", "right", "nearest"]
Processing = bool | Literal["by-seed"]


def float32(value: float) -> float:
    """The nearest float32, with one zero: −0 and 0 are the same place. Infinite where float32 has no room."""
    try:
        return float(struct.unpack("<f", struct.pack("<f", value))[0]) + 0.0
    except OverflowError:
        return float("inf") if value > 0 else float("-inf")


@dataclass(frozen=True)
class LevelPlayer:
    """In field units (x −1 … 1, y −0.42 … 0.42 downwards) and the team's own frame: its goal is at x = −1."""

    x: float
    y: float
    role: str
    lazy: bool = False
    """Does nothing of his own accord but keep the ball when it comes."""
    controllable: bool = True
    """May be given to an agent; others are always played by the built-in AI."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "x", float32(self.x))
        object.__setattr__(self, "y", float32(self.y))


@dataclass(frozen=True)
class FootballLevel:
    """Numbers are float32. The defaults are the scenario builder's."""

    left: tuple[LevelPlayer, ...]
    """1 to 11 players; the first, and only the first, is the keeper."""
    right: tuple[LevelPlayer, ...]
    ball: tuple[float, float] = (0.0, 0.0)
    """x, y in field units and the left team's frame."""
    difficulty: tuple[float, float] = (1.0, 0.6)
    """Left, right, 0 … 1."""
    game_duration: int = 3000
    """Environment steps."""
    second_half: int | None = None
    """The step at which it begins."""
    kick_off: KickOff = "nearest"
    """Who had the first kick-off; `nearest` is the team of the player nearest to the ball."""
    use_magnet: bool = True
    offsides: bool = True
    end_episode_on_score: bool = False
    end_episode_on_possession_change: bool = False
    end_episode_on_out_of_play: bool = False
    control_all_players: bool = False
    """A lone agent plays whichever of its players is nearest to the ball."""
    may_overlap: bool = False
    """Some scenarios stand two players on one spot."""
    reverse_team_processing: Processing = "by-seed"
    """The right team first in every tick; `by-seed` for odd seeds."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "ball", tuple(float32(value) for value in self.ball))
        object.__setattr__(self, "difficulty", tuple(float32(value) for value in self.difficulty))

    def team(self, side: Side) -> tuple[LevelPlayer, ...]:
        return self.left if side == "left" else self.right

    def with_team(self, side: Side, players: Iterable[LevelPlayer]) -> FootballLevel:
        return replace(self, left=tuple(players)) if side == "left" else replace(self, right=tuple(players))

    def encode(self) -> bytes:
        """Canonical bytes, the same as those of the environment `football`:

        u8 version = 1 · u8 flags · u8 kick-off · u8 processing · u8 left players · u8 right players · u16 0
        u32 game duration · i32 second half (−1: none) · f32 difficulty left, right · f32 ball x, y
        for each player, left team first: f32 x, y · u8 role · u8 lazy 1 | controllable 2 · u16 0
        """
        flags = sum(getattr(self, name) << bit for bit, name in enumerate(FLAGS))
        kinds = KICK_OFFS.index(self.kick_off), PROCESSING.index(self.reverse_team_processing)
        half = -1 if self.second_half is None else self.second_half
        head = _HEAD.pack(
            _VERSION, flags, *kinds, len(self.left), len(self.right), 0, self.game_duration, half, *self.difficulty, *self.ball
        )
        players = (_PLAYER.pack(p.x, p.y, ROLES.index(p.role), p.lazy | p.controllable << 1, 0) for p in self.left + self.right)
        return head + b"".join(players)

    @classmethod
    def decode(cls, data: bytes) -> FootballLevel:
        """Every byte string that decodes is the encoding of what it decodes to. Raises `AgonError` `level/corrupt`.

        Whether the level can be played is `find_defect`'s business.
        """
        if len(data) < _HEAD.size:
            raise _corrupt(f"{len(data)} bytes, a level has at least {_HEAD.size}")
        version, flags, kick_off, processing, left, right, _, duration, half, *numbers = _HEAD.unpack_from(data)
        if version != _VERSION:
            raise _corrupt(f"format version {version}, this reads {_VERSION}")
        if not (1 <= left <= MOST_PLAYERS and 1 <= right <= MOST_PLAYERS):
            raise _corrupt(f"{left} and {right} players, a team has 1 to {MOST_PLAYERS}")
        if len(data) != _HEAD.size + _PLAYER.size * (left + right):
            raise _corrupt(f"{len(data)} bytes for {left} and {right} players")
        if flags >> len(FLAGS) or kick_off > 2 or processing > 2 or not 1 <= duration <= LONGEST_GAME or half > LONGEST_GAME:
            raise _corrupt("the header has unknown values")
        players: list[LevelPlayer] = []
        for x, y, role, marks, _ in _PLAYER.iter_unpack(data[_HEAD.size :]):
            if role >= len(ROLES) or marks > 3:
                raise _corrupt(f"player {len(players)} has unknown values")
            players.append(LevelPlayer(x, y, ROLES[role], bool(marks & 1), bool(marks & 2)))
        made = cls(
            tuple(players[:left]),
            tuple(players[left:]),
            (numbers[2], numbers[3]),
            (numbers[0], numbers[1]),
            duration,
            None if half == -1 else half,
            KICK_OFFS[kick_off],
            reverse_team_processing=PROCESSING[processing],
            **{name: bool(flags >> bit & 1) for bit, name in enumerate(FLAGS)},
        )
        # Reserved bytes, −0 and numbers that are none.
        if half < -1 or made.encode() != data or not _finite(made):
            raise _corrupt("the bytes are not the canonical ones of a level")
        return made


FLAGS = (
    "use_magnet",
    "offsides",
    "end_episode_on_score",
    "end_episode_on_possession_change",
    "end_episode_on_out_of_play",
    "control_all_players",
    "may_overlap",
)
KICK_OFFS: tuple[KickOff, ...] = ("left", "right", "nearest")
PROCESSING: tuple[Processing, ...] = (False, True, "by-seed")
_VERSION = 1
_HEAD = struct.Struct("<6BHIi4f")
_PLAYER = struct.Struct("<2f2BH")


def _finite(level: FootballLevel) -> bool:
    numbers = [*level.ball, *level.difficulty, *(value for p in level.left + level.right for value in (p.x, p.y))]
    return all(abs(value) < float("inf") for value in numbers)


def _corrupt(message: str) -> AgonError:
    return AgonError("level/corrupt", message)
