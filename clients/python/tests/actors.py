"""Small actors for tests: what they were asked is what they remember."""

from __future__ import annotations

from typing import Any, Callable, Mapping, Sequence

import numpy as np

import agon_client as agon


class WalkingStudent:
    """Walks towards the beacon without learning; counts what it was asked."""

    offers = ("return", "length", "value0", "sum_positive_advantage")
    deterministic = True

    def __init__(self, compute: Callable[[], object] = lambda: None) -> None:
        self.compute = compute
        self.opened = 0
        self.updates = 0
        self.restored: list[Any] = []
        self.closed = False

    def open(self, place: agon.StudentPlace) -> None:
        self.opened += 1
        self.place = place
        self.updates = 0

    def attempt(self, batch: agon.TaskBatch) -> Sequence[agon.Outcome]:
        self.compute()
        self.last = batch
        results = agon.play_sealed(
            self.place.environment, [agon.SealedEpisode(task.id, task.level, task.seed) for task in batch.tasks], walk
        )
        return [
            agon.Outcome(task.id, [agon.Episode(one.return_, one.length, value0=0.5, sum_positive_advantage=1)], task.repeat)
            for task, one in zip(batch.tasks, results, strict=True)
        ]

    def learn(self) -> agon.LearnReport:
        self.updates += 1
        return agon.LearnReport(1, metrics={"updates": self.updates})

    def measure(self, environment: agon.Environment, episodes: Sequence[agon.SealedEpisode]) -> list[agon.SealedResult]:
        return agon.play_sealed(environment, episodes, walk)

    def snapshot(self) -> agon.Snapshot:
        return agon.Snapshot("walking", 1, {"updates": self.updates}, {"w": np.arange(3, dtype=np.float32)})

    def restore(self, snapshot: agon.Snapshot) -> None:
        self.restored.append((snapshot.state, snapshot.tensors["w"].tolist()))
        self.updates = snapshot.state["updates"]

    def close(self) -> None:
        self.closed = True


def walk(observations: Mapping[str, Any], _: Any) -> Any:
    """Straight to the beacon: 0 up, 1 right, 2 down, 3 left move the second or the first coordinate."""
    way = observations["way"]
    along = np.where(way[:, 0] > 0.01, 1, np.where(way[:, 0] < -0.01, 3, -1))
    across = np.where(way[:, 1] > 0, 2, 0)
    return np.where(along >= 0, along, across).astype(np.int32)


class FixedAdversary:
    needs = ("return",)

    def __init__(self) -> None:
        self.seen: list[tuple[int, list[agon.Outcome]]] = []
        self.restored: list[agon.Snapshot] = []

    def open(self, place: agon.AdversaryPlace) -> None:
        self.place = place

    def propose(self, cycle: int, counts: Mapping[str, int]) -> list[agon.TaskBatch]:
        return [
            agon.make_batch(cycle, slot, self.place.levels.sample(count, self.place.seed, cycle, slot), self.place.seed)
            for slot, count in counts.items()
        ]

    def observe(self, cycle: int, outcomes: Sequence[agon.Outcome]) -> Mapping[str, float]:
        self.seen.append((cycle, list(outcomes)))
        return {"seen": len(outcomes)}

    def snapshot(self) -> agon.Snapshot:
        return agon.Snapshot("fixed", 2, {"cycles": len(self.seen)})

    def restore(self, snapshot: agon.Snapshot) -> None:
        self.restored.append(snapshot)

    def gallery(self) -> list[agon.GalleryLevel]:
        return [agon.GalleryLevel("recent", b"{}", 1.5, "l1")]
