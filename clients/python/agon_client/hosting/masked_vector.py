"""A vector environment whose slots are reset by mask (Gymnasium ≥ 1.1)."""

from __future__ import annotations

from typing import Any, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from ..errors import AgonError
from ..tensors import Array
from .acted import lanes_again
from .acting import ActionLayout
from .contract import VectorRequest
from .faults import begun, level_text, stepped
from .gym_level import GymLevel
from .pool import EnvironmentPool
from .spaces import MASK, ObservationLayout
from .vector_answers import Flags, flags_of, last_seen, masks_of, rewards_of
from .vector_kind import Mode
from .whole_vector import WholeVector, slot_of


class MaskedVector(WholeVector):
    """Every episode begins with a reset by mask in the step in which the last one ended.

    So the vector's own mode is never seen: under `NextStep` the reset stands before the one that the vector would do, and
    no step is lost to it; under `SameStep` it stands behind it, and the observation that ended the episode is in the info.
    """

    def __init__(
        self,
        environments: EnvironmentPool,
        request: VectorRequest,
        layout: ObservationLayout,
        acting: ActionLayout,
        limit: int,
        info_mask: bool,
        mode: Mode,
    ) -> None:
        super().__init__(environments, request, layout, acting, limit, info_mask)
        self._recalls = mode == "SameStep" and (request.finals or request.auto_reset == "none")
        self._whole = False
        """Whether all were reset together, once: before that the vector has no observation of those left out of a mask."""
        self._now: list[Any] = [None] * request.slots

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
        self._acted.add(actions)
        try:
            answer = self._env.step(self._acting.values(actions))
            observation, reward, over, stopped = stepped(answer)
            ended = flags_of(over, "terminated", self._request.slots)
            stopped = flags_of(stopped, "truncated", self._request.slots)
            cut = (stopped | (self._steps >= self._limit)) & ~ended
            seen = self._seen(observation, answer[4], live)
            # What the vector has begun itself stands where the observation stood that ended the episode.
            begun_itself = live & (ended | stopped) if self._recalls else np.zeros_like(live)
            for slot in np.flatnonzero(begun_itself):
                self._layout.write(last_seen(answer[4], int(slot)), seen, int(slot))
            rewards = np.where(live, rewards_of(reward, self._request.slots), 0)
        except BaseException as error:
            raise self._failed(error, "step", range(self._request.slots))
        for name, values in seen.items():
            self.rows.observations[name][live] = values[live]
            if self.rows.finals is not None:
                self.rows.finals[name][live & cut] = values[live & cut]
        self.rows.rewards[:] = rewards
        self.rows.terminated[live] = ended[live]
        self.rows.truncated[live] = cut[live]
        # A slot that stays ended is begun again unseen: the environments are stepped together.
        finished = [int(slot) for slot in np.flatnonzero(ended | cut)]
        return self._follow(finished) if finished else ()

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

    def _begin(self, slots: list[int], out: dict[str, Array]) -> None:
        """Resets by mask, once for each set of options: a vector environment takes one for all."""
        groups: dict[bytes, list[int]] = {}
        for slot in slots:
            groups.setdefault(GymLevel(0, self._now[slot].options).encode(), []).append(slot)
        for members in groups.values():
            level = self._now[members[0]]
            try:
                seen = self._reset(members, level)
            except BaseException as error:
                raise self._failed(error, "reset", members)
            for name, values in seen.items():
                out[name][members] = values[members]
        self._steps[slots] = 0

    def _reset(self, members: list[int], level: GymLevel) -> dict[str, Array]:
        """Of these slots; the first time of all, those that have no level yet on that of the others."""
        mask = np.zeros(self._request.slots, bool)
        mask[members] = True
        chosen: Mapping[str, Any] = {} if not self._whole else {"reset_mask": mask}
        seeds = [(now or level).seed for now in self._now]
        answer = self._env.reset(seed=seeds, options={**level.options, **chosen} or None)
        self._whole = True
        return self._seen(begun(answer), answer[1], mask)

    def _seen(self, observation: Any, info: Mapping[str, Any], told: Flags) -> dict[str, Array]:
        """What all slots see; that of those `told` is of its space."""
        seen = self._layout.allocate(self._request.slots)
        self._layout.write_all(observation, seen)
        if self._info_mask:
            seen[MASK][told] = masks_of(info, self._layout.leaves[MASK], told)[told]
        found = self._layout.outside(seen, told)
        if found is not None:
            raise AgonError("environment/observation", found[1], "give what the space declares", fields={"slot": found[0]})
        return seen

    def _failed(self, error: BaseException, call: str, slots: Sequence[int]) -> AgonError:
        """The fault of one slot, where it is known whose it is, else of all `slots`."""
        slot = slot_of(error)
        whose = slots if slot is None else (slot,)
        steps = {one: int(self._steps[one]) if call == "step" else 0 for one in whose}
        which = f"step {max(steps.values())}" if call == "step" else call
        level = f", level {level_text(self._now[whose[0]])}" if slot is not None or call == "reset" else ""
        named = f"slot {slot}" if slot is not None else "all slots" if call == "step" else f"slots {list(slots)}"

        def again() -> tuple[str, str]:
            return lanes_again(self._acting, {one: (self._now[one], self._acted.last(one, n), n) for one, n in steps.items()})

        return self._fault(error, f"{which} of {named}{level}", again)
