"""How an episode of the engine ended: it says `done` alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Mapping

from .level import FootballLevel


@dataclass
class Endings:
    """Follows one episode by the observations of one agent, whichever."""

    game_mode: int = -1
    """Of the step before; −1 before the first."""
    owner: int = -1
    """The team that had the ball last."""

    def after(self, level: FootballLevel, seen: Mapping[str, Any], done: bool) -> tuple[bool, bool]:
        """Terminated by a flag of the level, truncated by its duration; both at once is termination."""
        mode, owner = int(seen["game_mode"]), int(seen["ball_owned_team"])
        flagged = (
            (level.end_episode_on_score and max(seen["score"]) > 0)
            or (level.end_episode_on_out_of_play and mode != 0 and self.game_mode == 0)
            or (level.end_episode_on_possession_change and -1 not in (owner, self.owner) and owner != self.owner)
        )
        self.game_mode = mode
        if owner != -1:
            self.owner = owner
        return done and flagged, done and not flagged
