"""A level space that is declared: which options a level has, and between which bounds or of which choices each is.

    levels = Levels(bounds={"length": (0.25, 2.0), "cells": (3, 9)}, choices={"ground": ("ice", "sand")})

Bounds of two whole numbers are those of a whole number, others those of a real one. A level is a `GymLevel` with every
option declared and no other; its bytes are canonical: a real number is written as one (`1.0`), equal levels are equal.
"""

from __future__ import annotations

from typing import Any, Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from ..errors import AgonError
from ..exact import whole
from .contract import Suite
from .gym_level import GymLevel, GymLevels, Options
from .parameter import Parameter, bounded, chosen
from .variations import Genome, Variations

SEEDS = 2**32
RESEED = "reseed"


class Levels(GymLevels):
    """The level space of `reset(seed=…, options=…)` with the options declared here; without any, seeds are the levels.

    - `sample`: each option uniform within its bounds or among its choices, the seed of 0 … `seeds`−1.
    - `mutate`: one option changed, under its name: a real number by a normal step of `step` × its width, reflected at the
      bounds; a whole number up or down by at most as much; a choice to another. The operator `reseed` draws a new seed.
    - `crossover`: each option of either parent, the seed of the first.
    - `genome`: the options as a vector, choices as their number from 0; the level of a point has seed 0.
    - features: every option by name, choices that are not all numbers as their number from 0, and those of `features`.

    `suites` are sealed tasks for evaluations: by name a `Suite`, or the options of each entry by its name. What these
    leave open, and the seed, is drawn anew for each episode. `obstacle` says why a level within the bounds cannot be
    attempted, and nothing where it can. Raises `AgonError` `environment/levels`.
    """

    def __init__(
        self,
        bounds: Mapping[str, Sequence[float]] | None = None,
        choices: Mapping[str, Sequence[Any]] | None = None,
        *,
        seeds: int = SEEDS,
        step: float = 0.1,
        suites: Mapping[str, Suite | Mapping[str, Options]] | None = None,
        features: Callable[[GymLevel], Mapping[str, float]] = lambda level: {},
        obstacle: Callable[[GymLevel], str] = lambda level: "",
        picture: Callable[[GymLevel], str] | None = None,
    ) -> None:
        parameters = _declared(bounds or {}, choices or {})
        super().__init__(
            sample_options=lambda random: {name: one.draw(random) for name, one in parameters.items()},
            features=lambda level: {**_numbers(parameters, level), **features(level)},
            obstacle=lambda level: self._fault(level.options) or obstacle(level),
            picture=picture,
            suites={name: self._suite(name, given) for name, given in (suites or {}).items()},
            variations=self._variations(parameters, step),
            seeds=whole(seeds, "seeds", 1, SEEDS, "environment/levels"),
        )
        # The record that this one is built upon is frozen.
        object.__setattr__(self, "parameters", parameters)
        for entries in (one for one in (suites or {}).values() if not isinstance(one, Suite)):
            for options in entries.values():
                self._filled(options, np.random.default_rng(0))

    parameters: Mapping[str, Parameter]

    def level(self, seed: int = 0, **options: Any) -> GymLevel:
        """The level of these options, all of them. Raises `AgonError` `level/invalid`."""
        return GymLevel(whole(seed, "the seed of a level", code="level/invalid"), self._exact(options))

    def decode(self, data: bytes) -> GymLevel:
        """Also a level that its space has not; but one of it has its canonical bytes. Raises `AgonError` `level/corrupt`."""
        level = super().decode(data)
        if not self._fault(level.options) and GymLevel(level.seed, self._exact(level.options)).encode() != data:
            raise AgonError("level/corrupt", "the bytes are not the canonical ones of this level")
        return level

    def mutate(self, level: GymLevel, random: np.random.Generator) -> tuple[GymLevel, str]:
        """A changed copy and the operator: the name of the option, `reseed` where there is none to change."""
        operators = self.variations.operators
        names = [name for name in operators if name != RESEED] or [RESEED]
        name = names[int(random.integers(len(names)))]
        changed: GymLevel = operators[name](level, random)  # type: ignore[assignment]
        return changed, name

    def parse_file(self, text: str) -> list[tuple[str, GymLevel]]:
        """As of `GymLevels`; `1` for a real number is `1.0`."""
        return [
            (name, level if self._fault(level.options) else GymLevel(level.seed, self._exact(level.options)))
            for name, level in super().parse_file(text)
        ]

    def _variations(self, parameters: Mapping[str, Parameter], step: float) -> Variations:
        def change(name: str) -> Callable[[GymLevel, np.random.Generator], GymLevel]:
            def changed(level: GymLevel, random: np.random.Generator) -> GymLevel:
                value = parameters[name].changed(level.options[name], step, random)
                return GymLevel(level.seed, {**level.options, name: value})

            return changed

        def reseed(level: GymLevel, random: np.random.Generator) -> GymLevel:
            return GymLevel(int(random.integers(self.seeds)), level.options)

        def cross(first: GymLevel, second: GymLevel, random: np.random.Generator) -> GymLevel:
            sides = random.integers(2, size=len(parameters))
            return GymLevel(first.seed, {name: (first, second)[side].options[name] for name, side in zip(parameters, sides)})

        def point(place: NDArray[np.float64]) -> GymLevel:
            return GymLevel(0, {name: one.at(float(x)) for (name, one), x in zip(parameters.items(), place, strict=True)})

        axes = list(parameters.values())
        movable = {name: change(name) for name, one in parameters.items() if one.low < one.high}
        return Variations(
            operators={**movable, RESEED: reseed},
            crossover=cross if parameters else None,
            genome=Genome(
                names=list(parameters),
                low=[one.low for one in axes],
                high=[one.high for one in axes],
                integer=[one.integer for one in axes],
                to_vector=lambda level: [one.place(level.options[name]) for name, one in parameters.items()],
                from_vector=point,
            )
            if parameters
            else None,
        )

    def _suite(self, name: str, given: Suite | Mapping[str, Options]) -> Suite:
        if isinstance(given, Suite):
            return given

        def task(options: Options) -> Callable[[np.random.Generator, int], GymLevel]:
            return lambda random, episode: self._filled(options, random)

        return Suite(f"{', '.join(given)}, with a new seed for each episode", {entry: task(one) for entry, one in given.items()})

    def _filled(self, options: Options, random: np.random.Generator) -> GymLevel:
        seed = int(random.integers(self.seeds))
        return GymLevel(seed, self._exact({**self.sample_options(random), **options}))

    def _exact(self, options: Options) -> dict[str, Any]:
        """Raises `AgonError` `level/invalid`."""
        strange = next((name for name in options if name not in self.parameters), None)
        missing = next((name for name in self.parameters if name not in options), None)
        if strange is not None or missing is not None:
            wrong = f"there is no option '{strange}'" if strange is not None else f"the option '{missing}' is not there"
            raise AgonError("level/invalid", wrong, f"a level has the options {', '.join(self.parameters) or 'none'}")
        return {name: one.exact(options[name]) for name, one in self.parameters.items()}

    def _fault(self, options: Options) -> str:
        try:
            self._exact(options)
        except AgonError as error:
            return error.message
        return ""


def _declared(bounds: Mapping[str, Sequence[float]], choices: Mapping[str, Sequence[Any]]) -> dict[str, Parameter]:
    twice = next((name for name in bounds if name in choices), None)
    if twice is not None:
        raise AgonError("environment/levels", f"'{twice}' has bounds and choices", "give one of them")
    if RESEED in {*bounds, *choices}:
        raise AgonError("environment/levels", f"no option is called '{RESEED}', which draws a new seed", "rename it")
    return {
        **{name: bounded(name, ends) for name, ends in bounds.items()},
        **{name: chosen(name, values) for name, values in choices.items()},
    }


def _numbers(parameters: Mapping[str, Parameter], level: GymLevel) -> dict[str, float]:
    """Of a level that the space has not: of those options that it has."""
    return {name: parameters[name].number(value) for name, value in level.options.items() if name in parameters}
