"""agon.v1.Environments, answered by one hosted environment."""

from __future__ import annotations

from typing import Any, Callable, Iterator, Sequence

import numpy as np

from ..codec import AUTO_RESET_NAMES
from ..errors import AgonError, to_status
from ..gen import environments_pb2 as wire
from ..randomness import generator
from ..tensors import Array, encode_named
from .contract import Hosted, HostedVector, VectorRequest
from .gym_level import GymLevel, GymLevels

_MOST_LEVELS = 10_000


class EnvironmentService:
    """One method for each of the contract's; what they raise ends the call as a status that carries the error whole."""

    def __init__(
        self, hosted: Hosted, levels: GymLevels, description: wire.EnvironmentDescription, max_slots: int
    ) -> None:
        self._hosted = hosted
        self._levels = levels
        self._description = description
        self._max_slots = max_slots

    def describe(self, request: wire.DescribeRequest, context: Any) -> wire.EnvironmentDescription:
        return self._answer(context, request.environment, lambda: self._description)

    def sample_levels(self, request: wire.SampleLevelsRequest, context: Any) -> wire.Levels:
        def answer() -> wire.Levels:
            if request.count > _MOST_LEVELS:
                raise AgonError("environment/count", f"{request.count} levels were asked for; at most {_MOST_LEVELS} at once")
            draws = (generator(request.seed, *request.path, index) for index in range(request.count))
            return wire.Levels(levels=[self._levels.sample(draw).encode() for draw in draws])

        return self._answer(context, request.environment, answer)

    def mutate_levels(self, request: wire.MutateLevelsRequest, context: Any) -> wire.Levels:
        def answer() -> wire.Levels:
            made = [
                self._levels.mutate(GymLevel.decode(level), generator(request.seed, *request.path, index))
                for index, level in enumerate(request.levels)
            ]
            return wire.Levels(levels=[level.encode() for level, _ in made], operators=[name for _, name in made])

        return self._answer(context, request.environment, answer)

    def describe_levels(self, request: wire.DescribeLevelsRequest, context: Any) -> wire.LevelDescriptions:
        def answer() -> wire.LevelDescriptions:
            return wire.LevelDescriptions(levels=[self._describe(level, request.pictures) for level in request.levels])

        return self._answer(context, request.environment, answer)

    def parse_levels(self, request: wire.ParseLevelsRequest, context: Any) -> wire.Levels:
        def answer() -> wire.Levels:
            found = self._levels.parse_file(request.text)
            return wire.Levels(levels=[level.encode() for _, level in found], names=[name for name, _ in found])

        return self._answer(context, request.environment, answer)

    def step(self, requests: Iterator[wire.StepRequest], context: Any) -> Iterator[wire.StepReply]:
        vector = None
        try:
            for request in requests:
                kind = request.WhichOneof("request")
                if (kind == "open") != (vector is None):
                    raise AgonError("environment/not-open", "the first request of a stream, and only that, is `open`")
                if vector is None:
                    vector, reply = self._open(request.open)
                    yield reply
                else:
                    yield _ANSWERS[kind](self, vector, getattr(request, kind))
        except Exception as error:  # noqa: BLE001 - every fault of the environment is told to whoever steps it
            _abort(context, error)
        finally:
            if vector is not None:
                vector.close()

    def _open(self, request: wire.Open) -> tuple[HostedVector, wire.StepReply]:
        self._check(request.environment)
        slots = request.slots
        if not 1 <= slots <= self._max_slots or len(request.seeds) not in (0, slots):
            raise AgonError(
                "environment/slots", f"{slots} slots with {len(request.seeds)} seeds; 1 … {self._max_slots}, and a seed each"
            )
        # Without seeds of their own, slots draw from (seed, slot).
        seeds = list(request.seeds) or [
            int(generator(request.seed, "slot", slot).integers(2**32)) for slot in range(slots)
        ]
        made = self._hosted.vector(VectorRequest(slots, AUTO_RESET_NAMES[request.auto_reset], seeds), self._levels)
        return made, wire.StepReply(rows=slots * self._hosted.agents)

    def _reset(self, vector: HostedVector, request: wire.Reset) -> wire.StepReply:
        slots = list(request.slots)
        total = len(vector.rows.rewards) // self._hosted.agents
        if len(set(slots)) != len(slots) or len(slots) != len(request.levels) or any(slot >= total for slot in slots):
            raise AgonError("environment/slots", "slots are distinct, below the number opened, and have a level each")
        levels = [GymLevel.decode(level) for level in request.levels]
        for level in levels:
            obstacle = self._levels.obstacle(level)
            if obstacle:
                raise AgonError("level/invalid", obstacle)
        vector.reset(slots, levels)
        return wire.StepReply(
            observations=encode_named(self._of_slots(vector, slots)), max_steps=[vector.max_steps(slot) for slot in slots]
        )

    def _act(self, vector: HostedVector, request: wire.Act) -> wire.StepReply:
        rows = vector.rows
        count = self._hosted.actions.count
        actions = np.frombuffer(request.actions, "<i4") if len(request.actions) % 4 == 0 else np.zeros(0, "<i4")
        if len(actions) != len(rows.rewards) or (actions < 0).any() or (actions >= count).any():
            raise AgonError("environment/actions", f"actions are {len(rows.rewards)} numbers of 0 … {count - 1}, int32")
        vector.step(actions)
        return wire.StepReply(
            observations=encode_named(rows.observations),
            rewards=rows.rewards.astype("<f4", copy=False).tobytes(),
            terminated=rows.terminated.tobytes(),
            truncated=rows.truncated.tobytes(),
        )

    def _save(self, vector: HostedVector, request: wire.Save) -> wire.StepReply:
        self._of_slots(vector, [request.slot])
        return wire.StepReply(state=vector.save(request.slot))

    def _load(self, vector: HostedVector, request: wire.Load) -> wire.StepReply:
        self._of_slots(vector, [request.slot])
        vector.load(request.slot, request.state)
        return wire.StepReply(observations=encode_named(self._of_slots(vector, [request.slot])))

    def _of_slots(self, vector: HostedVector, slots: Sequence[int]) -> dict[str, Array]:
        agents = self._hosted.agents
        if any(slot * agents >= len(vector.rows.rewards) for slot in slots):
            raise AgonError("environment/slots", f"there is no slot {max(slots)}")
        rows = [slot * agents + agent for slot in slots for agent in range(agents)]
        return {name: values[rows] for name, values in vector.rows.observations.items()}

    def _describe(self, data: bytes, pictures: bool) -> wire.LevelDescription:
        try:
            level = GymLevel.decode(data)
        except AgonError as error:
            return wire.LevelDescription(obstacle=error.message)
        return wire.LevelDescription(
            obstacle=self._levels.obstacle(level),
            key=data.decode(),
            text=data.decode(),
            features=self._levels.describe(level),
            picture=self._levels.picture(level) if pictures else "",
        )

    def _check(self, environment: str) -> None:
        if environment not in ("", self._description.id):
            raise AgonError(
                "environment/unknown", f"there is no environment '{environment}'", f"there is '{self._description.id}'"
            )

    def _answer(self, context: Any, environment: str, answer: Callable[[], Any]) -> Any:
        try:
            self._check(environment)
            return answer()
        except Exception as error:  # noqa: BLE001 - every fault is told to the caller
            _abort(context, error)


_ANSWERS: dict[str, Callable[[EnvironmentService, HostedVector, Any], wire.StepReply]] = {
    "reset": EnvironmentService._reset,
    "act": EnvironmentService._act,
    "save": EnvironmentService._save,
    "load": EnvironmentService._load,
}


def _abort(context: Any, error: Exception) -> None:
    status, details, trailers = to_status(error)
    context.set_trailing_metadata(trailers)
    context.abort(status, details)
