"""The level space of an environment, over the wire: levels are canonical bytes, draws are keyed by the request."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Mapping, Sequence

import grpc  # type: ignore[import]
import numpy as np
from numpy.typing import NDArray

from .channel import Connection
from .errors import from_rpc
from .exact import octets, whole
from .gen import environments_pb2 as wire


@dataclass(frozen=True)
class LevelDescription:
    obstacle: str
    """Why the level cannot be attempted; empty where it can."""
    key: str
    """Equal keys: the same level to an archive without duplicates."""
    text: str
    features: Mapping[str, float]
    picture: str
    """A self-contained `<svg>` element, where asked for and where the environment draws."""


@dataclass(frozen=True)
class Mutation:
    level: bytes
    operator: str


def stream_of(seed: int, *path: str | int) -> wire.Stream:
    """Names the numbers that draws come from: a seed, and what they are for."""
    return wire.Stream(seed=whole(seed, "the seed of a draw"), path=[_word(part) for part in path])


def _word(part: str | int) -> str:
    return part if isinstance(part, str) else str(whole(part, "a number in the path of a draw", -(2**63), 2**63 - 1))


def _plain(levels: Sequence[bytes]) -> list[bytes]:
    return [octets(level, f"levels[{i}]", "level/invalid") for i, level in enumerate(levels)]


def _mutations(answer: wire.Levels) -> list[Mutation]:
    return [Mutation(level, operator) for level, operator in zip(answer.levels, answer.operators, strict=True)]


class RemoteLevels:
    """Sample, mutate, describe and parse levels. Every call raises `AgonError` as the contract says."""

    def __init__(self, connection: Connection, environment: str) -> None:
        self._connection = connection
        self._environment = environment

    def sample(self, count: int, seed: int, *path: str | int) -> list[bytes]:
        """`count` levels of the generator; the same (seed, path) always gives the same ones."""
        request = wire.SampleLevelsRequest(
            environment=self._environment, count=whole(count, "count"), stream=stream_of(seed, *path)
        )
        return list(self._call("SampleLevels", request).levels)

    def suite(self, suite: str, entry: str, seed: int, *path: str | int, episode: int = 0, count: int = 1) -> list[bytes]:
        """The levels of an entry of a built-in suite, from episode `episode` on."""
        request = wire.SampleLevelsRequest(
            environment=self._environment,
            count=whole(count, "count"),
            stream=stream_of(seed, *path),
            entry=wire.SuiteEntry(suite=suite, entry=entry, episode=whole(episode, "episode")),
        )
        return list(self._call("SampleLevels", request).levels)

    def mutate(self, levels: Sequence[bytes], seed: int, *path: str | int, operator: str = "") -> list[Mutation]:
        """A changed copy of each level, with the operator that made it: the one named, or the space's own.

        Raises `AgonError` `level/operator` for a name that is not among the environment's `spec.operators`.
        """
        request = wire.MutateLevelsRequest(
            environment=self._environment, levels=_plain(levels), stream=stream_of(seed, *path), operator=operator
        )
        return _mutations(self._call("MutateLevels", request))

    def cross(self, first: Sequence[bytes], second: Sequence[bytes], seed: int, *path: str | int) -> list[Mutation]:
        """A child of each pair. Raises `AgonError` `environment/unsupported` where `spec.crosses` is false."""
        request = wire.CrossLevelsRequest(
            environment=self._environment, first=_plain(first), second=_plain(second), stream=stream_of(seed, *path)
        )
        return _mutations(self._call("CrossLevels", request))

    def to_genome(self, levels: Sequence[bytes]) -> NDArray[np.float64]:
        """`[levels, numbers]`, each inside the bounds of `spec.genome`."""
        request = wire.ToGenomeRequest(environment=self._environment, levels=_plain(levels))
        return np.array([point.values for point in self._call("ToGenome", request).points], np.float64)

    def from_genome(self, points: NDArray[np.float64] | Sequence[Sequence[float]]) -> list[bytes]:
        """The level at each point `[points, numbers]`, clipped to the bounds and rounded where whole numbers stand."""
        made = [wire.Point(values=[float(value) for value in point]) for point in points]
        request = wire.FromGenomeRequest(environment=self._environment, points=made)
        return list(self._call("FromGenome", request).levels)

    def resample(self, levels: Sequence[bytes], seed: int, *path: str | int) -> list[bytes]:
        """Each level with its hidden parameters drawn again, where `spec.resamples`."""
        request = wire.ResampleLevelsRequest(
            environment=self._environment, levels=_plain(levels), stream=stream_of(seed, *path)
        )
        return list(self._call("ResampleLevels", request).levels)

    def describe(self, levels: Sequence[bytes], pictures: bool = False) -> list[LevelDescription]:
        request = wire.DescribeLevelsRequest(environment=self._environment, levels=_plain(levels), pictures=pictures)
        return [
            LevelDescription(one.obstacle, one.key, one.text, dict(one.features), one.picture)
            for one in self._call("DescribeLevels", request).levels
        ]

    def parse(self, text: str) -> dict[str, bytes]:
        """Levels in the form for people, by name. Raises `AgonError` `level/invalid` with row and column."""
        answer = self._call("ParseLevels", wire.ParseLevelsRequest(environment=self._environment, text=text))
        return dict(zip(answer.names, answer.levels, strict=True))

    def _call(self, method: str, request: Any) -> Any:
        try:
            return self._connection.unary(wire, "Environments", method, request)
        except grpc.RpcError as error:
            raise from_rpc(error, self._connection.address) from error
