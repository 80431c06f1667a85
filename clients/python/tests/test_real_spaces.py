"""Every space of Gymnasium, by its own classes and samples, over a real connection."""

from __future__ import annotations

import contextlib
import copy
import io
from typing import Any

import gymnasium
import numpy as np
from gymnasium import spaces

import agon_client as agon
from agon_client.hosting import GymLevel
from agon_client.hosting.spaces import ObservationLayout
from tests.test_hosting import Served
from tests.test_real_packages import PLAIN

WIDE = np.iinfo(np.int64)
INF = np.inf
OBSERVED: dict[str, gymnasium.Space[Any]] = {
    "box": spaces.Box(-1, 1, (3,), np.float32),
    "box of one": spaces.Box(-1, 1, (), np.float32),
    "half bounded": spaces.Box(np.array([0, -INF]), np.array([1, INF]), dtype=np.float64),
    "float16": spaces.Box(-INF, INF, (2,), np.float16),
    "float64": spaces.Box(-INF, INF, (2, 2), np.float64),
    "int8": spaces.Box(-128, 127, (2,), np.int8),
    "int16": spaces.Box(-9, 9, (1,), np.int16),
    "int64": spaces.Box(-9, 9, (2,), np.int64),
    "uint8": spaces.Box(0, 255, (4, 4, 3), np.uint8),
    "uint16": spaces.Box(0, 65535, (2,), np.uint16),
    "uint32": spaces.Box(0, 9, (2,), np.uint32),
    "uint64": spaces.Box(0, 9, (2,), np.uint64),
    "bool": spaces.Box(0, 1, (2,), np.bool_),
    "discrete": spaces.Discrete(5, start=-2),
    "numbers": spaces.Discrete(1_000_000),
    "multi-discrete": spaces.MultiDiscrete([3, 4], start=[1, -2]),
    "multi-discrete of rows": spaces.MultiDiscrete(np.array([[3, 4], [2, 2]])),
    "multi-binary": spaces.MultiBinary(4),
    "multi-binary of rows": spaces.MultiBinary([2, 3]),
    "tuple": spaces.Tuple((spaces.Discrete(3), spaces.Tuple((spaces.MultiBinary(2), spaces.Box(0, 1, (2,)))))),
    "2nd": spaces.Discrete(3),
    "a.b": spaces.Dict({"größe": spaces.Discrete(2), "c d": spaces.Dict({"7": spaces.Box(0, 1, (1,))})}),
    "視点/θ": spaces.Box(0, 1, (1,)),
    "one of": spaces.OneOf((spaces.Discrete(4, start=3), spaces.Dict({"x": spaces.Box(1, 2, (2,)), "y": spaces.MultiBinary(2)}))),
}
REFUSED = (
    spaces.Text(5),
    spaces.Sequence(spaces.Discrete(3)),
    spaces.Graph(spaces.Box(0, 1, (2,)), None),
)
ACTED: tuple[gymnasium.Space[Any], ...] = (
    spaces.Discrete(3),
    spaces.Discrete(4, start=-2),
    spaces.MultiDiscrete([3, 4], start=[1, -2]),
    spaces.MultiDiscrete(np.array([[3, 4], [2, 2]])),
    spaces.MultiBinary(3),
    spaces.MultiBinary([2, 2]),
    spaces.Box(-1, 1, (2,), np.float32),
    spaces.Box(np.array([0.1, -INF]), np.array([0.3, INF]), dtype=np.float64),
    spaces.Box(-1, 1, (), np.float32),
    spaces.Box(-1, 1, (2, 2), np.float16),
    spaces.Box(-3, 3, (2,), np.int8),
    spaces.Box(0, 255, (2,), np.uint8),
    spaces.OneOf((spaces.Discrete(3), spaces.Discrete(2, start=5))),
    spaces.OneOf((spaces.MultiDiscrete([3, 4], start=[1, -2]), spaces.Discrete(2), spaces.MultiBinary([2, 2]))),
)


class Sampling(gymnasium.Env[Any, Any]):
    """Shows samples of its space, and takes nothing but what its action space contains."""

    def __init__(self, observed: Any, acted: Any = spaces.Discrete(2)) -> None:
        # Each draws from its own.
        self.observation_space, self.action_space = copy.deepcopy(observed), acted

    def reset(self, *, seed: int | None = None, options: Any = None) -> Any:
        self.observation_space.seed(seed)
        return self.observation_space.sample(), {}

    def step(self, action: Any) -> Any:
        assert self.action_space.contains(action), f"{action!r} is not in {self.action_space}"
        return self.observation_space.sample(), 0.0, False, False, {}


