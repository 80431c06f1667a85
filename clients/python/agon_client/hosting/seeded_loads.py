"""Seeded resets of Atari games without loading the cartridge each time.

`reset(seed=…)` of ale_py loads the cartridge, which takes as long as a hundred steps or more. All that the seed makes different in
a loaded game is its generator, a Mersenne Twister, and a copy of the state has that as text. So a load is replaced by restoring
the copy of the last one, with the generator of the new seed in it: once a real load was compared with what would have been
restored, and was the same byte for byte. Where it is not, or the text is another one, the cartridge is loaded as ever.
"""

from __future__ import annotations

import functools
import threading
from typing import Any, Callable, NamedTuple

import numpy as np

_MOST_COMPARED = 3
_LENGTH_BYTES = 4
# What the emulator takes as a wish for a seed of the clock.
_OF_CLOCK = (0, -1)


class SeededLoads:
    """For environments of one `make`, on whatever thread: what was compared for one of them holds for those that load the same."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._compared: set[_Copy] = set()

    def of(self, make: Callable[..., Any]) -> Callable[..., Any]:
        """Makes environments whose loads are quick where they are Atari games, also those of a vector; others as they are."""

        @functools.wraps(make)
        def made(*given: Any, **named: Any) -> Any:
            env = make(*given, **named)
            inner = _innermost(env)
            for game in map(_innermost, getattr(inner, "envs", None) or (inner,)):
                if all(hasattr(game, name) for name in ("ale", "seed_game", "load_game")):
                    game.load_game = _QuickLoad(game, self)
            return env

        return made

    def knows(self, copy: _Copy | None) -> bool:
        with self._lock:
            return copy in self._compared

    def learn(self, copy: _Copy) -> None:
        with self._lock:
            self._compared.add(copy)


class _Copy(NamedTuple):
    """The bytes of a state around the text of its generator."""

    before: bytes
    after: bytes
    length_at: int
    """Where the length of the part stands that ends with the text."""

    @classmethod
    def of(cls, state: bytes, seed: int) -> _Copy | None:
        """None where the state has no fresh generator of this seed, or none where it can be replaced."""
        text = _generator(seed)
        at = state.find(text)
        if at < 0 or state.find(text, at + 1) >= 0:
            return None
        end = at + len(text)
        lengths = [i for i in range(at) if i + _LENGTH_BYTES + int.from_bytes(state[i : i + _LENGTH_BYTES], "little") == end]
        # The text's own length stands just before it; another one is that of the part.
        if len(lengths) != 2 or lengths[1] != at - _LENGTH_BYTES:
            return None
        blank = bytearray(state[: at - _LENGTH_BYTES])
        blank[lengths[0] : lengths[0] + _LENGTH_BYTES] = bytes(_LENGTH_BYTES)
        return cls(bytes(blank), state[end:], lengths[0])

    def with_generator(self, seed: int) -> bytes:
        text = _generator(seed)
        state = bytearray(self.before)
        state += len(text).to_bytes(_LENGTH_BYTES, "little") + text
        length = len(state) - self.length_at - _LENGTH_BYTES
        state[self.length_at : self.length_at + _LENGTH_BYTES] = length.to_bytes(_LENGTH_BYTES, "little")
        return bytes(state) + self.after


class _QuickLoad:
    """Stands in the place of `load_game` of one environment."""

    def __init__(self, game: Any, loads: SeededLoads) -> None:
        self._load = game.load_game
        self._ale = game.ale
        self._loads = loads
        self._left = _MOST_COMPARED
        # It was loaded as it was made.
        self._copy = self._copied()
        self._known = loads.knows(self._copy)

    def __call__(self) -> None:
        seed = int(self._ale.getInt("random_seed"))
        if self._known and self._copy is not None and seed not in _OF_CLOCK:
            state_type = type(self._ale.cloneState())
            self._ale.restoreState(state_type(self._copy.with_generator(seed)))
            return
        self._load()
        if self._left > 0 and seed not in _OF_CLOCK:
            self._left -= 1
            self._compare()

    def _compare(self) -> None:
        now = self._copied()
        if now is None:
            self._left = 0
            return
        if now == self._copy:
            self._loads.learn(now)
        self._copy, self._known = now, self._loads.knows(now)

    def _copied(self) -> _Copy | None:
        try:
            state: bytes = self._ale.cloneState(include_rng=True).serialize()
            return _Copy.of(state, int(self._ale.getInt("random_seed")))
        except Exception:  # noqa: BLE001 - an ale_py without such copies
            return None


def _innermost(env: Any) -> Any:
    inner = getattr(env, "unwrapped", env)
    return env if inner is None else inner


def _generator(seed: int) -> bytes:
    """The Mersenne Twister begun by a seed, as C++ writes it: its 624 words, and how many of them are used up."""
    words: list[int] = np.random.RandomState(seed & 0xFFFFFFFF).get_state(legacy=True)[1].tolist()  # type: ignore[index]
    return (" ".join(map(str, words)) + " 624").encode()
