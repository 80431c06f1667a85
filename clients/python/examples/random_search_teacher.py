from typing import Mapping, Sequence

import agon_client as agon


class RandomSearchTeacher:
    """A teacher in thirty lines: half of its levels are edits of those that the student did worst on."""
    needs = ("return",)
    deterministic = True

    def open(self, place: agon.AdversaryPlace) -> None:
        self.place = place
        self.hard: list[bytes] = []

    def propose(self, cycle: int, counts: Mapping[str, int]) -> list[agon.TaskBatch]:
        count, seed, levels = max(counts.values()), self.place.seed, self.place.levels
        edits = levels.mutate(self.hard[: count // 2], seed, "edit", cycle)
        fresh = levels.sample(count - len(edits), seed, "new", cycle)
        return [agon.make_batch(cycle, slot, [*edits, *fresh], seed) for slot in counts]

    def observe(self, cycle: int, outcomes: Sequence[agon.Outcome]) -> dict[str, float]:
        worst = sorted(outcomes, key=lambda outcome: outcome.best_return())[: max(1, len(outcomes) // 2)]
        self.hard = [outcome.level for outcome in worst]
        return {"hard_return_max": worst[-1].best_return()}

    def snapshot(self) -> agon.Snapshot:
        return agon.Snapshot("random-search", state=[level.hex() for level in self.hard])

    def restore(self, snapshot: agon.Snapshot) -> None:
        self.hard = [bytes.fromhex(level) for level in snapshot.of_kind("random-search").state]


agon.as_program(lambda hub: agon.attach_adversary(hub, RandomSearchTeacher(), name="random-search"))