def flat(space: Any, value: Any, name: str = "") -> dict[str, Any]:
    """Observations by the names that hosting gives them."""
    if isinstance(space, spaces.OneOf):
        place, held = value
        found = {f"{name}.choice": np.eye(len(space.spaces))[place]}
        for i, one in enumerate(space.spaces):
            inside = flat(one, held if i == place else copy.deepcopy(one).sample(), f"{name}.{i}")
            found |= inside if i == place else {key: np.zeros_like(zero) for key, zero in inside.items()}
        return found
    inner = space.spaces.items() if isinstance(space, spaces.Dict) else enumerate(space.spaces) if isinstance(space, spaces.Tuple) else None
    if inner is None:
        return {name: value}
    return {found: one for key, each in inner for found, one in flat(each, value[key], f"{name}.{key}" if name else str(key)).items()}


class Observations(Served):
    def test_samples_of_every_space_arrive_as_they_are(self) -> None:
        space = spaces.Dict(OBSERVED)
        with contextlib.redirect_stderr(io.StringIO()) as said:
            environment = self.serve(lambda: Sampling(space), **PLAIN)
        self.assertEqual(said.getvalue().count("float64 travels as float32 (observation 'float64', 'half bounded')"), 1)
        self.assertEqual(len(said.getvalue().splitlines()), 1)
        twin = spaces.Dict(OBSERVED)
        with environment.vector(1, "same-level") as vector:
            seen = [vector.reset([GymLevel(5).encode()]), *(vector.step([0]).observations for _ in range(20))]
        twin.seed(5)
        for observation in seen:
            expected = flat(twin, twin.sample())
            self.assertEqual(set(observation), set(expected))
            for name, value in expected.items():
                np.testing.assert_array_equal(observation[name][0], np.asarray(value).astype(observation[name].dtype), name)

    def test_others_are_refused_by_name(self) -> None:
        for space in REFUSED:
            for whole in (space, spaces.Dict({"a": spaces.Tuple((spaces.Discrete(2), space))})):
                with self.assertRaises(agon.AgonError) as raised:
                    self.serve(lambda: Sampling(whole), **PLAIN)
                self.assertEqual(raised.exception.code, "environment/space")
                self.assertIn(f"is a {type(space).__name__}", raised.exception.message)

    def test_the_numbers_that_gymnasiums_own_environments_show_fit(self) -> None:
        for id in ("Blackjack-v1", "FrozenLake-v1", "CliffWalking-v1", "Acrobot-v1", "MountainCarContinuous-v0", "Pendulum-v1"):
            with self.subTest(id), contextlib.redirect_stderr(io.StringIO()):
                environment = self.serve(lambda: gymnasium.make(id), id=id, **PLAIN)
                space = environment.spec.action_space
                with environment.vector(2, "same-level") as vector:
                    vector.reset([GymLevel(1).encode(), GymLevel(2).encode()])
                    for _ in range(30):
                        vector.step(space.clip(np.zeros((2, *space.shape), space.dtype)))

    def test_vectors_give_members_as_single_environments_do(self) -> None:
        space = OBSERVED["one of"]
        single = self.serve(lambda: Sampling(space), **PLAIN)
        made = [lambda: Sampling(space)]
        vectors: dict[str, Any] = {
            "sync": lambda n: gymnasium.vector.SyncVectorEnv(made * n, autoreset_mode="Disabled"),
            "async": lambda n: gymnasium.vector.AsyncVectorEnv(made * n, autoreset_mode="Disabled", shared_memory=False),
        }
        levels = [GymLevel(seed).encode() for seed in range(3)]
        for name, make in vectors.items():
            many = self.serve(make, **PLAIN)
            with self.subTest(name), single.vector(3, "same-level") as one, many.vector(3, "same-level") as other:
                found = [[vector.reset(levels), *(vector.step([0] * 3).observations for _ in range(5))] for vector in (one, other)]
                np.testing.assert_equal(found[0], found[1])

    def test_vectors_whose_shared_memory_shows_no_new_member_are_refused(self) -> None:
        kind = gymnasium.vector.AsyncVectorEnv
        with self.assertRaises(agon.AgonError) as raised:
            self.serve(lambda n: kind([lambda: Sampling(OBSERVED["one of"])] * n, autoreset_mode="Disabled"), **PLAIN)
        self.assertEqual(raised.exception.code, "environment/vector")
        self.assertIn("shared_memory=False", raised.exception.remedy)


class Actions(Served):
    def test_every_choice_is_one_of_the_space(self) -> None:
        random = np.random.default_rng(0)
        for space in ACTED:
            environment = self.serve(lambda: Sampling(spaces.Box(0, 1, (1,)), space), **PLAIN)
            acted = environment.spec.action_space
            with self.subTest(str(space)), environment.vector(2, "same-level") as vector:
                vector.reset([GymLevel(1).encode(), GymLevel(2).encode()])
                for draw in (np.zeros(acted.width), np.full(acted.width, 1 - 1e-9), *random.random((20, acted.width))):
                    if acted.kind == "box":
                        low, high = np.maximum(acted.low, -100), np.minimum(acted.high, 100)
                        row = acted.clip(low + draw * (high - low))
                    else:
                        row = np.floor(draw * acted.counts).astype(np.int32).reshape(acted.shape)
                    vector.step(np.stack([row, row]))

    def test_others_are_refused_by_name(self) -> None:
        mixed = spaces.OneOf((spaces.Discrete(2), spaces.Box(0, 1, (2,))))
        for space in (*REFUSED, mixed, spaces.Dict({"a": spaces.Discrete(2)}), spaces.Tuple((spaces.Discrete(2),))):
            with self.assertRaises(agon.AgonError) as raised:
                self.serve(lambda: Sampling(spaces.Box(0, 1, (1,)), space), **PLAIN)
            self.assertEqual(raised.exception.code, "environment/space")
            self.assertIn(f"its actions are a {type(space).__name__}", raised.exception.message)


