"""Vector environments of beacons, with the surfaces that libraries have: Gymnasium of 1.1 and of 0.29, and EnvPool."""

from __future__ import annotations

from typing import Any, Iterable, Mapping

import numpy as np

from .beacon import Beacon
from .spaces import Dict, Discrete

Batch = tuple[dict[str, Any], dict[str, Any]]
Stepped = tuple[dict[str, Any], Any, Any, Any, dict[str, Any]]


class _Beacons:
    """One after another; each draws what it is not told from randomness of its own."""

    def __init__(self, num_envs: int, seed: int = 0) -> None:
        self.envs = [Beacon() for _ in range(num_envs)]
        self._random = [np.random.default_rng([seed, i]) for i in range(num_envs)]
        self._seen: list[dict[str, Any]] = [{"way": np.zeros(2, np.float32), "size": 2}] * num_envs

    def begin(self, i: int, seed: int | None = None, options: Mapping[str, Any] | None = None) -> None:
        own = int(self._random[i].integers(2**32)) if seed is None else seed
        self._seen[i] = self.envs[i].reset(seed=own, options=options)[0]

    def play(self, i: int, action: int) -> tuple[float, bool, bool]:
        self._seen[i], reward, terminated, truncated, _ = self.envs[i].step(action)
        return reward, terminated, truncated

    def last(self, i: int) -> dict[str, Any]:
        return self._seen[i]

    def batch(self, chosen: Iterable[int]) -> dict[str, Any]:
        ids = list(chosen)
        return {name: np.stack([np.asarray(self._seen[int(i)][name]) for i in ids]) for name in ("way", "size")}


class BeaconVector:
    """Of Gymnasium ≥ 1.1: reset by mask, with an autoreset mode. Like its own, it has nothing to show of who never began.

    Its info has the mask of actions: in the first column, the first one leads nowhere.
    """

    def __init__(self, num_envs: int, autoreset_mode: str = "Disabled") -> None:
        self.num_envs = num_envs
        self.metadata = {"autoreset_mode": autoreset_mode}
        self._beacons = _Beacons(num_envs)
        self._begun = np.zeros(num_envs, bool)
        self._over = np.zeros(num_envs, bool)
        one = self._beacons.envs[0]
        self.single_observation_space: Dict = one.observation_space
        self.single_action_space: Discrete = one.action_space
        self.resets = 0

    def reset(self, *, seed: Any = None, options: Mapping[str, Any] | None = None) -> Batch:
        given = dict(options or {})
        mask = given.pop("reset_mask", np.ones(self.num_envs, bool))
        assert (self._begun | mask).all(), "all input arrays must have the same shape"
        self.resets += 1
        for i in np.flatnonzero(mask):
            self._beacons.begin(int(i), (seed or [None] * self.num_envs)[i], given)
        self._begun[mask] = True
        self._over[mask] = False
        return self._beacons.batch(range(self.num_envs)), self._info(mask)

    def step(self, actions: Any) -> Stepped:
        mode, last = self.metadata["autoreset_mode"], self._over.copy()
        assert mode == "NextStep" or not last.any(), "an ended environment is reset before it is stepped"
        played = [self._beacons.play(i, int(actions[i])) if not last[i] else (0.0, False, False) for i in range(self.num_envs)]
        for i in np.flatnonzero(last):
            self._beacons.begin(int(i))
        rewards, terminated, truncated = (np.array([one[i] for one in played]) for i in range(3))
        over = terminated | truncated
        info = self._info(np.ones(self.num_envs, bool))
        if mode == "SameStep":
            info |= self._restarted(over)
        else:
            self._over = over
        return self._beacons.batch(range(self.num_envs)), rewards, terminated, truncated, info

    def close(self) -> None:
        pass

    def _restarted(self, over: Any) -> dict[str, Any]:
        finals = np.full(self.num_envs, None, object)
        for i in np.flatnonzero(over):
            finals[i] = self._beacons.last(int(i))
            self._beacons.begin(int(i))
        return {"final_obs": finals, "_final_obs": over} if over.any() else {}

    def _info(self, told: Any) -> dict[str, Any]:
        masks = np.ones((self.num_envs, 4), np.int8)
        for i in np.flatnonzero(told):
            masks[i, 0] = self._beacons.envs[int(i)].column > 0
        return {"action_mask": masks, "_action_mask": told.copy()}


