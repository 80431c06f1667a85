"""agon.v1.Environments, answered by one hosted environment."""

from __future__ import annotations

import sys
import traceback
from typing import Any, Callable, Iterable, Iterator

from ..errors import AgonError, to_status, to_wire
from ..gen import environments_pb2 as wire
from ..randomness import generator
from .contract import Hosted, Level, LevelSpace
from .faults import EnvironmentFault, fault_of
from .step_pipes import Answer
from .step_session import StepSession, stream_key
from .variations import Genome, variations_of

_MOST_LEVELS = 10_000


class EnvironmentService:
    """One method for each of the contract's. What unary ones raise ends the call as a status that carries the error whole."""

    def __init__(
        self, hosted: Hosted, levels: LevelSpace, description: wire.EnvironmentDescription, max_slots: int
    ) -> None:
        self._hosted = hosted
        self._levels = levels
        self._variations = variations_of(levels)
        self._description = description
        self._max_slots = max_slots

    def describe(self, request: wire.DescribeRequest, context: Any) -> Any:
        return self._answer(context, request, lambda: self._description)

    def sample_levels(self, request: wire.SampleLevelsRequest, context: Any) -> Any:
        def answer() -> wire.Levels:
            _check_count(request.count)
            random = generator(*stream_key(request.stream))
            if not request.HasField("entry"):
                return wire.Levels(levels=[self._levels.sample(random).encode() for _ in range(request.count)])
            task, first = self._task(request.entry), request.entry.episode
            return wire.Levels(levels=[task(random, first + i).encode() for i in range(request.count)])

        return self._answer(context, request, answer)

    def mutate_levels(self, request: wire.MutateLevelsRequest, context: Any) -> Any:
        def answer() -> wire.Levels:
            _check_count(len(request.levels))
            random = generator(*stream_key(request.stream))
            parents = [self._levels.decode(level) for level in request.levels]
            if request.operator:
                change = self._variations.operator(request.operator)
                made = [(change(level, random), request.operator) for level in parents]
            else:
                made = [self._levels.mutate(level, random) for level in parents]
            return wire.Levels(levels=[level.encode() for level, _ in made], operators=[name for _, name in made])

        return self._answer(context, request, answer)

    def describe_levels(self, request: wire.DescribeLevelsRequest, context: Any) -> Any:
        def answer() -> wire.LevelDescriptions:
            _check_count(len(request.levels))
            return wire.LevelDescriptions(levels=[self._describe(level, request.pictures) for level in request.levels])

        return self._answer(context, request, answer)

    def parse_levels(self, request: wire.ParseLevelsRequest, context: Any) -> Any:
        def answer() -> wire.Levels:
            found = self._levels.parse_file(request.text)
            return wire.Levels(levels=[level.encode() for _, level in found], names=[name for name, _ in found])

        return self._answer(context, request, answer)

    def cross_levels(self, request: wire.CrossLevelsRequest, context: Any) -> Any:
        def answer() -> wire.Levels:
            cross = self._variations.crossover
            if cross is None:
                raise _unsupported("crosses no levels")
            _check_count(len(request.first))
            if len(request.first) != len(request.second):
                raise AgonError("environment/count", f"{len(request.first)} and {len(request.second)} levels to cross")
            random = generator(*stream_key(request.stream))
            parents = [[self._levels.decode(level) for level in side] for side in (request.first, request.second)]
            made = [cross(a, b, random).encode() for a, b in zip(*parents, strict=True)]
            return wire.Levels(levels=made, operators=["crossover"] * len(made))

        return self._answer(context, request, answer)

    def to_genome(self, request: wire.ToGenomeRequest, context: Any) -> Any:
        def answer() -> wire.Points:
            genome = self._genome()
            _check_count(len(request.levels))
            levels = [self._levels.decode(level) for level in request.levels]
            return wire.Points(points=[wire.Point(values=genome.bounded(genome.to_vector(level))) for level in levels])

        return self._answer(context, request, answer)

    def from_genome(self, request: wire.FromGenomeRequest, context: Any) -> Any:
        def answer() -> wire.Levels:
            genome = self._genome()
            _check_count(len(request.points))
            points = [genome.bounded(point.values) for point in request.points]
            return wire.Levels(levels=[genome.from_vector(point).encode() for point in points])

        return self._answer(context, request, answer)

    def resample_levels(self, request: wire.ResampleLevelsRequest, context: Any) -> Any:
        def answer() -> wire.Levels:
            resample = self._variations.resample
            if resample is None:
                raise _unsupported("hides nothing that could be drawn again")
            _check_count(len(request.levels))
            random = generator(*stream_key(request.stream))
            levels = [self._levels.decode(level) for level in request.levels]
            return wire.Levels(levels=[resample(level, random).encode() for level in levels])

        return self._answer(context, request, answer)

    def _genome(self) -> Genome:
        if self._variations.genome is None:
            raise _unsupported("has levels that are no points")
        return self._variations.genome

    def draw_states(self, request: wire.DrawStatesRequest, context: Any) -> Any:
        def answer() -> wire.Pictures:
            raise AgonError("environment/unsupported", "a hosted environment draws no states")

        return self._answer(context, request, answer)

    def step(self, requests: Iterator[wire.StepRequest], context: Any) -> Iterator[wire.StepReply]:
        conversation = self.conversation()
        try:
            for request in requests:
                yield conversation.answer(request)
        finally:
            conversation.close()

    def conversation(self) -> StepConversation:
        """One step stream, whatever carries it."""
        return StepConversation(StepSession(self._hosted, self._levels, self._check_name, self._max_slots), self._told)

    def _task(self, entry: wire.SuiteEntry) -> Callable[[Any, int], Level]:
        suite = self._levels.suites.get(entry.suite)
        if suite is None:
            raise AgonError("suite/unknown", f"there is no suite '{entry.suite}'", _there_are(self._levels.suites))
        if entry.entry not in suite.entries:
            raise AgonError("suite/entry/unknown", f"suite '{entry.suite}' has no '{entry.entry}'", _there_are(suite.entries))
        return suite.entries[entry.entry]

    def _describe(self, data: bytes, pictures: bool) -> wire.LevelDescription:
        try:
            level = self._levels.decode(data)
        except AgonError as error:
            return wire.LevelDescription(obstacle=error.message)
        return wire.LevelDescription(
            obstacle=self._levels.obstacle(level),
            key=self._levels.key(level),
            text=self._levels.text(level),
            features=self._levels.describe(level),
            picture=self._levels.picture(level) if pictures and self._levels.picture else "",
        )

    def _check_name(self, environment: str) -> None:
        known = self._description.id
        if environment not in ("", known):
            raise AgonError("environment/unknown", f"there is no environment '{environment}'", f"there is '{known}'")

    def _answer(self, context: Any, request: Any, answer: Callable[[], Any]) -> Any:
        try:
            self._check_name(request.environment)
            return answer()
        except BaseException as error:  # noqa: BLE001 - every fault is told to the caller
            status, details, trailers = to_status(self._told(error, type(request).__name__.removesuffix("Request")))
        context.set_trailing_metadata(trailers)
        context.abort(status, details)

    def _told(self, error: BaseException, call: str) -> AgonError:
        """What the caller is told; a fault of the environment names it, and is printed here with its traceback."""
        if isinstance(error, AgonError) and not isinstance(error, EnvironmentFault):
            return error
        fault, name = fault_of(error, call), self._description.id
        first = fault.__cause__ or fault
        report = "".join(traceback.format_exception(first)) if not isinstance(first, AgonError) else f"{first}\n"
        print(f"environment '{name}', {fault.fields['call']}:\n{report}", end="", file=sys.stderr, flush=True)
        if isinstance(fault, EnvironmentFault) and fault.again:
            print(f"To do it again:\n{fault.again}", end="", file=sys.stderr, flush=True)
        fields = {**fault.fields, "environment": name}
        return AgonError(fault.code, f"environment '{name}': {fault.message}", fault.remedy, place=fault.place, fields=fields)


