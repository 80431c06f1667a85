"""What `make` is: mistakes that people make with it, by name."""

from __future__ import annotations

import inspect
from typing import Any, Callable

from ..errors import AgonError
from ..exact import shown
from .contract import is_parallel, is_vector


def takes_count(make: Callable[..., Any]) -> bool:
    """Whether it wants to know how many environments to make. Raises `AgonError` `environment/factory`."""
    if not callable(make):
        raise AgonError(
            "environment/factory",
            f"`make` is {shown(make)}; expected a function that makes the environment",
            "give `lambda: gymnasium.make(…)`: every slot gets an environment of its own",
        )
    try:
        parameters = inspect.signature(make).parameters.values()
    except (TypeError, ValueError):
        return False
    needed = [one for one in parameters if one.default is one.empty and one.kind <= one.POSITIONAL_OR_KEYWORD]
    if len([one for one in needed if one.name != "seed"]) > 1:
        names = ", ".join(one.name for one in needed)
        raise AgonError(
            "environment/factory",
            f"`make` has the parameters {names}; expected none, or the number of environments",
            "give `lambda: MyEnvironment(…)` with values for them",
        )
    return bool(needed)


def check_one(env: Any) -> None:
    """What `make()` gave is one environment, single or parallel. Raises `AgonError` `environment/factory`, `environment/vector`."""
    if is_vector(env):
        raise AgonError("environment/vector", "a vector environment has a fixed number of slots", "give `make(n)` instead of `make()`")
    if is_parallel(env) and hasattr(env, "agent_iter"):
        raise AgonError(
            "environment/factory",
            f"`make()` gave a {type(env).__name__}, whose agents move one after another",
            "give `lambda: pettingzoo.utils.conversions.aec_to_parallel(…)`, or the environment's `parallel_env()`",
        )
    if not (hasattr(env, "reset") and hasattr(env, "step") and hasattr(env, "action_space")):
        raise AgonError(
            "environment/factory",
            f"`make()` gave {shown(env)}; expected an environment of Gymnasium or PettingZoo",
            "return the environment: it has reset, step, action_space and observation_space",
        )