class OldBeacons:
    """Of Gymnasium 0.29: all are reset together, each begins anew in the step that ended its episode, steps have two halves."""

    def __init__(self, num_envs: int, metadata: Mapping[str, Any] | None = None) -> None:
        self.num_envs = num_envs
        self.metadata = metadata or {}
        self._beacons = _Beacons(num_envs)
        self.single_observation_space = self._beacons.envs[0].observation_space
        self.single_action_space = self._beacons.envs[0].action_space
        self._actions: Any = None

    def reset(self, *, seed: Any = None, options: Mapping[str, Any] | None = None) -> Batch:
        for i in range(self.num_envs):
            self._beacons.begin(i, None if seed is None else seed + i if isinstance(seed, int) else seed[i], options)
        return self._beacons.batch(range(self.num_envs)), {}

    def step_async(self, actions: Any) -> None:
        self._actions = actions

    def step_wait(self) -> Stepped:
        played = [self._beacons.play(i, int(self._actions[i])) for i in range(self.num_envs)]
        rewards, terminated, truncated = (np.array([one[i] for one in played]) for i in range(3))
        over = terminated | truncated
        finals = np.full(self.num_envs, None, object)
        for i in np.flatnonzero(over):
            finals[i] = self._beacons.last(int(i))
            self._beacons.begin(int(i))
        info = {"final_observation": finals, "_final_observation": over} if over.any() else {}
        return self._beacons.batch(range(self.num_envs)), rewards, terminated, truncated, info

    def step(self, actions: Any) -> Stepped:
        self.step_async(actions)
        return self.step_wait()

    def close(self) -> None:
        pass


class Pool:
    """Of EnvPool, `env_type="gymnasium"`: spaces of one environment, seeds when it is made, `reset(env_id)` without options.

    Who is reset answers alone. An ended environment begins anew with its next step, whose action it does not look at.
    `old` gives the surface of Gym before 0.26.
    """

    def __init__(self, num_envs: int, seed: int = 42, *, old: bool = False) -> None:
        self.config = {"num_envs": num_envs, "batch_size": num_envs, "seed": seed, "max_episode_steps": 36}
        self.is_async = False
        self._old = old
        self._beacons = _Beacons(num_envs, seed)
        self.observation_space = self._beacons.envs[0].observation_space
        self.action_space = self._beacons.envs[0].action_space
        self._over = np.zeros(num_envs, bool)

    def __len__(self) -> int:
        return int(self.config["num_envs"])

    @property
    def all_env_ids(self) -> Any:
        return np.arange(len(self), dtype=np.int32)

    def reset(self, env_id: Any = None) -> Any:
        chosen = self.all_env_ids if env_id is None else np.asarray(env_id, np.int32)
        for i in chosen:
            self._beacons.begin(int(i))
        self._over[chosen] = False
        first = self._beacons.batch(chosen)
        return first if self._old else (first, {"env_id": chosen})

    def step(self, action: Any, env_id: Any = None) -> Any:
        assert action.shape == (len(self),)
        played = []
        for i in range(len(self)):
            if self._over[i]:
                self._beacons.begin(i)
                played.append((0.0, False, False))
            else:
                played.append(self._beacons.play(i, int(action[i])))
        rewards, terminated, truncated = (np.array([one[i] for one in played]) for i in range(3))
        self._over = terminated | truncated
        # Rows come in the order in which the environments were ready.
        order = self.all_env_ids[::-1]
        seen, info = self._beacons.batch(order), {"env_id": order}
        if self._old:
            return seen, rewards[order], self._over[order], info | {"TimeLimit.truncated": truncated[order]}
        return seen, rewards[order], terminated[order], truncated[order], info

    def close(self) -> None:
        pass
