"""Scenario files: read as levels, and played by the engine as they are."""

from __future__ import annotations

import tempfile
import unittest
from pathlib import Path

from tests.football_parts import EVERYTHING, level_of

import gfootball_engine
from agon_client import AgonError
from agon_client.football.scenario import read_scenario
from agon_client.football.scenario_files import load_scenario, play_scenarios

WRITTEN = """\
# As `formatScenario` of src/envs/football writes the level EVERYTHING.
from . import *


def build_scenario(builder):
  builder.config().game_duration = 500
  builder.config().second_half = 250
  builder.config().left_team_difficulty = 0.3
  builder.config().right_team_difficulty = 0.95
  builder.config().deterministic = False
  builder.config().offsides = False
  builder.config().use_magnet = False
  builder.config().end_episode_on_score = True
  builder.config().end_episode_on_possession_change = True
  builder.config().reverse_team_processing = True
  builder.SetBallPosition(-0.25, 0.1)

  builder.SetTeam(Team.e_Left)
  builder.AddPlayer(-1.0, 0.0, e_PlayerRole_GK, controllable=False)
  builder.AddPlayer(-0.25, 0.05, e_PlayerRole_CF, lazy=True)
  builder.AddPlayer(0.00001, -0.4, e_PlayerRole_AM)

  builder.SetTeam(Team.e_Right)
  builder.AddPlayer(-1.0, 0.0, e_PlayerRole_GK)
  builder.AddPlayer(0.0, 0.42, e_PlayerRole_RB, lazy=True, controllable=False)
"""


class Files(unittest.TestCase):
    def setUp(self) -> None:
        self.folder = Path(tempfile.mkdtemp())

    def file(self, name: str, text: str = WRITTEN) -> Path:
        path = self.folder / name
        path.write_text(text)
        return path

    def test_a_file_is_the_level_that_it_was_written_from(self) -> None:
        level = read_scenario(load_scenario(self.file("03_L12.py")))
        # Who kicks off first is no part of a scenario.
        self.assertEqual(level.encode(), level_of(EVERYTHING.replace("kickOff: left\n", "")).encode())

    def test_files_of_a_folder_are_played_in_their_order(self) -> None:
        for name in ("02_b.py", "01_a.py"):
            self.file(name)
        self.file("notes.txt", "nothing to play")
        played = list(play_scenarios([self.folder], 20))
        self.assertEqual([one.file.name for one in played], ["01_a.py", "02_b.py"])
        self.assertTrue(all(0 < one.steps <= 20 for one in played))
        self.assertEqual((gfootball_engine.told[-1].game_duration, len(gfootball_engine.told[-1].left_team)), (500, 3))

    def test_what_is_no_scenario_is_refused_with_its_file(self) -> None:
        wrongs = [self.file("a.b.py"), self.file("broken.py", "def build("), self.file("empty.py", "x = 1"), self.folder / "none.py"]
        for wrong in wrongs:
            with self.subTest(wrong.name), self.assertRaises(AgonError) as raised:
                list(play_scenarios([wrong], 1))
            self.assertEqual((raised.exception.code, raised.exception.place), ("football/scenario", str(wrong)))
        with self.assertRaises(AgonError):
            list(play_scenarios([Path(tempfile.mkdtemp())], 1))
