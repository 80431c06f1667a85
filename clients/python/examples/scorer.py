#!/usr/bin/env python3
"""A service that says of mazes how long their shortest way is. The run asks it for levels that an adversary has in mind.

    python3 clients/python/examples/scorer.py <run directory>/hub.json
"""

from __future__ import annotations

from collections import deque
from typing import Any, Mapping

import agon_client as agon

AGENT = ">v<^"


class Scorer:
    deterministic = True
    threads = 4

    def ask(self, key: str, payload: Any, attachments: Mapping[str, bytes]) -> agon.Answer:
        """`{"levels": [text, …]}` → `{"scores": [number, …]}`, in the same order."""
        levels = payload.get("levels") if isinstance(payload, dict) else None
        if not isinstance(levels, list) or not all(isinstance(level, str) for level in levels):
            raise agon.AgonError("scorer/levels", f"no levels in the question '{key}'", 'ask {"levels": [text, …]}')
        return agon.Answer({"scores": [steps(level) for level in levels]}, cost=agon.Cost(money=0.001 * len(levels)))


def steps(level: str) -> int:
    """Moves of the shortest way from the agent to the goal; 0 where there is none."""
    rows = [line for line in level.splitlines() if line and ":" not in line]
    cells = {(r, c): cell for r, row in enumerate(rows) for c, cell in enumerate(row) if cell != "#"}
    start = next((at for at, cell in cells.items() if cell in AGENT), None)
    if start is None:
        return 0
    waiting, seen = deque([(start, 0)]), {start}
    while waiting:
        (r, c), far = waiting.popleft()
        if cells[r, c] == "G":
            return far
        for near in ((r - 1, c), (r + 1, c), (r, c - 1), (r, c + 1)):
            if near in cells and near not in seen:
                seen.add(near)
                waiting.append((near, far + 1))
    return 0


if __name__ == "__main__":
    agon.as_program(lambda hub: agon.attach_service(hub, Scorer(), name="shortest-way"))
