"""Hosting Gymnasium and PettingZoo-parallel environments as a server of agon.v1.Environments."""

from .contract import Suite
from .gym_level import GymLevel, GymLevels
from .level_space import Levels
from .listener import EnvironmentServer, Listener, serve_hosted
from .pixels import Pixels
from .server import serve_environment
from .variations import Genome, Variations

__all__ = [
    "EnvironmentServer",
    "Genome",
    "GymLevel",
    "GymLevels",
    "Levels",
    "Listener",
    "Pixels",
    "Suite",
    "Variations",
    "serve_environment",
    "serve_hosted",
]
