"""Vector environments of every surface: stepped as the single ones are, or refused by name."""

from __future__ import annotations

import contextlib
import io
from typing import Any

import numpy as np

import agon_client as agon
from agon_client.hosting import GymLevel
from agon_client.hosting.contract import LevelSources, VectorRequest
from agon_client.hosting.vectorised import HostedVectorised
from agon_client.stand_ins import Beacon, BeaconVector, OldBeacons, Pool, beacon_levels
from tests.test_hosting import Served, level, play

AUTO_RESETS: Any = ("none", "same-level", "next-level")
MODES = ("Disabled", "NextStep", "SameStep")
OWN: dict[str, Any] = {"levels": agon.GymLevels(seeds=1), "reuse": False}
ONE = GymLevel(0).encode()
SELF = {"autoreset_mode": "SameStep"}


class Masked(Beacon):
    """A beacon whose info has the mask of its vector."""

    def reset(self, **given: Any) -> Any:
        return super().reset(**given)[0], self._info()

    def step(self, action: int) -> Any:
        return (*super().step(action)[:4], self._info())

    def _info(self) -> dict[str, Any]:
        return {"action_mask": np.array([self.column > 0, 1, 1, 1], np.int8)}


class Vectors(Served):
    def quietly(self, make: Any, **options: Any) -> agon.Environment:
        with contextlib.redirect_stderr(io.StringIO()):
            return self.serve(make, **options)

    def refused(self, make: Any, **options: Any) -> agon.AgonError:
        with self.assertRaises(agon.AgonError) as raised:
            self.quietly(make, **options)
        return raised.exception

    def same(self, one: agon.VectorEnvironment, other: agon.VectorEnvironment, steps: int = 40) -> None:
        """Both play the same levels with the same actions; slots that end under `none` are begun again."""
        levels = [level(seed, 2 + seed % 3) for seed in range(5)]
        first, again = one.reset(levels), other.reset(levels)
        for name, values in first.items():
            np.testing.assert_array_equal(values, again[name], name)
        ends = 0
        for t, (a, b) in enumerate(zip(play(one, steps), play(other, steps), strict=True)):
            for name, values in a.observations.items():
                np.testing.assert_array_equal(values, b.observations[name], f"{name} at {t}")
            np.testing.assert_array_equal(a.rewards, b.rewards)
            np.testing.assert_array_equal((a.terminated, a.truncated), (b.terminated, b.truncated))
            self.assertEqual(a.began, b.began)
            ends += int(a.done.sum())
        self.assertGreater(ends, 5)


class Equal(Vectors):
    def test_resets_by_mask_hide_the_mode_of_the_vector(self) -> None:
        single = self.serve(Masked, info_mask=True)
        for mode in MODES:
            vector = self.serve(lambda n: BeaconVector(n, mode), step_limit=1000, info_mask=True)
            for auto_reset in AUTO_RESETS:
                with self.subTest(mode=mode, auto_reset=auto_reset):
                    options: dict[str, Any] = {"slots": 5, "auto_reset": auto_reset, "seeds": range(5)}
                    with single.vector(**options) as one, vector.vector(**options) as other:
                        self.same(one, other)

    def test_a_slot_that_the_step_limit_cut_loses_no_step(self) -> None:
        single = self.serve(step_limit=3)
        for make in (*(lambda n, mode=mode: BeaconVector(n, mode) for mode in MODES), OldBeacons):
            vector = self.quietly(make, step_limit=3)
            with single.vector(5, "next-level", seeds=range(5)) as one, vector.vector(5, "next-level", seeds=range(5)) as other:
                self.same(one, other)

    def test_of_a_vector_that_resets_all_or_none_each_slot_has_one_of_its_own(self) -> None:
        with contextlib.redirect_stderr(io.StringIO()) as said:
            vector = self.serve(OldBeacons, step_limit=1000)
        self.assertIn("each slot gets a vector of one", said.getvalue())
        for auto_reset in AUTO_RESETS:
            with self.subTest(auto_reset):
                options: dict[str, Any] = {"slots": 5, "auto_reset": auto_reset, "seeds": range(5)}
                with self.serve().vector(**options) as one, vector.vector(**options) as other:
                    self.same(one, other)

    def test_slots_of_equal_options_are_reset_in_one_call(self) -> None:
        made: list[BeaconVector] = []

        def make(n: int) -> BeaconVector:
            made.append(BeaconVector(n))
            return made[-1]

        with self.serve(make).vector(6, "none") as vector:
            # The first time all at once, the others by mask.
            vector.reset([level(seed, 3) for seed in range(6)])
            self.assertEqual(made[-1].resets, 1)
            vector.reset([level(seed, 3 + seed % 2) for seed in range(4)], [1, 2, 4, 5])
            self.assertEqual(made[-1].resets, 3)


    def test_vectors_outlive_the_streams_they_play_in(self) -> None:
        made: list[int] = []

        def make(n: int) -> BeaconVector:
            made.append(n)
            return BeaconVector(n, "NextStep")

        environment = self.serve(make)
        found = []
        for _ in range(3):
            with environment.vector(4, "same-level") as vector:
                first = vector.reset([level(seed) for seed in range(4)])["way"]
                found.append([first, *(step.observations["way"] for step in play(vector, 20))])
        np.testing.assert_array_equal(found[0], found[2])
        self.assertEqual(made.count(1), 1)
        # One that comes back while the next stream opens finds another one made.
        self.assertLess(made.count(4), 3)


