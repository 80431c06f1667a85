"""Football levels: the bytes, words and numbers of the environment `football`, and what the scenario builder is told."""

from __future__ import annotations

import unittest
from dataclasses import replace

import numpy as np
from tests.football_parts import DUEL, EVERYTHING, Served, level_of

import gfootball_engine
from agon_client import AgonError
from agon_client.football import FootballLevel, FootballOptions, LevelPlayer, format_level, parse_levels
from agon_client.football.engine_game import EngineGame
from agon_client.football.features import football_features
from agon_client.football.levels import FootballLevels
from agon_client.football.scenario import read_scenario


class Form(Served):
    def test_bytes_and_words_are_those_of_the_typescript_environment(self) -> None:
        """The hexadecimal was written by `encodeLevel` of src/envs/football."""
        level = level_of(EVERYTHING)
        self.assertEqual(
            level.encode().hex(),
            "010c000103020000f4010000fa0000009a99993e3333733f000080becdcccc3d"
            "000080bf0000000000000000000080becdcc4c3d09030000acc52737cdccccbe08020000"
            "000080bf0000000000020000000000003d0ad73e03010000",
        )
        self.assertEqual(FootballLevel.decode(level.encode()), level)
        self.assertEqual(level_of(format_level(level)), level)
        self.assertIn("  RB 0 0.42 lazy fixed\n", format_level(level))
        self.assertEqual(format_level(level_of("left:\nGK -1 0\nright:\nGK -1 0")), "ball: 0 0\nleft:\n  GK -1 0\nright:\n  GK -1 0\n")

    def test_features_are_those_of_the_typescript_environment(self) -> None:
        found = football_features(level_of(EVERYTHING))
        expected = {
            **{"ball_to_left_goal": 42.23564373941603, "left_to_ball": 4.114735046623766, "left_behind_ball": 2},
            **{"left_mean_x": -6.874725000006947, "left_spread": 20.314794441882437, "right_players": 2},
        }
        for name, value in expected.items():
            self.assertAlmostEqual(found[name], value, 9, name)
        self.assertNotIn("left_spread", football_features(level_of("left:\nGK -1 0\nright:\nGK -1 0")))

    def test_bytes_that_are_no_level_are_refused(self) -> None:
        good = level_of(DUEL).encode()

        def changed(at: int, to: bytes) -> bytes:
            return good[:at] + to + good[at + len(to) :]

        nan, minus_zero = b"\0\0\xc0\x7f", b"\0\0\0\x80"
        wrongs = [b"", b"x" * 80, good[:-1], good + b"\0", changed(0, b"\2"), changed(1, b"\x80"), changed(2, b"\3")]
        wrongs += [changed(4, b"\0"), changed(6, b"\1"), changed(8, b"\0\0\0\0"), changed(12, b"\xfe\xff\xff\xff")]
        wrongs += [changed(16, nan), changed(28, minus_zero), changed(32, nan), changed(40, b"\x0a"), changed(41, b"\4")]
        for wrong in wrongs:
            with self.subTest(wrong[:48].hex()):
                self.assertEqual(self.code_of(lambda: FootballLevel.decode(wrong)), "level/corrupt")

    def test_keepers_and_lazy_players_may_stand_off_the_pitch(self) -> None:
        level = level_of("left:\nGK -1.3 0.6\nCM 0 -0.9 lazy\nright:\nGK -1 0")
        self.assertEqual((level.left[0].x, level.left[1].y), (np.float32(-1.3), np.float32(-0.9)))
        for far in ("GK -11 0\n", "GK -1 0\nCM 0 -0.9\n"):
            with self.assertRaises(AgonError):
                level_of(f"left:\n{far}right:\nGK -1 0")

    def test_wrong_words_are_refused_with_line_and_field(self) -> None:
        teams = "left:\n GK -1 0\nright:\n GK -1 0"
        for text, place in (
            ("", "line 1"),
            ("left:\n GK -1 0", "line 1, right"),
            (f"ball: 0\n{teams}", "line 1, ball"),
            (f"ball: 0 x\n{teams}", "line 1, ball"),
            (f"bal: 0 0\n{teams}", "line 1, bal"),
            (f"{teams}\n XX 0 0", "line 5, right player 1, role"),
            (f"{teams}\n CB 0 0.5", "line 5, right player 1, y"),
            (f"{teams}\n GK 0 0", "line 5, right player 1, role"),
            (f"{teams}\n CB -1 0", "line 5, right player 1, x"),
            (f"{teams}\n CB 0 0 idle", "line 5, right player 1, mark"),
            (f"{teams}\noffsides: on\n CB 0 0", "line 6"),
            (f"gameDuration: 0\n{teams}", "line 1, gameDuration"),
            (f"gameDuration: 9\nsecondHalf: 9\n{teams}", "line 2, secondHalf"),
            (f"endEpisodeOn: score score\n{teams}", "line 1, endEpisodeOn"),
            (f"name: a\n{teams}\n\nname: a\n{teams}", "line 7, name"),
            (f"kickOff: right\nball: -0.9 0\n{teams}", "line 1, kickOff"),
        ):
            with self.subTest(text), self.assertRaises(AgonError) as raised:
                parse_levels(text)
            self.assertEqual((raised.exception.code, raised.exception.place), ("level/invalid", place))


