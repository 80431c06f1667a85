"""Gymnasium vector environments, stepped as one."""

from __future__ import annotations

from typing import Any, Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from ..errors import AgonError
from .contract import HostedVector, Rows, VectorRequest
from .gym_level import GymLevel
from .spaces import ObservationLayout, action_spec


class HostedVectorised:
    """`make(n)` gives a `VectorEnv` of n environments with autoreset disabled, which is reset by mask (Gymnasium ≥ 1.1).

    Other autoreset modes are refused: they start levels that nobody asked for, and `NextStep` has steps that are none.
    """

    agents = 1

    def __init__(self, make: Callable[[int], Any], step_limit: int | None) -> None:
        probe = make(1)
        mode = getattr(probe, "metadata", {}).get("autoreset_mode")
        name = str(getattr(mode, "value", mode))
        if name != "Disabled":
            raise AgonError(
                "environment/autoreset",
                f"this vector environment resets itself ({name})",
                'make_vec(id, n, vectorization_mode="sync", vector_kwargs={"autoreset_mode": AutoresetMode.DISABLED})',
            )
        self.layout = ObservationLayout.of_space(probe.single_observation_space)
        self.actions, self._first_action = action_spec(probe.single_action_space)
        self.seats: Mapping[str, Sequence[int]] = {"agent": (0,)}
        self.step_limit = step_limit or int(getattr(getattr(probe, "spec", None), "max_episode_steps", None) or 1000)
        self._make = make
        probe.close()

    def vector(self, request: VectorRequest) -> HostedVector:
        return _Vector(self._make(request.slots), request, self.layout, self._first_action, self.step_limit)

    def close(self) -> None:
        pass


class _Vector:
    def __init__(
        self, env: Any, request: VectorRequest, layout: ObservationLayout, first_action: int, limit: int
    ) -> None:
        self.rows = Rows.allocate(layout, request.slots)
        self._env = env
        self._request = request
        self.sources = request.sources
        self._layout = layout
        self._first_action = first_action
        self._limit = limit
        self._now: list[Any] = [None] * request.slots
        self._steps = np.zeros(request.slots, int)
        self._ended = np.zeros(request.slots, bool)

    def reset(self, slots: Sequence[int], levels: Sequence[GymLevel]) -> None:
        for slot, level in zip(slots, levels, strict=True):
            self._now[slot] = level
        self._ended[list(slots)] = False
        self._begin(list(slots), self.rows.observations)

    def step(self, actions: NDArray[np.int32]) -> Sequence[int]:
        if None in self._now:
            raise AgonError("environment/not-reset", f"slot {self._now.index(None)} was never reset", "reset every slot first")
        observation, reward, terminated, truncated, _ = self._env.step(actions + self._first_action)
        live = ~self._ended
        self._steps += 1
        ended = np.asarray(terminated, bool)
        cut = (np.asarray(truncated, bool) | (self._steps >= self._limit)) & ~ended
        seen = self._layout.allocate(self._request.slots)
        self._layout.write(observation, seen, slice(None))
        for name, values in seen.items():
            self.rows.observations[name][live] = values[live]
        self.rows.rewards[:] = np.where(live, reward, 0)
        self.rows.terminated[live] = ended[live]
        self.rows.truncated[live] = cut[live]
        # A slot that stays ended is begun again unseen: the environments are stepped together.
        over = [int(slot) for slot in np.flatnonzero(ended | cut)]
        return self._follow(over) if over else ()

    def max_steps(self, slot: int) -> int:
        return self._limit

    def save(self, slot: int) -> bytes:
        raise AgonError("state/unsupported", "vector environments cannot save one slot", "host single environments")

    def load(self, slot: int, state: bytes) -> None:
        raise AgonError("state/unsupported", "vector environments cannot load one slot", "host single environments")

    def close(self) -> None:
        self._env.close()

    def _follow(self, over: list[int]) -> Sequence[int]:
        if self._request.auto_reset == "none":
            self._ended[over] = True
            self._begin(over, self._layout.allocate(self._request.slots))
            return ()
        drawn = [slot for slot in over if self._request.auto_reset == "next-level"]
        for slot in drawn:
            self._now[slot] = self.sources.next(slot)
        self._begin(over, self.rows.observations)
        return drawn

    def _begin(self, slots: list[int], out: dict[str, Any]) -> None:
        """Resets by mask, once for each set of options: a vector environment takes one for all."""
        groups: dict[bytes, list[int]] = {}
        for slot in slots:
            level = self._now[slot]
            assert level is not None
            groups.setdefault(GymLevel(0, level.options).encode(), []).append(slot)
        for members in groups.values():
            mask = np.zeros(self._request.slots, bool)
            mask[members] = True
            levels = [level or GymLevel(0) for level in self._now]
            options = {**levels[members[0]].options, "reset_mask": mask}
            observation, _ = self._env.reset(seed=[level.seed for level in levels], options=options)
            seen = self._layout.allocate(self._request.slots)
            self._layout.write(observation, seen, slice(None))
            for name, values in seen.items():
                out[name][members] = values[members]
        self._steps[slots] = 0