class StepConversation:
    """A step session whose refusals are answers."""

    def __init__(self, session: StepSession, told: Callable[[BaseException, str], AgonError]) -> None:
        self._session = session
        self._told = told

    def answer(self, request: wire.StepRequest) -> wire.StepReply:
        try:
            return self._session.answer(request)
        # Also an exit or an interrupt that the environment raises: this thread would end, and nobody hear of it.
        except BaseException as error:  # noqa: BLE001 - every fault of the environment is told to whoever steps it
            return wire.StepReply(error=to_wire(self._told(error, str(request.WhichOneof("request")))))

    def act(self, request: bytes) -> Answer:
        try:
            return self._session.act(request)
        except BaseException as error:  # noqa: BLE001 - as above
            return wire.StepReply(error=to_wire(self._told(error, "act")))

    def close(self) -> None:
        try:
            self._session.close()
        except BaseException as error:  # noqa: BLE001 - nobody listens any more
            self._told(error, "close")


def _unsupported(what: str) -> AgonError:
    return AgonError("environment/unsupported", f"this environment {what}")


def _there_are(names: Iterable[str]) -> str:
    return f"there are {', '.join(names) or 'none'}"


def _check_count(count: int) -> None:
    if count > _MOST_LEVELS:
        raise AgonError("environment/count", f"{count} levels were asked for; at most {_MOST_LEVELS} at once")
