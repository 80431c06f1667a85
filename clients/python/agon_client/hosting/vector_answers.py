"""What a vector environment gives for all its slots at once, checked."""

from __future__ import annotations

from typing import Any, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from ..errors import AgonError
from ..exact import shown
from ..tensors import Array
from .leaf import Leaf, misfit
from .masks import mask_of
from .spaces import MASK

Flags = NDArray[np.bool_]


def rewards_of(value: Any, slots: int) -> NDArray[np.float32]:
    """Raises `AgonError` `environment/step`."""
    rewards = np.asarray(value)
    if rewards.shape != (slots,) or rewards.dtype.kind not in "fiub":
        raise AgonError("environment/step", f"the rewards are {shown(value)}; expected numbers ({slots},)")
    with np.errstate(over="ignore"):
        cast = rewards.astype(np.float32)
    if not np.isfinite(cast).all():
        slot = int(np.flatnonzero(~np.isfinite(cast))[0])
        raise AgonError("environment/step", f"the reward of slot {slot} is {rewards[slot]}; expected a finite number", fields={"slot": slot})
    return cast


def flags_of(value: Any, which: str, slots: int) -> Flags:
    """Raises `AgonError` `environment/step`."""
    flags = np.asarray(value)
    if flags.shape == (slots,) and flags.dtype == bool:
        return flags
    if flags.shape != (slots,) or flags.dtype.kind not in "iu" or not np.isin(flags, (0, 1)).all():
        raise AgonError("environment/step", f"{which} is {shown(value)}; expected booleans ({slots},)")
    return flags.astype(bool)


def masks_of(info: Mapping[str, Any], leaf: Leaf, told: Flags) -> Array:
    """`info["action_mask"]` of all slots, `[slots, choices]`; rows of those not `told` may be anything.

    `info["_action_mask"]` says whose row was given. Raises `AgonError` `environment/observation`.
    """
    given = info.get("action_mask")
    there = np.asarray(info.get("_action_mask", given is not None), bool)
    missing = np.flatnonzero(told & ~np.broadcast_to(there, told.shape))
    if given is None or len(missing):
        whose = f"slot {missing[0]}: " if len(missing) else ""
        raise misfit(MASK, f"a float32 {leaf.shape}", f"{whose}not there", 'give `info["action_mask"]` with every reset and step')
    if isinstance(given, np.ndarray) and given.dtype != object:
        return leaf.fitted(MASK, given, told.shape)
    masks = np.zeros((len(told), *leaf.shape), leaf.dtype)
    for slot in np.flatnonzero(told):
        masks[slot] = mask_of({"action_mask": given[slot]}, leaf)
    return masks


def last_seen(info: Mapping[str, Any], slot: int) -> Any:
    """The observation that ended an episode, of a vector that has begun the next one in the same step.

    `final_obs`, before Gymnasium 1.0 `final_observation`: by slot, or a dict of such by the names of the space.
    Raises `AgonError` `environment/step`.
    """
    given = info.get("final_obs", info.get("final_observation"))
    last = _of_slot(given, slot)
    if last is None:
        raise AgonError(
            "environment/step",
            f"slot {slot} ended and began again, and info has no `final_obs` of it",
            'give `info["final_obs"]`, or make the vector with AutoresetMode.DISABLED',
            fields={"slot": slot},
        )
    return last


def _of_slot(given: Any, slot: int) -> Any:
    if isinstance(given, Mapping):
        return {key: _of_slot(one, slot) for key, one in given.items()}
    if isinstance(given, (Sequence, np.ndarray)) and len(given) > slot:
        return given[slot]
    return None
