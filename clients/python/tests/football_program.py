"""`python3 -m agon_client.football` with the stand-in of the original engine on the path."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "football_stand_in"))

if __name__ == "__main__":
    from agon_client import as_program
    from agon_client.football.__main__ import main

    as_program(main)
