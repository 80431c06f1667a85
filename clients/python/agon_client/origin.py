"""Where an exception of a user's code comes from, and how it is told to the other side.

Two details have names on both sides of the wire: `origin`, the innermost line of the user's code, and `stack`, the
traceback as text, its outer end cut first.
"""

from __future__ import annotations

import signal
import sysconfig
import traceback
from pathlib import Path
from types import CodeType, TracebackType
from typing import Iterator

from .errors import AgonError, kebab
from .exact import shortened

_HERE = str(Path(__file__).resolve().parent) + "/"
# Stand-ins are what a user's environment would be.
_STAND_INS = _HERE + "stand_ins/"
_INTERPRETER = tuple({sysconfig.get_path(name) + "/" for name in ("stdlib", "platstdlib")}) + ("<frozen", "<__array_function__")
_INSTALLED = ("/site-packages/", "/dist-packages/")
_LONGEST_ORIGIN = 500
_LONGEST_STACK = 4000
_LONGEST_LINE = 500
_LONGEST_MESSAGE = 1000


def as_told(error: BaseException, call: str) -> AgonError:
    """An exception of a user's code in `call`, as the record that is told of it; `AgonError` keeps its code and words.

    The exception itself is its `__cause__`.
    """
    told_of = {"origin": origin_of(error), "stack": stack_of(error)}
    details = {name: text for name, text in told_of.items() if text}
    if isinstance(error, AgonError):
        told = AgonError(error.code, error.message, error.remedy, place=error.place, fields={**details, **error.fields})
    else:
        told = AgonError(f"python/{kebab(type(error).__name__)}", f"{call}: {sentence_of(error)}", fields=details)
    told.__cause__ = error
    return told


def sentence_of(error: BaseException) -> str:
    """Type and message, as the last line of a traceback has them."""
    try:
        words = str(error)
    except Exception:  # noqa: BLE001 - an exception that cannot say what it is still has a type
        words = ""
    name = type(error).__name__
    return shortened(f"{name}: {words}" if words else name, _LONGEST_MESSAGE)


def origin_of(error: BaseException) -> str:
    """`<path>:<line> in <function>` of the innermost frame of the user's code; empty for an exception never raised.

    Where there is none it is the innermost of all; of what this package refuses by itself there is no line to look at.
    """
    if isinstance(error, SyntaxError) and error.filename:
        return _line(f"{error.filename}:{error.lineno or 1}:{error.offset or 1}")
    frames = list(_frames(error.__traceback__))
    chosen = (
        [frame for frame in frames if not _is_library(frame[0]) and not _is_installed(frame[0])]
        or [frame for frame in frames if not _is_library(frame[0])]
        or ([] if isinstance(error, AgonError) else frames)
    )
    if not chosen:
        return ""
    file, line, code = chosen[-1]
    return _line(f"{file}:{line} in {code.co_name}")


def stack_of(error: BaseException) -> str:
    """The traceback with its causes; where it is long, its innermost frames."""
    lines = "".join(traceback.format_exception(error)).rstrip().splitlines()
    whole = "\n".join(shortened(line, _LONGEST_LINE) for line in lines)
    if len(whole) <= _LONGEST_STACK:
        return whole
    kept = whole[-(_LONGEST_STACK - 40) :]
    return f"… {len(whole) - len(kept)} characters left out\n{kept}"


def is_interruption(error: BaseException) -> bool:
    """Whether a person or the system ended the program: Ctrl-C, or an exit in the handler of a signal."""
    if isinstance(error, KeyboardInterrupt):
        return True
    if not isinstance(error, SystemExit):
        return False
    handlers = {getattr(signal.getsignal(one), "__code__", None) for one in signal.valid_signals()}
    return any(code in handlers for _, _, code in _frames(error.__traceback__))


def _frames(innermost: TracebackType | None) -> Iterator[tuple[str, int, CodeType]]:
    """From the outermost frame to the innermost."""
    for frame, line in traceback.walk_tb(innermost):
        yield frame.f_code.co_filename, line, frame.f_code


def _is_library(file: str) -> bool:
    """This package or the interpreter's own."""
    if file.startswith(_STAND_INS):
        return False
    return file.startswith(_HERE) or file.startswith(_INTERPRETER) and not _is_installed(file)


def _is_installed(file: str) -> bool:
    return any(folder in file for folder in _INSTALLED)


def _line(text: str) -> str:
    return shortened(" ".join(text.splitlines()), _LONGEST_ORIGIN - 1)
