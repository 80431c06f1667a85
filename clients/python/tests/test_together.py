"""Rows that are written as one are those that are written one by one, whatever environments give."""

from __future__ import annotations

import itertools
from typing import Any
from unittest import mock

import numpy as np

import agon_client as agon
from agon_client.hosting import single
from agon_client.hosting.gym_level import GymLevel
from agon_client.stand_ins import Box, Discrete
from agon_client.stand_ins.spaces import Dict

from tests.test_hosting import Served


def shown_as(kind: str, seen: np.ndarray[Any, Any]) -> Any:
    return {"float32": seen.astype(np.float32), "float64": seen, "list": seen.tolist(), "wide": np.zeros(9)[::3][:2] + seen}[kind]


class Varied:
    """Gives its numbers as this `kind` says; an episode ends by its own rules, by its flag or by the limit of steps."""

    metadata: dict[str, Any] = {}
    action_space = Discrete(3)
    observation_space = Dict({"at": Box(-9, 9, (2,)), "count": Discrete(9)})

    def __init__(self, kind: str, real: Any, flag: Any) -> None:
        self.kind, self.real, self.flag = kind, real, flag

    @property
    def unwrapped(self) -> Varied:
        return self

    def reset(self, *, seed: int | None = None, options: Any = None) -> Any:
        self.random, self.steps = np.random.default_rng(seed), 0
        return self.look(), {}

    def step(self, action: int) -> Any:
        self.steps += 1
        over, cut = self.random.random(2) < 0.1
        return self.look(), self.real(action - 1), self.flag(over), self.flag(cut), {}

    def look(self) -> Any:
        return {"at": shown_as(self.kind, self.random.uniform(-1, 1, 2)), "count": self.steps % 9}

    def close(self) -> None: ...


class Masked(Varied):
    """Says in its infos what may be done, as `mask` has it: the same of every step, or of none that ends an episode."""

    def __init__(self, mask: str) -> None:
        super().__init__("float32", float, bool)
        self.mask = mask

    def reset(self, *, seed: int | None = None, options: Any = None) -> Any:
        return super().reset(seed=seed, options=options)[0], {"action_mask": self.allowed()}

    def step(self, action: int) -> Any:
        seen, reward, over, cut, _ = super().step(action)
        ended = (over or cut) and self.mask == "none at an end"
        return seen, reward, over, cut, {} if ended else {"action_mask": self.allowed()}

    def allowed(self) -> Any:
        allowed = self.random.integers(0, 2, 3)
        allowed[self.steps % 3] = 1
        return allowed.tolist() if self.mask == "list" else allowed.astype(np.int8)

    def save(self) -> bytes:
        return b"saved"

    def load(self, state: bytes) -> Any:
        return self.look()


class Together(Served):
    def steps(self, make: Any, auto_reset: agon.AutoReset) -> list[bytes]:
        environment = self.serve(make, levels=agon.GymLevels(), step_limit=6)
        told = []
        with environment.vector(5, auto_reset, seed=2) as vector:
            told += [seen.tobytes() for seen in vector.reset([GymLevel(seed).encode() for seed in range(5)]).values()]
            for t in range(25):
                step = vector.step((np.arange(5) + t) % 3)
                told += [seen.tobytes() for seen in step.observations.values()]
                told += [step.rewards.tobytes(), step.terminated.tobytes(), step.truncated.tobytes(), bytes(step.began)]
        return told

    def test_the_same_is_told(self) -> None:
        kinds = (("float32", float, bool), ("float64", int, np.bool_), ("list", np.float32, int), ("wide", np.float64, bool))
        for (kind, real, flag), auto_reset in zip(kinds, ("none", "same-level", "next-level", "next-level"), strict=True):
            with self.subTest(kind=kind):
                def make(kind: str = kind) -> Varied:
                    return Varied(kind, real, flag)

                at_once = self.steps(make, auto_reset)  # type: ignore[arg-type]
                with mock.patch.object(single, "stepped_together", lambda answers: None):
                    self.assertEqual(self.steps(make, auto_reset), at_once)  # type: ignore[arg-type]

    def test_rows_of_several_types_are_looked_at_one_by_one(self) -> None:
        kinds = itertools.cycle(["float32", "float64", "list"])
        self.steps(lambda kind=None: Varied(kind or next(kinds), float, bool), "same-level")

    def test_what_is_wrong_is_found_in_its_row(self) -> None:
        class Wrong(Varied):
            def step(self, action: int) -> Any:
                seen, reward, over, cut, info = super().step(action)
                wrong = {"seen": ({**seen, "at": np.zeros(3)}, reward), "nan": (seen, float("nan")), "huge": (seen, 10**400)}
                return *wrong[self.what], over, cut, info

        class Right(Wrong):
            what = "none"

            def step(self, action: int) -> Any:
                return Varied.step(self, action)

        for what, said in (("seen", "expected|its space says"), ("nan", "nan"), ("huge", "finite number")):
            made = iter([Right, Right, type("Wrong", (Wrong,), {"what": what})])
            environment = self.serve(lambda: next(made)("float32", float, bool), levels=agon.GymLevels())
            with environment.vector(3) as vector, self.assertRaisesRegex(agon.AgonError, said) as raised:
                vector.reset([GymLevel(seed).encode() for seed in range(3)])
                vector.step(np.zeros(3, int))
            self.assertEqual(raised.exception.fields["slot"], 2)

    def test_rows_that_are_right_only_together_are_wrong(self) -> None:
        """Numbers for three rows of two, which one has too few of and another too many; a tuple of four and one of six."""

        class Uneven(Varied):
            def step(self, action: int) -> Any:
                seen, *rest = super().step(action)
                return {**seen, "at": seen["at"][:1].repeat(self.count)}, *rest

        class Lengths(Varied):
            def step(self, action: int) -> Any:
                told = super().step(action)
                return (*told[:4], {}, {})[: self.count]

        for kind, counts, said in ((Uneven, (2, 1, 3), r"float32 \(1,\)"), (Lengths, (5, 4, 6), "a tuple of 4")):
            made = iter([type("Made", (kind,), {"count": count}) for count in counts])
            environment = self.serve(lambda: next(made)("float32", float, bool), levels=agon.GymLevels())
            with environment.vector(3) as vector, self.assertRaisesRegex(agon.AgonError, said) as raised:
                vector.reset([GymLevel(seed).encode() for seed in range(3)])
                vector.step(np.zeros(3, int))
            self.assertEqual(raised.exception.fields["slot"], 1)

    def test_masks_of_infos_too(self) -> None:
        for mask, auto_reset in itertools.product(("bytes", "list", "none at an end"), ("none", "next-level")):
            with self.subTest(mask=mask, auto_reset=auto_reset):
                def make(mask: str = mask) -> Masked:
                    return Masked(mask)

                together = self.steps(make, auto_reset)  # type: ignore[arg-type]
                with mock.patch.object(single, "stepped_together", return_value=None):
                    self.assertEqual(self.steps(make, auto_reset), together)  # type: ignore[arg-type]

    def test_a_mask_that_was_written_with_others_is_saved(self) -> None:
        environment = self.serve(lambda: Masked("bytes"), levels=agon.GymLevels())
        with environment.vector(3) as vector:
            vector.reset([GymLevel(seed).encode() for seed in range(3)])
            seen = vector.step(np.zeros(3, int)).observations["mask"][2].copy()
            state = vector.save(2)
            vector.step(np.zeros(3, int))
            self.assertEqual(vector.load(2, state)["mask"][0].tolist(), seen.tolist())
