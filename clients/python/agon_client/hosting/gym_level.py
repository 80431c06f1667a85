"""Levels of an environment that begins with `reset(seed=…, options=…)`.

A level is that pair. Its canonical bytes are the UTF-8 JSON object `{"options":{…},"seed":n}` with keys sorted and no
spaces; the form for people is the same line. Equal seeds and options give equal bytes.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any, Callable, Mapping, Sequence

import numpy as np

from ..errors import AgonError
from ..exact import refused, text, whole
from .contract import Suite
from .variations import Variations

_SEEDS = 2**32
Options = Mapping[str, Any]


@dataclass(frozen=True)
class GymLevel:
    seed: int
    """0 … 2³²−1, for `reset(seed=…)`."""
    options: Options = field(default_factory=dict)
    """JSON values, for `reset(options=…)`."""

    def encode(self) -> bytes:
        """Raises `AgonError` `level/invalid` for another seed, and for options that JSON does not carry."""
        if not isinstance(self.options, Mapping):
            raise refused("level/invalid", "the options of a level", "a dict", self.options)
        seed = whole(self.seed, "the seed of a level", code="level/invalid")
        _check_keys(self.options, "options")
        try:
            record = {"options": dict(self.options), "seed": seed}
            text = json.dumps(
                record, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False, default=_plain
            )
            return text.encode()
        except (TypeError, ValueError) as cause:
            raise AgonError("level/invalid", f"options that are no JSON: {cause}") from cause

    def reset_arguments(self) -> dict[str, Any]:
        return {"seed": self.seed, "options": dict(self.options) or None}

    @classmethod
    def decode(cls, data: bytes) -> GymLevel:
        """Raises `AgonError` `level/corrupt`, also for bytes that are not canonical."""
        level = cls.parse(data.decode("utf-8", errors="replace"), "level/corrupt")
        if level.encode() != data:
            raise AgonError("level/corrupt", "the bytes are not the canonical ones of this level")
        return level

    @classmethod
    def parse(cls, text: str, code: str = "level/invalid", place: str = "") -> GymLevel:
        """Raises `AgonError` of the code given."""
        try:
            record = json.loads(text)
        except ValueError as cause:
            raise AgonError(code, f"this is no JSON: {cause}", place=place) from cause
        seed = record.get("seed") if isinstance(record, dict) else None
        options = record.get("options", {}) if isinstance(record, dict) else None
        if type(seed) is not int or not 0 <= seed < _SEEDS or not isinstance(options, dict) or set(record) - {"seed", "options"}:
            raise AgonError(code, "a level has a seed of 32 bits, options, and nothing else", '{"options":{},"seed":7}', place=place)
        return cls(seed, options)


@dataclass(frozen=True)
class GymLevels:
    """The level space. Without functions of your own: no options, a random seed, and edits that draw a new seed."""

    sample_options: Callable[[np.random.Generator], Options] = lambda random: {}
    mutate_options: Callable[[Options, np.random.Generator], Options] | None = None
    features: Callable[[GymLevel], Mapping[str, float]] = lambda level: {}
    """Named numbers that describe a level, beside its numeric options."""
    obstacle: Callable[[GymLevel], str] = lambda level: ""
    """Why a level cannot be attempted; empty where it can."""
    picture: Callable[[GymLevel], str] | None = None
    """A self-contained `<svg>` element."""
    suites: Mapping[str, Suite] = field(default_factory=dict)
    """Sealed tasks for evaluations, by id."""
    variations: Variations = Variations()
    """Operators by name, crossover, genome and resampling, where the levels have them."""
    seeds: int = _SEEDS
    """Seeds are drawn from 0 … seeds−1; 1 where the options alone are the level."""

    def decode(self, data: bytes) -> GymLevel:
        return GymLevel.decode(data)

    def key(self, level: GymLevel) -> str:
        return level.encode().decode()

    def text(self, level: GymLevel) -> str:
        return level.encode().decode()

    def sample(self, random: np.random.Generator) -> GymLevel:
        return GymLevel(int(random.integers(self.seeds)), self.sample_options(random))

    def mutate(self, level: GymLevel, random: np.random.Generator) -> tuple[GymLevel, str]:
        """A changed copy and the operator: `edit` of the options, or `reseed`."""
        if self.mutate_options is None:
            return GymLevel(int(random.integers(self.seeds)), level.options), "reseed"
        return GymLevel(level.seed, self.mutate_options(level.options, random)), "edit"

    def describe(self, level: GymLevel) -> Mapping[str, float]:
        numeric = {name: float(value) for name, value in level.options.items() if isinstance(value, (int, float))}
        return {**numeric, **self.features(level)}

    def parse_file(self, text: str) -> list[tuple[str, GymLevel]]:
        """One level a line; empty lines and lines that begin with # are passed over. Names are `level-1`, `level-2`, …"""
        lines = [(row, line) for row, line in enumerate(text.splitlines(), 1) if line.strip() and not line.startswith("#")]
        return [
            (f"level-{number}", GymLevel.parse(line, place=f"row {row}")) for number, (row, line) in enumerate(lines, 1)
        ]


def _check_keys(value: Any, place: str) -> None:
    """JSON would make text of other keys without a word."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            _check_keys(inner, f"{place}[{text(key, f'a key of {place}', 'level/invalid')!r}]")
    elif isinstance(value, (list, tuple)):
        for i, inner in enumerate(value):
            _check_keys(inner, f"{place}[{i}]")


def _plain(value: Any) -> Any:
    if isinstance(value, (np.generic, np.ndarray)):
        return value.tolist()
    if isinstance(value, Sequence):
        return list(value)
    raise TypeError(f"{type(value).__name__} is not JSON")
