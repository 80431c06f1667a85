"""Level spaces that are declared, and what the registration of an environment says of its episodes."""

from __future__ import annotations

import math
import unittest
from types import SimpleNamespace
from typing import Any

import numpy as np

import agon_client as agon
from agon_client.stand_ins import Beacon, BeaconVector

from .test_hosting import Served

DRAW = np.random.default_rng


def pole() -> agon.Levels:
    return agon.Levels(
        bounds={"length": (0.25, 2.0), "size": (2, 9)},
        choices={"ground": ("ice", "sand", "tar"), "gain": (0.5, 1, 4)},
        suites={"grounds": {"ice": {"ground": "ice"}, "tar": {"ground": "tar", "size": 9}}},
    )


class Declared(Served):
    def refused(self, work: Any) -> agon.AgonError:
        with self.assertRaises(agon.AgonError) as raised:
            work()
        return raised.exception

    def test_levels_are_drawn_within_what_is_declared(self) -> None:
        levels, random = pole(), DRAW(1)
        drawn = [levels.sample(random) for _ in range(300)]
        self.assertEqual([levels.obstacle(level) for level in drawn], [""] * 300)
        self.assertEqual({level.options["size"] for level in drawn}, set(range(2, 10)))
        self.assertEqual({level.options["ground"] for level in drawn}, {"ice", "sand", "tar"})
        lengths = [level.options["length"] for level in drawn]
        self.assertTrue(min(lengths) < 0.35 and max(lengths) > 1.9)
        self.assertEqual(drawn, [levels.sample(random) for random in [DRAW(1)] for _ in range(300)])

    def test_an_edit_changes_one_option_under_its_name(self) -> None:
        levels, random = pole(), DRAW(2)
        level, made = levels.level(7, length=0.25, size=9, ground="ice", gain=1), set()
        for _ in range(400):
            child, operator = levels.mutate(level, random)
            self.assertEqual(levels.obstacle(child), "")
            self.assertEqual([n for n in level.options if child.options[n] != level.options[n]], [operator])
            self.assertEqual(child.seed, level.seed)
            made.add(operator)
            level = child
        self.assertEqual(made, {"length", "size", "ground", "gain"})
        reseeded = levels.variations.operator("reseed")(level, random)
        self.assertEqual((reseeded.options, reseeded.seed != level.seed), (level.options, True))

    def test_children_have_each_option_of_a_parent(self) -> None:
        levels = pole()
        first = levels.level(1, length=0.5, size=2, ground="ice", gain=0.5)
        second = levels.level(2, length=1.5, size=8, ground="tar", gain=4)
        assert levels.variations.crossover is not None
        children = [levels.variations.crossover(first, second, DRAW(k)) for k in range(60)]
        for name in first.options:
            self.assertEqual({child.options[name] for child in children}, {first.options[name], second.options[name]})
        self.assertEqual({child.seed for child in children}, {1})

    def test_equal_levels_have_equal_bytes(self) -> None:
        levels = pole()
        level = levels.level(3, length=np.float64(1), size=np.int64(4), ground="ice", gain=1.0)
        self.assertEqual(level.encode(), b'{"options":{"gain":1,"ground":"ice","length":1.0,"size":4},"seed":3}')
        self.assertEqual(levels.decode(level.encode()), level)
        [(_, read)] = levels.parse_file('{"seed": 3, "options": {"length": 1, "size": 4, "ground": "ice", "gain": 1.0}}\n')
        self.assertEqual(read.encode(), level.encode())
        other = level.encode().replace(b"1.0", b"1")
        self.assertEqual(self.refused(lambda: levels.decode(other)).code, "level/corrupt")
        self.assertEqual(agon.Levels(bounds={"x": (-1.0, 1.0)}).level(x=-0.0).encode(), b'{"options":{"x":0.0},"seed":0}')

    def test_what_a_level_cannot_be_is_said(self) -> None:
        levels = pole()
        good = {"length": 1.0, "size": 4, "ground": "ice", "gain": 1}
        for wrong, said in (
            ({"length": 3.0}, "length is 3.0, not 0.25 … 2.0"),
            ({"length": math.nan}, "length is nan (float); expected a finite number"),
            ({"size": 4.5}, "size is 4.5 (float); expected a whole number of 2 … 9"),
            ({"ground": "mud"}, """ground is 'mud' (str), not one of "ice", "sand", "tar\""""),
            ({"gain": True}, "gain is True (bool), not one of 0.5, 1, 4"),
            ({"wind": 1}, "there is no option 'wind'"),
        ):
            with self.subTest(said):
                error = self.refused(lambda: levels.level(**{**good, **wrong}))
                self.assertEqual((error.code, error.message), ("level/invalid", said))
                self.assertEqual(levels.obstacle(agon.GymLevel(0, {**good, **wrong})), said)
        self.assertIn("'size' is not there", self.refused(lambda: levels.level(length=1.0)).message)

    def test_a_declaration_that_makes_no_sense_is_refused(self) -> None:
        for bounds, choices in (
            ({"x": (2.0, 1.0)}, {}),
            ({"x": (0.0, math.inf)}, {}),
            ({"x": 3}, {}),
            ({}, {"x": ()}),
            ({}, {"x": "ice"}),
            ({}, {"x": (1, 1.0)}),
            ({}, {"x": (1, None)}),
            ({"x": (0, 1)}, {"x": (0, 1)}),
            ({"reseed": (0, 1)}, {}),
        ):
            with self.subTest(bounds=bounds, choices=choices):
                self.assertEqual(self.refused(lambda: agon.Levels(bounds, choices)).code, "environment/levels")  # type: ignore[arg-type]
        sealed: Any = {"suites": {"s": {"one": {"x": 9.0}}}}
        self.assertEqual(self.refused(lambda: agon.Levels({"x": (0.0, 1.0)}, **sealed)).code, "level/invalid")

    def test_what_cannot_move_is_no_operator(self) -> None:
        levels = agon.Levels(bounds={"x": (1.0, 1.0)}, choices={"y": ("one",)}, seeds=1)
        level, operator = levels.mutate(levels.sample(DRAW(0)), DRAW(0))
        self.assertEqual((list(levels.variations.operators), operator, level.seed), (["reseed"], "reseed", 0))

    def test_without_options_seeds_are_the_levels(self) -> None:
        levels = agon.Levels()
        level = levels.sample(DRAW(1))
        self.assertEqual((level.options, levels.mutate(level, DRAW(2))[1], levels.variations.genome), ({}, "reseed", None))

    def test_a_served_space_is_used_over_the_wire(self) -> None:
        environment = self.serve(levels=pole())
        spec, space = environment.spec, environment.levels
        self.assertEqual(spec.operators, ("length", "size", "ground", "gain", "reseed"))
        assert spec.genome is not None
        self.assertEqual(list(spec.genome.low), [0.25, 2, 0, 0])
        self.assertEqual(list(spec.genome.high), [2, 9, 2, 2])
        self.assertEqual(list(spec.genome.integer), [False, True, True, True])
        level = pole().level(0, length=0.75, size=4, ground="sand", gain=4)
        self.assertEqual(space.to_genome([level.encode()]).tolist(), [[0.75, 4, 1, 2]])
        self.assertEqual(space.from_genome([[0.75, 4.4, 0.6, 7]]), [level.encode()])
        [described] = space.describe([level.encode()])
        self.assertEqual(described.features, {"length": 0.75, "size": 4, "ground": 1, "gain": 4})
        self.assertEqual((described.obstacle, described.text), ("", level.encode().decode()))
        sealed = [agon.GymLevel.decode(one) for one in space.suite("grounds", "tar", 5, count=20)]
        self.assertEqual({(one.options["ground"], one.options["size"]) for one in sealed}, {("tar", 9)})
        self.assertGreater(len({one.seed for one in sealed}), 15)
        self.assertGreater(len({one.options["length"] for one in sealed}), 15)
        with environment.vector(1) as vector:
            odd = agon.GymLevel(1, {**level.options, "length": 9.0}).encode()
            self.assertEqual(self.code_of(lambda: vector.reset([odd])), "level/invalid")


