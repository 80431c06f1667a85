"""Hosted environments, stepped over a real connection: semantics, refusals, TLS."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import threading
import unittest
from pathlib import Path
from typing import Any

import numpy as np

import agon_client as agon
from agon_client.hosting import GymLevel, Variations
from agon_client.stand_ins import Beacon, Box, Dict, Meeting, beacon_levels


class Served(unittest.TestCase):
    def serve(self, make: Any = Beacon, **options: Any) -> agon.Environment:
        folder = Path(tempfile.mkdtemp())
        options = {"id": "beacon", "levels": beacon_levels(), "solved_above": 0.0} | options
        server = agon.serve_environment(make, rendezvous=folder / "env.json", **options)
        self.addCleanup(server.close)
        environment = agon.Environment.connect(folder / "env.json")
        self.addCleanup(environment.close)
        return environment

    def code_of(self, work: Any) -> str:
        with self.assertRaises(agon.AgonError) as raised:
            work()
        return raised.exception.code


def level(seed: int, size: int = 4) -> bytes:
    return GymLevel(seed, {"size": size}).encode()


def play(env: agon.VectorEnvironment, steps: int, seed: int = 0) -> list[agon.Step]:
    draw = np.random.default_rng(seed)
    return [env.step(draw.integers(0, env.spec.actions, env.rows)) for _ in range(steps)]


class Single(Served):
    def test_it_says_what_it_is(self) -> None:
        spec = self.serve(return_range=(0.0, 1.0), options={"k": 1}).spec
        self.assertEqual((spec.id, spec.profile, spec.actions, spec.agents), ("beacon", "gymnasium", 4, 1))
        self.assertEqual(spec.observations["way"].shape, (2,))
        self.assertEqual((spec.observations["size"].low, spec.observations["size"].high), (2, 9))
        self.assertEqual((spec.solved(0.1), spec.solved(0), spec.return_range, dict(spec.options)), (True, False, (0, 1), {"k": 1}))

    def test_steps_equal_those_of_the_environment_itself(self) -> None:
        env = self.serve()
        local = Beacon()
        with env.vector(1, "none") as vector:
            first = vector.reset([level(3)])
            seen, _ = local.reset(seed=3, options={"size": 4})
            np.testing.assert_array_equal(first["way"][0], seen["way"])
            for step in play(vector, 16):
                if step.done[0]:
                    break
                observation, reward, terminated, truncated, _ = local.step(int(self.actions.pop(0)))
                np.testing.assert_array_equal(step.observations["way"][0], observation["way"])
                self.assertEqual(step.rewards[0], np.float32(reward))

    def setUp(self) -> None:
        self.actions = list(np.random.default_rng(0).integers(0, 4, 16))

    def test_what_follows_an_end_is_named(self) -> None:
        env = self.serve()
        for auto_reset in ("none", "same-level", "next-level"):
            with self.subTest(auto_reset), env.vector(6, auto_reset, seeds=range(6)) as vector:  # type: ignore[arg-type]
                starts = vector.reset([level(seed, 2) for seed in range(6)])["way"]
                steps = play(vector, 60)
                ends = [(t, row) for t, step in enumerate(steps) for row in np.flatnonzero(step.done)]
                self.assertGreater(len(ends), 5)
                self.assertFalse(any((step.terminated & step.truncated).any() for step in steps))
                for t, row in ends:
                    after = steps[t].observations["way"][row]
                    if auto_reset == "same-level":
                        np.testing.assert_array_equal(after, starts[row])
                    elif auto_reset == "none":
                        self.assertTrue(all(step.done[row] for step in steps[t:]))
                        self.assertEqual(sum(float(step.rewards[row]) for step in steps[t + 1 :]), 0)
                    else:
                        self.assertIn(row, steps[t].began)

    def test_what_was_seen_last_of_a_cut_episode_is_given_where_it_is_asked_for(self) -> None:
        env = self.serve()
        self.assertTrue(env.spec.gives_finals)
        seen = {}
        for auto_reset in ("none", "same-level", "next-level"):
            with self.subTest(auto_reset), env.vector(3, auto_reset, seeds=range(3), finals=True) as vector:  # type: ignore[arg-type]
                vector.reset([level(seed, 3) for seed in range(3)])
                # Into a corner and against its walls: whoever does not meet the beacon is cut after 12 steps.
                steps = [vector.step(np.full(3, [0, 3][t % 2])) for t in range(12)]
            cut = steps[-1].truncated == 1
            self.assertTrue(cut.any())
            self.assertTrue(all(not step.finals for step in steps[:-1]))
            seen[auto_reset] = {name: values.tolist() for name, values in steps[-1].finals.items()}
            if auto_reset == "none":
                last = {name: values[cut].tolist() for name, values in steps[-1].observations.items()}
                self.assertEqual(seen[auto_reset], last)
        self.assertEqual(seen["same-level"], seen["none"])
        self.assertEqual(seen["next-level"], seen["none"])
        with env.vector(3, "same-level") as vector:
            vector.reset([level(seed, 3) for seed in range(3)])
            self.assertFalse(any(vector.step(np.full(3, [0, 3][t % 2])).finals for t in range(12)))

    def test_next_levels_come_from_the_slots_stream_or_from_who_supplies_them(self) -> None:
        env = self.serve()

        def sizes(supply: bool) -> list[int]:
            with env.vector(1, "next-level", seeds=[5]) as vector:
                vector.reset([level(1, 2)])
                draw, found = np.random.default_rng(0), []
                for _ in range(60):
                    step = vector.step(draw.integers(0, 4, 1), {0: level(9, 3)} if supply else None)
                    if step.began:
                        found.append(int(step.observations["size"][0]))
                return found

        drawn = sizes(False)
        self.assertEqual(drawn, sizes(False))
        self.assertGreater(len(set(drawn)), 1)
        self.assertEqual(set(sizes(True)), {3})

    def test_a_saved_slot_goes_on_bit_for_bit_in_another(self) -> None:
        env = self.serve()
        with env.vector(2, "next-level", seeds=[5, 5]) as one, env.vector(2, "next-level", seeds=[6, 5]) as two:
            one.reset([level(1), level(2)])
            two.reset([level(3), level(4)])
            play(one, 9)
            seen = two.load(1, one.save(0))
            draw = np.random.default_rng(8)
            for _ in range(60):
                action = int(draw.integers(4))
                a, b = one.step(np.array([action, 0])), two.step(np.array([0, action]))
                np.testing.assert_array_equal(a.observations["way"][0], b.observations["way"][1])
                self.assertEqual(a.rewards[0], b.rewards[1])
            self.assertEqual(seen["way"].shape, (1, 2))

    def test_refusals_change_nothing_and_the_stream_goes_on(self) -> None:
        env = self.serve()
        with env.vector(2, "none") as vector:
            self.assertEqual(self.code_of(lambda: vector.step(np.zeros(2, int))), "environment/not-reset")
            self.assertEqual(self.code_of(lambda: vector.save(0)), "environment/not-reset")
            start = vector.reset([level(1), level(2)])["way"]
            for work, code in (
                (lambda: vector.step(np.array([4, 0])), "environment/actions"),
                (lambda: vector.step(np.array([0])), "environment/actions"),
                (lambda: vector.reset([level(1)], [2]), "environment/slots"),
                (lambda: vector.reset([level(1), level(1)], [1, 1]), "environment/slots"),
                (lambda: vector.reset([b"junk", level(1)]), "level/corrupt"),
                (lambda: vector.reset([level(5), level(1, 99)]), "level/invalid"),
                (lambda: vector.load(0, b"junk"), "state/foreign"),
                (lambda: vector.load(0, b"agon-gym-2xx"), "state/corrupt"),
            ):
                self.assertEqual(self.code_of(work), code)
            np.testing.assert_array_equal(vector.load(0, vector.save(0))["way"][0], start[0])
        self.assertEqual(self.code_of(lambda: env.vector(0)), "environment/slots")
        self.assertEqual(self.code_of(lambda: env.levels.sample(10_001, 1)), "environment/count")
        self.assertEqual(self.code_of(lambda: env.levels.mutate([b"junk"], 1)), "level/corrupt")
        self.assertEqual(self.code_of(lambda: env.levels.parse("\n{}")), "level/invalid")
        self.assertEqual(self.code_of(lambda: env.levels.suite("a", "b", 1)), "suite/unknown")

    def test_levels_are_drawn_from_named_streams(self) -> None:
        levels = self.serve().levels
        many = levels.sample(20, 7, "a")
        self.assertEqual(many[:5], levels.sample(5, 7, "a"))
        self.assertNotEqual(many, levels.sample(20, 7, "b"))
        edits = levels.mutate(many, 3)
        self.assertEqual({edit.operator for edit in edits}, {"edit"})
        described = levels.describe([edits[0].level, b"junk", level(1, 99)])
        self.assertEqual([one.obstacle != "" for one in described], [False, True, True])
        self.assertEqual(described[0].features["size"], GymLevel.decode(edits[0].level).options["size"])
        text = "# two levels\n" + "\n\n".join(one.decode() for one in many[:2])
        self.assertEqual(list(levels.parse(text).values()), many[:2])

    def test_a_step_limit_truncates_and_both_ends_at_once_is_termination(self) -> None:
        class Endless(Beacon):
            def step(self, action: int) -> Any:
                observation, _, _, _, info = super().step(action)
                return observation, 1.0, self._steps == 3, self._steps == 3, info

        with self.serve(Endless).vector(1, "same-level") as vector:
            vector.reset([level(1)])
            ends = [(int(s.terminated[0]), int(s.truncated[0])) for s in play(vector, 6)]
        self.assertEqual(ends, [(0, 0), (0, 0), (1, 0)] * 2)
        with self.serve(Endless, step_limit=2).vector(1, "same-level") as vector:
            vector.reset([level(1)])
            self.assertEqual(vector.max_steps, [2])
            ends = [(int(s.terminated[0]), int(s.truncated[0])) for s in play(vector, 4)]
        self.assertEqual(ends, [(0, 0), (0, 1)] * 2)

    def test_many_steps_may_be_asked_for_ahead(self) -> None:
        with self.serve().vector(3, "same-level") as vector:
            vector.reset([level(seed) for seed in range(3)])
            for _ in range(200):
                vector.send(np.zeros(3, int))
            self.assertEqual(sum(len(vector.receive().rewards) for _ in range(200)), 600)

    def test_what_an_environment_raises_reaches_who_steps_it(self) -> None:
        class Broken(Beacon):
            def step(self, action: int) -> Any:
                raise RuntimeError("out of order")

        with self.serve(Broken).vector(1) as vector:
            vector.reset([level(1)])
            with self.assertRaises(agon.AgonError) as raised:
                vector.step(np.zeros(1, int))
        self.assertEqual(raised.exception.code, "python/runtime-error")
        self.assertTrue(raised.exception.message.endswith("RuntimeError: out of order"))

    def test_spaces_that_do_not_travel_are_refused_by_name(self) -> None:
        class Grouped(Beacon):
            def __init__(self) -> None:
                super().__init__()
                self.action_space: Any = Dict({"gas": Box(0, 1, (2,))})

        self.assertEqual(self.code_of(lambda: self.serve(Grouped)), "environment/space")


class Varied(Served):
    def test_operators_change_levels_under_their_names(self) -> None:
        environment = self.serve()
        self.assertEqual((environment.spec.operators, environment.spec.crosses), (("grow", "shrink"), True))
        grown = environment.levels.mutate([level(3, 4), level(5, 9)], 1, operator="grow")
        self.assertEqual([(one.level, one.operator) for one in grown], [(level(3, 5), "grow"), (level(5, 9), "grow")])
        self.assertEqual(self.code_of(lambda: environment.levels.mutate([level(3)], 1, operator="gorw")), "level/operator")

    def test_measures_are_told(self) -> None:
        measures = (agon.Measure("steps", "Steps.", "lower", "length"), agon.Measure("win_rate", above=0.0))
        self.assertEqual(self.serve(measures=measures).spec.measures, measures)
        self.assertEqual(self.serve().spec.measures, ())

    def test_levels_cross_in_pairs(self) -> None:
        levels = self.serve().levels
        self.assertEqual([one.level for one in levels.cross([level(3, 4)], [level(5, 9)], 1)], [level(3, 9)])
        self.assertEqual(self.code_of(lambda: levels.cross([level(3)], [], 1)), "environment/count")

    def test_points_are_clipped_and_rounded_halves_upwards(self) -> None:
        environment = self.serve()
        bounds = environment.spec.genome
        assert bounds is not None
        self.assertEqual((bounds.names, list(bounds.low), list(bounds.high), bounds.integer), (("size",), [2], [9], (True,)))
        self.assertEqual(environment.levels.from_genome([[-7], [3.5], [99]]), [level(0, size) for size in (2, 4, 9)])
        np.testing.assert_array_equal(environment.levels.to_genome([level(0, 4), level(8, 9)]), [[4], [9]])
        self.assertEqual(self.code_of(lambda: environment.levels.from_genome([[1, 2]])), "level/genome")
        self.assertEqual(self.code_of(lambda: environment.levels.from_genome([[float("nan")]])), "level/genome")

    def test_what_a_space_has_not_is_unsupported(self) -> None:
        environment = self.serve(levels=agon.GymLevels())
        spec, levels = environment.spec, environment.levels
        self.assertEqual((spec.operators, spec.crosses, spec.resamples, spec.genome), ((), False, False, None))
        for call in (
            lambda: levels.cross([level(1)], [level(2)], 1),
            lambda: levels.to_genome([level(1)]),
            lambda: levels.from_genome([[1]]),
            lambda: levels.resample([level(1)], 1),
        ):
            self.assertEqual(self.code_of(call), "environment/unsupported")

    def test_hidden_parameters_are_drawn_again(self) -> None:
        hidden = Variations(resample=lambda level, random: GymLevel(level.seed, {**level.options, "luck": int(random.integers(9))}))
        environment = self.serve(levels=agon.GymLevels(variations=hidden))
        self.assertTrue(environment.spec.resamples)
        first, again = (environment.levels.resample([level(3)] * 8, 1, "hidden") for _ in range(2))
        self.assertEqual(first, again)
        self.assertGreater(len({GymLevel.decode(one).options["luck"] for one in first}), 2)
        self.assertEqual({GymLevel.decode(one).seed for one in first}, {3})


class Parallel(Served):
    def meeting(self) -> agon.Environment:
        return self.serve(Meeting, id="meeting", levels=agon.GymLevels(), seats={"west": ["left"], "east": ["right"]})

    def test_agents_are_rows_and_seats_group_them(self) -> None:
        env = self.meeting()
        self.assertEqual((env.spec.agents, dict(env.spec.seats)), (2, {"west": (0,), "east": (1,)}))
        with env.vector(2, "same-level") as vector:
            self.assertEqual(vector.rows, 4)
            first = vector.reset([GymLevel(s).encode() for s in (1, 2)])["observation"]
            np.testing.assert_array_equal(first[0], first[1][::-1])
            towards = np.array([2, 0, 2, 0])
            step = vector.step(towards)
            while not step.done.any():
                step = vector.step(towards)
            row = int(np.flatnonzero(step.done)[0]) // 2 * 2
            self.assertEqual(step.rewards[row : row + 2].tolist(), [1, 1])
            self.assertEqual(step.terminated[row : row + 2].tolist(), [1, 1])
            np.testing.assert_array_equal(step.observations["observation"][row : row + 2], first[row : row + 2])

    def test_one_who_leaves_early_sees_zeros_until_the_episode_ends_for_all(self) -> None:
        with self.meeting().vector(1, "none") as vector:
            vector.reset([GymLevel(3).encode()])
            steps = [vector.step(np.array([0, 1])) for _ in range(13)]
        left = [step.observations["observation"][0].tolist() for step in steps]
        self.assertLess(left[0][0], 0)
        self.assertTrue(all(seen == [0, 0] for seen in left[1:]))
        self.assertFalse(any(step.done.any() for step in steps[:11]))
        self.assertEqual((steps[11].terminated.tolist(), steps[11].truncated.tolist()), ([1, 0], [0, 1]))
        self.assertEqual(steps[12].done.tolist(), [True, True])


class Doors(unittest.TestCase):
    """Who gets in."""

    def test_no_token_and_a_wrong_one(self) -> None:
        with agon.serve_environment(Beacon, id="beacon", token="right") as server:
            folder = Path(tempfile.mkdtemp())
            for text, ok in (("right", True), ("wrong", False)):
                path = folder / text
                path.touch(0o600)
                path.write_text(text)
                target = agon.Target(server.address, token_file=str(path))
                if ok:
                    agon.Environment.connect(target).close()
                    continue
                with self.assertRaises(agon.AgonError) as raised:
                    agon.Environment.connect(target)
                self.assertEqual(raised.exception.code, "wire/token")
                self.assertIn("AGON_TOKEN", raised.exception.remedy)

    def test_beyond_loopback_needs_tls_or_a_word(self) -> None:
        with self.assertRaises(agon.AgonError) as raised:
            agon.serve_environment(Beacon, id="beacon", address="0.0.0.0:0")
        self.assertEqual(raised.exception.code, "wire/insecure")
        agon.serve_environment(Beacon, id="beacon", address="0.0.0.0:0", insecure=True).close()

    def test_files_go_when_the_listener_does(self) -> None:
        folder = Path(tempfile.mkdtemp())
        with agon.serve_environment(Beacon, id="beacon", rendezvous=folder / "env.json"):
            self.assertEqual(sorted(os.listdir(folder)), ["env.json", "env.json.token"])
        self.assertEqual(os.listdir(folder), [])

    def test_a_call_that_the_library_never_gives_back_does_not_keep_it_open(self) -> None:
        class Stuck:
            def stop(self, grace: float) -> threading.Event:
                return threading.Event()

        class Held:
            closed = False

            def close(self) -> None:
                self.closed = True

        file, held = Path(tempfile.mkdtemp()) / "env.json", Held()
        file.touch()
        agon.EnvironmentServer(Stuck(), held, "", [file]).close(0)  # type: ignore[arg-type]
        self.assertEqual((file.exists(), held.closed), (False, True))

    @unittest.skipUnless(shutil.which("openssl"), "openssl makes the certificates")
    def test_tls_and_mutual_tls(self) -> None:
        folder = Path(tempfile.mkdtemp())
        for name in ("server", "client", "stranger"):
            subprocess.run(
                ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "1"]
                + ["-keyout", f"{name}.key", "-out", f"{name}.pem", "-subj", f"/CN={name}"]
                + ["-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"],
                cwd=folder,
                check=True,
                capture_output=True,
            )
        pem = {path.name: str(path) for path in folder.iterdir()}
        secured = {"certificate": pem["server.pem"], "key": pem["server.key"], "id": "beacon"}
        with agon.serve_environment(Beacon, rendezvous=folder / "env.json", **secured) as server:
            agon.Environment.connect(folder / "env.json").close()
            token = str(folder / "env.json.token")
            for authority in (None, pem["stranger.pem"]):
                self.refused(agon.Target(server.address, token_file=token, authority=authority))
        mutual = {**secured, "client_authority": pem["client.pem"]}
        with agon.serve_environment(Beacon, rendezvous=folder / "env.json", **mutual):
            known = agon.Target(str(folder / "env.json"), certificate=pem["client.pem"], key=pem["client.key"])
            agon.Environment.connect(known).close()
            self.refused(agon.Target(str(folder / "env.json")))
            self.refused(agon.Target(str(folder / "env.json"), certificate=pem["stranger.pem"], key=pem["stranger.key"]))

    def refused(self, target: agon.Target) -> None:
        with self.assertRaises(agon.AgonError) as raised:
            agon.Environment.connect(target)
        self.assertEqual(raised.exception.code, "wire/unavailable")


if __name__ == "__main__":
    unittest.main()
