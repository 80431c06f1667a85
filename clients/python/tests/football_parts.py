"""What the tests of football share: the stand-in of the original engine on the path, levels, and a served engine."""

from __future__ import annotations

import sys
import tempfile
import unittest
from pathlib import Path
from typing import Any

import numpy as np

import agon_client as agon

STAND_IN = Path(__file__).parent / "football_stand_in"
sys.path.insert(0, str(STAND_IN))

from agon_client.football import FootballLevel, FootballOptions, parse_levels, serve_football  # noqa: E402
from agon_client.hosting import Listener  # noqa: E402

EVERYTHING = """\
name: Everything said
ball: -0.25, 0.1   // words may be parted by commas
difficulty: 0.3 0.95
gameDuration: 500
secondHalf: 250
endEpisodeOn: score possessionChange
kickOff: left
offsides: off
useMagnet: off
reverseTeamProcessing: on
left:
  GK -1 0 fixed
  CF -0.25 .05 lazy
  AM 0.00001 -4e-1
right:
  GK -1 0
  RB -0.0 0.42 lazy fixed
"""
DUEL = """\
ball: 0.5 0
gameDuration: 40
endEpisodeOn: score outOfPlay possessionChange
left:
  GK -1 0
  CF 0.49 0
right:
  GK -1 0 lazy
  CB 0.9 0.4 lazy
"""
RIGHT, LEFT, SHOT, IDLE, TOP = 5, 1, 12, 0, 3


def level_of(text: str) -> FootballLevel:
    [(_, level)] = parse_levels(text)
    return level


class Served(unittest.TestCase):
    def serve(self, state_key: str | Path | None = None, **options: Any) -> agon.Environment:
        folder = Path(tempfile.mkdtemp())
        options = {"scenario": "academy_empty_goal", "processes": 1} | options
        server = serve_football(FootballOptions(**options), Listener(rendezvous=folder / "football.json"), state_key)
        self.addCleanup(server.close)
        environment = agon.Environment.connect(folder / "football.json")
        self.addCleanup(environment.close)
        return environment

    def code_of(self, work: Any) -> str:
        with self.assertRaises(agon.AgonError) as raised:
            work()
        return raised.exception.code

    def assert_same(self, one: Any, other: Any) -> None:
        self.assertEqual(set(one), set(other))
        for name in one:
            np.testing.assert_array_equal(one[name], other[name], name)
