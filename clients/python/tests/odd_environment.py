"""A host of environments that break: `odd_environment.py KIND RENDEZVOUS`."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from typing import Any

import numpy as np

import agon_client as agon
from agon_client.stand_ins import Box, Discrete


class Calm:
    metadata: dict[str, Any] = {}
    action_space = Discrete(3)
    observation_space: Any = Box(-1, 1, (2,))

    @property
    def unwrapped(self) -> Calm:
        return self

    def reset(self, *, seed: int | None = None, options: Any = None) -> Any:
        self.random = np.random.default_rng(seed)
        self.steps = 0
        return self.look(), {}

    def step(self, action: int) -> Any:
        self.steps += 1
        return self.look(), float(action == 1), self.steps >= 10, False, {}

    def look(self) -> Any:
        return self.random.uniform(-1, 1, 2).astype(np.float32)

    def close(self) -> None: ...


class Cut(Calm):
    """Every episode is cut from outside; a step of a whole vector takes long for a seed of 7."""

    def reset(self, *, seed: int | None = None, options: Any = None) -> Any:
        self.slow = seed == 7
        return super().reset(seed=seed)

    def step(self, action: int) -> Any:
        if self.slow:
            time.sleep(60)
        seen, reward, over, _, info = super().step(action)
        return seen, reward, False, over, info


class Raises(Calm):
    def step(self, action: int) -> Any:
        if self.steps == 7:
            physics({})
        return super().step(action)


class Exits(Calm):
    def step(self, action: int) -> Any:
        if self.steps == 7:
            sys.exit("no licence")
        return super().step(action)


class OldReset(Calm):
    def reset(self, *, seed: int | None = None, options: Any = None) -> Any:
        return super().reset(seed=seed)[0]


class Below(Calm):
    observation_space = Discrete(5)

    def look(self) -> Any:
        return -2 if self.steps == 4 else 3


class Counts(Calm):
    """Of all environments of this host together; two cycles of 64 steps go well."""

    taken = 0

    def step(self, action: int) -> Any:
        Counts.taken += 1
        if Counts.taken > 150:
            self.break_off()
        return super().step(action)

    def break_off(self) -> None: ...


class Sleeps(Counts):
    def break_off(self) -> None:
        time.sleep(3)


class Dies(Counts):
    def break_off(self) -> None:
        os.kill(os.getpid(), signal.SIGKILL)


class Samples(Calm):
    """Its level space is what breaks."""


def physics(state: dict[str, float]) -> float:
    return state["speed"]


def options_of(kind: str) -> dict[str, Any]:
    return {"levels": agon.GymLevels(sample_options=lambda random: {"gravity": physics({})})} if kind == "Samples" else {}


def main(kind: str, rendezvous: str) -> None:
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    with agon.serve_environment(globals()[kind], id=kind, rendezvous=rendezvous, solved_above=0.0, **options_of(kind)):
        stop.wait()


if __name__ == "__main__":
    main(*sys.argv[1:])
