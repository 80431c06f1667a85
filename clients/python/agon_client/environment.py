"""Environments over the wire: what they are, their levels, and vector environments to step."""

from __future__ import annotations

import json
import os
import queue
from dataclasses import dataclass, field
from typing import Any, Iterator, Mapping, Sequence

import grpc  # type: ignore[import]
import numpy as np
from numpy.typing import NDArray

from .action_space import ActionSpace
from .channel import Connection
from .codec import AUTO_RESET
from .errors import AgonError, from_rpc, from_wire
from .exact import octets, refused, whole
from .gen import environments_pb2 as wire
from .levels import RemoteLevels, stream_of
from .measure import Measure
from .records import AutoReset
from .target import Target, as_target
from .tensors import DTYPES, Array, decode_named


@dataclass(frozen=True)
class Space:
    """One observation of one row: shape without the batch axis, and bounds where they are known."""

    dtype: np.dtype[Any]
    shape: tuple[int, ...]
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Bounds:
    """The box that levels are points of, a number for each name."""

    names: Sequence[str]
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    integer: Sequence[bool]
    """Where only whole numbers stand; empty: nowhere."""


@dataclass(frozen=True)
class EnvironmentSpec:
    id: str
    profile: str
    observations: Mapping[str, Space]
    actions: int
    """Where there is one choice: actions are 0 … actions−1, int32. 0 for other action spaces."""
    action_space: ActionSpace
    """What actions are, whichever kind they have."""
    action_names: Sequence[str]
    agents: int
    """Rows of one slot: row = slot × agents + agent."""
    seats: Mapping[str, Sequence[int]]
    solved_above: float | None
    """An episode solved its level when its return is above this; None: no episode counts as solved."""
    return_range: tuple[float, float] | None
    suites: Mapping[str, Sequence[str]]
    """Entries of the built-in suites of sealed levels, by suite."""
    options: Mapping[str, Any]
    measures: Sequence[Measure] = ()
    """What evaluations say beside the share that was solved."""
    operators: Sequence[str] = ()
    """Names that `levels.mutate` takes."""
    crosses: bool = False
    resamples: bool = False
    gives_finals: bool = False
    """Whether steps can give what was seen last of episodes that they cut: `vector(finals=True)`."""
    gives_departures: bool = False
    """Whether they then say who left an episode that goes on for others."""
    genome: Bounds | None = None

    def solved(self, episode_return: float) -> bool:
        return self.solved_above is not None and episode_return > self.solved_above


@dataclass(frozen=True)
class Step:
    """What one step of every row gave; the arrays are read-only views of the answer.

    `observations[name]` is `[rows, …shape]` after any auto-reset, `rewards` float32 `[rows]`, `terminated` and
    `truncated` uint8 `[rows]`, never both.
    """

    observations: Mapping[str, Array]
    rewards: NDArray[np.float32]
    terminated: NDArray[np.uint8]
    truncated: NDArray[np.uint8]
    began: Sequence[int] = ()
    """Under `next-level`: the slots whose next level began."""
    finals: Mapping[str, Array] = field(default_factory=dict)
    """Where they were asked for: what was seen last of episodes that this step cut, before any auto-reset, `[cut rows, …shape]`:
    the rows whose `truncated` is 1 or whose `departed` is 2, in order. Empty where there are none."""
    departed: NDArray[np.uint8] = field(default_factory=lambda: np.zeros(0, np.uint8))
    """With finals, of an environment that `gives_departures`: 1 where the row's agent left an episode that goes on for others by its
    rules, 2 where it was cut from it alone, else 0. Otherwise of no rows."""

    @property
    def done(self) -> NDArray[np.bool_]:
        return (self.terminated | self.truncated).astype(bool)


class Environment:
    """A handle of an environment of one server."""

    def __init__(self, connection: Connection, name: str = "", description: wire.EnvironmentDescription | None = None) -> None:
        self._connection = connection
        self.name = name
        if description is None:
            try:
                request = wire.DescribeRequest(environment=name)
                description = connection.unary(wire, "Environments", "Describe", request)
            except grpc.RpcError as error:
                raise from_rpc(error, connection.address) from error
        self.spec = _read_spec(description)
        self.levels = RemoteLevels(connection, name)

    @classmethod
    def connect(cls, target: str | os.PathLike[str] | Target, name: str = "") -> Environment:
        """Of a server that is named by `host:port` or by its rendezvous file."""
        return cls(Connection(as_target(target).resolve()), name)

    def vector(
        self,
        slots: int,
        auto_reset: AutoReset = "none",
        seed: int = 0,
        seeds: Sequence[int] = (),
        finals: bool = False,
    ) -> VectorEnvironment:
        """Many episodes side by side; `seeds`, one per slot, key the randomness of each slot; `finals` asks for `Step.finals`."""
        return VectorEnvironment(self._connection, self.name, self.spec, slots, auto_reset, seed, seeds, finals)

    def close(self) -> None:
        self._connection.close()


