"""A vector environment of one, as the environment of one slot."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..errors import AgonError
from .acting import ActionLayout
from .contract import Rows, StreamKey
from .faults import begun, stepped
from .gym_level import GymLevel
from .pool import EnvironmentPool
from .spaces import MASK, ObservationLayout
from .vector_answers import flags_of, last_seen, masks_of, rewards_of

_TOLD = np.ones(1, bool)


class LoneVector:
    """Reset as a whole, which is the one slot: whatever its own autoreset mode began is begun again, on the level asked."""

    def __init__(
        self, environments: EnvironmentPool, layout: ObservationLayout, acting: ActionLayout, info_mask: bool
    ) -> None:
        self._environments = environments
        self._env = env = environments.take()
        self._layout = layout
        self._acting = acting
        self._info_mask = info_mask
        # Wrappers may hand on the two halves of a step without having looked at it.
        self._halves = hasattr(env, "step_async") and getattr(env, "unwrapped", env) is env
        self._stepped: Any = None

    def begin(self, level: GymLevel, stream: StreamKey, rows: Rows, first: int) -> None:
        answer = self._env.reset(**level.reset_arguments())
        self._observe(begun(answer), answer[1], rows, first)

    def ask(self, actions: NDArray[Any]) -> None:
        values = self._acting.values(actions)
        if self._halves:
            self._env.step_async(values)
        else:
            self._stepped = self._env.step(values)

    def answer(self, rows: Rows, first: int) -> bool:
        answer = self._env.step_wait() if self._halves else self._stepped
        observation, reward, over, cut = stepped(answer)
        terminated, truncated = bool(flags_of(over, "terminated", 1)[0]), bool(flags_of(cut, "truncated", 1)[0])
        rows.rewards[first] = rewards_of(reward, 1)[0]
        rows.terminated[first] = terminated
        rows.truncated[first] = truncated and not terminated
        self._observe(observation, answer[4], rows, first)
        if (terminated or truncated) and ("final_obs" in answer[4] or "final_observation" in answer[4]):
            self._layout.write(last_seen(answer[4], 0), rows.observations, first)
        return terminated or truncated

    def state(self) -> bytes | None:
        return None

    def set_state(self, level: GymLevel, state: bytes, rows: Rows, first: int) -> None:
        raise AgonError("state/unsupported", "vector environments cannot load a state")

    def close(self, sound: bool) -> None:
        self._environments.give(self._env, sound)

    def _observe(self, observation: Any, info: Any, rows: Rows, first: int) -> None:
        row = {name: values[first : first + 1] for name, values in rows.observations.items()}
        self._layout.write_all(observation, row)
        if self._info_mask:
            row[MASK][:] = masks_of(info, self._layout.leaves[MASK], _TOLD)
        rows.told[first] = True
