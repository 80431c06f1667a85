"""Levels without steps: served for students that attempt one in one go."""

from __future__ import annotations

from typing import Any

import agon_client as agon
from tests.test_hosting import Served

PROMPTS = agon.Levels(
    choices={"verb": ("sum", "sort"), "noun": ("digits", "words")},
    seeds=1,
    suites={"prompts": {"sum": {"verb": "sum"}, "sort": {"verb": "sort"}}},
)


class WithoutSteps(Served):
    def prompts(self, **options: Any) -> agon.Environment:
        return self.serve(None, id="prompts", levels=PROMPTS, solved_above=0.5, **options)

    def test_it_has_levels_suites_and_a_seat_and_nothing_to_step(self) -> None:
        environment = self.prompts(seats={"speaker": ["speaker"]})
        spec = environment.spec
        self.assertEqual((dict(spec.observations), spec.actions, spec.agents, dict(spec.seats)), ({}, 0, 1, {"speaker": (0,)}))
        self.assertEqual((spec.solved(1), spec.solved(0.5), list(spec.suites["prompts"])), (True, False, ["sum", "sort"]))
        drawn = {level.decode() for level in environment.levels.sample(30, 1)}
        self.assertEqual(len(drawn), 4)
        self.assertIn('{"options":{"noun":"digits","verb":"sum"},"seed":0}', drawn)

    def test_a_stream_of_steps_is_refused(self) -> None:
        environment = self.prompts()
        self.assertEqual(dict(environment.spec.seats), {"agent": (0,)})
        self.assertEqual(self.code_of(lambda: environment.vector(1)), "env/no-steps")

    def test_there_is_one_seat_and_no_action_to_name(self) -> None:
        self.assertEqual(self.code_of(lambda: self.prompts(seats={"a": ["a"], "b": ["b"]})), "environment/seats")
        self.assertEqual(self.code_of(lambda: self.prompts(action_names=["say"])), "environment/actions")
