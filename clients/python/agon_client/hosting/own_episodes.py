"""A vector environment that draws its own episodes, as EnvPool does: there is one level, and nothing to tell it."""

from __future__ import annotations

from typing import Any, Literal, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from ..errors import AgonError
from ..tensors import Array
from .acted import Calls
from .acting import ActionLayout
from .contract import VectorRequest
from .faults import begun, stepped
from .gym_level import GymLevel
from .pool import EnvironmentPool
from .spaces import MASK, ObservationLayout
from .vector_answers import Flags, flags_of, last_seen, masks_of, rewards_of
from .whole_vector import WholeVector


class OwnEpisodes(WholeVector):
    """Slots are begun by `reset(ids)` (`by_ids`), else by the vector itself, in the step that ended the last episode.

    `_fresh` slots stand at the first observation of an episode, which `_first` holds: a reset gives that.
    """

    def __init__(
        self,
        environments: EnvironmentPool,
        request: VectorRequest,
        layout: ObservationLayout,
        acting: ActionLayout,
        limit: int,
        info_mask: bool,
        by_ids: bool,
        seed: int | None = None,
    ) -> None:
        """`seed` is that which the vector was made with, if any."""
        super().__init__(environments, request, layout, acting, limit, info_mask)
        self._by_ids = by_ids
        self._seed = seed
        # All that was asked of a vector with a seed, from its making on.
        self._calls = Calls()
        self._first = layout.allocate(request.slots)
        self._fresh = np.zeros(request.slots, bool)
        self._known = np.zeros(request.slots, bool)

    def reset(self, slots: Sequence[int], levels: Sequence[GymLevel]) -> None:
        for slot, level in zip(slots, levels, strict=True):
            _check_level(slot, level)
        asked = np.zeros(self._request.slots, bool)
        asked[list(slots)] = True
        # The first time all begin, whoever is asked for.
        self._renew((asked if self._known.any() else ~self._known) & ~self._fresh)
        self._known |= asked
        self._ended[asked] = False
        self._show(asked)

    def step(self, actions: NDArray[Any]) -> Sequence[int]:
        if not self._known.all():
            missing = int(np.flatnonzero(~self._known)[0])
            raise AgonError("environment/not-reset", f"slot {missing} was never reset", "reset every slot first")
        live = ~self._ended
        self._steps += 1
        self._fresh[:] = False
        self._note("step", actions)
        try:
            seen, reward, ended, cut, info = self._stepped(self._acting.values(actions))
            over, late = ended | cut, self._steps >= self._limit
            if not self._by_ids:
                self._note_begun(over, late & ~over, info, seen)
        except BaseException as error:
            raise self._failed(error, f"step {int(self._steps.max())} of all slots")
        whole = bool(live.all())
        for name, values in seen.items():
            if whole:
                self.rows.observations[name][:] = values
            else:
                self.rows.observations[name][live] = values[live]
        self.rows.rewards[:] = np.where(live, reward, 0)
        self.rows.terminated[live] = ended[live]
        cut = (cut | late) & ~ended
        self.rows.truncated[live] = cut[live]
        for name, last in (self.rows.finals or {}).items():
            last[cut & live] = seen[name][cut & live]
        finished = over | late
        if self._by_ids:
            self._renew(finished)
        return self._follow(finished) if finished.any() else ()

    def _follow(self, finished: Flags) -> Sequence[int]:
        if self._request.auto_reset == "none":
            self._ended |= finished
            return ()
        self._show(finished)
        if self._request.auto_reset == "same-level":
            return ()
        drawn = [int(slot) for slot in np.flatnonzero(finished)]
        for slot in drawn:
            _check_level(slot, self.sources.next(slot))
        return drawn

    def _show(self, slots: Flags) -> None:
        for name, values in self._first.items():
            self.rows.observations[name][slots] = values[slots]

    def _renew(self, slots: Flags) -> None:
        """New episodes in these slots. Raises `AgonError` `environment/vector` where they cannot begin without others."""
        if not slots.any():
            return
        if not self._by_ids and not slots.all():
            raise AgonError(
                "environment/vector",
                f"slot {int(np.flatnonzero(slots)[0])} is amid an episode, and the vector resets all its environments or none",
                "give it resets by mask (Gymnasium ≥ 1.1), or host single environments",
            )
        ids = np.flatnonzero(slots).astype(np.int32)
        self._note("reset", ids)
        try:
            answer = self._env.reset(ids) if self._by_ids else self._env.reset()
            bare = self._by_ids and not isinstance(answer, tuple)
            observation, info = (answer, {}) if bare else (begun(answer), answer[1])
            first = self._seen(observation, info, len(ids))
        except BaseException as error:
            raise self._failed(error, f"reset of slots {ids.tolist()}")
        for name, values in first.items():
            self._first[name][ids] = values
        self._begun(slots)

    def _note(self, call: Literal["reset", "step"], given: NDArray[Any]) -> None:
        if self._seed is not None:
            self._calls.add(call, given)

    def _failed(self, error: BaseException, call: str) -> AgonError:
        return self._fault(error, call, lambda: self._calls.again(self._acting, self._request.slots, self._seed, self._by_ids))

    def _begun(self, slots: Flags) -> None:
        self._fresh[slots] = True
        self._steps[slots] = 0

    def _note_begun(self, over: Flags, late: Flags, info: Mapping[str, Any], seen: dict[str, Array]) -> None:
        """What `seen` has of those that are over is the first observation of their next episode."""
        if late.any():
            raise AgonError(
                "environment/vector",
                f"slot {int(np.flatnonzero(late)[0])} goes on after {self._limit} steps, and the vector begins episodes itself",
                "give the vector a time limit of its own, or a longer `step_limit`",
            )
        for name, values in seen.items():
            self._first[name][over] = values[over]
        self._begun(over)
        if self._request.finals or self._request.auto_reset == "none":
            for slot in np.flatnonzero(over & ~self._ended):
                self._layout.write(last_seen(info, int(slot)), seen, int(slot))

    def _stepped(self, values: NDArray[Any]) -> tuple[dict[str, Array], NDArray[np.float32], Flags, Flags, Mapping[str, Any]]:
        """Observations, rewards, terminated, truncated, info; by slot."""
        slots = self._request.slots
        answer = _with_both_ends(self._env.step(values))
        observation, reward, over, stopped = stepped(answer)
        ended, cut = flags_of(over, "terminated", slots), flags_of(stopped, "truncated", slots)
        rewards = rewards_of(reward, slots)
        seen = self._seen(observation, answer[4], slots)
        ids = answer[4].get("env_id")
        if ids is None or np.array_equal(ids, np.arange(slots)):
            return seen, rewards, ended, cut & ~ended, answer[4]
        order = np.argsort(ids, kind="stable")
        seen = {name: given[order] for name, given in seen.items()}
        return seen, rewards[order], ended[order], (cut & ~ended)[order], answer[4]

    def _seen(self, observation: Any, info: Mapping[str, Any], count: int) -> dict[str, Array]:
        seen = self._layout.allocate(count)
        told = np.ones(count, bool)
        self._layout.write_all(observation, seen)
        if self._info_mask:
            seen[MASK][:] = masks_of(info, self._layout.leaves[MASK], told)
        found = self._layout.outside(seen, told)
        if found is not None:
            raise AgonError("environment/observation", f"place {found[0]} of {count}: {found[1]}", "give what the space declares")
        return seen


def _check_level(slot: int, level: Any) -> None:
    if level.options:
        raise AgonError(
            "environment/vector",
            f"the level of slot {slot} has options, which the vector environment cannot be given",
            "serve it without `sample_options`",
        )


def _with_both_ends(answer: Any) -> Any:
    """Of the old interface, which has one flag for both ends and the other in the info; others as they are."""
    if not isinstance(answer, tuple) or len(answer) != 4 or not isinstance(answer[3], Mapping):
        return answer
    observation, reward, done, info = answer
    if "TimeLimit.truncated" not in info:
        return answer
    cut = np.asarray(info["TimeLimit.truncated"], bool)
    return observation, reward, np.asarray(done, bool) & ~cut, cut, info