class VectorEnvironment:
    """One vector environment for as long as its stream is open. Raises `AgonError` as the contract says."""

    def __init__(
        self,
        connection: Connection,
        name: str,
        spec: EnvironmentSpec,
        slots: int,
        auto_reset: AutoReset,
        seed: int,
        seeds: Sequence[int],
        finals: bool = False,
    ) -> None:
        self.spec = spec
        self.slots = slots
        self._place = connection.address
        # Whom a refusal of actions names.
        self._name = f"{spec.id} at {connection.address}"
        self._requests: queue.SimpleQueue[wire.StepRequest | None] = queue.SimpleQueue()
        self._call = connection.bidi(wire, "Environments", "Step", iter(self._requests.get, None))
        self._answers: Iterator[wire.StepReply] = iter(self._call)
        if auto_reset not in AUTO_RESET:
            raise refused("environment/auto-reset", "auto_reset", f"one of {', '.join(AUTO_RESET)}", auto_reset)
        opening = wire.Open(
            environment=name,
            slots=whole(slots, "slots", code="environment/slots"),
            auto_reset=AUTO_RESET[auto_reset],
            seed=whole(seed, "seed"),
            streams=[stream_of(whole(one, f"seeds[{i}]"), "slot") for i, one in enumerate(seeds)],
            finals=finals,
            departures=finals and spec.gives_departures,
        )
        self.rows = int(self._ask(wire.StepRequest(open=opening)).rows)
        self.max_steps: list[int] = []

    def reset(self, levels: Sequence[bytes], slots: Sequence[int] | None = None) -> dict[str, Array]:
        """Starts `levels[i]` in `slots[i]` (default: all); first observations of those rows alone, in that order."""
        chosen = range(self.slots) if slots is None else [_slot(slot) for slot in slots]
        begun = [octets(level, f"levels[{i}]", "level/invalid") for i, level in enumerate(levels)]
        reply = self._ask(wire.StepRequest(reset=wire.Reset(slots=chosen, levels=begun)))
        self.max_steps = list(reply.max_steps)
        return decode_named(reply.observations)

    def step(self, actions: NDArray[Any], next_levels: Mapping[int, bytes] | None = None) -> Step:
        """One step of every row; `actions` are `[rows, …spec.action_space.shape]`, of any integer type where they are choices.

        Anything else raises `AgonError` `environment/actions`: nothing is rounded, wrapped, clipped or spread.
        Under `next-level`, `next_levels` supplies what follows in some slots; others draw from their own stream.
        """
        self.send(actions, next_levels)
        return self.receive()

    def send(self, actions: NDArray[Any], next_levels: Mapping[int, bytes] | None = None) -> None:
        """Asks for a step without waiting; `receive` gives the answers in order."""
        supplied = next_levels or {}
        act = wire.Act(
            actions=self.spec.action_space.encode(actions, self.rows, self._name),
            next_slots=[_slot(slot) for slot in supplied],
            next_levels=[octets(level, f"next_levels[{slot}]", "level/invalid") for slot, level in supplied.items()],
        )
        self._requests.put(wire.StepRequest(act=act))

    def receive(self) -> Step:
        reply = self._answer()
        return Step(
            decode_named(reply.observations),
            np.frombuffer(reply.rewards, dtype="<f4"),
            np.frombuffer(reply.terminated, dtype=np.uint8),
            np.frombuffer(reply.truncated, dtype=np.uint8),
            tuple(reply.began),
            decode_named(reply.finals),
            np.frombuffer(reply.departed, dtype=np.uint8),
        )

    def save(self, slot: int) -> bytes:
        """The whole state of a slot, to go on from bit for bit in an equal environment."""
        return bytes(self._ask(wire.StepRequest(save=wire.Save(slot=_slot(slot)))).state)

    def load(self, slot: int, state: bytes) -> dict[str, Array]:
        request = wire.Load(slot=_slot(slot), state=octets(state, "state", "state/corrupt"))
        return decode_named(self._ask(wire.StepRequest(load=request)).observations)

    def close(self) -> None:
        self._requests.put(None)

    def __enter__(self) -> VectorEnvironment:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _ask(self, request: wire.StepRequest) -> wire.StepReply:
        self._requests.put(request)
        return self._answer()

    def _answer(self) -> wire.StepReply:
        try:
            for reply in self._answers:
                if reply.HasField("error"):
                    # The request changed nothing, and the stream goes on.
                    raise from_wire(reply.error)
                return reply
        except grpc.RpcError as error:
            raise from_rpc(error, self._place) from error
        raise AgonError("wire/ended", "the server ended the vector environment", place=self._place)


def _slot(slot: Any) -> int:
    return whole(slot, "slot", code="environment/slots")


def _read_spec(description: wire.EnvironmentDescription) -> EnvironmentSpec:
    def space(name: str) -> Space:
        spec = description.observations[name]
        if spec.dtype not in DTYPES:
            raise AgonError("wire/tensor", f"observation '{name}' has the unknown type {spec.dtype}")
        low = spec.low if spec.HasField("low") else None
        high = spec.high if spec.HasField("high") else None
        return Space(DTYPES[spec.dtype], tuple(spec.shape), low, high)

    bounded = description.HasField("return_low") and description.HasField("return_high")
    return EnvironmentSpec(
        id=description.id,
        profile=description.profile,
        observations={name: space(name) for name in sorted(description.observations)},
        actions=description.actions.count,
        action_space=ActionSpace.of(description.actions),
        action_names=tuple(description.actions.names),
        agents=description.agents or 1,
        seats={seat.name: tuple(seat.agents) for seat in description.seats},
        solved_above=description.solved_above if description.HasField("solved_above") else None,
        return_range=(description.return_low, description.return_high) if bounded else None,
        suites={suite.id: tuple(suite.entries) for suite in description.suites},
        options=json.loads(description.options_json) if description.options_json else {},
        measures=tuple(Measure.of_message(measure) for measure in description.measures),
        operators=tuple(description.operators),
        crosses=description.crosses_levels,
        resamples=description.resamples_levels,
        gives_finals=description.gives_finals,
        gives_departures=description.gives_departures,
        genome=_bounds(description.genome) if description.HasField("genome") else None,
    )


def _bounds(genome: wire.Genome) -> Bounds:
    low, high = np.array(genome.low), np.array(genome.high)
    return Bounds(tuple(genome.names), low, high, tuple(genome.integer))
