"""Configuration of an environment: its own values, over them those of the episode's scenario."""

from __future__ import annotations

from typing import Any


class Config:
    def __init__(self, values: dict[str, Any] | None = None) -> None:
        self._values: dict[str, Any] = {
            "action_set": "default",
            "players": ["agent:left_players=1"],
            "level": "11_vs_11_stochastic",
            "physics_steps_per_frame": 10,
            "real_time": False,
            **(values or {}),
        }
        self._scenario_values: dict[str, Any] = {}
        self.NewScenario()

    def number_of_left_players(self) -> int:
        return self._players("left_players")

    def number_of_right_players(self) -> int:
        return self._players("right_players")

    def __getitem__(self, key: str) -> Any:
        return self._scenario_values[key] if key in self._scenario_values else self._values[key]

    def __setitem__(self, key: str, value: Any) -> None:
        self._values[key] = value

    def __contains__(self, key: str) -> bool:
        return key in self._scenario_values or key in self._values

    def update(self, config: dict[str, Any]) -> None:
        self._values.update(config)

    def set_scenario_value(self, key: str, value: Any) -> None:
        self._scenario_values[key] = value

    def ScenarioConfig(self) -> Any:
        return self._scenario_cfg

    def NewScenario(self, inc: int = 1) -> None:
        from .scenario_builder import Scenario

        self._values["episode_number"] = self._values.get("episode_number", 0) + inc
        self._scenario_values = {}
        self._scenario_cfg = Scenario(self).ScenarioConfig()

    def _players(self, side: str) -> int:
        """Of definitions such as `agent:left_players=1,right_players=0`."""
        named = [part.split("=") for one in self["players"] for part in one.partition(":")[2].split(",")]
        return sum(int(number) for name, number in named if name == side)
