#!/usr/bin/env python3
"""A teacher in thirty lines: replays edits of the levels that the student failed on, and fresh ones.

    python3 clients/python/examples/random_search_teacher.py <run directory>/hub.json
"""

import sys

import agon_client as agon


class RandomSearchTeacher:
    needs = ("return",)
    deterministic = True

    def open(self, place: agon.AdversaryPlace) -> None:
        self.place, self.hard = place, []

    def propose(self, cycle: int, counts: dict[str, int]) -> list[agon.TaskBatch]:
        count, seed = max(counts.values()), self.place.seed
        edits = self.place.levels.mutate(self.hard[: count // 2], seed, "edit", cycle) if self.hard else []
        fresh = self.place.levels.sample(count - len(edits), seed, "new", cycle)
        levels = [edit.level for edit in edits] + fresh
        lineages = [agon.Lineage(edit.operator, generation=1) for edit in edits] + [agon.Lineage("generate")] * len(fresh)
        self.proposed = {f"{cycle}.{slot}.{i}": level for slot in counts for i, level in enumerate(levels)}
        return [agon.make_batch(cycle, slot, levels, seed, lineages=lineages) for slot in counts]

    def observe(self, cycle: int, outcomes: list[agon.Outcome]) -> dict[str, float]:
        best = {o.task: max((e.return_ for e in o.episodes if e.finished), default=0) for o in outcomes}
        failed = sorted(best, key=lambda task: best[task])[: len(best) // 2]
        self.hard = [self.proposed[task] for task in failed]
        return {"best_return_mean": sum(best.values()) / len(best)}

    def snapshot(self) -> agon.Snapshot:
        return agon.Snapshot("random-search", 1, [level.hex() for level in self.hard])

    def restore(self, snapshot: agon.Snapshot) -> None:
        if snapshot.kind != "random-search":
            raise agon.AgonError("snapshot/foreign", f"this is a snapshot of '{snapshot.kind}'")
        self.hard = [bytes.fromhex(level) for level in snapshot.state]


if __name__ == "__main__":
    agon.as_program(lambda: agon.attach_adversary(sys.argv[1], RandomSearchTeacher(), name="random-search"))