class Finals(Vectors):
    """Of the parts, as the wire gives the same."""

    def test_the_last_observation_of_an_episode_that_was_cut(self) -> None:
        makes: list[Any] = [lambda n, mode=mode: BeaconVector(n, mode) for mode in MODES]
        for make in makes:
            for auto_reset in AUTO_RESETS:
                hosted = HostedVectorised(make, 3, beacon_levels())
                sources = LevelSources(beacon_levels(), [(seed, "slot") for seed in range(4)])
                vector = hosted.vector(VectorRequest(4, auto_reset, sources, finals=True))
                levels = [GymLevel(seed, {"size": 7}) for seed in range(4)]
                vector.reset(range(4), levels)
                lone = [Beacon() for _ in levels]
                for one, begun in zip(lone, levels, strict=True):
                    one.reset(**begun.reset_arguments())
                for t in range(3):
                    vector.step(np.full(4, t))
                    seen = [one.step(t)[0]["way"] for one in lone]
                cut = vector.rows.truncated == 1
                self.assertGreater(int(cut.sum()), 1)
                assert vector.rows.finals is not None
                np.testing.assert_array_equal(vector.rows.finals["way"][cut], np.stack(seen)[cut])


class Own(Vectors):
    """Vectors that draw their own episodes."""

    def lone(self, seed: int, slots: int, auto_reset: str, steps: int) -> list[Any]:
        """What a pool of that seed gives, from its environments alone: first observations, then those of each step."""
        random = [np.random.default_rng([seed, slot]) for slot in range(slots)]
        lone = [Beacon() for _ in range(slots)]
        begin: Any = lambda slot: lone[slot].reset(seed=int(random[slot].integers(2**32)))[0]["way"]
        found: list[Any] = [np.stack([begin(slot) for slot in range(slots)])]
        draw, over = np.random.default_rng(0), np.zeros(slots, bool)
        for _ in range(steps):
            rows = []
            for slot, action in enumerate(draw.integers(0, 4, slots)):
                if over[slot]:
                    rows.append(rows_before[slot])  # noqa: F821 - of the step before
                    continue
                seen, _, terminated, truncated, _ = lone[slot].step(int(action))
                ended = terminated or truncated
                over[slot] = ended and auto_reset == "none"
                rows.append(begin(slot) if ended and auto_reset != "none" else seen["way"])
            rows_before = rows
            found.append(np.stack(rows))
        return found

    def test_a_pool_is_stepped_as_a_whole_and_begins_again_without_a_lost_step(self) -> None:
        for old in (False, True):
            environment = self.serve(lambda n: Pool(n, 42, old=old), **OWN)
            for auto_reset in AUTO_RESETS:
                with self.subTest(old=old, auto_reset=auto_reset), environment.vector(4, auto_reset) as vector:
                    seen = [vector.reset([ONE] * 4)["way"]] + [step.observations["way"] for step in play(vector, 60)]
                    np.testing.assert_array_equal(seen, self.lone(42, 4, auto_reset, 60))

    def test_what_begins_itself_in_the_same_step_is_stepped_as_a_whole(self) -> None:
        environment = self.serve(lambda n: OldBeacons(n, SELF), **OWN)
        for auto_reset in AUTO_RESETS:
            with self.subTest(auto_reset), environment.vector(4, auto_reset) as vector:
                # One after another, as an evaluation begins: nobody's episode is amid.
                seen = [np.concatenate([vector.reset([ONE], [slot])["way"] for slot in range(4)])]
                steps = play(vector, 60)
                seen += [step.observations["way"] for step in steps]
                np.testing.assert_array_equal(seen, self.lone(0, 4, auto_reset, 60))
                began = [slot for step in steps for slot in step.began]
                self.assertEqual(auto_reset == "next-level", len(began) > 4)

    def test_a_slot_amid_an_episode_cannot_be_begun_without_the_others(self) -> None:
        with self.serve(lambda n: OldBeacons(n, SELF), **OWN).vector(3, "none") as vector:
            vector.reset([ONE] * 3)
            vector.step(np.zeros(3, int))
            self.assertEqual(self.code_of(lambda: vector.reset([ONE], [1])), "environment/vector")
            vector.reset([ONE] * 3)

    def test_a_factory_with_a_seed_is_given_one_of_the_slots_stream(self) -> None:
        seeds: list[int] = []

        def make(n: int, seed: int) -> Pool:
            seeds.append(seed)
            return Pool(n, seed)

        environment = self.serve(make, **OWN)
        for key in (1, 1, 2):
            environment.vector(2, "none", seeds=[key, 9]).close()
        probe, first, again, other = seeds
        self.assertEqual((first == again, first == other), (True, False))


