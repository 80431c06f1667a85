"""What a script around an actor needs."""

from __future__ import annotations

import inspect
import os
import signal
import sys
import threading
from pathlib import Path
from typing import Callable

from .errors import AgonError

def announcements() -> list[signal.Signals]:
    """The signals by which people, schedulers and closing terminals announce the end, as far as they are not ignored (`nohup`)."""
    names = ("SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT", "SIGUSR1", "SIGUSR2", "SIGXCPU", "SIGPWR", "SIGBREAK")
    known = (getattr(signal, name) for name in names if hasattr(signal, name))
    return [one for one in known if signal.getsignal(one) is not signal.SIG_IGN]


def told_to_end() -> threading.Event:
    """An event that is set once the end of this process is announced by a signal.

    For programs that serve until then; to be called from the main thread, before what takes long.
    """
    told = threading.Event()
    for one in announcements():
        signal.signal(one, lambda *_: told.set())
    return told


def say(text: str) -> None:
    """Prints a line. A terminal or log that cannot be written is no reason to stop serving: then nothing more is printed."""
    try:
        print(text, flush=True)
    except OSError:
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115 - as long as the process


def as_program(work: Callable[..., object]) -> None:
    """Does the work of a script: an `AgonError` becomes one line on standard error and exit code 1; Ctrl-C is no error.

    `lambda hub: …` is given the command line's one argument. Without it, or with more, the exit code is 2 and standard
    error says how the script is called. Work without parameters reads the command line itself.
    """
    names = list(inspect.signature(work).parameters)
    given = sys.argv[1:] if names else []
    if len(given) != len(names):
        print(f"usage: {Path(sys.argv[0]).name} {' '.join(name.upper() for name in names)}", file=sys.stderr)
        sys.exit(2)
    try:
        work(*given)
    except AgonError as error:
        sys.exit(f"error {error}")
    except KeyboardInterrupt:
        sys.exit(130)
