"""What a script around an actor needs."""

from __future__ import annotations

import sys
from typing import Callable

from .errors import AgonError


def as_program(work: Callable[[], object]) -> None:
    """Does the work of a script: an `AgonError` becomes one line on standard error and exit code 1; Ctrl-C is no error."""
    try:
        work()
    except AgonError as error:
        sys.exit(f"error {error}")
    except KeyboardInterrupt:
        sys.exit(130)