class Builder(unittest.TestCase):
    """What arrives in the engine."""

    def begin(self, level: FootballLevel, seed: int, **options: object) -> gfootball_engine.ScenarioConfig:
        game = EngineGame("agon_test", FootballOptions(**options), level)
        game.begin(level, seed)
        game.close()
        return gfootball_engine.told[-1]

    def test_every_field_of_a_level_reaches_the_engine(self) -> None:
        level = level_of(EVERYTHING)
        told = self.begin(level, 7, left_agents=2)
        self.assertEqual(tuple(told.ball_position[:2]), level.ball)
        for given, players in ((told.left_team, level.left), (told.right_team, level.right)):
            self.assertEqual(
                [(p.position, p.role.name, p.lazy, p.controllable) for p in given],
                [((p.x, p.y), f"e_PlayerRole_{p.role}", p.lazy, p.controllable) for p in players],
            )
        self.assertEqual((told.left_team_difficulty, told.right_team_difficulty), level.difficulty)
        self.assertEqual((told.game_duration, told.second_half), (500, 250))
        self.assertEqual((told.use_magnet, told.offsides, told.control_all_players), (False, False, False))
        self.assertEqual((told.end_episode_on_score, told.end_episode_on_possession_change), (True, True))
        self.assertEqual((told.end_episode_on_out_of_play, told.deterministic, told.reverse_team_processing), (False, False, True))
        self.assertEqual((told.left_agents, told.right_agents, told.game_engine_random_seed), (2, 0, 7))

    def test_what_a_level_does_not_say_is_the_builders_own(self) -> None:
        told, fresh = self.begin(level_of("left:\nGK -1 0\nright:\nGK -1 0"), 3), gfootball_engine.ScenarioConfig.make()
        same = ("game_duration", "second_half", "use_magnet", "offsides", "end_episode_on_score", "left_team_difficulty")
        self.assertEqual([getattr(told, name) for name in same], [getattr(fresh, name) for name in same])
        self.assertAlmostEqual(told.right_team_difficulty, 0.6, 6)

    def test_team_processing_follows_each_episodes_seed(self) -> None:
        level = level_of(DUEL)
        game = EngineGame("agon_test", FootballOptions(), level)
        seen = []
        for seed, by in ((1, "by-seed"), (2, "by-seed"), (1, False), (2, True), (3, "by-seed")):
            game.begin(replace(level, reverse_team_processing=by), seed)
            seen.append((gfootball_engine.told[-1].game_engine_random_seed, gfootball_engine.told[-1].reverse_team_processing))
        self.assertEqual(seen, [(1, True), (2, False), (1, False), (2, True), (3, True)])

    def test_agents_may_be_kept_from_the_keeper(self) -> None:
        told = self.begin(level_of(DUEL), 1, left_controllable="outfield", right_controllable=(0,), right_agents=1)
        self.assertEqual([p.controllable for p in told.left_team + told.right_team], [False, True, True, False])

    def test_scenarios_of_the_package_are_levels(self) -> None:
        goal = read_scenario("academy_empty_goal")
        self.assertEqual((goal.ball[0], goal.game_duration, goal.offsides, goal.may_overlap), (np.float32(0.02), 400, False, True))
        self.assertEqual(goal.left[1], LevelPlayer(0, 0, "CB"))
        even, odd = read_scenario("5_vs_5", 2), read_scenario("5_vs_5", 3)
        self.assertEqual((even.left, even.right), (odd.right, odd.left))
        self.assertFalse(even.left[0].controllable)
        self.assertEqual(read_scenario("11_vs_11_kaggle").second_half, 1500)
        self.assertIsNone(even.second_half)
        # Built from the level, the engine is told what its own scenario tells it.
        told = self.begin(even, 2, scenario="5_vs_5")
        self.assertEqual([p.position for p in told.left_team], [(p.x, p.y) for p in even.left])


