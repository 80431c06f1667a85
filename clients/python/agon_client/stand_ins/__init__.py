"""Small environments with the surface of Gymnasium and PettingZoo, for tests and examples where neither is installed."""

from .beacon import Beacon, beacon_levels
from .meeting import Meeting
from .spaces import Box, Dict, Discrete, MultiBinary, MultiDiscrete
from .vectors import BeaconVector, OldBeacons, Pool

__all__ = [
    "Beacon",
    "BeaconVector",
    "Box",
    "Dict",
    "Discrete",
    "Meeting",
    "MultiBinary",
    "MultiDiscrete",
    "OldBeacons",
    "Pool",
    "beacon_levels",
]
