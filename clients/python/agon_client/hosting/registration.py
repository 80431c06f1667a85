"""What the registration of an environment says of its episodes: `env.spec` of Gymnasium, of vector environments too."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

DEFAULT_STEP_LIMIT = 1000
"""Of an environment without a limit of its own, so that every episode ends."""


@dataclass(frozen=True)
class Registration:
    step_limit: int = DEFAULT_STEP_LIMIT
    solved_above: float | None = None
    """The return at which the authors call the environment solved (`reward_threshold`), where they do."""

    @classmethod
    def of(cls, env: Any) -> Registration:
        spec = getattr(env, "spec", None) or _of_inner(env)
        limit, threshold = getattr(spec, "max_episode_steps", None), getattr(spec, "reward_threshold", None)
        return cls(int(limit or DEFAULT_STEP_LIMIT), None if threshold is None else float(threshold))


def _of_inner(env: Any) -> Any:
    """A vector environment made of single ones has no registration of its own; its first environment has."""
    try:
        return env.get_attr("spec")[0] if hasattr(env, "num_envs") else None
    except Exception:  # noqa: BLE001 - who cannot say has none
        return None
