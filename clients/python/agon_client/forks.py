"""gRPC and processes that fork, as vector environments do that step side by side."""

from __future__ import annotations

import os

_SETTING = "GRPC_ENABLE_FORK_SUPPORT"


def leave_forks_alone() -> None:
    """To be called before grpc is imported: its handlers of a fork kill the child of a process that serves.

    A value that the environment has already stands.
    """
    os.environ.setdefault(_SETTING, "0")


def fork_remedy(error: BaseException) -> str:
    """What to do about forked workers that die before they answer; empty where the error has no such look."""
    if not isinstance(error, (BrokenPipeError, ConnectionResetError, EOFError)):
        return ""
    asked = f"{_SETTING}={os.environ.get(_SETTING, '')} stands in the environment: set it to 0"
    late = "import agon_client before grpc"
    return f"its worker processes died. {asked if os.environ.get(_SETTING) != '0' else late}, or make them with context='spawn'"

