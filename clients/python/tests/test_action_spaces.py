"""Every kind of action space, over a real connection: what the environment gets, refusals, masks."""

from __future__ import annotations

import contextlib
import io
import tempfile
import unittest
from pathlib import Path
from typing import Any

import numpy as np

import agon_client as agon
from agon_client.hosting import GymLevel
from agon_client.hosting.acting import action_layout
from agon_client.stand_ins import Box, Dict, Discrete, MultiBinary, MultiDiscrete


class Echo:
    """Shows the action that it got, as numbers; masks say that only choice 1 of each component is allowed."""

    metadata: dict[str, Any] = {}

    def __init__(self, space: Any, width: int, masks: str = "") -> None:
        self.action_space = space
        self._width, self._masks = width, masks
        choices = action_layout(space).space.choices
        seen = Box(-100, 100, (width,))
        self.observation_space: Any = Dict({"got": seen, "action_mask": Box(0, 1, (choices,), np.int8)}) if masks == "space" else seen
        self._mask = np.zeros(choices, np.int8)
        counts = action_layout(space).space.counts
        for i in range(len(counts)):
            self._mask[sum(counts[:i]) + 1] = 1

    @property
    def unwrapped(self) -> Echo:
        return self

    def reset(self, *, seed: int | None = None, options: Any = None) -> Any:
        return self._look(np.zeros(self._width)), self._info()

    def step(self, action: Any) -> Any:
        assert isinstance(action, int) or action.dtype == self.action_space.dtype, action
        assert np.shape(action) == tuple(self.action_space.shape), action
        return self._look(np.ravel(action)), 0.0, False, False, self._info()

    def close(self) -> None: ...

    def _look(self, got: Any) -> Any:
        seen = np.asarray(got, np.float32)
        return {"got": seen, "action_mask": self._mask} if self._masks == "space" else seen

    def _info(self) -> dict[str, Any]:
        return {"action_mask": self._mask} if self._masks == "info" else {}


