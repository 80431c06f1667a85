"""What a script around an actor needs."""

from __future__ import annotations

import inspect
import sys
from pathlib import Path
from typing import Callable

from .errors import AgonError


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