class Again(Vectors):
    """What the host prints of an episode that went wrong, run as it stands there."""

    def failed(self, make: Any, seeds: Any, steps: Any, **options: Any) -> tuple[agon.AgonError, str]:
        """Plays until it fails: the error, and the Python that was printed."""
        environment = self.quietly(make, **options)
        with contextlib.redirect_stderr(io.StringIO()) as said, self.assertRaises(agon.AgonError) as raised:
            with environment.vector(len(seeds), "next-level", seeds=range(len(seeds))) as vector:
                vector.reset(seeds)
                for actions in steps:
                    vector.step(np.array(actions))
        return raised.exception, said.getvalue().partition("To do it again:\n")[2]

    def again(self, make: Any, printed: str) -> str:
        """What fails when it is run."""
        with self.assertRaises(Exception) as raised:
            exec(printed, {"make": make, "np": np})
        return str(raised.exception)

    def test_of_one_slot_its_seed_options_and_steps(self) -> None:
        class Lean(BeaconVector):
            """Of a beacon whose seed is 8 the third step is worth nothing that is a number."""

            def reset(self, *, seed: Any = None, options: Any = None) -> Any:
                self.odd = [one == 8 for one in seed]
                return super().reset(seed=seed, options=options)

            def step(self, actions: Any) -> Any:
                answer = super().step(actions)
                for i, beacon in enumerate(self._beacons.envs):
                    if self.odd[i] and beacon._steps == 3:
                        answer[1][i] = np.nan
                return answer

        levels = [GymLevel(seed, {"size": 9}).encode() for seed in (7, 8, 9)]
        error, printed = self.failed(Lean, levels, [[0, 1, 2], [3, 0, 1], [2, 3, 0]])
        self.assertIn('step 3 of slot 1, level {"options":{"size":9},"seed":8}: the reward of slot 1 is nan', error.message)
        self.assertEqual(
            error.remedy,
            "do it again: `make(1)`, reset(seed=[8], options={'size': 9}), then 3 steps of slot 1, whose actions the host printed",
        )
        self.assertIn("    (8, {'size': 9}, [1, 0, 3]),  # slot 1\n", printed)
        found: list[Any] = []
        exec(printed.replace("env.step(", "found += env.step("), {"make": Lean, "np": np, "found": found})
        self.assertTrue(np.isnan(found[1::5][2][0]))

    def test_of_all_slots_where_nobody_knows_which(self) -> None:
        class Breaks(BeaconVector):
            def step(self, actions: Any) -> Any:
                answer = super().step(actions)
                if any(beacon._size == 7 and beacon._steps == 2 for beacon in self._beacons.envs):
                    raise RuntimeError("joint 3")
                return answer

        levels = [GymLevel(seed, {"size": size}).encode() for seed, size in ((7, 9), (8, 7), (9, 9))]
        error, printed = self.failed(Breaks, levels, [[0, 1, 2], [3, 0, 1]])
        self.assertIn("step 2 of all slots: RuntimeError: joint 3", error.message)
        self.assertEqual(error.remedy, "do it again: each slot in a `make(1)` of its own, of the seeds [7, 8, 9], as the host printed")
        self.assertEqual(self.again(Breaks, printed), "joint 3")

    def test_of_a_reset(self) -> None:
        class Refuses(BeaconVector):
            def reset(self, *, seed: Any = None, options: Any = None) -> Any:
                if (options or {}).get("size") == 7:
                    raise ValueError("no seven")
                return super().reset(seed=seed, options=options)

        error, printed = self.failed(Refuses, [level(3, 7), level(4, 7)], [])
        self.assertIn("reset of slots [0, 1], level", error.message)
        self.assertIn("of the seeds [3, 4]", error.remedy)
        self.assertEqual(self.again(Refuses, printed), "no seven")

    def test_of_a_vector_of_one_for_each_slot(self) -> None:
        class Breaks(OldBeacons):
            def step_wait(self) -> Any:
                answer = super().step_wait()
                if self._beacons.envs[0]._steps == 2:
                    raise RuntimeError("joint 3")
                return answer

        error, printed = self.failed(Breaks, [level(3, 9), level(4, 9)], [[2, 2], [2, 2]], levels=agon.GymLevels())
        self.assertIn("step 2 of slot 0", error.message)
        self.assertEqual(self.again(Breaks, f"env = make(1)\n{printed}"), "joint 3")

    def test_of_a_pool_all_that_was_asked_of_it(self) -> None:
        class Breaks(Pool):
            def step(self, action: Any, env_id: Any = None) -> Any:
                answer = super().step(action, env_id)
                if self._beacons.envs[1]._steps == 2:
                    raise RuntimeError("joint 3")
                return answer

        make: Any = lambda n, seed: Breaks(n, seed)
        error, printed = self.failed(make, [ONE] * 3, [[0, 0, 0], [1, 1, 1]], **OWN)
        self.assertRegex(error.remedy, r"^do it again: `make\(3, seed=\d+\)`, then 3 calls of reset and step, which the host printed$")
        self.assertEqual(self.again(make, printed), "joint 3")
        error, printed = self.failed(lambda n: Breaks(n), [ONE] * 3, [[0, 0, 0], [1, 1, 1]], **OWN)
        self.assertEqual((error.remedy.partition(":")[0], printed), ("its draws are its own", ""))


