#!/usr/bin/env python3
"""An evaluator: measures exported policies with ONNX Runtime, by greedy actions instead of sampled ones.

    pip install onnxruntime
    python3 clients/python/examples/evaluator.py <run directory>/hub.json
"""

from __future__ import annotations

import importlib
import sys
from typing import Any, Mapping, Sequence

import numpy as np

import agon_client as agon

try:
    onnxruntime: Any = importlib.import_module("onnxruntime")
except ImportError:
    onnxruntime = None


class GreedyEvaluator:
    deterministic = True

    def measure(
        self, policy: agon.PolicyFile, environment: agon.Environment, episodes: Sequence[agon.SealedEpisode]
    ) -> list[agon.SealedResult]:
        player = OnnxPlayer(policy, environment.spec.action_space)
        return agon.play_sealed(environment, episodes, player.act, begin=player.begin)


class OnnxPlayer:
    """A policy file at work: its card names the memory `x` that comes out as `x_out` and is zeros at first."""

    def __init__(self, policy: agon.PolicyFile, actions: agon.ActionSpace) -> None:
        self.actions = actions
        self.session = onnxruntime.InferenceSession(policy.onnx, providers=["CPUExecutionProvider"])
        self.outputs = [one.name for one in self.session.get_outputs()]
        self.shapes = {name: spec["shape"] for name, spec in policy.card.get("state", {}).items()}
        self.memory: dict[str, agon.Array] = {}

    def begin(self, rows: int) -> None:
        self.memory = {name: np.zeros((rows, *shape), np.float32) for name, shape in self.shapes.items()}

    def act(self, observations: Mapping[str, agon.Array], uniform: agon.Array) -> agon.Array:
        """The likeliest action of every row; `noise` would sample instead."""
        feeds = {**observations, **self.memory, "noise": uniform.astype(np.float32)}
        wanted = {one.name for one in self.session.get_inputs()}
        given = self.session.run(None, {name: value for name, value in feeds.items() if name in wanted})
        named = dict(zip(self.outputs, given, strict=True))
        self.memory = {name: named[f"{name}_out"] for name in self.memory}
        return self.actions.likeliest(named["logits"])


if __name__ == "__main__":
    if onnxruntime is None:
        sys.exit("onnxruntime is not installed: pip install onnxruntime")
    agon.as_program(lambda hub: agon.attach_evaluator(hub, GreedyEvaluator(), name="greedy"))
