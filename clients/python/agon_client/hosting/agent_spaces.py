"""What several agents see and do, as rows of one kind."""

from __future__ import annotations

from dataclasses import replace
from functools import partial, reduce
from typing import Any, Callable, Mapping, Protocol, Sequence

import numpy as np
from numpy.typing import NDArray

from ..action_space import ActionSpace
from ..errors import AgonError
from ..tensors import Array
from .acting import ActionLayout, action_layout
from .leaf import Leaf
from .masks import mask_of, masked_by_info
from .spaces import MASK, ObservationLayout, mask_leaf

AGENT = "agent"
"""Name of the observation that says whose row it is, float32 `[agents]`, where agents have different spaces."""


class AgentSpaces(Protocol):
    layout: ObservationLayout
    space: ActionSpace
    masked: bool | None
    """Whether infos have masks; None where those of some agents do."""

    def write(self, agent: int, observation: Any, out: Mapping[str, Array], row: int) -> None:
        """Raises `AgonError` `environment/observation`."""

    def allow(self, agent: int, info: Mapping[str, Any], over: bool, out: Mapping[str, Array], row: int) -> None:
        """Writes the mask of an info, where that is what says it; may be left out where the agent's episode is `over`.

        Raises `AgonError` `environment/observation`.
        """

    def clear(self, agent: int, out: Mapping[str, Array], row: int) -> None:
        """Of an agent who is not there: zeros, and nothing that it might do is forbidden."""

    def action(self, agent: int, row: Any) -> Any:
        """What the environment gets. Raises `AgonError` `environment/actions`."""

    def again(self, names: Sequence[str], actions: NDArray[Any]) -> tuple[str, str]:
        """Python of steps by name, `[{name: action, …}, …]`, and of what the environment gets of an `action`."""


def agent_spaces(
    names: Sequence[str],
    observed: Sequence[Any],
    acted: Sequence[Any],
    info_mask: bool | None,
    infos: Callable[[], Sequence[Any]],
) -> AgentSpaces:
    """Equal spaces as they are, others padded to the largest; masks as of `masked_by_info`.

    Raises `AgonError` `environment/space`.
    """
    actions = [action_layout(space) for space in acted]
    layouts = [ObservationLayout.of_space(one, acting.space.choices) for one, acting in zip(observed, actions, strict=True)]
    if all(one.leaves == layouts[0].leaves for one in layouts) and all(one == actions[0] for one in actions):
        joined = reduce(ObservationLayout.joined, layouts)
        return _Equal(*masked_by_info(joined, actions[0].space.choices, info_mask, infos), actions[0])
    found: list[Sequence[Any]] = []

    def of(agent: int) -> Sequence[Any]:
        # A reset is asked for once, if at all.
        if not found:
            found.append(infos())
        return found[0][agent : agent + 1]

    masked = [
        masked_by_info(layout, acting.space.choices, info_mask, partial(of, agent))
        for agent, (layout, acting) in enumerate(zip(layouts, actions, strict=True))
    ]
    return _Padded(names, masked, actions)


class _Equal:
    def __init__(self, layout: ObservationLayout, info_mask: bool, acting: ActionLayout) -> None:
        self.layout = layout
        self.masked: bool | None = info_mask
        self.space = acting.space
        self._acting = acting

    def write(self, agent: int, observation: Any, out: Mapping[str, Array], row: int) -> None:
        self.layout.write(observation, out, row)

    def allow(self, agent: int, info: Mapping[str, Any], over: bool, out: Mapping[str, Array], row: int) -> None:
        if self.masked:
            out[MASK][row] = mask_of(info, self.layout.leaves[MASK], over)

    def clear(self, agent: int, out: Mapping[str, Array], row: int) -> None:
        for name, values in out.items():
            values[row] = 1 if name == MASK else 0

    def action(self, agent: int, row: Any) -> Any:
        return self._acting.value(row)

    def again(self, names: Sequence[str], actions: NDArray[Any]) -> tuple[str, str]:
        columns = [self._acting.plain(actions[:, agent]) for agent in range(len(names))]
        return str([dict(zip(names, step)) for step in zip(*columns)]), self._acting.again