class Refusals(Vectors):
    def test_what_has_no_levels_to_choose_from_says_so(self) -> None:
        error = self.refused(lambda n: Pool(n))
        self.assertEqual(error.code, "environment/vector")
        self.assertIn("GymLevels(seeds=1)", error.remedy)
        with self.serve(lambda n: Pool(n), **OWN).vector(1) as vector:
            self.assertEqual(self.code_of(lambda: vector.reset([level(0)])), "environment/vector")

    def test_a_factory_by_mistake(self) -> None:
        class Sized(Beacon):
            def __init__(self, size: int) -> None:
                super().__init__()

        for make, words in (
            (Sized, "a function without parameters"),
            (Beacon(), "lambda: gymnasium.make"),
            (lambda width, height: Beacon(), "with values for them"),
            (lambda: None, "return the environment"),
            (lambda: BeaconVector(3), "`make(n)` instead"),
            (lambda: Pool(3), "`make(n)` instead"),
        ):
            error = self.refused(make)
            self.assertIn(error.code, ("environment/factory", "environment/vector"))
            self.assertIn(words, error.remedy)

    def test_a_vector_of_another_size_than_asked(self) -> None:
        environment = self.serve(lambda n: BeaconVector(3))
        self.assertEqual(self.code_of(lambda: environment.vector(4)), "environment/vector")

    def test_modes_without_a_meaning(self) -> None:
        self.assertEqual(self.refused(lambda n: BeaconVector(n, "Sometimes")).code, "environment/autoreset")

        class Part(Pool):
            def __init__(self, n: int) -> None:
                super().__init__(n)
                self.is_async = True

        self.assertIn("batch_size", self.refused(Part, **OWN).remedy)

    def test_a_same_step_vector_that_keeps_its_last_observation_to_itself(self) -> None:
        class Silent(BeaconVector):
            def step(self, actions: Any) -> Any:
                *answer, _ = super().step(actions)
                return (*answer, {})

        with self.serve(lambda n: Silent(n, "SameStep"), step_limit=99).vector(4, "none") as vector:
            vector.reset([level(seed, 2) for seed in range(4)])
            with contextlib.redirect_stderr(io.StringIO()), self.assertRaises(agon.AgonError) as raised:
                play(vector, 20)
        self.assertEqual(raised.exception.code, "environment/step")
        self.assertIn("DISABLED", raised.exception.remedy)
