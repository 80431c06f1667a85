"""Games of the original engine behind the hosting of environments."""

from __future__ import annotations

import hashlib
import hmac
from typing import Any, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from ..errors import AgonError
from ..gen import environments_pb2 as wire
from ..hosting.contract import HostedVector, Rows, StreamKey, VectorRequest
from ..hosting.slots import SlotVector
from ..randomness import generator
from .engine_game import Stepped
from .level import FootballLevel
from .observation import layout_of
from .options import ACTIONS, FootballOptions
from .pool import WorkerPool
from .seats import seats_of
from .worker import Worker

_SEEDS = 2**31
# What the package plays deterministic scenarios with.
_FIXED_SEED = 42
_HASH = "sha256"
_SEAL_BYTES = hashlib.new(_HASH).digest_size


class HostedFootball:
    """The package's games, dealt to processes; `key` seals saved states."""

    gives_finals = True
    gives_departures = False

    def __init__(self, options: FootballOptions, scenario: FootballLevel, key: bytes) -> None:
        names = ACTIONS if options.action_set == "v2" else ACTIONS[:-1]
        self.layout = layout_of(options, scenario)
        self.actions = wire.ActionSpec(count=len(names), names=names)
        self.agents = options.agents
        self.seats: Mapping[str, Sequence[int]] = seats_of(options)
        self._options = options
        self._pool = WorkerPool(options, scenario)
        self._fixed_seed = _FIXED_SEED if options.deterministic else None
        # States of games with other agents or rewards are foreign, too.
        told = (options.left_agents, options.right_agents, options.left_controllable, options.right_controllable)
        self._key = hmac.digest(key, repr((*told, options.rewards, options.action_set)).encode(), _HASH)

    def vector(self, request: VectorRequest) -> HostedVector:
        count = min(request.slots, self._options.workers)
        workers = self._pool.take(count)
        made = iter(range(request.slots))

        def game() -> _Game:
            # Slot i is game i // count of worker i % count.
            slot = next(made)
            return _Game(workers[slot % count], slot // count, self._key, self._fixed_seed)

        return _FootballVector(SlotVector(request, self.layout, self.agents, longest, game), workers, self._pool)

    def close(self) -> None:
        self._pool.close()


def longest(level: FootballLevel) -> int:
    """Steps of the longest episode: the first observation has one step more left than the game lasts."""
    return level.game_duration + 1


class _FootballVector:
    """What failed in a step may have left answers behind: the vector environment is then over."""

    def __init__(self, slots: SlotVector[_Game], workers: Sequence[Worker], pool: WorkerPool) -> None:
        self.rows = slots.rows
        self.sources = slots.sources
        self._slots = slots
        self._workers = workers
        self._pool = pool
        self._failed: AgonError | None = None

    def reset(self, slots: Sequence[int], levels: Sequence[FootballLevel]) -> None:
        self._guard(self._slots.reset, slots, levels)

    def step(self, actions: NDArray[np.int32]) -> Sequence[int]:
        began: Sequence[int] = self._guard(self._slots.step, actions)
        return began

    def max_steps(self, slot: int) -> int:
        return self._slots.max_steps(slot)

    def save(self, slot: int) -> bytes:
        state: bytes = self._guard(self._slots.save, slot)
        return state

    def load(self, slot: int, state: bytes) -> None:
        self._guard(self._slots.load, slot, state)

    def close(self) -> None:
        if self._failed is None:
            self._pool.give(self._workers)
            return
        for worker in self._workers:
            worker.close()

    def _guard(self, call: Any, *given: Any) -> Any:
        if self._failed is not None:
            raise self._failed
        try:
            return call(*given)
        except AgonError as error:
            if error.code.startswith(("football/", "python/")):
                self._failed = error
            raise


class _Game:
    """A game of a worker, as one slot."""

    def __init__(self, worker: Worker, number: int, key: bytes, seed: int | None) -> None:
        self._worker = worker
        self._number = number
        self._key = key
        self._seed = seed
        self._level = b""

    def begin(self, level: FootballLevel, stream: StreamKey, rows: Rows, first: int) -> None:
        seed = int(generator(*stream).integers(_SEEDS)) if self._seed is None else self._seed
        self._write(self._call("begin", level, seed), rows, first)
        self._level = level.encode()

    def ask(self, actions: NDArray[np.int32]) -> None:
        self._worker.ask(self._number, "step", actions.tolist())

    def answer(self, rows: Rows, first: int) -> bool:
        stepped: Stepped = self._worker.answer()
        self._write(stepped.observations, rows, first)
        mine = slice(first, first + len(stepped.rewards))
        rows.rewards[mine] = stepped.rewards
        rows.terminated[mine] = stepped.terminated
        rows.truncated[mine] = stepped.truncated
        return stepped.terminated or stepped.truncated

    def state(self) -> bytes:
        state: bytes = self._call("state")
        return self._seal(self._level, state) + state

    def set_state(self, level: FootballLevel, state: bytes, rows: Rows, first: int) -> None:
        """The engine unpickles what a state holds: only what was sealed with this key is given to it."""
        seal, inner = state[:_SEAL_BYTES], state[_SEAL_BYTES:]
        if not hmac.compare_digest(seal, self._seal(level.encode(), inner)):
            raise AgonError(
                "state/foreign",
                "this state was not sealed with the key of this server, or with other agents and rewards",
                "serve with the key file and the options of the server that saved it",
            )
        self._write(self._call("set_state", level, inner), rows, first)
        self._level = level.encode()

    def close(self, sound: bool) -> None:
        """Its process stays for the next vector environment."""

    def _seal(self, level: bytes, state: bytes) -> bytes:
        return hmac.digest(self._key, len(level).to_bytes(4, "little") + level + state, _HASH)

    def _call(self, method: str, *given: Any) -> Any:
        self._worker.ask(self._number, method, *given)
        return self._worker.answer()

    def _write(self, observations: Mapping[str, Any], rows: Rows, first: int) -> None:
        for name, values in observations.items():
            rows.observations[name][first : first + len(values)] = values
