"""Games of the original engine, or of what stands in for it: observations, ends, rewards, states, processes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
import unittest
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from tests.football_parts import DUEL, IDLE, LEFT, RIGHT, SHOT, STAND_IN, TOP, Served, level_of

import agon_client as agon
from agon_client.football import FootballOptions, parse_levels
from agon_client.football.engine_game import EngineGame, Stepped
from agon_client.football.observation import encode, layout_of

HERE = Path(__file__).resolve().parent.parent


def game_of(text: str = DUEL, seed: int = 1, **options: Any) -> EngineGame:
    level = level_of(text)
    game = EngineGame("agon_test", FootballOptions(**({"representation": "raw"} | options)), level)
    game.begin(level, seed)
    return game


def play(game: EngineGame, *actions: int, most: int = 60) -> list[Stepped]:
    steps: list[Stepped] = []
    while len(steps) < most and not (steps and (steps[-1].terminated or steps[-1].truncated)):
        steps.append(game.step(list(actions)))
    return steps


class Observations(Served):
    def test_raw_fields_are_the_engines_own(self) -> None:
        game = game_of(left_agents=2, right_agents=1)
        seen = play(game, RIGHT, TOP, LEFT, most=3)[-1].observations
        raws = game._env.unwrapped.observation()
        self.assertEqual(set(raws[0]), set(seen))
        for name, values in seen.items():
            np.testing.assert_array_equal(values, np.stack([raw[name] for raw in raws]), name)
        self.assertEqual((seen["ball"].dtype, seen["left_team_roles"].dtype, seen["left_team_active"].dtype), ("f8", "i4", "?"))
        # Everybody believes that he plays to the right, so the right agent who went left went ahead in his own eyes.
        np.testing.assert_array_equal(seen["left_team"][2], -seen["right_team"][0])
        self.assertEqual(seen["sticky_actions"][:, :8].argmax(1).tolist(), [RIGHT - 1, TOP - 1, LEFT - 1])

    def test_teams_of_different_sizes_end_in_zeros_for_those_who_see_them_exchanged(self) -> None:
        text = DUEL.replace("  CB 0.9 0.4 lazy\n", "")
        seen = play(game_of(text, right_agents=1), IDLE, IDLE, most=1)[0].observations
        self.assertEqual(seen["left_team"].shape, (2, 2, 2))
        np.testing.assert_array_equal(seen["left_team"][1], [-seen["right_team"][0][0], [0, 0]])
        self.assertEqual(play(game_of(text), IDLE, most=1)[0].observations["right_team"].shape, (1, 1, 2))

    def test_115_numbers(self) -> None:
        raw = game_of()._env.unwrapped.observation()[0]
        flat = {name: np.ravel(raw[name]).tolist() for name in raw}
        blocks = [flat[f"{side}_team{what}"] for side in ("left", "right") for what in ("", "_direction")]
        rest = flat["ball"] + flat["ball_direction"] + [0, 1, 0] + [0, 1] + [0] * 9 + [1] + [0] * 6
        for representation, players in (
            ("simple115v2", [value for block in blocks for value in block + [-1] * (22 - len(block))]),
            ("simple115", sum(blocks, []) + [-1] * (88 - 16)),
        ):
            options = FootballOptions(representation=representation)
            made = encode(options.representation, layout_of(options, level_of(DUEL)), [raw])["obs"]
            self.assertEqual((made.shape, made.dtype), ((1, 115), np.float32))
            np.testing.assert_array_equal(made[0], np.array(players + rest, np.float32), representation)

    def test_the_mini_map(self) -> None:
        game = game_of(representation="extracted")
        made = play(game, IDLE, most=1)[0].observations["minimap"][0]
        self.assertEqual((made.shape, made.dtype), ((72, 96, 4), np.uint8))
        raw = game._env.unwrapped.observation()[0]
        x, y = raw["ball"][:2]
        column, row = int((x + 1) / 2 * 96), int((y + 1 / 2.25) / (2 / 2.25) * 72)
        self.assertEqual(np.argwhere(made[:, :, 2]).tolist(), [[row, column]])
        self.assertEqual([int((made[:, :, i] == 255).sum()) for i in range(4)], [2, 2, 1, 1])
        self.assertEqual(int(made.sum()), 255 * 6)


class Episodes(Served):
    def ending(self, ends: str, actions: tuple[int, ...], **changed: Any) -> tuple[int, bool, bool, list[float]]:
        text = DUEL.replace("score outOfPlay possessionChange", ends)
        for old, new in changed.items():
            text = text.replace({"duration": "40", "ball": "0.5 0\n"}[old], new)
        steps = play(game_of(text), *actions)
        return len(steps), steps[-1].terminated, steps[-1].truncated, steps[-1].rewards.tolist()

    def test_flags_terminate_and_the_duration_truncates(self) -> None:
        # One step more than the duration, as the original.
        self.assertEqual(self.ending("never", (IDLE,)), (41, False, True, [0]))
        steps, *how = self.ending("score", (SHOT,))
        self.assertEqual(how, [True, False, [1]])
        # The game that goes on after a goal is not ended by it.
        self.assertEqual(self.ending("outOfPlay", (SHOT,))[1:3], (False, True))
        self.assertEqual(self.ending("outOfPlay", (TOP,))[1:], (True, False, [0]))
        self.assertEqual(self.ending("possessionChange", (TOP,))[1:3], (False, True))
        # Both at once is termination.
        self.assertEqual(self.ending("score", (SHOT,), duration=str(steps - 1)), (steps, True, False, [1]))
        self.assertEqual(self.ending("score", (SHOT,), duration=str(steps - 2)), (steps - 1, False, True, [0]))

    def test_losing_the_ball_terminates(self) -> None:
        taker = DUEL.replace("CB 0.9 0.4 lazy", "CB -0.52 0.0 fixed").replace("score outOfPlay possessionChange", "possessionChange")
        steps = play(game_of(taker), IDLE)
        owners = [int(step.observations["ball_owned_team"][0]) for step in steps]
        self.assertEqual((steps[-1].terminated, owners[-1], 0 in owners[:-1]), (True, 1, True))

    def test_rewards_of_both_teams(self) -> None:
        steps = play(game_of(right_agents=1), SHOT, IDLE)
        self.assertEqual(steps[-1].rewards.tolist(), [1, -1])
        shaped = play(game_of(rewards="scoring,checkpoints"), RIGHT, most=20) + play(game_of(rewards="scoring,checkpoints"), SHOT)
        self.assertAlmostEqual(sum(float(step.rewards[0]) for step in shaped[20:]), 2, 5)
        self.assertGreater(sum(float(step.rewards[0]) for step in shaped[:20]), 0)

    def test_a_lone_agent_may_play_whoever_is_near_the_ball(self) -> None:
        text = f"controlAllPlayers: on\n{DUEL}"
        game = game_of(text, right_agents=1, left_controllable="outfield")
        step = game.step([RIGHT, IDLE])
        self.assertEqual((step.rewards.shape, step.observations["active"].tolist()), ((2,), [1, 0]))
        self.assertEqual(self.code_of(game.state), "state/unsupported")
        # Another level of the same game may do without.
        self.assertEqual(game.begin(level_of(DUEL), 1)["ball"].shape, (2, 3))
        self.assertTrue(game.state())


class Wire(Served):
    def test_it_says_what_the_environment_football_says(self) -> None:
        spec = self.serve(right_agents=1, action_set="v2", rewards="scoring,checkpoints").spec
        self.assertEqual((spec.id, spec.profile, spec.actions, spec.agents), ("football", "simple115v2", 20, 2))
        self.assertEqual((spec.observations["obs"].shape, spec.action_names[16], spec.action_names[19]), ((115,), "sliding", "builtin_ai"))
        self.assertEqual((dict(spec.seats), spec.solved_above), ({"left": (0,), "right": (1,)}, 1.5))
        self.assertEqual((spec.return_range, spec.options["rightAgents"]), ((-1, 2), 1))

    def test_processes_change_no_bit(self) -> None:
        runs = []
        for processes in (1, 3):
            env = self.serve(representation="raw", processes=processes, generator="around", game_duration=40)
            with env.vector(5, "next-level", seeds=range(5)) as vector:
                first = vector.reset(env.levels.sample(5, 1))
                draw = np.random.default_rng(0)
                steps = [vector.step(draw.choice([RIGHT, TOP, SHOT, IDLE], 5)) for _ in range(150)]
            self.assertGreater(sum(len(step.began) for step in steps), 3)
            runs.append((first, steps))
        (first, steps), (other_first, others) = runs
        self.assert_same(first, other_first)
        for step, other in zip(steps, others, strict=True):
            self.assert_same(step.observations, other.observations)
            self.assertEqual(step.began, other.began)
            np.testing.assert_array_equal(step.rewards, other.rewards)

    def test_episodes_have_seeds_of_their_own_unless_they_are_to_be_one(self) -> None:
        for deterministic in (False, True):
            env = self.serve(representation="raw", deterministic=deterministic)
            with env.vector(2, "none", seeds=[1, 2]) as vector:
                vector.reset(env.levels.sample(1, 1) * 2)
                vector.step(np.array([RIGHT, RIGHT]))
                ball = vector.step(np.array([SHOT, SHOT])).observations["ball_direction"]
            self.assertGreater(ball[0, 0], 0.05)
            self.assertEqual(np.array_equal(ball[0], ball[1]), deterministic)

    def test_what_follows_an_end_is_named(self) -> None:
        level = level_of(DUEL).encode()
        for auto_reset in ("none", "same-level", "next-level"):
            with self.subTest(auto_reset), self.serve(representation="raw", scenario="academy_empty_goal").vector(
                1, auto_reset, seeds=[3]
            ) as vector:
                # A level of two against one, as the scenario.
                level = level_of(DUEL.replace("  CB 0.9 0.4 lazy\n", "")).encode()
                start = vector.reset([level])
                self.assertEqual(vector.max_steps, [41])
                steps = [vector.step(np.array([SHOT]), {0: level} if auto_reset == "next-level" else None) for _ in range(30)]
                ends = [t for t, step in enumerate(steps) if step.done[0]]
                if auto_reset == "none":
                    self.assertEqual(ends, list(range(ends[0], 30)))
                    self.assertEqual(sum(float(step.rewards[0]) for step in steps), 1)
                else:
                    self.assertGreater(len(ends), 1)
                    self.assert_same(steps[ends[0]].observations, start)
                    self.assertEqual(steps[ends[0]].began, (0,) if auto_reset == "next-level" else ())

    def test_a_saved_game_goes_on_bit_for_bit_under_the_same_key(self) -> None:
        key = Path(tempfile.mkdtemp()) / "key"
        options = {"representation": "raw", "rewards": "scoring,checkpoints", "generator": "around"}
        here, there, stranger = self.serve(key, **options), self.serve(key, **options), self.serve(**options)
        shaped = self.serve(key, **(options | {"rewards": "scoring"}))
        self.assertEqual(key.stat().st_mode & 0o777, 0o600)
        levels = here.levels.sample(2, 1)
        with here.vector(2, "next-level", seeds=[1, 2]) as a, there.vector(2, "next-level", seeds=[8, 9]) as b:
            a.reset(levels)
            b.reset(levels[::-1])
            for action in (RIGHT, TOP, RIGHT):
                before = a.step(np.array([action, IDLE]))
            state = a.save(0)
            loaded = b.load(1, state)
            self.assert_same(loaded, {name: values[:1] for name, values in before.observations.items()})
            draw = np.random.default_rng(4)
            for _ in range(120):
                action = int(draw.choice([RIGHT, SHOT]))
                one, other = a.step(np.array([action, IDLE])), b.step(np.array([IDLE, action]))
                for name, values in one.observations.items():
                    np.testing.assert_array_equal(values[0], other.observations[name][1], name)
                self.assertEqual(one.rewards[0], other.rewards[1])
            # Sealed, but with another level of the same sizes.
            wrong_level = state.replace(levels[0], levels[1])
            self.assertNotEqual(wrong_level, state)
            self.assertEqual(self.code_of(lambda: b.load(0, wrong_level)), "state/foreign")
            for wrong in (state[:-1] + bytes([state[-1] ^ 1]), state[:-40]):
                self.assertIn(self.code_of(lambda: b.load(0, wrong)), ("state/foreign", "state/corrupt"))
            b.step(np.array([IDLE, IDLE]))
        for other in (stranger, shaped):
            with other.vector(1) as c:
                self.assertEqual(self.code_of(lambda: c.load(0, state)), "state/foreign")  # noqa: B023

    def test_a_crash_of_the_engine_ends_the_vector_environment_alone(self) -> None:
        env = self.serve()
        level = env.levels.sample(1, 1)
        os.environ["STAND_IN_DIES_AT_STEP"] = "3"
        try:
            dying = env.vector(1)
            dying.reset(level)
        finally:
            del os.environ["STAND_IN_DIES_AT_STEP"]
        with self.assertRaises(agon.AgonError) as raised:
            for _ in range(5):
                dying.step(np.array([IDLE]))
        self.assertEqual((raised.exception.code, "SIGKILL" in raised.exception.message), ("football/engine", True))
        self.assertEqual(self.code_of(lambda: dying.reset(level)), "football/engine")
        with env.vector(1) as vector:
            vector.reset(level)
            self.assertEqual(vector.step(np.array([IDLE])).rewards.tolist(), [0])

    def test_refusals(self) -> None:
        env = self.serve(representation="raw")
        with env.vector(1) as vector:
            self.assertEqual(self.code_of(lambda: vector.reset([level_of(DUEL).encode()])), "level/invalid")
            self.assertEqual(self.code_of(lambda: vector.step(np.array([0]))), "environment/not-reset")
            vector.reset(env.levels.sample(1, 1))
            self.assertEqual(self.code_of(lambda: vector.step(np.array([19]))), "environment/actions")
            vector.step(np.array([18]))
        for options in ({"left_agents": 0}, {"left_agents": 12}, {"max_y": 0.5}, {"representation": "pixels"}, {"left_difficulty": 2.0}):
            self.assertEqual(self.code_of(lambda: FootballOptions(**options)), "football/options")  # noqa: B023
        self.assertEqual(self.code_of(lambda: self.serve(scenario="academy_nowhere")), "football/scenario")
        self.assertEqual(self.code_of(lambda: self.serve(left_agents=3)), "football/scenario")


class Program(unittest.TestCase):
    """`python3 -m agon_client.football`, and the example."""

    def start(self, rendezvous: Path, *command: str) -> subprocess.Popen[str]:
        path = os.pathsep.join([str(HERE), str(STAND_IN)])
        environment = {**os.environ, "PYTHONPATH": path, "STAND_IN_TALKS": "1"}
        pipe = subprocess.PIPE
        program = subprocess.Popen([sys.executable, *command], env=environment, stdout=pipe, stderr=pipe, text=True)
        self.addCleanup(program.kill)
        while not rendezvous.exists():
            self.assertIsNone(program.poll())
            time.sleep(0.05)
        return program

    def test_the_example_plays_ten_players(self) -> None:
        rendezvous = Path(tempfile.mkdtemp()) / "football.json"
        program = self.start(rendezvous, str(HERE / "examples/football_environment.py"), str(rendezvous))
        env = agon.Environment.connect(rendezvous)
        with env.vector(1) as vector:
            first = vector.reset(env.levels.sample(1, 1))
        self.assertEqual((first["active"].tolist(), first["left_team"].shape), (list(range(1, 11)), (10, 11, 2)))
        env.close()
        program.terminate()
        program.communicate(timeout=20)
        self.assertEqual(program.returncode, 0)

    def test_serves_until_it_is_told_to_end(self) -> None:
        rendezvous = Path(tempfile.mkdtemp()) / "football.json"
        given = ["--scenario", "5_vs_5", "--left-agents", "4", "--processes", "2", "--rendezvous", str(rendezvous)]
        program = self.start(rendezvous, "-m", "agon_client.football", *given)
        address = json.loads(rendezvous.read_text())["address"]
        env = agon.Environment.connect(rendezvous)
        with env.vector(3) as vector:
            vector.reset(env.levels.sample(3, 1))
            vector.step(np.zeros(12, int))
            program.terminate()
            said, complained = program.communicate(timeout=20)
        env.close()
        # What the engine says on its standard output is not among the server's words.
        self.assertEqual(said.strip().splitlines(), [f"football at {address}: env: {{ remote: {rendezvous} }}"])
        self.assertEqual(program.returncode, 0, complained)
        self.assertIn("the engine starts", complained)
        self.assertEqual([file.name for file in rendezvous.parent.iterdir()], ["football.json.state-key"])

    def test_says_what_is_missing(self) -> None:
        code = "import sys; sys.modules['gfootball'] = None; from agon_client.football.__main__ import main; main()"
        program = subprocess.run(
            [sys.executable, "-c", f"import agon_client; agon_client.as_program(lambda: exec({code!r}))"],
            env={**os.environ, "PYTHONPATH": str(HERE)},
            capture_output=True,
            text=True,
        )
        self.assertEqual(program.returncode, 1)
        self.assertRegex(program.stderr, "^error football/package: .*install gfootball")


if __name__ == "__main__":
    unittest.main()
