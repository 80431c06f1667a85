"""What an environment does wrong, told by its call: not a fault of whoever steps it."""

from __future__ import annotations

from typing import Any, Mapping

from ..errors import AgonError
from ..exact import flag, real, shortened, shown
from ..origin import as_told

_FLOAT32_MAX = 3.4028234e38
_LONGEST_LEVEL = 200
_STEPPED = "(observation, reward, terminated, truncated, info)"


class EnvironmentFault(AgonError):
    """Raised by hosting alone. `call` stands in its message and `fields`; what was raised first is its cause."""

    again = ""
    """Lines of Python that do the same again, for who hosts it; empty where that is not known."""


def fault_of(error: BaseException, call: str, **fields: Any) -> AgonError:
    """The fault behind `error`, which came out of `call` (`step 8 of slot 3`); refusals of others stay as they are."""
    if isinstance(error, EnvironmentFault):
        return error
    if isinstance(error, AgonError) and not error.code.startswith("environment/"):
        return error
    told = as_told(error, call)
    message = f"{call}: {told.message}" if isinstance(error, AgonError) else told.message
    fault = EnvironmentFault(told.code, message, told.remedy or _keywords(error), place=told.place, fields={**told.fields, **fields, "call": call})
    fault.__cause__ = error
    return fault


def _keywords(error: BaseException) -> str:
    """What to do where `reset` is one of before seeds; empty of anything else."""
    said = str(error)
    missing = isinstance(error, TypeError) and "reset() got an unexpected keyword argument" in said
    return "declare it as `def reset(self, *, seed=None, options=None)`: a level is a seed and options" if missing else ""


def level_text(level: Any) -> str:
    """A level for people who look for what went wrong on it; its text, or the beginning of its bytes."""
    try:
        data: bytes = level.encode()
        return shortened(data.decode(), _LONGEST_LEVEL)
    except UnicodeDecodeError:
        return shortened(data.hex(), _LONGEST_LEVEL)


def with_again(fault: AgonError, level: Any, count: int, steps: str) -> AgonError:
    """The fault, with how its episode is done again: `steps` is the Python that does all `count` of them, where it is known."""
    arguments = getattr(level, "reset_arguments", None)
    if arguments is None:
        return fault
    reset = f"reset({', '.join(f'{name}={value!r}' for name, value in arguments().items())})"
    told = f"do it again: {shortened(reset, _LONGEST_LEVEL)}"
    if count:
        told += f", then {count} step{'s' if count > 1 else ''}" + (", whose actions the host printed" if steps else "")
    return told_again(fault, told, f"env.{reset}\n{steps}".rstrip() + "\n")


def told_again(fault: AgonError, told: str, again: str) -> AgonError:
    """The fault of an environment, with how it is done again: for people, and in Python."""
    if isinstance(fault, EnvironmentFault) and not fault.again:
        fault.again = again
        fault.remedy = f"{fault.remedy}; {told}" if fault.remedy else told
    return fault


def begun(answer: Any) -> Any:
    """The observation of what `reset` gave, which has an info behind it. Raises `AgonError` `environment/observation`."""
    if not isinstance(answer, tuple) or len(answer) != 2 or not _is_info(answer[1]):
        raise AgonError(
            "environment/observation",
            f"reset gave {_told(answer)}; expected (observation, info)",
            "return the observation and a dict; wrap an environment of the old interface",
        )
    return answer[0]


def stepped(answer: Any) -> tuple[Any, Any, Any, Any]:
    """All that `step` gave but its info, which is a dict. Raises `AgonError` `environment/step`."""
    if not isinstance(answer, tuple) or len(answer) != 5 or not _is_info(answer[4]):
        raise AgonError(
            "environment/step",
            f"step gave {_told(answer)}; expected {_STEPPED}",
            "the old interface has one flag for both ends: wrap it" if isinstance(answer, tuple) and len(answer) == 4 else "",
        )
    return answer[0], answer[1], answer[2], answer[3]


def rewarded(value: Any, whose: str = "the reward") -> float:
    """A finite number of float32's range. Raises `AgonError` `environment/step`."""
    reward = value if type(value) is float else real(value, whose, "environment/step")
    if not -_FLOAT32_MAX <= reward <= _FLOAT32_MAX:
        raise AgonError("environment/step", f"{whose} is {value}; expected a finite number of float32's range")
    return reward


def ended(value: Any, which: str) -> bool:
    """Raises `AgonError` `environment/step`."""
    return value if type(value) is bool else flag(value, which, "environment/step")


def _is_info(value: Any) -> bool:
    # Nearly always a dict; to ask whether it is any mapping takes several times as long.
    return type(value) is dict or isinstance(value, Mapping)


def _told(answer: Any) -> str:
    return f"a tuple of {len(answer)}: {', '.join(shown(one) for one in answer)}" if isinstance(answer, tuple) else shown(answer)
