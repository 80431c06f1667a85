"""Pixels of games as students read them: grey, small, stacked, with frames skipped. The wrappers are Gymnasium's own."""

from __future__ import annotations

import importlib
import sys
from dataclasses import dataclass, replace
from typing import Any, Callable, Literal, Mapping

import numpy as np

from ..errors import AgonError
from ..exact import whole
from .contract import is_parallel
from .factory import check_one, takes_count


@dataclass(frozen=True)
class Pixels:
    """What is made of the images of a single environment, in this order: `serve_environment(…, pixels=Pixels(…))`.

    The observation is uint8 `[height, width, channels]`, the oldest frame of a stack first. Needs gymnasium, and cv2 to resize.
    """

    channels: Literal["first", "last"] = "last"
    """Where the environment's images have their channels, frames that it stacks itself included."""
    no_ops: int = 0
    """An episode begins with 1 … as many actions that do nothing, drawn by its seed. Atari only."""
    skip: int = 1
    """An action is repeated so often and the last two frames are joined by their maximum; rewards add up."""
    life_loss: bool = False
    """A lost life ends the episode, in evaluations too; the next one begins with a new game. Atari only."""
    fire_on_reset: bool = False
    """An episode begins with the action FIRE, in games that have it: some wait for it, as Breakout does. Atari only."""
    grey: bool = False
    resize: tuple[int, int] | None = None
    """Height and width."""
    stack: int = 1
    """Frames of an observation; at the beginning the first one is repeated."""
    clip_rewards: bool = False
    """A reward becomes its sign: what is told, to evaluations too, are returns of signs."""

    @classmethod
    def atari(cls, **changes: Any) -> Pixels:
        """Four grey frames of 84 × 84, four game frames a step, up to thirty no-ops (Mnih et al. 2015; Machado et al. 2018)."""
        return replace(cls(no_ops=30, skip=4, grey=True, resize=(84, 84), stack=4), **changes)

    def __post_init__(self) -> None:
        """Raises `AgonError` `environment/pixels`."""
        for name, least in (("no_ops", 0), ("skip", 1), ("stack", 1)):
            whole(getattr(self, name), name, least, code="environment/pixels")
        if self.resize is not None and (len(self.resize) != 2 or min(self.resize) < 1):
            raise _refused(f"resize is {self.resize}", "give height and width, as (84, 84)")

    def wrap(self, env: Any) -> Any:
        """Raises `AgonError` `environment/pixels` for what the environment cannot have, `environment/package` for what is not installed."""
        gymnasium = _package("gymnasium", "gymnasium")
        if self.resize is not None:
            _package("cv2", "opencv-python-headless")
        wrappers = importlib.import_module("gymnasium.wrappers")
        if self.channels == "first":
            env = _turned(gymnasium, wrappers, env, lambda image: np.moveaxis(image, 0, -1))
        env = self._atari(wrappers, env) if _is_atari(env) else self._other(wrappers, env)
        if self.fire_on_reset:
            env = _fired(gymnasium, env)
        if self.stack > 1:
            stacked = getattr(wrappers, "FrameStackObservation", None) or wrappers.FrameStack
            env = _turned(gymnasium, wrappers, stacked(env, self.stack), _unstacked)
        elif len(env.observation_space.shape) == 2:
            env = _turned(gymnasium, wrappers, env, lambda image: image[..., None])
        if self.clip_rewards:
            env = wrappers.TransformReward(env, lambda reward: float(np.sign(reward)))
        return _checked(env)

    def _atari(self, wrappers: Any, env: Any) -> Any:
        if not (self.no_ops or self.life_loss or self.grey or self.resize or self.skip > 1):
            return env
        if self.skip > 1 and getattr(env.unwrapped, "_frameskip", 1) != 1:
            raise _refused("the game skips frames by itself already", "make it with frameskip=1, or leave skip out")
        height, width = self.resize or env.observation_space.shape[:2]
        size = height if height == width else (width, height)
        return wrappers.AtariPreprocessing(
            env,
            noop_max=self.no_ops,
            frame_skip=self.skip,
            screen_size=size,
            terminal_on_life_loss=self.life_loss,
            grayscale_obs=self.grey,
        )

    def _other(self, wrappers: Any, env: Any) -> Any:
        if self.no_ops or self.life_loss or self.fire_on_reset:
            raise _refused("no_ops, life_loss and fire_on_reset are of Atari games, and this is none", "leave them out")
        if self.skip > 1:
            if not hasattr(wrappers, "MaxAndSkipObservation"):
                raise _refused("this gymnasium skips frames of Atari games alone", "pip install 'gymnasium>=1.0'")
            env = wrappers.MaxAndSkipObservation(env, self.skip)
        if self.grey:
            grey = getattr(wrappers, "GrayscaleObservation", None) or wrappers.GrayScaleObservation
            env = grey(_checked(env))
        return env if self.resize is None else wrappers.ResizeObservation(_checked(env), self.resize)


