"""Vector environments of Gymnasium, EnvPool and their kind, stepped as one."""

from __future__ import annotations

import inspect
import sys
import threading
from functools import partial
from typing import Any, Callable, Mapping, Sequence

from numpy.typing import NDArray

from ..errors import AgonError
from ..forks import fork_remedy
from ..randomness import generator
from .acting import action_layout
from .contract import HostedVector, LevelSpace, StreamKey, VectorRequest
from .faults import fault_of
from .lone_vector import LoneVector
from .masked_vector import MaskedVector
from .masks import first_infos, masked_by_info
from .own_episodes import OwnEpisodes
from .pool import EnvironmentPool, close_all
from .registration import Registration
from .slots import SlotVector
from .spaces import ObservationLayout
from .vector_kind import VectorKind, pool_limit, size_of

_SEEDS = 2**31


class HostedVectorised:
    """`make(n)` or `make(n, seed=…)` gives a vector environment of n.

    One that is reset by mask (Gymnasium ≥ 1.1) is stepped as a whole under every auto-reset, whichever its own mode is.
    One that begins its episodes itself cannot be told their levels: it is stepped as a whole where there is but one
    level, `GymLevels(seeds=1)`. Of others each slot gets a vector of one.
    """

    agents = 1
    gives_finals = True
    gives_departures = False

    def __init__(
        self,
        make: Callable[..., Any],
        step_limit: int | None,
        levels: LevelSpace,
        info_mask: bool | None = None,
        reuse: bool = True,
    ) -> None:
        self._make = make
        self._reuse = reuse
        # By their size; a vector that is made with a seed is for one stream alone.
        self._pools: dict[int, EnvironmentPool] = {}
        self._lock = threading.Lock()
        self._seeded = "seed" in inspect.signature(make).parameters
        probe = self._pool(1).take()
        self._kind = kind = VectorKind.of(probe)
        self._acting = action_layout(kind.action_space)
        choices = self._acting.space.choices
        layout = ObservationLayout.of_space(kind.observation_space, choices)
        self.layout, self._info_mask = masked_by_info(layout, choices, info_mask, lambda: self._first_infos(probe, levels))
        self.actions = self._acting.spec
        self.seats: Mapping[str, Sequence[int]] = {"agent": (0,)}
        registration = Registration.of(probe)
        self.step_limit = step_limit or pool_limit(probe) or registration.step_limit
        self.solved_above = registration.solved_above
        self._one_level = getattr(levels, "seeds", None) == 1 and not getattr(levels.sample(generator(0)), "options", {})
        self._check_levels()
        self._pool(1).give(probe)

    def vector(self, request: VectorRequest) -> HostedVector:
        if self._alone():
            return SlotVector(request, self.layout, 1, lambda level: self.step_limit, self._game, self._again)
        seed = _seed_of(request.sources.stream(0)) if self._seeded else None
        pool = self._pool(request.slots, seed)
        parts = (pool, request, self.layout, self._acting, self.step_limit, self._info_mask)
        if self._kind.resets == "mask":
            return MaskedVector(*parts, self._kind.mode)
        return OwnEpisodes(*parts, self._kind.resets == "ids", seed)

    def close(self) -> None:
        with self._lock:
            pools = list(self._pools.values())
        close_all([pool.close for pool in pools])

    def _first_infos(self, probe: Any, levels: LevelSpace) -> Sequence[Any]:
        """Of a vector of one that is begun with a level: infos of vectors have a row for each of its environments."""
        infos = first_infos(probe, levels) if self._kind.resets != "ids" else ()
        return [{name: rows[0] for name, rows in info.items() if name == "action_mask"} for info in infos]

    def _game(self) -> LoneVector:
        return LoneVector(self._pool(1), self.layout, self._acting, self._info_mask)

    def _again(self, actions: NDArray[Any]) -> str:
        """Of a vector of one."""
        return f"for action in {self._acting.plain(actions[:, 0])}:\n    env.step({self._acting.again_alone})"

    def _pool(self, slots: int, seed: int | None = None) -> EnvironmentPool:
        """Vector environments of that size; one that is made with a seed has a pool of its own."""
        if self._seeded:
            return EnvironmentPool(partial(self._made, slots, seed=_seed_of(()) if seed is None else seed), False)
        with self._lock:
            return self._pools.setdefault(slots, EnvironmentPool(partial(self._made, slots), self._reuse))

    def _alone(self) -> bool:
        """Without a mask, only what ends and begins in one step can be stepped as a whole, and only with its own levels."""
        return self._kind.resets == "whole" and not (self._one_level and self._kind.mode == "SameStep")

    def _check_levels(self) -> None:
        if self._kind.resets == "ids" and not self._one_level:
            raise AgonError(
                "environment/vector",
                "it takes no seed and no options with a reset, so it has no levels to choose from",
                "serve it with levels=GymLevels(seeds=1): its own draw is the one level",
            )
        if self._alone():
            print(
                "agon: this vector environment resets all its environments at once, or none: each slot gets a vector of one. "
                "Faster are vectors that take `reset_mask` (Gymnasium ≥ 1.1)",
                file=sys.stderr,
            )

    def _made(self, slots: int, **seed: int) -> Any:
        call = f"making an environment of {slots} slots"
        try:
            env = self._make(slots, **seed)
        except BaseException as error:
            fault = fault_of(error, call)
            fault.remedy = fault.remedy or fork_remedy(error)
            raise fault
        if slots > 1 and size_of(env) != slots:
            raise AgonError(
                "environment/vector", f"make({slots}) gave a vector environment of {size_of(env)}", "make as many as are asked for"
            )
        return env


def _seed_of(stream: StreamKey) -> int:
    return int(generator(0, *stream, "vector").integers(_SEEDS))
