"""What decides the last bits of this process's numbers."""

from __future__ import annotations

import platform
import re

import numpy as np

from .gen import actors_pb2 as wire

# As the hub names them: the instruction sets that numeric kernels are chosen by.
_FLAGS = ("amx_tile", "asimd", "avx2", "avx512_vnni", "avx512f", "fma", "sve")
_ARCHITECTURES = {"x86_64": "x64", "amd64": "x64", "aarch64": "arm64", "arm64": "arm64"}


def read_platform() -> wire.Platform:
    machine = platform.machine().lower()
    major, minor = platform.python_version_tuple()[:2]
    return wire.Platform(
        engine=f"numpy {np.__version__}",
        provider="cpu",
        arch=_ARCHITECTURES.get(machine, machine),
        instructions=_instructions(),
        runtime=f"python {major}.{minor}",
    )


def _instructions() -> str:
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as file:
            found = re.search(r"^(?:flags|Features)\s*:\s*(.*)$", file.read(), re.MULTILINE)
    except OSError:
        # No /proc outside Linux: the architecture alone must do.
        return "unknown"
    present = set(found.group(1).split()) if found else set()
    return " ".join(flag for flag in _FLAGS if flag in present)
