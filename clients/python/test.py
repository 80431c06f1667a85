#!/usr/bin/env python3
"""Runs this package's tests and writes their counts, as JSON, to the path given.

    python3 clients/python/test.py [counts.json]
"""

from __future__ import annotations

import json
import os
import sys
import unittest
from pathlib import Path

HERE = Path(__file__).resolve().parent


def main() -> int:
    # The library explains every refused handshake on standard error; tests refuse some on purpose.
    os.environ.setdefault("GRPC_VERBOSITY", "NONE")
    os.chdir(HERE)
    sys.path.insert(0, str(HERE))
    suite = unittest.defaultTestLoader.discover(str(HERE / "tests"), top_level_dir=str(HERE))
    result = unittest.TextTestRunner(verbosity=1).run(suite)
    failed = len(result.failures) + len(result.errors)
    counts = {
        "files": len(list((HERE / "tests").glob("test_*.py"))),
        "passed": result.testsRun - failed - len(result.skipped),
        "failed": failed,
        "failures": [f"{test.id()}\n{trace}" for test, trace in result.failures + result.errors],
        "skipped": [f"{test.id()} ({reason})" for test, reason in result.skipped],
    }
    if len(sys.argv) > 1:
        Path(sys.argv[1]).write_text(json.dumps(counts))
    return 0 if result.wasSuccessful() else 1


if __name__ == "__main__":
    sys.exit(main())
