#!/usr/bin/env python3
"""An evaluator that plays at random, whatever the policy: for tests of the whole way to and from a run."""

from __future__ import annotations

from typing import Sequence

import numpy as np

import agon_client as agon


class RandomEvaluator:
    deterministic = True

    def measure(
        self, policy: agon.PolicyFile, environment: agon.Environment, episodes: Sequence[agon.SealedEpisode]
    ) -> list[agon.SealedResult]:
        assert policy.onnx and policy.card["actions"]["count"] == environment.spec.actions
        count = environment.spec.actions
        return agon.play_sealed(environment, episodes, lambda _, uniform: (uniform * count).astype(np.int32))


if __name__ == "__main__":
    agon.as_program(lambda hub: agon.attach_evaluator(hub, RandomEvaluator(), name="random"))