class Space(Served):
    def space(self, **options: object) -> FootballLevels:
        made = FootballOptions(**({"scenario": "5_vs_5"} | options))
        return FootballLevels(made, (read_scenario(made.scenario, 2), read_scenario(made.scenario, 3)))

    def test_drawn_and_edited_levels_can_be_played(self) -> None:
        for generator in ("scenario", "around", "random"):
            space, random = self.space(generator=generator, game_duration=50), np.random.default_rng(1)
            levels = [space.sample(random) for _ in range(40)]
            self.assertEqual({level.game_duration for level in levels}, {50})
            self.assertEqual(len(set(levels)), 2 if generator == "scenario" else 40)
            edits = [space.mutate(level, random) for level in levels]
            self.assertEqual({operator for _, operator in edits}, {"move"})
            for level in [*levels, *(level for level, _ in edits)]:
                self.assertEqual(space.obstacle(level), "")
                self.assertEqual((level.left[0].x, level.right[0].y), (-1, 0))
                self.assertLessEqual(max(abs(p.x) for p in level.left[1:] + level.right[1:]), 0.9)

    def test_options_stand_above_the_scenario(self) -> None:
        space = FootballLevels(
            FootballOptions(game_duration=900, right_difficulty=0.25, end_episode_on_score=True, offsides=False),
            (read_scenario("11_vs_11_kaggle", 2), read_scenario("11_vs_11_kaggle", 3)),
        )
        level = space.sample(np.random.default_rng(0))
        self.assertEqual((level.game_duration, level.second_half, level.difficulty), (900, None, (1.0, 0.25)))
        self.assertEqual((level.end_episode_on_score, level.end_episode_on_out_of_play, level.offsides), (True, False, False))
        longer = replace(space, options=FootballOptions(game_duration=1501)).sample(np.random.default_rng(0))
        self.assertEqual((longer.second_half, longer.offsides), (1500, True))

    def test_an_edit_moves_as_many_as_it_is_told(self) -> None:
        space = self.space(moves=1)
        level = space.formations[0]
        moved, _ = space.mutate(level, np.random.default_rng(2))
        places = [[(p.x, p.y) for p in one.left + one.right] + [one.ball] for one in (level, moved)]
        self.assertEqual(sum(a != b for a, b in zip(*places)), 1)

    def test_what_the_environment_cannot_play_has_a_reason(self) -> None:
        duel = level_of(DUEL)
        raw, three = self.space(representation="raw"), self.space(left_agents=3)
        self.assertIn("2 against 2 players, representation raw shows 5 against 5", raw.obstacle(duel))
        self.assertIn("3 agents play the left team, which has 2 players", three.obstacle(duel))
        self.assertIn("2 agents", self.space(left_controllable="outfield", left_agents=2).obstacle(duel))
        self.assertIn("nearer team", three.obstacle(replace(duel, kick_off="right")))
        lone, two = self.space(right_agents=1), self.space(left_agents=2)
        everybody = replace(read_scenario("5_vs_5"), control_all_players=True)
        self.assertEqual(lone.obstacle(everybody), "")
        self.assertIn("controlAllPlayers", two.obstacle(everybody))

    def test_it_is_served(self) -> None:
        levels = self.serve(generator="around").levels
        many = levels.sample(6, 7, "a")
        self.assertEqual(many[:2], levels.sample(2, 7, "a"))
        [told, broken] = levels.describe([many[0], b"junk"], pictures=True)
        self.assertEqual((told.obstacle, levels.parse(told.text)["level-1"]), ("", many[0]))
        self.assertTrue(told.picture.startswith("<svg") and broken.obstacle)
        self.assertEqual(levels.parse(f"{EVERYTHING}")["Everything said"], level_of(EVERYTHING).encode())
        goal = levels.suite("football/academy", "academy_empty_goal", 1, count=2)
        self.assertEqual(goal, [read_scenario("academy_empty_goal").encode()] * 2)
        self.assertEqual(self.code_of(lambda: levels.suite("football/none", "a", 1)), "suite/unknown")
        self.assertEqual(self.code_of(lambda: levels.suite("football/academy", "a", 1)), "suite/entry/unknown")

    def test_suites_have_what_can_be_played(self) -> None:
        suites = self.serve(left_agents=4, left_controllable="outfield", scenario="5_vs_5").spec.suites
        self.assertEqual(suites["football/all"], ("11_vs_11_kaggle", "11_vs_11_stochastic", "5_vs_5"))
        self.assertNotIn("football/academy", suites)
        swapped = self.serve(scenario="5_vs_5").levels.suite("football/small-sided", "5_vs_5", 1, episode=1)
        self.assertEqual(swapped, [read_scenario("5_vs_5", 3).encode()])




if __name__ == "__main__":
    unittest.main()
