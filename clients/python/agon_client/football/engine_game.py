"""One game of the original engine, in the process that has it."""

from __future__ import annotations

import struct
from dataclasses import astuple, dataclass
from typing import Any, Sequence

import numpy as np
from numpy.typing import NDArray

from ..errors import AgonError
from ..tensors import Array
from .endings import Endings
from .level import FootballLevel
from .observation import encode, layout_of
from .options import FootballOptions
from .scenario import LevelScenario, import_engine
from .seats import seated_level

_STATE = struct.Struct("<qbb")


@dataclass(frozen=True)
class Stepped:
    """What a step gave: arrays `[agents, …]`."""

    observations: dict[str, Array]
    rewards: NDArray[np.float32]
    terminated: bool
    truncated: bool


class EngineGame:
    def __init__(self, name: str, options: FootballOptions, scenario: FootballLevel) -> None:
        self._options = options
        self._layout = layout_of(options, scenario)
        self._scenario = LevelScenario(name, seated_level(scenario, options))
        self._env: Any = None
        self._made_for: object = None
        self._seed = 0
        self._endings = Endings()

    def begin(self, level: FootballLevel, seed: int) -> dict[str, Array]:
        """The first observations, `[agents, …]`; `seed` 0 … 2³¹−1."""
        self._scenario.level = level = seated_level(level, self._options)
        self._seed = seed
        self._endings = Endings()
        env = self._engine(level)
        reverse = level.reverse_team_processing
        settings = env.unwrapped._config
        settings["game_engine_random_seed"] = seed
        settings["reverse_team_processing"] = bool(seed % 2) if reverse == "by-seed" else reverse
        return self._encode(env.reset())

    def step(self, actions: Sequence[int]) -> Stepped:
        seen, rewards, done, _ = self._env.step(list(actions))
        level = self._scenario.level
        terminated, truncated = self._endings.after(level, seen[0], bool(done))
        return Stepped(self._encode(seen), self._rewards(rewards), terminated, truncated)

    def state(self) -> bytes:
        """The whole game but its level. Raises `AgonError` `state/unsupported`."""
        if self._scenario.level.control_all_players and max(self._options.left_agents, self._options.right_agents) <= 1:
            raise AgonError("state/unsupported", "the package cannot save games of control_all_players with a lone agent")
        return _STATE.pack(self._seed, *astuple(self._endings)) + bytes(self._env.get_state())

    def set_state(self, level: FootballLevel, state: bytes) -> dict[str, Array]:
        """Goes on from there. The engine runs what is in a state, so foreign bytes must not come this far."""
        seed, *endings = _STATE.unpack_from(state)
        # A state of the engine holds no configuration: that of its level has to be there first.
        self.begin(level, seed)
        self._endings = Endings(*endings)
        self._env.set_state(state[_STATE.size :])
        return self._encode(self._env.unwrapped.observation())

    def close(self) -> None:
        if self._env is not None:
            self._env.close()
        self._scenario.remove()

    def _engine(self, level: FootballLevel) -> Any:
        """An environment that `level` fits: how many players it controls is fixed when it is made."""
        controllable = [sum(player.controllable for player in team) for team in (level.left, level.right)]
        wanted = controllable if level.control_all_players else None
        if self._env is None or wanted != self._made_for:
            if self._env is not None:
                self._env.close()
            self._env = self._make()
            self._made_for = wanted
        return self._env

    def _make(self) -> Any:
        options = self._options
        return import_engine("gfootball.env").create_environment(
            env_name=self._scenario.name,
            representation="raw",
            rewards=options.rewards,
            number_of_left_players_agent_controls=options.left_agents,
            number_of_right_players_agent_controls=options.right_agents,
            other_config_options={"action_set": options.action_set},
        )

    def _encode(self, seen: Sequence[Any]) -> dict[str, Array]:
        return encode(self._options.representation, self._layout, seen)

    def _rewards(self, given: Any) -> NDArray[np.float32]:
        """One for each agent; a lone agent's is a number, and with `control_all_players` every player has one."""
        rewards = np.atleast_1d(np.asarray(given, np.float32))
        options = self._options
        if len(rewards) != options.agents:
            players = sum(player.controllable for player in self._scenario.level.left) if options.left_agents else 0
            rewards = rewards[[*range(options.left_agents), *(players + i for i in range(options.right_agents))]]
        return rewards
