"""Evaluators: measure a policy on sealed episodes that no adversary ever sees."""

from __future__ import annotations

import hashlib
import os
from typing import Any, Protocol, Sequence

from . import codec
from .attach import Attachment, environment_of, hello, ready, unexpected
from .environment import Environment
from .gen import actors_pb2 as wire
from .link import Link
from .records import PolicyFile, SealedEpisode, SealedResult
from .target import Target


class Evaluator(Protocol):
    """The body of an evaluator: stateless, so that a lost measurement is simply asked again. May also have `close()`."""

    def measure(
        self, policy: PolicyFile, environment: Environment, episodes: Sequence[SealedEpisode]
    ) -> Sequence[SealedResult]:
        """Plays every episode once, from fresh state; results in their order."""


def attach_evaluator(
    target: str | os.PathLike[str] | Target, evaluator: Evaluator, *, name: str = "", wait_s: float = 60
) -> None:
    """Plays the evaluator of the run at `target` until the run is over. Raises `AgonError`, or what the evaluator raises."""
    greeting = hello(
        wire.ROLE_EVALUATOR,
        name or type(evaluator).__name__,
        deterministic=getattr(evaluator, "deterministic", False),
        snapshots=False,
    )
    body: Any = evaluator
    try:
        Attachment.of(target, wait_s).serve(greeting, lambda link, _: _converse(link, evaluator))
    finally:
        if hasattr(body, "close"):
            body.close()


def _converse(link: Link, evaluator: Evaluator) -> None:
    ready(link)
    while True:
        message = link.take()
        if message.kind == wire.KIND_CLOSE:
            return
        if message.kind != wire.KIND_MEASURE:
            raise unexpected(message.kind, "an evaluator")
        measure = wire.Measure.FromString(message.body)
        episodes = codec.decode_episodes(measure)
        policy = codec.decode_policy(measure.policy)
        link.doing = "measure"
        results = evaluator.measure(policy, environment_of(link, measure.environment), episodes)
        answer = wire.Measured(
            key=measure.key,
            results=codec.encode_results(episodes, results),
            policy_sha256=hashlib.sha256(policy.onnx).hexdigest(),
        )
        link.post(wire.KIND_MEASURED, answer.SerializeToString(), measure.key)
