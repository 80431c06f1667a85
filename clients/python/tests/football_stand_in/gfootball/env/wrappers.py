"""What `create_environment` puts around an environment."""

from __future__ import annotations

from typing import Any

from .football_env import BUILTIN_AI


class Wrapper:
    def __init__(self, env: Any) -> None:
        self.env = env

    @property
    def unwrapped(self) -> Any:
        return self.env.unwrapped

    def reset(self) -> Any:
        return self.env.reset()

    def step(self, action: Any) -> Any:
        return self.env.step(action)

    def get_state(self, to_pickle: dict[str, Any]) -> bytes:
        return self.env.get_state(to_pickle)

    def set_state(self, state: bytes) -> Any:
        return self.env.set_state(state)

    def close(self) -> None:
        self.env.close()


class GetStateWrapper(Wrapper):
    def get_state(self) -> bytes:  # type: ignore[override]
        self._check()
        return self.env.get_state({})

    def set_state(self, state: bytes) -> None:
        self._check()
        self.env.set_state(state)

    def _check(self) -> None:
        inner = self.env
        while isinstance(inner, Wrapper):
            assert not isinstance(inner, MultiAgentToSingleAgent), "get/set state not supported by this wrapper"
            inner = inner.env


class SingleAgentRewardWrapper(Wrapper):
    def step(self, action: Any) -> Any:
        seen, rewards, done, info = self.env.step(action)
        return seen, rewards[0], done, info


class CheckpointRewardWrapper(Wrapper):
    """0.1 for each of ten distances to the goal, and what is left of them with a goal."""

    def __init__(self, env: Any) -> None:
        super().__init__(env)
        self._collected: dict[int, int] = {}

    def reset(self) -> Any:
        self._collected = {}
        return super().reset()

    def step(self, action: Any) -> Any:
        seen, rewards, done, info = self.env.step(action)
        for agent, one in enumerate(self.unwrapped.observation()):
            taken = self._collected.get(agent, 0)
            if rewards[agent] == 1:
                now = 10
            elif one["ball_owned_team"] == 0 and one["ball_owned_player"] == one["active"]:
                distance = ((one["ball"][0] - 1) ** 2 + one["ball"][1] ** 2) ** 0.5
                now = max(taken, sum(distance <= 0.99 - 0.8 / 9 * k for k in range(10)))
            else:
                now = taken
            rewards[agent] += 0.1 * (now - taken)
            self._collected[agent] = now
        return seen, rewards, done, info

    def get_state(self, to_pickle: dict[str, Any]) -> bytes:
        to_pickle["CheckpointRewardWrapper"] = self._collected
        return super().get_state(to_pickle)

    def set_state(self, state: bytes) -> Any:
        from_pickle = super().set_state(state)
        self._collected = from_pickle["CheckpointRewardWrapper"]
        return from_pickle


class MultiAgentToSingleAgent(Wrapper):
    """One agent plays the designated of all players, the built-in AI the others."""

    def reset(self) -> Any:
        self._seen = self.env.reset()
        return self._designated()

    def step(self, action: Any) -> Any:
        actions = iter(action)
        all_actions = [next(actions) if one["designated"] == one["active"] else BUILTIN_AI for one in self._seen]
        self._seen, rewards, done, info = self.env.step(all_actions)
        return self._designated(), rewards, done, info

    def _designated(self) -> Any:
        return [one for one in self._seen if one["designated"] == one["active"]]