def _is_atari(env: Any) -> bool:
    return hasattr(env.unwrapped, "ale")


def _fired(gymnasium: Any, env: Any) -> Any:
    meanings = list(env.unwrapped.get_action_meanings())
    if "FIRE" not in meanings:
        return env
    fire = meanings.index("FIRE")

    class Fired(gymnasium.Wrapper):  # type: ignore[misc]
        """What the shot earns and takes is nobody's; one that ends the episode is not fired."""

        def reset(self, **given: Any) -> Any:
            info = self.env.reset(**given)[1]
            seen, _, over, cut, told = self.env.step(fire)
            return self.env.reset(**given) if over or cut else (seen, {**info, **told})

    return Fired(env)


def _unstacked(frames: Any) -> Any:
    """`[stack, h, w]` or `[stack, h, w, c]` → `[h, w, stack · c]`."""
    image = np.moveaxis(np.asarray(frames), 0, 2)
    return image.reshape(*image.shape[:2], -1)


def _turned(gymnasium: Any, wrappers: Any, env: Any, turn: Any) -> Any:
    space = _checked(env, ranks=(2, 3, 4)).observation_space
    turned = gymnasium.spaces.Box(int(space.low.min()), int(space.high.max()), turn(space.low).shape, space.dtype.type)
    try:
        return wrappers.TransformObservation(env, turn, turned)
    except TypeError:
        # Before gymnasium 1.0 the wrapper kept the space as it was.
        made = wrappers.TransformObservation(env, turn)
        made.observation_space = turned
        return made


def _checked(env: Any, ranks: tuple[int, ...] = (2, 3)) -> Any:
    """The environment, whose observation is an image of bytes."""
    space = env.observation_space
    shape = getattr(space, "shape", None)
    if shape is None or len(shape) not in ranks or getattr(space, "dtype", None) != np.uint8:
        raise _refused(f"the observation is {space}, no image of bytes", "leave pixels out, or wrap the environment yourself")
    return env


def _package(name: str, install: str) -> Any:
    try:
        return importlib.import_module(name)
    except ImportError as cause:
        raise AgonError("environment/package", f"pixels need {name}, which is not installed", f"pip install {install}") from cause


def _refused(why: str, remedy: str) -> AgonError:
    return AgonError("environment/pixels", why, remedy)


def pictured(make: Callable[..., Any] | None, pixels: Pixels) -> Callable[..., Any]:
    """Makes wrapped environments; those that are not single are refused."""
    if make is None:
        raise _refused("there is no environment whose images pixels could be made of", "leave pixels out")
    given = make

    def wrapped() -> Any:
        env = given()
        check_one(env)
        if is_parallel(env):
            raise _refused("pixels are of single environments", "wrap the images of agents yourself")
        return pixels.wrap(env)

    if takes_count(given):
        raise _refused("pixels are of single environments", "give `make()` instead of `make(n)`")
    return wrapped


def note_axes(shapes: Mapping[str, tuple[int, ...]]) -> None:
    """Says on standard error which images may have their channels in front: the last axis the longest, the first the shortest."""
    for name, shape in shapes.items():
        if len(shape) == 3 and shape[0] < shape[1] <= shape[2]:
            sizes = " × ".join(map(str, shape))
            print(
                f"note: the longest axis of the observation '{name}' of {sizes} is the last, as if {shape[0]} channels came first:"
                " pixels=Pixels(channels='first') hands them over last, network.channels of a student says how they lie",
                file=sys.stderr,
                flush=True,
            )
