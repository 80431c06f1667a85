"""Gymnasium vector environments, stepped as one."""

from __future__ import annotations

from typing import Any, Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from ..errors import AgonError
from ..exact import shown
from ..tensors import Array
from .contract import HostedVector, Rows, VectorRequest
from .faults import begun, fault_of, level_text, stepped
from .gym_level import GymLevel
from .registration import Registration
from .acting import ActionLayout, action_layout
from .spaces import ObservationLayout


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
        self._acting = action_layout(probe.single_action_space)
        self.layout = ObservationLayout.of_space(probe.single_observation_space, self._acting.space.choices)
        self.actions = self._acting.spec
        self.seats: Mapping[str, Sequence[int]] = {"agent": (0,)}
        registration = Registration.of(probe)
        self.step_limit = step_limit or registration.step_limit
        self.solved_above = registration.solved_above
        self._make = make
        probe.close()

    def vector(self, request: VectorRequest) -> HostedVector:
        try:
            env = self._make(request.slots)
        except BaseException as error:
            raise fault_of(error, f"making an environment of {request.slots} slots")
        return _Vector(env, request, self.layout, self._acting, self.step_limit)

    def close(self) -> None:
        pass


class _Vector:
    def __init__(
        self, env: Any, request: VectorRequest, layout: ObservationLayout, acting: ActionLayout, limit: int
    ) -> None:
        self.rows = Rows.allocate(layout, request.slots)
        self._env = env
        self._request = request
        self.sources = request.sources
        self._layout = layout
        self._acting = acting
        self._limit = limit
        self._now: list[Any] = [None] * request.slots
        self._steps = np.zeros(request.slots, int)
        self._ended = np.zeros(request.slots, bool)

    def reset(self, slots: Sequence[int], levels: Sequence[GymLevel]) -> None:
        for slot, level in zip(slots, levels, strict=True):
            self._now[slot] = level
        self._ended[list(slots)] = False
        self._begin(list(slots), self.rows.observations)

    def step(self, actions: NDArray[Any]) -> Sequence[int]:
        if None in self._now:
            raise AgonError("environment/not-reset", f"slot {self._now.index(None)} was never reset", "reset every slot first")
        live = ~self._ended
        self._steps += 1
        try:
            observation, reward, over, stopped = stepped(self._env.step(self._acting.values(actions)))
            ended = _flags(over, "terminated", self._request.slots)
            cut = (_flags(stopped, "truncated", self._request.slots) | (self._steps >= self._limit)) & ~ended
            seen = self._seen(observation, live)
            rewards = np.where(live, _rewards(reward, self._request.slots), 0)
        except BaseException as error:
            raise fault_of(error, f"step {int(self._steps.max())} of all slots")
        for name, values in seen.items():
            self.rows.observations[name][live] = values[live]
        self.rows.rewards[:] = rewards
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
            try:
                answer = self._env.reset(seed=[level.seed for level in levels], options=options)
                seen = self._seen(begun(answer), mask)
            except BaseException as error:
                raise fault_of(error, f"reset of slots {members}, level {level_text(levels[members[0]])}")
            for name, values in seen.items():
                out[name][members] = values[members]
        self._steps[slots] = 0

    def _seen(self, observation: Any, told: NDArray[np.bool_]) -> dict[str, Array]:
        """What all slots see; that of those `told` is of its space."""
        seen = self._layout.allocate(self._request.slots)
        self._layout.write_all(observation, seen)
        found = self._layout.outside(seen, told)
        if found is not None:
            raise AgonError("environment/observation", f"slot {found[0]}: {found[1]}", "give what the space declares")
        return seen


def _rewards(value: Any, slots: int) -> NDArray[np.float32]:
    """Raises `AgonError` `environment/step`."""
    rewards = np.asarray(value)
    if rewards.shape != (slots,) or rewards.dtype.kind not in "fiub":
        raise AgonError("environment/step", f"the rewards are {shown(value)}; expected numbers ({slots},)")
    with np.errstate(over="ignore"):
        cast = rewards.astype(np.float32)
    if not np.isfinite(cast).all():
        slot = int(np.flatnonzero(~np.isfinite(cast))[0])
        raise AgonError("environment/step", f"the reward of slot {slot} is {rewards[slot]}; expected a finite number")
    return cast


def _flags(value: Any, which: str, slots: int) -> NDArray[np.bool_]:
    """Raises `AgonError` `environment/step`."""
    flags = np.asarray(value)
    if flags.shape != (slots,) or flags.dtype.kind not in "biu" or not np.isin(flags, (0, 1)).all():
        raise AgonError("environment/step", f"{which} is {shown(value)}; expected booleans ({slots},)")
    return flags.astype(bool)
