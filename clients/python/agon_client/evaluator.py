"""Evaluators: measure a policy on sealed episodes that no adversary ever sees."""

from __future__ import annotations

import hashlib
import os
from typing import Any, Mapping, Protocol, Sequence

from . import codec
from .attach import Attachment, environment_of, hello, ready, unexpected
from .environment import Environment
from .gen import actors_pb2 as wire
from .link import Link
from .records import PolicyFile, Seated, SealedEpisode, SealedResult
from .target import Target


class Evaluator(Protocol):
    """The body of an evaluator: stateless, so that a lost measurement is simply asked again. May also have `close()`."""

    def measure(
        self, policy: PolicyFile, environment: Environment, episodes: Sequence[SealedEpisode]
    ) -> Sequence[SealedResult]:
        """Plays every episode once, from fresh state; results in their order."""


class SeatedEvaluator(Evaluator, Protocol):
    """One that can also measure where others have seats; a run that seats anybody in its evaluations needs that."""

    def measure_seated(
        self,
        policy: PolicyFile | None,
        environment: Environment,
        episodes: Sequence[SealedEpisode],
        seats: Mapping[str, Seated],
    ) -> Sequence[SealedResult]:
        """As `measure`, with those in `seats` (by seat) beside the policy, which is None where they have every seat.

        A return is that of the agents of the policy's first seat, or of the first seat of all where it has none.
        """


def attach_evaluator(
    target: str | os.PathLike[str] | Target, evaluator: Evaluator, *, name: str = "", wait_s: float = 60
) -> None:
    """Plays the evaluator of the run at `target` until the run is over. Raises `AgonError`, or what the evaluator raises."""
    greeting = hello(
        wire.ROLE_EVALUATOR,
        name or type(evaluator).__name__,
        deterministic=getattr(evaluator, "deterministic", False),
        snapshots=False,
        seats=hasattr(evaluator, "measure_seated"),
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
        link.doing = "measure"
        policy, results = _measure(evaluator, environment_of(link, measure.environment), episodes, measure)
        answer = wire.Measured(
            key=measure.key,
            results=codec.encode_results(episodes, results),
            policy_sha256="" if policy is None else hashlib.sha256(policy.onnx).hexdigest(),
        )
        link.post(wire.KIND_MEASURED, answer.SerializeToString(), measure.key)


def _measure(
    evaluator: Any, environment: Environment, episodes: Sequence[SealedEpisode], measure: wire.Measure
) -> tuple[PolicyFile | None, Sequence[SealedResult]]:
    policy = codec.decode_policy(measure.policy) if measure.HasField("policy") else None
    if not measure.seating:
        assert policy is not None
        return policy, evaluator.measure(policy, environment, episodes)
    seats = {seat: _seated(name, measure.seated[name]) for seat, name in measure.seating.items()}
    return policy, evaluator.measure_seated(policy, environment, episodes, seats)


def _seated(name: str, who: wire.SeatedPolicy) -> Seated:
    return Seated(name, codec.decode_policy(who.file)) if who.HasField("file") else Seated(name, bot=who.bot)
