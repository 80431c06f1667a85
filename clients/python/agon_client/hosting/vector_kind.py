"""What may be asked of a vector environment, by its surface."""

from __future__ import annotations

import inspect
from dataclasses import dataclass
from types import CodeType
from typing import Any, Iterator, Literal, Mapping

from ..errors import AgonError
from ..exact import shown
from .branches import branches_of
from .contract import is_parallel, is_vector

Resets = Literal["mask", "ids", "whole"]
"""How a slot is begun: by `options["reset_mask"]`, by `reset(ids)` as EnvPool does, or only with all others."""
Mode = Literal["Disabled", "NextStep", "SameStep", ""]
"""What follows an end, as Gymnasium names it; empty where the metadata say nothing (before 1.1)."""

_MASK_WORD = "reset_mask"


@dataclass(frozen=True)
class VectorKind:
    resets: Resets
    mode: Mode
    observation_space: Any
    action_space: Any

    @classmethod
    def of(cls, env: Any) -> VectorKind:
        """Of a vector environment of one. Raises `AgonError` `environment/vector`, `environment/autoreset`."""
        _check_vector(env)
        ids = "env_id" in _parameters(env.reset)
        if ids and bool(getattr(env, "is_async", False)):
            raise AgonError(
                "environment/vector", "its steps are of some environments at a time", "make it with batch_size equal to num_envs"
            )
        mode = _mode(env)
        resets: Resets = "ids" if ids else "mask" if mode == "Disabled" or _knows_masks(_innermost(env)) else "whole"
        if mode == "NextStep" and resets == "mask":
            _check_forgets(_innermost(env))
        observed = _space(env, "observation_space")
        _check_shown(_innermost(env), observed)
        return cls(resets, mode, observed, _space(env, "action_space"))


def size_of(env: Any) -> int:
    """How many environments it steps."""
    return int(env.num_envs) if hasattr(env, "num_envs") else len(env)


def _check_vector(env: Any) -> None:
    if is_vector(env) and hasattr(env, "reset") and hasattr(env, "step"):
        return
    one = "a parallel environment" if is_parallel(env) else "one environment" if hasattr(env, "step") else "no environment"
    raise AgonError(
        "environment/vector",
        f"`make` has a parameter, so it was asked for 1 environment, and gave {shown(env)}: {one}, no vector of them",
        "give a function without parameters, `lambda: MyEnvironment(…)`; or one that takes the number of environments",
    )


def _space(env: Any, name: str) -> Any:
    """That of one of its environments; EnvPool's own are those of one."""
    single = getattr(env, f"single_{name}", None)
    return getattr(env, name) if single is None else single


def _mode(env: Any) -> Mode:
    given = (getattr(env, "metadata", None) or {}).get("autoreset_mode")
    name = str(getattr(given, "value", given or ""))
    for mode in ("Disabled", "NextStep", "SameStep", ""):
        if name == mode:
            return mode  # type: ignore[return-value]
    raise AgonError("environment/autoreset", f"its autoreset mode is '{name}'", "Gymnasium has Disabled, NextStep and SameStep")


def _innermost(env: Any) -> Any:
    inner = getattr(env, "unwrapped", env)
    return env if inner is None else inner


def _parameters(call: Any) -> tuple[str, ...]:
    try:
        return tuple(inspect.signature(call).parameters)
    except (TypeError, ValueError):
        return ()


def _knows_masks(env: Any) -> bool:
    """Whether its class speaks of masks at all: one that does not would reset everybody, without a word."""
    functions = (inspect.unwrap(one) for cls in type(env).__mro__ for one in vars(cls).values() if callable(one))
    return any(constant == _MASK_WORD for one in functions for constant in _texts(getattr(one, "__code__", None)))


def _texts(code: CodeType | None) -> Iterator[str]:
    for constant in code.co_consts if code is not None else ():
        if isinstance(constant, str):
            yield constant
        elif isinstance(constant, CodeType):
            yield from _texts(constant)


def _check_forgets(env: Any) -> None:
    """Workers of Gymnasium's `AsyncVectorEnv` that share no memory reset once more after a reset by mask."""
    if type(env).__name__ == "AsyncVectorEnv" and getattr(env, "shared_memory", True) is False:
        raise AgonError(
            "environment/autoreset",
            "an AsyncVectorEnv with shared_memory=False and NextStep resets once more after each reset",
            "make it with AutoresetMode.DISABLED, or with shared memory",
        )


def _check_shown(env: Any, space: Any) -> None:
    """Of a `OneOf`, Gymnasium's `AsyncVectorEnv` reads what its shared memory held when it was made, and never again."""
    chooses = any(branch.kind == "OneOf" for branch in branches_of(space))
    if chooses and type(env).__name__ == "AsyncVectorEnv" and getattr(env, "shared_memory", True):
        raise AgonError(
            "environment/vector",
            "an AsyncVectorEnv with shared memory shows the same OneOf for ever",
            "make it with shared_memory=False and AutoresetMode.DISABLED",
        )


def pool_limit(env: Any) -> int | None:
    """The step limit of EnvPool's configuration, where there is one."""
    config = getattr(getattr(env, "spec", None), "config", None) or getattr(env, "config", None)
    limit = config.get("max_episode_steps") if isinstance(config, Mapping) else getattr(config, "max_episode_steps", None)
    return int(limit) if limit else None
