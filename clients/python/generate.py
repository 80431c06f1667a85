#!/usr/bin/env python3
"""Message classes of proto/ for this package, into agon_client/gen.

With --check nothing is written: the exit code is 1 where the committed code is not what proto/ gives, and 3 where no
compiler of the pinned series is there to tell. Debian has it as `protobuf-compiler`.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
PROTO = HERE.parents[1] / "proto"
OUT = HERE / "agon_client" / "gen"
FILES = ("tensors", "errors", "environments", "actors")
# Another series writes other code for the same contract. Code of this one is read by protobuf 4.21 and every later one so far.
SERIES = "3.21"
SIBLING = re.compile(r"^from agon\.v1 import (\w+_pb2) as", re.MULTILINE)


def compiler() -> str | None:
    """Path of a protoc of the pinned series, or None."""
    found = shutil.which("protoc")
    if found is None:
        return None
    version = subprocess.run([found, "--version"], capture_output=True, text=True, check=True)
    return found if version.stdout.split()[-1].startswith(f"{SERIES}.") else None


def generate(protoc: str) -> dict[str, str]:
    """File name → text of every module that proto/ gives."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            [protoc, f"-I{PROTO}", f"--python_out={folder}", f"--pyi_out={folder}"]
            + [str(PROTO / "agon" / "v1" / f"{name}.proto") for name in FILES],
            check=True,
        )
        made = sorted(Path(folder, "agon", "v1").iterdir())
        # The package's own modules, not a package `agon` at the top of everyone's path.
        return {file.name: _heading(file) + SIBLING.sub(r"from . import \1 as", file.read_text()) for file in made}


def _heading(file: Path) -> str:
    """protoc's stubs are not strict, and users whose settings are would be told so."""
    return "# mypy: ignore-errors\n" if file.suffix == ".pyi" else ""


def main() -> int:
    protoc = compiler()
    if protoc is None:
        print(f"there is no protoc {SERIES}.x: apt-get install protobuf-compiler")
        return 3
    stale = 0
    for name, text in generate(protoc).items():
        path = OUT / name
        if "--check" not in sys.argv:
            path.write_text(text)
        elif not path.exists() or path.read_text() != text:
            stale += 1
            print(f"{path.relative_to(HERE)} is not what proto/ gives: python3 generate.py")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