def registered(threshold: float | None, limit: int | None = None) -> Any:
    def make() -> Beacon:
        beacon: Any = Beacon()
        beacon.spec = SimpleNamespace(reward_threshold=threshold, max_episode_steps=limit)
        return beacon  # type: ignore[no-any-return]

    return make


class Solved(Served):
    """Nothing could be solved where nobody gave `solved_above`, though the registration had a threshold."""

    def test_the_threshold_of_the_registration_is_the_default(self) -> None:
        self.assertEqual(self.serve(registered(475.0), solved_above=None).spec.solved_above, 475)
        self.assertEqual(self.serve(registered(475.0), solved_above=3).spec.solved_above, 3)
        self.assertIsNone(self.serve(registered(475.0), solved_above=math.inf).spec.solved_above)
        self.assertIsNone(self.serve(registered(None), solved_above=None).spec.solved_above)
        self.assertIsNone(self.serve(Beacon, solved_above=None).spec.solved_above)

    def test_that_of_a_vector_environment_and_of_what_it_is_made_of_too(self) -> None:
        def make(count: int, inner: bool) -> Any:
            vector: Any = BeaconVector(count)
            spec = SimpleNamespace(reward_threshold=7.0, max_episode_steps=4)
            if inner:
                vector.get_attr = lambda name: [spec] * count
            else:
                vector.spec = spec
            return vector

        for inner in (False, True):
            with self.subTest(inner=inner):
                environment = self.serve(lambda n: make(n, inner), solved_above=None)
                self.assertEqual(environment.spec.solved_above, 7)
                with environment.vector(1) as vector:
                    vector.reset([agon.GymLevel(1, {"size": 9}).encode()])
                    self.assertEqual(vector.max_steps, [4])

    def test_a_threshold_that_is_no_number_is_refused(self) -> None:
        self.assertEqual(self.code_of(lambda: self.serve(solved_above="475")), "environment/description")


if __name__ == "__main__":
    unittest.main()
