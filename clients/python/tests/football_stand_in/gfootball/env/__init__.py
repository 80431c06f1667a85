"""`create_environment`, with the arguments of the original that mean something here."""

from __future__ import annotations

from typing import Any

from . import wrappers
from .config import Config
from .football_env import FootballEnv


def create_environment(
    env_name: str = "",
    stacked: bool = False,
    representation: str = "extracted",
    rewards: str = "scoring",
    number_of_left_players_agent_controls: int = 1,
    number_of_right_players_agent_controls: int = 0,
    other_config_options: dict[str, Any] = {},
) -> Any:
    assert env_name
    assert representation == "raw" and not stacked, "the stand-in has raw observations alone"
    assert "scoring" in rewards.split(",")
    left, right = number_of_left_players_agent_controls, number_of_right_players_agent_controls
    scenario = Config({"level": env_name}).ScenarioConfig()
    lone = scenario.control_all_players and left in (0, 1) and right in (0, 1)
    players = (
        (scenario.controllable_left_players if left else 0, scenario.controllable_right_players if right else 0)
        if lone
        else (left, right)
    )
    agent = f"agent:left_players={players[0]},right_players={players[1]}"
    env: Any = FootballEnv(Config({"players": [agent], "level": env_name, **other_config_options}))
    if lone:
        env = wrappers.MultiAgentToSingleAgent(env)
    if "checkpoints" in rewards.split(","):
        env = wrappers.CheckpointRewardWrapper(env)
    if left + right == 1:
        env = wrappers.SingleAgentRewardWrapper(env)
    return wrappers.GetStateWrapper(env)