class Masks(Served):
    def test_taxis_mask_is_noticed_and_says_what_changes_the_state(self) -> None:
        environment = self.serve(lambda: gymnasium.make("Taxi-v4"), id="taxi", **PLAIN)
        self.assertEqual(environment.spec.observations["mask"].shape, (6,))
        local = gymnasium.make("Taxi-v4")
        with environment.vector(1, "none") as vector:
            seen = vector.reset([GymLevel(3).encode()])
            _, info = local.reset(seed=3)
            for _ in range(20):
                np.testing.assert_array_equal(seen["mask"][0], info["action_mask"])
                action = int(np.flatnonzero(info["action_mask"])[-1])
                step = vector.step([action])
                seen, (_, _, _, _, info) = step.observations, local.step(action)

    def test_vectors_are_masked_by_their_infos_like_single_environments(self) -> None:
        single = self.serve(lambda: gymnasium.make("Taxi-v4"), id="taxi", **PLAIN)
        many = self.serve(lambda n: gymnasium.make_vec("Taxi-v4", n, vectorization_mode="sync"), id="taxis", **PLAIN)
        levels = [GymLevel(seed).encode() for seed in range(3)]
        with single.vector(3, "same-level") as one, many.vector(3, "same-level") as other:
            np.testing.assert_array_equal(one.reset(levels)["mask"], other.reset(levels)["mask"])
            for action in (0, 1, 2, 3) * 60:
                a, b = (vector.step([action] * 3).observations["mask"] for vector in (one, other))
                np.testing.assert_array_equal(a, b)

    def test_the_mask_of_an_observation_is_the_one_of_pettingzoos_classic_games(self) -> None:
        space = spaces.Dict({"observation": spaces.Box(0, 1, (3, 3, 2), np.int8), "action_mask": spaces.Box(0, 1, (9,), np.int8)})
        layout = ObservationLayout.of_space(space, 9)
        self.assertEqual({name: leaf.shape for name, leaf in layout.leaves.items()}, {"observation": (3, 3, 2), "mask": (9,)})

    def test_agents_of_a_parallel_environment_are_masked_by_their_infos(self) -> None:
        from pettingzoo import ParallelEnv

        class Turns(ParallelEnv[str, Any, Any]):
            """Each may do what the step's number says; 'b' leaves after two steps."""

            metadata: dict[str, Any] = {"name": "turns"}
            possible_agents = ["a", "b"]

            def observation_space(self, agent: str) -> Any:
                return spaces.Discrete(9)

            def action_space(self, agent: str) -> Any:
                return spaces.Discrete(3)

            def reset(self, seed: int | None = None, options: Any = None) -> Any:
                self.agents, self.steps = ["a", "b"], 0
                return {name: 0 for name in self.agents}, self._infos()

            def step(self, actions: Any) -> Any:
                assert set(actions) == set(self.agents)
                self.steps += 1
                here, over = self.agents, {name: self.steps == (4 if name == "a" else 2) for name in self.agents}
                self.agents = [name for name in here if not over[name]]
                cut = {name: False for name in here}
                return {name: self.steps for name in here}, {name: 0.0 for name in here}, over, cut, self._infos()

            def _infos(self) -> Any:
                mask = np.eye(3, dtype=np.int8)[self.steps % 3]
                return {name: {"action_mask": mask if name == "a" else 1 - mask} for name in self.agents}

        environment = self.serve(Turns, id="turns", **PLAIN)
        with environment.vector(1, "none") as vector:
            seen = [vector.reset([GymLevel(1).encode()])["mask"].tolist()]
            seen += [vector.step([0, 0]).observations["mask"].tolist() for _ in range(4)]
        self.assertEqual(seen, [[[1, 0, 0], [0, 1, 1]], [[0, 1, 0], [1, 0, 1]], [[0, 0, 1], [1, 1, 1]], [[1, 0, 0], [1, 1, 1]], [[1, 1, 1], [1, 1, 1]]])

    def test_agents_that_take_turns_are_refused_with_the_remedy(self) -> None:
        from pettingzoo.classic import tictactoe_v3

        with self.assertRaises(agon.AgonError) as raised:
            self.serve(tictactoe_v3.env, **PLAIN)
        self.assertEqual(raised.exception.code, "environment/factory")
