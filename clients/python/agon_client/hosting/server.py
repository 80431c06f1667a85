"""Serving an environment with the surface of Gymnasium or PettingZoo."""

from __future__ import annotations

import json
import math
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Callable, Mapping, Sequence

from ..action_space import ActionSpace
from ..errors import AgonError
from ..exact import real
from ..gen import environments_pb2 as wire
from ..measure import Measure
from .contract import Hosted, LevelSpace, is_parallel
from .factory import check_one, takes_count
from .gym_level import GymLevels
from .listener import EnvironmentServer, Listener, serve_hosted
from .parallel import HostedParallel
from .pixels import Pixels, note_axes, pictured
from .pool import EnvironmentPool
from .processes import HostedProcesses
from .seeded_loads import SeededLoads
from .single import HostedSingle
from .vectorised import HostedVectorised
from .without_steps import HostedLevels


_MOST_PROCESSES = 1024


def serve_environment(
    make: Callable[..., Any] | None,
    *,
    id: str,
    profile: str = "gymnasium",
    levels: LevelSpace = GymLevels(),
    step_limit: int | None = None,
    solved_above: float | None = None,
    return_range: tuple[float, float] | None = None,
    measures: Sequence[Measure] = (),
    seats: Mapping[str, Sequence[str]] | None = None,
    action_names: Sequence[str] = (),
    info_mask: bool | None = None,
    pixels: Pixels | None = None,
    options: Mapping[str, Any] | None = None,
    address: str = "127.0.0.1:0",
    rendezvous: str | Path | None = None,
    token: str | None = None,
    certificate: str | Path | None = None,
    key: str | Path | None = None,
    client_authority: str | Path | None = None,
    insecure: bool = False,
    max_slots: int = 65_536,
    threads: int = 64,
    reuse: bool = True,
    presence: bool = True,
    processes: int = 1,
) -> EnvironmentServer:
    """Serves the environment that `make` makes, and returns at once.

    `make()` gives a Gymnasium environment or a PettingZoo parallel one; `make(n)` a vector environment of n, and
    `make(n, seed=…)` one whose draws are keyed when it is made. `step_limit` truncates episodes (default: `max_episode_steps` of the registration, else 1 000).
    An episode solved its level when its return is above `solved_above` (default: `reward_threshold` of the registration;
    without one, or with `math.inf`, nothing can be solved, and the mean return is told instead). Evaluations print the `measures` beside it.
    `threads` bounds the vector environments open at a time.
    `make=None` serves levels alone, for students that attempt one in one go (prompts, programs): nothing is stepped, `levels`
    may be any level space, `seats` names the one seat.
    The observation `mask` says which choices are allowed, where a Dict observation has an `action_mask`, or the info of the
    first reset: with `info_mask` it must (of a parallel environment, that of each agent), with `info_mask=False` it is left aside.

    Of several agents each sees in `present` whether it is there: what one does who left its episode before the others is
    not learned from (`presence=False`: it is, as of one who sees zeros).

    With `pixels`, images of a single environment are made grey, small, stacked, as `Pixels` says.

    Environments of a stream that is over play in the next one: `reset(seed=…, options=…)` must make one as new, on whatever
    thread. With `reuse=False`, and after a call that failed, they are closed, and made anew where they are needed.

    With `processes` above 1 the slots of every vector environment are dealt to so many processes, which import `make`: it
    is a function of a module, and a script serves under `if __name__ == "__main__":`. What is played does not depend on their number.

    Every call needs the token: the one given, or a fresh one in a file of mode 0600 beside `rendezvous`. Beyond loopback
    it needs a certificate and key (PEM files), or `insecure=True` where the network is trusted.
    Raises `AgonError` `environment/*`, `wire/insecure`, `wire/listen`.
    """
    setting = _Setting(make, pixels, step_limit, seats, info_mask, reuse, presence)
    here = setting.host(levels)
    hosted = here if processes == 1 else _in_processes(here, setting, processes)
    for note in here.layout.notes:
        print(f"environment '{id}': {note}", file=sys.stderr, flush=True)
    if pixels is None:
        note_axes({name: leaf.shape for name, leaf in hosted.layout.leaves.items()})
    description = _describe(hosted, id, profile, action_names, options)
    above = here.solved_above if solved_above is None else solved_above
    if above is not None and above != math.inf:
        description.solved_above = real(above, "solved_above", "environment/description")
    if return_range is not None:
        description.return_low, description.return_high = return_range
    description.measures.extend(measure.message() for measure in measures)
    listener = Listener(address, rendezvous, token, certificate, key, client_authority, insecure, max_slots, threads)
    return serve_hosted(hosted, levels, description, listener)


@dataclass(frozen=True)
class _Setting:
    """What decides how an environment is hosted, in whichever process."""

    make: Callable[..., Any] | None
    pixels: Pixels | None
    step_limit: int | None
    seats: Mapping[str, Sequence[str]] | None
    info_mask: bool | None
    reuse: bool
    presence: bool

    def host(self, levels: LevelSpace = GymLevels()) -> HostedSingle | HostedParallel | HostedVectorised | HostedLevels:
        make = self.make if self.pixels is None else pictured(self.make, self.pixels)
        if make is None:
            return HostedLevels(self.seats or {})
        takes = takes_count(make)
        make = SeededLoads().of(make)
        if takes:
            return HostedVectorised(make, self.step_limit, levels, self.info_mask, self.reuse)
        environments = EnvironmentPool(make, self.reuse)
        probe = environments.take()
        check_one(probe)
        environments.give(probe)
        if is_parallel(probe):
            return HostedParallel(environments, self.step_limit, self.seats, self.info_mask, levels, self.presence)
        return HostedSingle(environments, self.step_limit, self.info_mask, levels)


def _in_processes(
    hosted: HostedSingle | HostedParallel | HostedVectorised | HostedLevels, setting: _Setting, count: int
) -> HostedProcesses:
    """Raises `AgonError` `environment/processes`."""
    if type(count) is not int or not 1 <= count <= _MOST_PROCESSES:
        raise AgonError("environment/processes", f"{count} processes; a whole number of 1 … {_MOST_PROCESSES}")
    if isinstance(hosted, HostedLevels):
        raise AgonError("environment/processes", "levels alone have no slots to deal to processes", "leave processes out")
    if isinstance(hosted, HostedVectorised):
        raise AgonError(
            "environment/processes",
            "`make(n)` gives a vector environment, whose slots are not dealt to processes",
            "give `make()` of one environment, or a vector environment with processes of its own",
        )
    # Whether there is a mask of the info was seen once, here: level spaces do not travel.
    return HostedProcesses(hosted, replace(setting, info_mask=hosted.masked).host, count)


def _describe(
    hosted: Hosted, id: str, profile: str, action_names: Sequence[str], options: Mapping[str, Any] | None
) -> wire.EnvironmentDescription:
    space = ActionSpace.of(hosted.actions)
    if action_names and len(action_names) != space.names:
        raise AgonError("environment/actions", f"{len(action_names)} names for {space.names} actions")
    return wire.EnvironmentDescription(
        id=id,
        profile=profile,
        observations={name: leaf.spec() for name, leaf in hosted.layout.leaves.items()},
        actions=space.spec(action_names) if hosted.layout.leaves else None,
        agents=hosted.agents,
        seats=[wire.Seat(name=name, agents=members) for name, members in hosted.seats.items()],
        options_json=json.dumps(dict(options or {}), sort_keys=True),
    )
