"""Players who slide about: what stands in for the game itself."""

from __future__ import annotations

import math
import random
from typing import Any

_WALK, _REACH, _TACKLE, _KICK = 0.015, 0.03, 0.01, 0.06
_D = 1 / math.sqrt(2)
# Directions of the actions 1 … 8, y down.
_WAYS = [(-1, 0), (-_D, -_D), (0, -1), (_D, -_D), (1, 0), (_D, _D), (0, 1), (-_D, _D)]
SPRINT, RELEASE_DIRECTION, RELEASE_SPRINT, DRIBBLE, RELEASE_DRIBBLE, BUILTIN = 13, 14, 15, 17, 18, 19
_SHOT = 12


class Player:
    def __init__(self, x: float, y: float, role: int, lazy: bool) -> None:
        self.at = [x, y]
        self.way = [0.0, 0.0]
        self.role = role
        self.lazy = lazy
        self.tired = 0.0
        self.sticky = [0] * 10
        """Directions of the actions 1 … 8, then sprint and dribble."""
        self.built_in = True
        self.shoots = False


class Table:
    """Two teams in the left one's frame; `step` is −1 before the first."""

    def __init__(self) -> None:
        self.step = -1
        self.ball = [0.0, 0.0, 0.11]
        self.ball_way = [0.0, 0.0, 0.0]
        self.goals = [0, 0]
        self.game_mode = 0
        self.owner = (-1, -1)
        self.teams: list[list[Player]] = [[], []]
        self.controlled: list[list[int]] = [[], []]
        self.random = random.Random(0)

    def begin(self, config: Any, source: random.Random) -> None:
        self.random = source
        self.ball[:2] = config.ball_position[:2]
        for side, entries in enumerate((config.left_team, config.right_team)):
            sign = 1 - 2 * side
            # As the engine: players are placed by other factors than they are seen by.
            self.teams[side] = [
                Player(sign * e.position[0] * 1.01103, sign * e.position[1] * 1.01627, int(e.role), e.lazy) for e in entries
            ]
            agents = (config.left_agents, config.right_agents)[side]
            able = [i for i, entry in enumerate(entries) if entry.controllable]
            assert agents <= len(able), "more agents than controllable players"
            near = sorted(able, key=lambda i: math.dist(self.teams[side][i].at, self.ball[:2]))
            self.controlled[side] = able if agents == len(able) else near[:agents]
        self._take()

    def act(self, action: int, left_team: bool, agent: int) -> None:
        side = 0 if left_team else 1
        player = self.teams[side][self.controlled[side][agent]]
        player.built_in = action == BUILTIN
        player.shoots = action == _SHOT
        if action == BUILTIN:
            player.sticky = [0] * 10
        elif 1 <= action <= 8:
            player.sticky[:8] = [int(i == action - 1) for i in range(8)]
        elif action == RELEASE_DIRECTION:
            player.sticky[:8] = [0] * 8
        elif action in (SPRINT, RELEASE_SPRINT):
            player.sticky[8] = int(action == SPRINT)
        elif action in (DRIBBLE, RELEASE_DRIBBLE):
            player.sticky[9] = int(action == DRIBBLE)

    def tick(self, config: Any) -> None:
        self.step += 1
        for side in (1, 0) if config.reverse_team_processing else (0, 1):
            difficulty = (config.left_team_difficulty, config.right_team_difficulty)[side]
            for player in self.teams[side]:
                self._move(player, side, difficulty)
        self._roll()
        self._take()

    def designated(self, side: int) -> int:
        return min(range(len(self.teams[side])), key=lambda i: math.dist(self.teams[side][i].at, self.ball[:2]))

    def _move(self, player: Player, side: int, difficulty: float) -> None:
        way = [0.0, 0.0]
        if player.built_in and not player.lazy and player.role != 0:
            gap = math.dist(player.at, self.ball[:2]) or 1
            way = [(b - a) / gap * (0.3 + 0.7 * difficulty) for a, b in zip(player.at, self.ball)]
        elif 1 in player.sticky[:8]:
            # A backend knows one frame: agents of the right team have been turned already.
            way = list(_WAYS[player.sticky.index(1)])
        speed = _WALK * (1.6 if player.sticky[8] else 1) * (1 - 0.2 * player.tired)
        player.way = [speed * w for w in way]
        player.at = [max(-1.05, min(1.05, player.at[0] + player.way[0])), max(-0.45, min(0.45, player.at[1] + player.way[1]))]
        player.tired = min(1.0, player.tired + 0.01 * math.hypot(*player.way))

    def _roll(self) -> None:
        if self.game_mode != 0:
            # A restart: the ball comes back to the centre.
            self.game_mode, self.ball, self.ball_way = 0, [0.0, 0.0, 0.11], [0.0, 0.0, 0.0]
            return
        side, index = self.owner
        if side >= 0:
            player = self.teams[side][index]
            if player.shoots:
                aim = self.random.uniform(-0.05, 0.05)
                self.ball_way = [_KICK * (1 - 2 * side) * math.cos(aim), _KICK * math.sin(aim), 0.0]
                self.owner = (-1, -1)
            else:
                self.ball_way = [*player.way, 0.0]
                self.ball[:2] = player.at
        before = self.ball[0]
        self.ball = [a + b for a, b in zip(self.ball, self.ball_way)]
        self.ball_way = [0.95 * w for w in self.ball_way]
        if abs(self.ball[0]) > 1.01 >= abs(before) and abs(self.ball[1]) < 0.0443:
            self.goals[0 if self.ball[0] > 0 else 1] += 1
            self.ball, self.ball_way = [0.0, 0.0, 0.11], [0.0, 0.0, 0.0]
        elif abs(self.ball[0]) > 1.014 or abs(self.ball[1]) > 0.4327:
            self.game_mode = 5 if abs(self.ball[1]) > 0.4327 else 2

    def _take(self) -> None:
        if math.hypot(*self.ball_way[:2]) > 0.03:
            self.owner = (-1, -1)
            return
        near = [(math.dist(p.at, self.ball[:2]), side, i) for side in (0, 1) for i, p in enumerate(self.teams[side])]
        tackles = [one for one in near if one[1] == 1 - self.owner[0] and one[0] < _TACKLE and self.random.random() < 0.5]
        distance, side, index = min(tackles or near)
        self.owner = (side, index) if distance < _REACH else (-1, -1)