class _Padded:
    """All names of all agents, each as large as the largest of that name, filled with zeros behind; whose row it is in `agent`.

    Choices that an agent has not are forbidden by `mask`; numbers that it has not are left unread.
    """

    def __init__(
        self, names: Sequence[str], masked: Sequence[tuple[ObservationLayout, bool]], actions: Sequence[ActionLayout]
    ) -> None:
        self._names = names
        self._layouts = layouts = [layout for layout, _ in masked]
        self._info_masks = by_info = [one for _, one in masked]
        self.masked: bool | None = by_info[0] if len(set(by_info)) == 1 else None
        self._actions = actions
        self.space = _union(names, [acting.space for acting in actions])
        leaves: dict[str, Leaf] = {}
        for name in sorted({name for layout in layouts for name in layout.leaves} - {MASK}):
            leaves[name] = _padded(name, names, [layout.leaves.get(name) for layout in layouts])
        if AGENT in leaves:
            raise AgonError("environment/space", f"an observation has the name '{AGENT}', which says whose row it is", "call it otherwise")
        leaves[AGENT] = mask_leaf(len(names))
        if self.space.choices:
            leaves[MASK] = mask_leaf(self.space.choices)
        self.layout = ObservationLayout(leaves, notes=tuple(dict.fromkeys(note for layout in layouts for note in layout.notes)))
        self._places = [_places(self.space.counts, acting.space.counts) for acting in actions]

    def write(self, agent: int, observation: Any, out: Mapping[str, Array], row: int) -> None:
        own = self._layouts[agent].allocate(1)
        self._layouts[agent].write(observation, own, 0)
        mask = own.pop(MASK, None)
        self.clear(agent, out, row)
        for name, values in own.items():
            out[name][(row, *(slice(0, size) for size in values.shape[1:]))] = values[0]
        if mask is not None and not self._info_masks[agent]:
            out[MASK][row, self._places[agent]] = mask[0]

    def allow(self, agent: int, info: Mapping[str, Any], over: bool, out: Mapping[str, Array], row: int) -> None:
        if self._info_masks[agent]:
            out[MASK][row, self._places[agent]] = mask_of(info, self._layouts[agent].leaves[MASK], over)

    def clear(self, agent: int, out: Mapping[str, Array], row: int) -> None:
        for values in out.values():
            values[row] = 0
        out[AGENT][row, agent] = 1
        if MASK in out:
            # Of components that it has not, the first choice is the only one.
            starts = np.cumsum([0, *self.space.counts])[:-1]
            out[MASK][row, starts[len(self._actions[agent].space.counts) :]] = 1
            out[MASK][row, self._places[agent]] = 1

    def action(self, agent: int, row: Any) -> Any:
        acting, given = self._actions[agent], self._own(agent, row)
        if acting.space.kind != "box" and (given >= np.array(acting.space.counts)).any():
            raise AgonError(
                "environment/actions",
                f"agent '{self._names[agent]}' does {given.tolist()}; it has {acting.space.describe()}",
                f"choose what the observation `{MASK}` allows",
            )
        return acting.value(given[0] if acting.space.kind == "discrete" else given)

    def again(self, names: Sequence[str], actions: NDArray[Any]) -> tuple[str, str]:
        def told(agent: int, row: Any) -> str:
            acting, own = self._actions[agent], self._own(agent, row)
            given = acting.plain(own if acting.space.kind == "discrete" else own[None])[0]
            return acting.again.replace("action", str(given), 1)

        steps = (", ".join(f"{name!r}: {told(i, step[i])}" for i, name in enumerate(names)) for step in actions)
        return f"[{', '.join(f'{{{one}}}' for one in steps)}]", "action"

    def _own(self, agent: int, row: Any) -> NDArray[Any]:
        """The numbers of a row that are the agent's."""
        own: NDArray[Any] = np.reshape(row, -1)[: self._actions[agent].space.width]
        return own


def _places(union: Sequence[int], own: Sequence[int]) -> NDArray[np.int64]:
    """Where the choices of an agent stand among all."""
    starts = np.cumsum([0, *union])
    ranges = [np.arange(starts[i], starts[i] + count) for i, count in enumerate(own)]
    return np.concatenate(ranges).astype(np.int64) if ranges else np.zeros(0, np.int64)


def _union(names: Sequence[str], spaces: Sequence[ActionSpace]) -> ActionSpace:
    boxes = [space.kind == "box" for space in spaces]
    if any(boxes) and not all(boxes):
        one, other = names[boxes.index(True)], names[boxes.index(False)]
        raise AgonError(
            "environment/space",
            f"agent '{one}' acts in real numbers and '{other}' in choices",
            "wrap the environment so that all choose, or all give numbers",
        )
    width = max(space.width for space in spaces)
    if all(boxes):
        low = [min(space.low[i] for space in spaces if i < space.width) for i in range(width)]
        high = [max(space.high[i] for space in spaces if i < space.width) for i in range(width)]
        return ActionSpace("box", low=tuple(low), high=tuple(high))
    counts = tuple(max(space.counts[i] for space in spaces if i < space.width) for i in range(width))
    single = all(space.kind == "discrete" for space in spaces)
    return ActionSpace("discrete" if single else "multi-discrete", counts)


def _padded(name: str, names: Sequence[str], leaves: Sequence[Leaf | None]) -> Leaf:
    """As large as the largest of that name. Values of agents that have less of it, or nothing, are zeros."""
    given = [(whose, leaf) for whose, leaf in zip(names, leaves, strict=True) if leaf is not None]
    (first, model), *others = given
    for whose, leaf in others:
        if len(leaf.shape) != len(model.shape) or leaf.dtype != model.dtype:
            raise AgonError(
                "environment/space",
                f"observation '{name}' is {model.dtype} {model.shape} of '{first}' and {leaf.dtype} {leaf.shape} of '{whose}'",
                "wrap the environment so that they have one type and as many axes, or other names: "
                "a Dict is hosted under the names of its keys",
            )
    shape = tuple(max(leaf.shape[axis] for _, leaf in given) for axis in range(len(model.shape)))
    fills = len(given) < len(names) or any(leaf.shape != shape for _, leaf in given)
    lows, highs = [leaf.low for _, leaf in given], [leaf.high for _, leaf in given]
    bounded = all(one is not None for one in (*lows, *highs))
    low = min([one for one in lows if one is not None] + [0.0] * fills) if bounded else None
    high = max([one for one in highs if one is not None] + [0.0] * fills) if bounded else None
    return replace(model, shape=shape, low=low, high=high, bounds=_joint_bounds(shape, [leaf for _, leaf in given], fills))


def _joint_bounds(shape: tuple[int, ...], leaves: Sequence[Leaf], fills: bool) -> tuple[Array, Array] | None:
    found: list[tuple[Array, Array]] = []
    for leaf in leaves:
        if leaf.bounds is None:
            return None
        both = np.zeros((2, *shape), leaf.dtype)
        both[(slice(None), *(slice(0, size) for size in leaf.shape))] = np.stack(leaf.bounds)
        found.append((both[0], both[1]))
    if fills:
        found.append((np.zeros(shape, leaves[0].dtype),) * 2)
    return reduce(np.minimum, [low for low, _ in found]), reduce(np.maximum, [high for _, high in found])
