"""Which choices are allowed, where an environment says so: an observation, or `info["action_mask"]`."""

from __future__ import annotations

from typing import Any, Callable, Mapping, Sequence

import numpy as np

from ..errors import AgonError
from ..randomness import generator
from ..tensors import Array
from .contract import LevelSpace
from .leaf import Leaf, misfit
from .spaces import MASK, ObservationLayout


def mask_of(info: Mapping[str, Any], leaf: Leaf, over: bool = False) -> Array:
    """`info["action_mask"]`, parts of several components joined; where the episode is `over`, it may be left out.

    Raises `AgonError` `environment/observation`.
    """
    if "action_mask" not in info:
        if over:
            return np.ones(leaf.shape, leaf.dtype)
        raise misfit(
            MASK,
            f"a float32 {leaf.shape}",
            "not there",
            'give `info["action_mask"]` with every reset and step, or serve it with `info_mask=False`',
        )
    given = info["action_mask"]
    joined = isinstance(given, (tuple, list)) and len(given) and not np.isscalar(given[0])
    return leaf.fitted(MASK, np.concatenate([np.ravel(part) for part in given]) if joined else given)


def masked_by_info(
    layout: ObservationLayout, choices: int, asked: bool | None, infos: Callable[[], Sequence[Any]]
) -> tuple[ObservationLayout, bool]:
    """The layout with a mask, and whether it is `info["action_mask"]`; `asked`: whether there is one, None where that is to be seen.

    `infos` gives those of a reset, one for each agent, none where it failed. Raises `AgonError` `environment/space`.
    """
    if asked:
        return layout.with_mask(choices), True
    if asked is False or not choices or MASK in layout.leaves:
        return layout, False
    found = infos()
    if not found or not all(isinstance(info, Mapping) and "action_mask" in info for info in found):
        return layout, False
    with_mask = layout.with_mask(choices)
    try:
        for info in found:
            mask_of(info, with_mask.leaves[MASK])
    except AgonError as error:
        return layout.noted(f'`info["action_mask"]` is left aside: {error.message}'), False
    return with_mask, True


def first_infos(env: Any, levels: LevelSpace, agents: Sequence[str] | None = None) -> Sequence[Any]:
    """What the first reset says, in which masks are noticed, of each agent where there are several.

    Empty where the level, or its reset, fails: a run that asks for the same tells of it with its place.
    """
    try:
        level: Any = levels.sample(generator(0, "mask"))
        info = env.reset(**level.reset_arguments())[1]
        return [info] if agents is None else [info[name] for name in agents]
    except Exception:  # noqa: BLE001 - see above
        return ()
