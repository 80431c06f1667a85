"""Hosting Gymnasium and PettingZoo-parallel environments as a server of agon.v1.Environments."""

from .gym_level import GymLevel, GymLevels
from .server import EnvironmentServer, serve_environment

__all__ = ["EnvironmentServer", "GymLevel", "GymLevels", "serve_environment"]
