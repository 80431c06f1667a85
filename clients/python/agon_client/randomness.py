"""Random generators named by a path, so that equal paths draw equal numbers in every process."""

from __future__ import annotations

import hashlib
from operator import index

import numpy as np


def generator(*path: int | str) -> np.random.Generator:
    """The generator of a path such as `(seed, slot, cycle, "act")`. Nothing is shared between two paths."""
    # Whole numbers of numpy name the same generator as those of Python; a fraction names none.
    text = "/".join(f"${len(part)}:{part}" if isinstance(part, str) else f"#{index(part)}" for part in path)
    key = int.from_bytes(hashlib.sha256(text.encode()).digest()[:16], "little")
    return np.random.Generator(np.random.Philox(key=key))
