"""The environment below the wrappers."""

from __future__ import annotations

import pickle
from typing import Any

import gfootball_engine as libgame
import numpy as np
from gfootball_engine import GameState

_TURNED = {0: 4, 1: 5, 2: 6, 3: 7, 4: 0, 5: 1, 6: 2, 7: 3}
_SHORT_PASS = 11
BUILTIN_AI = object()
"""An action of every set, in wrappers' hands."""


class EnvState:
    def __init__(self) -> None:
        self.previous_score_diff = 0
        self.previous_game_mode = -1
        self.prev_ball_owned_team = -1


class FootballEnv:
    def __init__(self, config: Any) -> None:
        self._config = config
        self._env = libgame.GameEnv()
        self._num_actions = 20 if config["action_set"] == "v2" else 19
        self._reset(inc=0)

    @property
    def unwrapped(self) -> FootballEnv:
        return self

    def reset(self) -> list[dict[str, Any]]:
        self._reset(inc=1)
        return self.observation()

    def _reset(self, inc: int) -> None:
        self._state = EnvState()
        self._config.NewScenario(inc=inc)
        if self._env.state == GameState.game_created:
            self._env.start_game()
        config = self._config.ScenarioConfig()
        assert not config.dynamic_player_selection or not config.control_all_players, (
            "For this scenario you need to control either 0 or all players on the team"
        )
        self._env.state = GameState.game_running
        self._env.reset(config)

    def step(self, action: Any) -> tuple[list[dict[str, Any]], Any, bool, dict[str, Any]]:
        assert self._env.state != GameState.game_done, "Cant call step() once episode finished (call reset() instead)"
        actions = action.tolist() if isinstance(action, np.ndarray) else action
        actions = actions if isinstance(actions, list) else [actions]
        config = self._env.config
        assert len(actions) == config.left_agents + config.right_agents
        for agent, one in enumerate(actions):
            assert one is BUILTIN_AI or 0 <= one < self._num_actions
            left = agent < config.left_agents
            one = 19 if one is BUILTIN_AI else one
            if self._env.waiting_for_game_count == 20:
                one = _SHORT_PASS
            elif not left and 1 <= one <= 8:
                # The engine knows one frame: agents of the right team are turned.
                one = _TURNED[one - 1] + 1
            self._env.perform_action(one, left, agent if left else agent - config.left_agents)
        self._env.step()
        seen, state = self._env.get_info(), self._state
        owner, mode = seen.owner[0], seen.game_mode
        done = (
            (config.end_episode_on_score and max(seen.goals) > 0)
            or (config.end_episode_on_out_of_play and mode != 0 and state.previous_game_mode == 0)
            or (config.end_episode_on_possession_change and -1 not in (owner, state.prev_ball_owned_team))
            and owner != state.prev_ball_owned_team
            or seen.step >= config.game_duration
        )
        state.previous_game_mode = mode
        state.prev_ball_owned_team = owner if owner != -1 else state.prev_ball_owned_team
        difference = seen.goals[0] - seen.goals[1]
        reward, state.previous_score_diff = difference - state.previous_score_diff, difference
        self._env.waiting_for_game_count = self._env.waiting_for_game_count + 1 if mode != 0 else 0
        if done:
            self._env.state = GameState.game_done
        rewards = [reward] * config.left_agents + [-reward] * config.right_agents
        return self.observation(), np.array(rewards, dtype=np.float32), done, {"score_reward": reward}

    def observation(self) -> list[dict[str, Any]]:
        """Of each agent, left ones first; right ones see the pitch turned and the teams exchanged."""
        config = self._env.config
        return [self._seen_by(side, agent) for side in (0, 1) for agent in range((config.left_agents, config.right_agents)[side])]

    def get_state(self, to_pickle: dict[str, Any]) -> bytes:
        to_pickle["FootballEnvCore"] = self._state
        return self._env.get_state(pickle.dumps(to_pickle))

    def set_state(self, state: bytes) -> dict[str, Any]:
        from_pickle: dict[str, Any] = pickle.loads(self._env.set_state(state))
        self._state = from_pickle["FootballEnvCore"]
        return from_pickle

    def close(self) -> None:
        pass

    def _seen_by(self, side: int, agent: int) -> dict[str, Any]:
        table, sign = self._env.get_info(), 1 - 2 * side
        turn = np.array([sign, sign, 1])
        me = table.controlled[side][agent]
        sticky = table.teams[side][me].sticky
        owner, player = table.owner
        seen: dict[str, Any] = {
            "ball": np.array(table.ball) * turn,
            "ball_direction": np.array(table.ball_way) * turn,
            "ball_rotation": np.zeros(3),
            "ball_owned_team": owner if side == 0 or owner == -1 else 1 - owner,
            "ball_owned_player": player,
            "active": me,
            "designated": table.designated(side),
            "sticky_actions": np.array([sticky[_TURNED[i]] if side and i < 8 else sticky[i] for i in range(10)], np.uint8),
            "score": [table.goals[side], table.goals[1 - side]],
            "steps_left": self._env.config.game_duration - table.step,
            "game_mode": table.game_mode,
        }
        for name, team in (("left_team", table.teams[side]), ("right_team", table.teams[1 - side])):
            seen[name] = sign * np.array([p.at for p in team])
            seen[f"{name}_direction"] = sign * np.array([p.way for p in team])
            seen[f"{name}_tired_factor"] = np.array([p.tired for p in team])
            seen[f"{name}_yellow_card"] = np.zeros(len(team), bool)
            seen[f"{name}_active"] = np.ones(len(team), bool)
            seen[f"{name}_roles"] = np.array([p.role for p in team])
        return seen
