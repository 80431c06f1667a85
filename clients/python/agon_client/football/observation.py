"""The engine's raw observations as tensors, by the names and types of the environment `football`."""

from __future__ import annotations

from typing import Any, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from ..hosting.leaf import Leaf
from ..hosting.spaces import ObservationLayout
from ..tensors import Array
from .level import MOST_PLAYERS, FootballLevel
from .options import FootballOptions, Representation

Raw = Mapping[str, Any]
"""What the engine gives one agent; see its documentation of `raw`."""

_STICKY_ACTIONS = 10
_MINIMAP = (72, 96)
_TEAM_BLOCKS = ("left_team", "left_team_direction", "right_team", "right_team_direction")


def layout_of(options: FootballOptions, scenario: FootballLevel) -> ObservationLayout:
    """What one agent sees. Raw fields have the team sizes of `scenario`.

    Agents of the right team see the teams exchanged: with agents in both teams, and teams of different sizes, both have
    the size of the larger one, and what is not there is 0.
    """
    if options.representation == "raw":
        sizes = (len(scenario.left), len(scenario.right))
        seen = [(sizes, options.left_agents), (sizes[::-1], options.right_agents)]
        own, other = (max(pair[i] for pair, agents in seen if agents) for i in (0, 1))
        return ObservationLayout(_raw_leaves((own, other)))
    if options.representation == "extracted":
        return ObservationLayout({"minimap": Leaf(np.dtype(np.uint8), (*_MINIMAP, 4), 0, 255)})
    return ObservationLayout({"obs": Leaf(np.dtype(np.float32), (115,), None, None)})


def encode(representation: Representation, layout: ObservationLayout, seen: Sequence[Raw]) -> dict[str, Array]:
    """Named arrays `[agents, …shape]`."""
    if representation == "raw":
        return {
            name: np.stack([_field(raw[name], leaf) for raw in seen])
            for name, leaf in layout.leaves.items()
        }
    if representation == "extracted":
        return {"minimap": np.stack([_minimap(raw) for raw in seen])}
    return {"obs": np.stack([_simple115(raw, representation == "simple115v2") for raw in seen])}


def _raw_leaves(players: tuple[int, int]) -> dict[str, Leaf]:
    number, whole, flag = np.dtype(np.float64), np.dtype(np.int32), np.dtype(np.bool_)
    leaves = {name: Leaf(number, (3,), None, None) for name in ("ball", "ball_direction", "ball_rotation")}
    leaves |= {
        "ball_owned_team": Leaf(whole, (), -1, 1),
        "ball_owned_player": Leaf(whole, (), -1, 10),
        "active": Leaf(whole, (), -1, 10),
        "designated": Leaf(whole, (), 0, 10),
        "sticky_actions": Leaf(np.dtype(np.uint8), (_STICKY_ACTIONS,), 0, 1),
        "score": Leaf(whole, (2,), None, None),
        "steps_left": Leaf(whole, (), None, None),
        "game_mode": Leaf(whole, (), 0, 6),
    }
    for team, count in zip(("left_team", "right_team"), players, strict=True):
        leaves |= {
            team: Leaf(number, (count, 2), None, None),
            f"{team}_direction": Leaf(number, (count, 2), None, None),
            f"{team}_tired_factor": Leaf(number, (count,), None, None),
            f"{team}_yellow_card": Leaf(flag, (count,), None, None),
            f"{team}_active": Leaf(flag, (count,), None, None),
            f"{team}_roles": Leaf(whole, (count,), 0, 9),
        }
    return leaves


def _field(value: Any, leaf: Leaf) -> Array:
    """What is shorter ends in zeros: a smaller team, or the sticky actions of an agent without a player."""
    made = np.zeros(leaf.shape, leaf.dtype)
    given = np.asarray(value)
    made[tuple(slice(size) for size in given.shape)] = given
    return made


def _simple115(raw: Raw, fixed_places: bool) -> NDArray[np.float32]:
    """115 numbers: 88 of players, 9 of the ball, 11 of the active player, 7 of the mode.

    With fixed places (v2) each of the four team blocks is filled up to 22 with −1, else all of them together to 88.
    """
    blocks = [np.ravel(raw[name]) for name in _TEAM_BLOCKS]
    size = 2 * MOST_PLAYERS
    if fixed_places:
        blocks = [_filled(block, size) for block in blocks]
    numbers: Array = np.concatenate(
        [
            _filled(np.concatenate(blocks), 4 * size),
            raw["ball"],
            raw["ball_direction"],
            _one_hot(raw["ball_owned_team"] + 1, 3),
            _one_hot(raw["active"], MOST_PLAYERS),
            _one_hot(raw["game_mode"], 7),
        ]
    )
    return np.asarray(numbers, np.float32)


def _filled(values: Array, length: int) -> Array:
    return np.concatenate([values, np.full(length - len(values), -1.0)])


def _one_hot(index: int, length: int) -> Array:
    """All 0 for an index of −1."""
    made = np.zeros(length)
    if index >= 0:
        made[index] = 1
    return made


def _minimap(raw: Raw) -> NDArray[np.uint8]:
    """[72, 96, 4]: left team, right team, ball, active player; 255 where they are, x −1 … 1 and y −1/2.25 … 1/2.25."""
    made = np.zeros((*_MINIMAP, 4), np.uint8)
    left, right = np.asarray(raw["left_team"]), np.asarray(raw["right_team"])
    active = left[[raw["active"]]] if raw["active"] >= 0 else left[:0]
    for layer, places in enumerate((left, right, np.asarray(raw["ball"])[None, :2], active)):
        column = _pixels(places[:, 0], 1.0, _MINIMAP[1])
        row = _pixels(places[:, 1], 1 / 2.25, _MINIMAP[0])
        made[row, column, layer] = 255
    return made


def _pixels(values: Array, most: float, size: int) -> NDArray[np.int64]:
    scaled: Array = np.floor((values + most) / (2 * most) * size)
    return scaled.clip(0, size - 1).astype(np.int64)
