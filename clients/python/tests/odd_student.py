"""A student that breaks in one way: `odd_student.py WAY HUB`."""

from __future__ import annotations

import sys
from typing import Any

import numpy as np

import agon_client as agon


class OddStudent:
    deterministic = True

    def __init__(self, way: str) -> None:
        self.way = way
        self.offers = ("return", "length") if way == "offers-too-little" else ("return", "length", "sum_value")

    def open(self, place: agon.StudentPlace) -> None:
        self.place = place

    def attempt(self, batch: agon.TaskBatch) -> list[agon.Outcome]:
        rows = len(batch.tasks)
        actions: Any = {
            "fraction": np.full(rows, 0.7),
            "huge": np.full(rows, 2**40),
            "bool": np.zeros(rows, bool),
            "column": np.zeros((rows, 1), int),
        }.get(self.way, np.zeros(rows, int))
        if self.way == "exits":
            sys.exit("no licence")
        with self.place.environment.vector(rows, batch.auto_reset, seeds=[task.seed for task in batch.tasks]) as env:
            env.reset([task.level for task in batch.tasks])
            env.step(actions)
        value = None if self.way == "sends-too-little" else 0.0
        return [agon.Outcome(task.id, [agon.Episode(0.0, 1, sum_value=value)], task.repeat) for task in batch.tasks]

    def learn(self) -> agon.LearnReport:
        return agon.LearnReport(1)

    def snapshot(self) -> agon.Snapshot:
        return agon.Snapshot("odd")

    def restore(self, snapshot: agon.Snapshot) -> None: ...

    def measure(self, environment: agon.Environment, episodes: Any) -> list[agon.SealedResult]:
        return [agon.SealedResult(0.0, 1) for _ in episodes]


if __name__ == "__main__":
    way, where = sys.argv[1:]
    agon.as_program(lambda: agon.attach_student(where, OddStudent(way)))
