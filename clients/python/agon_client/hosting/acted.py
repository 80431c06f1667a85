"""What was done last in the slots of a vector environment: with it an episode that went wrong is done again."""

from __future__ import annotations

from collections import deque
from typing import Any, Literal, Mapping

import numpy as np
from numpy.typing import NDArray

from ..exact import shortened
from .acting import ActionLayout
from .gym_level import GymLevel

_MOST_STEPS = 1000
_MOST_TOLD = 5000


class Acted:
    """The last actions of all rows, `slots × agents`."""

    def __init__(self, agents: int = 1) -> None:
        self._agents = agents
        self._steps: deque[NDArray[Any]] = deque(maxlen=_MOST_STEPS)

    def add(self, actions: NDArray[Any]) -> None:
        self._steps.append(actions.copy())

    def last(self, slot: int, steps: int) -> NDArray[Any] | None:
        """`[steps, agents, …]` of a slot; None where they are no longer known, or too many to be told."""
        if not 0 < steps <= len(self._steps):
            return None
        mine = slice(slot * self._agents, (slot + 1) * self._agents)
        found = np.stack([self._steps[i][mine] for i in range(-steps, 0)])
        return found if found.size <= _MOST_TOLD else None


Episode = tuple[GymLevel, NDArray[Any] | None, int]
"""Its level, its actions `[steps, 1, …]` where they are known, and how many steps there were."""


def lanes_again(acting: ActionLayout, episodes: Mapping[int, Episode]) -> tuple[str, str]:
    """Episodes of a vector environment by slot, each in a vector of one: for people, and in Python.

    Of several it is not known which one went wrong.
    """
    known = [actions for _, actions, steps in episodes.values() if actions is not None or not steps]
    printed = len(known) == len(episodes) and sum(0 if one is None else one.size for one in known) <= _MOST_TOLD
    told = f"do it again: {_told(episodes, printed)}"
    if not printed:
        return told, ""
    lines = [
        f"    ({level.seed}, {level.reset_arguments()['options']!r}, {[] if actions is None else acting.plain(actions[:, 0])}),  # slot {slot}"
        for slot, (level, actions, _) in episodes.items()
    ]
    code = (
        "for seed, options, actions in (",
        *lines,
        "):",
        "    env = make(1)",
        "    env.reset(seed=[seed], options=options)",
        "    for action in actions:",
        f"        env.step({acting.again_alone})",
        "",
    )
    return told, "\n".join(code)


class Calls:
    """The first calls of a vector environment that draws its own episodes: only all of them do one of these again."""

    def __init__(self) -> None:
        self._calls: list[tuple[Literal["reset", "step"], NDArray[Any]]] = []
        self._count = 0

    def add(self, call: Literal["reset", "step"], given: NDArray[Any]) -> None:
        """`given` are the slots of a reset, or the actions of a step."""
        self._count += 1
        if self._count <= _MOST_STEPS:
            self._calls.append((call, given.copy()))

    def again(self, acting: ActionLayout, slots: int, seed: int | None, by_ids: bool) -> tuple[str, str]:
        """For people, and in Python; `by_ids`: whether a reset is told which slots."""
        if seed is None:
            return "its draws are its own: with `make(n, seed=…)` an error says how they are done again", ""
        told = f"do it again: `make({slots}, seed={seed})`, then {self._count} calls of reset and step"
        if self._count > len(self._calls) or sum(given.size for _, given in self._calls) > _MOST_TOLD:
            return told, ""
        lines = [f"env = make({slots}, seed={seed})"]
        for call, given in self._calls:
            ids = f"np.array({given.tolist()}, np.int32)" if by_ids else ""
            lines.append(f"env.step({acting.again_together(given)})" if call == "step" else f"env.reset({ids})")
        return f"{told}, which the host printed", "\n".join((*lines, ""))


def _told(episodes: Mapping[int, Episode], printed: bool) -> str:
    if len(episodes) > 1:
        seeds = shortened(str([level.seed for level, _, _ in episodes.values()]), 200)
        return f"each slot in a `make(1)` of its own, of the seeds {seeds}" + (", as the host printed" if printed else "")
    ((slot, (level, _, steps)),) = episodes.items()
    told = f"`make(1)`, reset(seed=[{level.seed}], options={shortened(repr(level.reset_arguments()['options']), 200)})"
    if steps:
        told += f", then {steps} step{'s' if steps > 1 else ''} of slot {slot}" + (", whose actions the host printed" if printed else "")
    return told