class ActionSpaces(unittest.TestCase):
    def serve(self, space: Any, width: int, masks: str = "", **options: Any) -> agon.Environment:
        folder = Path(tempfile.mkdtemp())
        server = agon.serve_environment(lambda: Echo(space, width, masks), id="echo", rendezvous=folder / "env.json", **options)
        self.addCleanup(server.close)
        environment = agon.Environment.connect(folder / "env.json")
        self.addCleanup(environment.close)
        return environment

    def got(self, environment: agon.Environment, actions: Any) -> Any:
        with environment.vector(len(actions), "none") as vector:
            vector.reset([GymLevel(0).encode()] * len(actions))
            return vector.step(np.array(actions)).observations["observation"].tolist()

    def refused(self, environment: agon.Environment, actions: Any) -> str:
        with self.assertRaises(agon.AgonError) as raised:
            self.got(environment, actions)
        self.assertEqual(raised.exception.code, "environment/actions")
        return raised.exception.message

    def test_a_one_of_is_a_choice_and_those_of_every_member(self) -> None:
        space = type("OneOf", (), {"spaces": (Discrete(3, start=-1), MultiDiscrete([2, 4]), MultiBinary(2))})()
        layout = action_layout(space)
        self.assertEqual(layout.space.counts, (3, 3, 2, 4, 2, 2))
        rows = np.array([[0, 2, 1, 1, 1, 1], [1, 0, 1, 3, 0, 0], [2, 0, 0, 0, 1, 0]], np.int32)
        given = layout.values(rows)
        self.assertEqual([(type(place), place) for place, _ in given], [(int, 0), (int, 1), (int, 2)])
        self.assertEqual(given[0][1], 1)
        np.testing.assert_array_equal(given[1][1], [1, 3])
        self.assertEqual((given[2][1].dtype, given[2][1].tolist()), (np.int8, [1, 0]))
        self.assertEqual(layout.plain(rows), [(0, 1), (1, [1, 3]), (2, [1, 0])])
        again = [eval(layout.again, {"np": np, "action": one}) for one in layout.plain(rows)]
        for one, other in zip(again, given, strict=True):
            np.testing.assert_array_equal(one[1], other[1])
        together = eval(layout.again_together(rows), {"np": np})
        self.assertEqual([place for place, _ in together], [0, 1, 2])

    def test_a_one_of_with_real_numbers_is_refused_with_its_member(self) -> None:
        box, one_of = Box(0, 1, (2,)), type("OneOf", (), {})
        for members, found in (((Discrete(2), box), "member 1 is a Box"), ((), "a OneOf of nothing")):
            space = one_of()
            space.spaces = members
            with self.assertRaises(agon.AgonError) as raised:
                action_layout(space)
            self.assertEqual(raised.exception.code, "environment/space")
            self.assertIn(found, raised.exception.message)

    def test_one_choice_counted_from_its_start(self) -> None:
        environment = self.serve(Discrete(3, start=-1), 1)
        self.assertEqual((environment.spec.actions, environment.spec.action_space.shape), (3, ()))
        self.assertEqual(self.got(environment, [0, 2]), [[-1], [1]])

    def test_several_choices(self) -> None:
        environment = self.serve(MultiDiscrete([3, 2], start=[5, 0]), 2, action_names=["gear", "horn"])
        space = environment.spec.action_space
        self.assertEqual((environment.spec.actions, space.counts, space.choices), (0, (3, 2), 5))
        self.assertEqual(list(environment.spec.action_names), ["gear", "horn"])
        self.assertEqual(self.got(environment, [[0, 1], [2, 0]]), [[5, 1], [7, 0]])
        self.assertIn("that of row 1", self.refused(environment, [[0, 1], [2, 2]]))
        self.assertIn("shape (2,)", self.refused(environment, [0, 1]))

    def test_switches(self) -> None:
        environment = self.serve(MultiBinary(3), 3)
        self.assertEqual(environment.spec.action_space.counts, (2, 2, 2))
        self.assertEqual(self.got(environment, [[0, 1, 1]]), [[0, 1, 1]])

    def test_real_numbers_within_their_bounds(self) -> None:
        for dtype in (np.float32, np.float64):
            environment = self.serve(Box(np.array([-1, -np.inf]), np.array([0.1, 5]), (2,), dtype), 2)
            space = environment.spec.action_space
            self.assertEqual((space.kind, space.low[1], environment.spec.actions), ("box", -np.inf, 0))
            self.assertEqual(self.got(environment, [[-0.5, -90]]), [[-0.5, -90]])
            # The bound itself, which single precision puts just above 0.1.
            self.assertEqual(self.got(environment, space.clip([[7, 7]])), [[np.float32(0.1), 5]])
            self.assertIn("clip", self.refusal_remedy(environment, [[7, 7]]))
            self.assertIn("nan", self.refused(environment, [[np.nan, 0]]))

    def refusal_remedy(self, environment: agon.Environment, actions: Any) -> str:
        with self.assertRaises(agon.AgonError) as raised:
            self.got(environment, actions)
        return raised.exception.remedy

    def test_whole_numbers_of_a_box_are_choices(self) -> None:
        environment = self.serve(Box(-2, 2, (2,), np.int8), 2)
        self.assertEqual(environment.spec.action_space.counts, (5, 5))
        self.assertEqual(self.got(environment, [[0, 4]]), [[-2, 2]])
        with self.assertRaises(agon.AgonError) as raised:
            self.serve(Box(-(2**30), 2**30, (1,), np.int32), 1)
        self.assertEqual(raised.exception.code, "environment/space")

    def test_masks_of_the_space_and_of_the_info_are_the_observation_mask(self) -> None:
        for masks, options in (("space", {}), ("info", {"info_mask": True}), ("info", {})):
            environment = self.serve(MultiDiscrete([3, 2]), 2, masks, **options)
            mask = environment.spec.observations["mask"]
            self.assertEqual((mask.dtype, mask.shape, mask.low, mask.high), (np.float32, (5,), 0, 1))
            self.assertNotIn("action_mask", environment.spec.observations)
            with environment.vector(1, "none") as vector:
                first = vector.reset([GymLevel(0).encode()])
                step = vector.step(np.array([[1, 1]]))
            for seen in (first, step.observations):
                self.assertEqual(seen["mask"].tolist(), [[0, 1, 0, 0, 1]])

    def test_a_mask_is_left_aside_where_that_is_said_or_where_it_is_none(self) -> None:
        environment = self.serve(MultiDiscrete([3, 2]), 2, "info", info_mask=False)
        self.assertNotIn("mask", environment.spec.observations)

        class Joint(Echo):
            """A number for each pair of choices is no mask of the choices."""

            def _info(self) -> dict[str, Any]:
                return {"action_mask": np.ones((3, 2), np.int8)}

        with contextlib.redirect_stderr(io.StringIO()) as said:
            with agon.serve_environment(lambda: Joint(MultiDiscrete([3, 2]), 2), id="joint"):
                pass
        self.assertIn("environment 'joint': `info[\"action_mask\"]` is left aside: observation 'mask' is int8 (3, 2)", said.getvalue())

    def test_a_mask_may_be_missing_at_the_end_of_an_episode_and_is_part_of_a_saved_state(self) -> None:
        class Ending(Echo):
            """Allows one choice in turn; its last step says nothing of the next."""

            steps = 0

            def reset(self, **_: Any) -> Any:
                self.steps = 0
                return super().reset()

            def step(self, action: Any) -> Any:
                self.steps += 1
                seen, _, _, _, info = super().step(action)
                return (seen, 0.0, True, False, {}) if self.steps == 3 else (seen, 0.0, False, False, info)

            def save(self) -> bytes:
                return bytes([self.steps])

            def load(self, state: bytes) -> Any:
                (self.steps,) = state
                return self._look(np.zeros(1))

            def _info(self) -> dict[str, Any]:
                return {"action_mask": np.eye(3, dtype=np.int8)[self.steps % 3]}

        folder = Path(tempfile.mkdtemp())
        server = agon.serve_environment(lambda: Ending(Discrete(3), 1), id="ending", rendezvous=folder / "env.json")
        self.addCleanup(server.close)
        environment = agon.Environment.connect(folder / "env.json")
        self.addCleanup(environment.close)
        with environment.vector(2, "none") as vector:
            vector.reset([GymLevel(0).encode(), GymLevel(1).encode()])
            vector.step([1, 1])
            saved = vector.save(0)
            masks = [vector.step([1, 1]).observations["mask"].tolist() for _ in range(2)]
            self.assertEqual(masks, [[[0, 0, 1]] * 2, [[1, 1, 1]] * 2])
            self.assertEqual(vector.load(1, saved)["mask"].tolist(), [[0, 1, 0]])

    def test_a_mask_that_is_promised_and_missing_is_the_fault_of_the_environment(self) -> None:
        environment = self.serve(MultiDiscrete([3, 2]), 2, info_mask=True)
        with self.assertRaises(agon.AgonError) as raised:
            self.got(environment, [[0, 0]])
        self.assertEqual(raised.exception.code, "environment/observation")
        with self.assertRaises(agon.AgonError) as raised:
            self.serve(Box(0, 1, (1,)), 1, info_mask=True)
        self.assertEqual(raised.exception.code, "environment/space")

    def test_the_likeliest_action_follows_from_the_parameters_of_a_policy(self) -> None:
        logits = np.array([[0, 2, 1, 0, 1], [3, 0, 0, 1, 0]], np.float32)
        several = agon.ActionSpace("multi-discrete", (3, 2))
        self.assertEqual(several.likeliest(logits).tolist(), [[1, 1], [0, 0]])
        self.assertEqual(agon.ActionSpace("discrete", (5,)).likeliest(logits).tolist(), [1, 0])
        box = agon.ActionSpace("box", low=(-1.0, 0.0), high=(1.0, 1.0))
        self.assertEqual(box.clip(box.likeliest(logits[:, :4])).tolist(), [[0, 1], [1, 0]])

    def test_sealed_episodes_are_played_with_numbers_for_each_component(self) -> None:
        environment = self.serve(Box(-1, 1, (2,)), 2, step_limit=3)
        shapes = []

        def act(seen: Any, uniform: Any) -> Any:
            shapes.append(uniform.shape)
            return 4 * uniform

        sealed = agon.SealedEpisode("a", GymLevel(0).encode(), 7)
        results = agon.play_sealed(environment, [sealed, sealed], act)
        self.assertEqual((shapes, [one.length for one in results]), ([(2, 2)] * 3, [3, 3]))


if __name__ == "__main__":
    unittest.main()
