#!/usr/bin/env python3
"""Runs this package's tests and writes their counts, as JSON, to the path given.

    python3 clients/python/test.py [counts.json]           # all that need nothing but the package
    build/python-venv/bin/python clients/python/test.py --real [counts.json]   # test_real_*.py: with the real packages
"""

from __future__ import annotations

import json
import os
import sys
import unittest
from pathlib import Path

HERE = Path(__file__).resolve().parent


def chosen(real: bool) -> list[Path]:
    """Files of tests: those with the real packages of requirements-test.txt, or all others."""
    return [file for file in sorted((HERE / "tests").glob("test_*.py")) if file.name.startswith("test_real_") == real]


def main() -> int:
    given = sys.argv[1:]
    real = "--real" in given
    outputs = [one for one in given if one != "--real"]
    files = chosen(real)
    # The library explains every refused handshake on standard error; tests refuse some on purpose.
    os.environ.setdefault("GRPC_VERBOSITY", "NONE")
    os.chdir(HERE)
    sys.path.insert(0, str(HERE))
    suite = unittest.defaultTestLoader.loadTestsFromNames([f"tests.{file.stem}" for file in files])
    result = unittest.TextTestRunner(verbosity=1).run(suite)
    failed = len(result.failures) + len(result.errors)
    counts = {
        "files": len(files),
        "passed": result.testsRun - failed - len(result.skipped),
        "failed": failed,
        "failures": [f"{test.id()}\n{trace}" for test, trace in result.failures + result.errors],
        "skipped": [f"{test.id()} ({reason})" for test, reason in result.skipped],
    }
    if outputs:
        Path(outputs[0]).write_text(json.dumps(counts))
    return 0 if result.wasSuccessful() else 1


if __name__ == "__main__":
    sys.exit(main())
