"""Pixels of real games: Gymnasium's own wrappers, and what they make of them."""

from __future__ import annotations

import contextlib
import io
import sys
import tempfile
import unittest
from pathlib import Path
from typing import Any
from unittest import mock

import ale_py
import gymnasium
import numpy as np

import agon_client as agon

gymnasium.register_envs(ale_py)


def pong(**options: Any) -> Any:
    return gymnasium.make("ALE/Pong-v5", **{"frameskip": 1, "obs_type": "grayscale", **options})


class Colours(gymnasium.Env):
    """A black image whose first pixel counts the steps."""

    action_space = gymnasium.spaces.Discrete(2)

    def __init__(self, *shape: int) -> None:
        self.observation_space = gymnasium.spaces.Box(0, 255, shape, np.uint8)
        self.at = 0

    def reset(self, *, seed: int | None = None, options: Any = None) -> Any:
        super().reset(seed=seed)
        self.at = 0
        return self._image(), {}

    def step(self, action: int) -> Any:
        self.at += 1
        return self._image(), -3.0, self.at == 8, False, {}

    def _image(self) -> Any:
        image = np.zeros(self.observation_space.shape, np.uint8)
        image.flat[0] = self.at
        return image


class Games(unittest.TestCase):
    def test_four_grey_frames_of_a_game(self) -> None:
        env = agon.Pixels.atari().wrap(pong())
        self.assertEqual((env.observation_space.shape, env.observation_space.dtype), ((84, 84, 4), np.uint8))
        first, _ = env.reset(seed=3)
        self.assertTrue(all((first[..., frame] == first[..., 0]).all() for frame in range(4)))
        after, reward, *_ = env.step(2)
        self.assertTrue((after[..., :3] == first[..., 1:]).all())
        again, _ = env.reset(seed=3)
        self.assertTrue((again == first).all())
        env.close()

    def test_as_gymnasium_stacks_them_but_for_the_axes(self) -> None:
        plain = gymnasium.wrappers.AtariPreprocessing(pong(), noop_max=0, screen_size=(40, 60))
        stacked = gymnasium.wrappers.FrameStackObservation(plain, 3)
        ours = agon.Pixels(grey=True, skip=4, resize=(60, 40), stack=3).wrap(pong())
        theirs, _ = stacked.reset(seed=1)
        mine, _ = ours.reset(seed=1)
        for action in (0, 2, 2, 3):
            self.assertEqual(mine.shape, (60, 40, 3))
            self.assertTrue((np.moveaxis(theirs, 0, -1) == mine).all())
            theirs, mine = stacked.step(action)[0], ours.step(action)[0]

    def test_a_lost_life_and_the_sign_of_rewards(self) -> None:
        breakout = gymnasium.make("ALE/Breakout-v5", frameskip=1, obs_type="grayscale")
        env = agon.Pixels.atari(life_loss=True, no_ops=0).wrap(breakout)
        env.reset(seed=0)
        ended, steps = False, 0
        while not ended and steps < 500:
            _, _, ended, _, info = env.step(1)
            steps += 1
        self.assertEqual((ended, info["lives"]), (True, 4))
        signs = agon.Pixels(clip_rewards=True).wrap(Colours(6, 5, 3))
        signs.reset()
        self.assertEqual(signs.step(0)[1], -1.0)

    def test_a_game_that_waits_for_a_shot_begins_with_one(self) -> None:
        def moves(game: str, **options: Any) -> bool:
            """Whether anything moves while nothing is done."""
            bare = gymnasium.make(f"ALE/{game}-v5", frameskip=1, obs_type="grayscale", repeat_action_probability=0.0)
            env = agon.Pixels.atari(no_ops=0, **options).wrap(bare)
            seen = [env.reset(seed=1)[0], *(env.step(0)[0] for _ in range(12))]
            again = env.reset(seed=1)[0]
            self.assertTrue((again == seen[0]).all())
            self.assertTrue(all((seen[0][..., frame] == seen[0][..., 0]).all() for frame in range(4)))
            env.close()
            return any((one != seen[0]).any() for one in seen[6:])

        self.assertEqual((moves("Breakout"), moves("Breakout", fire_on_reset=True)), (False, True))
        # It has no such action.
        self.assertEqual(gymnasium.make("ALE/Freeway-v5").unwrapped.get_action_meanings().count("FIRE"), 0)
        self.assertTrue(moves("Freeway", fire_on_reset=True))
        env = agon.Pixels.atari(life_loss=True, fire_on_reset=True).wrap(gymnasium.make("ALE/Breakout-v5", frameskip=1))
        env.reset(seed=0)
        for _ in range(2):
            ended = False
            while not ended:
                _, _, ended, _, info = env.step(0)
            # Nobody shot, and the ball was lost all the same.
            self.assertEqual(info["lives"], 4)
            env.reset()

    def test_images_that_are_no_game(self) -> None:
        for pixels, shape, expected in (
            (agon.Pixels(grey=True, resize=(8, 6), stack=4, skip=2), (16, 12, 3), (8, 6, 4)),
            (agon.Pixels(stack=2), (6, 5, 3), (6, 5, 6)),
            (agon.Pixels(), (6, 5), (6, 5, 1)),
            (agon.Pixels(channels="first"), (3, 6, 5), (6, 5, 3)),
            (agon.Pixels(channels="first", stack=2), (3, 6, 5), (6, 5, 6)),
        ):
            with self.subTest(shape=shape, pixels=pixels):
                env = pixels.wrap(Colours(*shape))
                self.assertEqual((env.observation_space.shape, env.reset()[0].shape), (expected, expected))
        turned = agon.Pixels(stack=2).wrap(Colours(6, 5))
        turned.reset()
        self.assertEqual(list(turned.step(0)[0][0, 0]), [0, 1])

    def test_refusals_have_a_remedy(self) -> None:
        for pixels, env, words in (
            (agon.Pixels(skip=4), pong(frameskip=4), "frameskip=1"),
            (agon.Pixels(no_ops=30), Colours(6, 5, 3), "of Atari games"),
            (agon.Pixels(fire_on_reset=True), Colours(6, 5, 3), "of Atari games"),
            (agon.Pixels(), gymnasium.make("CartPole-v1"), "no image of bytes"),
        ):
            with self.assertRaisesRegex(agon.AgonError, words) as refused:
                pixels.wrap(env)
            self.assertEqual(refused.exception.code, "environment/pixels")
        for make, words in ((None, "there is no environment"), (lambda n: Colours(6, 5, 3), "give `make\\(\\)`")):
            with self.assertRaisesRegex(agon.AgonError, words):
                agon.serve_environment(make, id="colours", pixels=agon.Pixels(stack=2))
        with self.assertRaisesRegex(agon.AgonError, "stack"):
            agon.Pixels(stack=0)
        with mock.patch.dict(sys.modules, {"cv2": None}), self.assertRaisesRegex(agon.AgonError, "pip install opencv") as missing:
            agon.Pixels(resize=(8, 8)).wrap(Colours(6, 5, 3))
        self.assertEqual(missing.exception.code, "environment/package")

    def test_hosting_tells_of_the_longest_axis_until_something_is_said(self) -> None:
        def said(pixels: agon.Pixels | None, *shape: int) -> str:
            told = io.StringIO()
            with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stderr(told):
                with agon.serve_environment(
                    lambda: Colours(*shape), id="colours", pixels=pixels, rendezvous=Path(folder) / "env.json"
                ):
                    pass
            return told.getvalue()

        self.assertIn("note: the longest axis of the observation 'observation' of 4 × 84 × 84 is the last", said(None, 4, 84, 84))
        for pixels, shape in ((agon.Pixels(channels="first"), (4, 84, 84)), (None, (84, 84, 4)), (None, (8, 8, 111))):
            self.assertEqual(said(pixels, *shape), "")


if __name__ == "__main__":
    unittest.main()
