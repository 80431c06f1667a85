"""A host of the beacon with other actions: `steered_beacon.py box|several RENDEZVOUS`."""

from __future__ import annotations

import sys
from typing import Any

import numpy as np

import agon_client as agon
from agon_client.stand_ins import Beacon, Box, MultiDiscrete, beacon_levels


class Steered(Beacon):
    """Walks along the larger of two numbers."""

    def __init__(self) -> None:
        super().__init__()
        self.action_space: Any = Box(np.array([-1, -np.inf]), np.array([0.1, np.inf]), (2,), np.float64)

    def step(self, action: Any) -> Any:
        assert self.action_space.low[0] <= action[0] <= self.action_space.high[0]
        axis = int(abs(action[1]) > abs(action[0]))
        return super().step((2 if action[axis] > 0 else 0) + axis)


class Switched(Beacon):
    """An axis, and a direction on it: −1 or 1."""

    def __init__(self) -> None:
        super().__init__()
        self.action_space: Any = MultiDiscrete([2, 3], start=[0, -1])

    def step(self, action: Any) -> Any:
        return super().step(int(action[0]) + (2 if action[1] > 0 else 0))


def main(kind: str, rendezvous: str) -> None:
    end = agon.told_to_end()
    make = {"box": Steered, "several": Switched}[kind]
    with agon.serve_environment(make, id=kind, levels=beacon_levels(), rendezvous=rendezvous) as server:
        agon.say(f"{kind} at {server.address}")
        end.wait()


if __name__ == "__main__":
    main(*sys.argv[1:])
