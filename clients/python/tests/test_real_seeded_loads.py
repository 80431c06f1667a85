"""Seeded resets of Atari games: what a load of the cartridge gives, without loading it."""

from __future__ import annotations

import tempfile
import unittest
from pathlib import Path
from typing import Any
from unittest import mock

import ale_py
import gymnasium
import numpy as np

import agon_client as agon
from agon_client.hosting.seeded_loads import SeededLoads

gymnasium.register_envs(ale_py)

GAMES: dict[str, dict[str, Any]] = {
    "Pong": {},
    # With a mode and a difficulty of its own.
    "Breakout": {"mode": 4, "difficulty": 1},
    # With frames skipped by the other generator of the seed.
    "Seaquest": {"frameskip": (2, 5)},
    "MontezumaRevenge": {"obs_type": "ram"},
}


def state(env: Any) -> bytes:
    whole: bytes = env.unwrapped.ale.cloneState(include_rng=True).serialize()
    return whole


def loads_of(env: Any) -> mock.Mock:
    """Counts the loads of a cartridge that an environment does from here on."""
    quick = env.unwrapped.load_game
    quick._load = counted = mock.Mock(side_effect=quick._load)
    return counted


class SeededResets(unittest.TestCase):
    def test_play_as_after_a_load_whatever_was_played_before(self) -> None:
        random = np.random.default_rng(0)
        for name, options in GAMES.items():
            with self.subTest(game=name):
                def make() -> Any:
                    return gymnasium.make(f"ALE/{name}-v5", **options)

                quick, plain = SeededLoads().of(make)(), make()
                loads = loads_of(quick)
                for _ in range(4):
                    seed = int(random.integers(2**31))
                    self._same(quick.reset(seed=seed), plain.reset(seed=seed))
                    for _ in range(60):
                        action = int(random.integers(plain.action_space.n))
                        self._same(quick.step(action), plain.step(action))
                    self.assertEqual(state(quick), state(plain))
                self.assertEqual(loads.call_count, 1)

    def test_others_of_the_same_make_load_no_more(self) -> None:
        make = SeededLoads().of(lambda: gymnasium.make("ALE/Pong-v5"))
        first = make()
        first.reset(seed=1)
        second = make()
        loads = loads_of(second)
        seen, _ = second.reset(seed=7)
        self.assertEqual(loads.call_count, 0)
        self.assertTrue((seen == gymnasium.make("ALE/Pong-v5").reset(seed=7)[0]).all())

    def test_a_copy_that_is_not_what_a_load_gives_is_never_used(self) -> None:
        env = SeededLoads().of(lambda: gymnasium.make("ALE/Pong-v5"))()
        quick = env.unwrapped.load_game
        quick._copy = quick._copy._replace(after=b"another game")
        loads = loads_of(env)
        env.reset(seed=1)
        self.assertFalse(quick._known)
        env.reset(seed=2)
        self.assertTrue(quick._known)
        env.reset(seed=3)
        self.assertEqual(loads.call_count, 2)

    def test_an_emulator_without_such_copies_loads(self) -> None:
        plain = gymnasium.make("ALE/Pong-v5")
        with mock.patch("agon_client.hosting.seeded_loads._generator", return_value=b"another generator"):
            env = SeededLoads().of(lambda: gymnasium.make("ALE/Pong-v5"))()
            loads = loads_of(env)
            for seed in range(3):
                self._same(env.reset(seed=seed), plain.reset(seed=seed))
        self.assertEqual(loads.call_count, 3)

    def test_a_vector_of_games_too(self) -> None:
        def make(slots: int) -> Any:
            disabled = gymnasium.vector.AutoresetMode.DISABLED
            return gymnasium.vector.SyncVectorEnv([lambda: gymnasium.make("ALE/Pong-v5")] * slots, autoreset_mode=disabled)

        quick, plain = SeededLoads().of(make)(2), make(2)
        for seeds in ([1, 2], [3, 4]):
            self.assertTrue((quick.reset(seed=seeds)[0] == plain.reset(seed=seeds)[0]).all())
        self.assertTrue(all(env.unwrapped.load_game._known for env in quick.envs))

    def test_a_hosted_game_has_them(self) -> None:
        made: list[Any] = []

        def make() -> Any:
            made.append(gymnasium.make("ALE/Pong-v5", frameskip=1))
            return made[-1]

        with tempfile.TemporaryDirectory() as folder:
            rendezvous = Path(folder) / "env.json"
            with agon.serve_environment(make, id="pong", rendezvous=rendezvous, pixels=agon.Pixels.atari()):
                env = agon.Environment.connect(rendezvous)
                with env.vector(1) as vector:
                    levels = [agon.GymLevel(seed).encode() for seed in (5, 6, 7)]
                    seen = [vector.reset([level])["observation"] for level in levels]
                env.close()
            self.assertTrue(made[0].unwrapped.load_game._known)
            plain = agon.Pixels.atari().wrap(gymnasium.make("ALE/Pong-v5", frameskip=1))
            for seed, given in zip((5, 6, 7), seen, strict=True):
                self.assertTrue((given[0] == plain.reset(seed=seed)[0]).all())

    def _same(self, mine: Any, theirs: Any) -> None:
        self.assertTrue((mine[0] == theirs[0]).all())
        self.assertEqual(mine[1:], theirs[1:])


if __name__ == "__main__":
    unittest.main()
