"""Small environments with the surface of Gymnasium and PettingZoo, for tests and examples where neither is installed."""

from .beacon import Beacon, BeaconVector, beacon_levels
from .meeting import Meeting
from .spaces import Box, Dict, Discrete, MultiBinary, MultiDiscrete

__all__ = ["Beacon", "BeaconVector", "Box", "Dict", "Discrete", "Meeting", "MultiBinary", "MultiDiscrete", "beacon_levels"]
