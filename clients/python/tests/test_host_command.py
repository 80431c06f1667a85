"""`python3 -m agon_client.host` as people type it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path
from typing import Any

import numpy as np

import agon_client as agon
from agon_client.stand_ins.beacon import Beacon, beacon_levels

PACKAGE = Path(__file__).resolve().parents[1]
MODULE = """
from agon_client.stand_ins.beacon import Beacon, beacon_levels

OPTIONS = {"levels": beacon_levels(), "solved_above": 0.0}

def make():
    return Beacon()
"""


class Command(unittest.TestCase):
    def setUp(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        (self.folder / "my_env.py").write_text(MODULE)

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "agon_client.host", *arguments]
        pipes: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
        process = subprocess.Popen(command, cwd=self.folder, env={**os.environ, "PYTHONPATH": str(PACKAGE)}, **pipes)
        self.addCleanup(process.kill)
        return process

    def test_hosts_what_a_module_of_the_folder_makes_in_several_processes(self) -> None:
        process = self.start("my_env:make", "--options", "OPTIONS", "--processes", "2", "--id", "mine", "--rendezvous", "env.json")
        assert process.stdout is not None
        self.assertIn("my_env:make at 127.0.0.1:", process.stdout.readline())
        environment = agon.Environment.connect(self.folder / "env.json")
        self.assertEqual((environment.spec.id, environment.spec.solved_above), ("mine", 0.0))
        rendezvous = self.folder / "here.json"
        with agon.serve_environment(Beacon, id="mine", levels=beacon_levels(), rendezvous=rendezvous):
            here = agon.Environment.connect(rendezvous)
            self.assertEqual(self.played(environment), self.played(here))
            here.close()
        environment.close()
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
        if children.exists():
            # And one that looks after what processes share.
            self.assertIn(len(children.read_text().split()), (2, 3))
        process.send_signal(signal.SIGTERM)
        _, said = process.communicate(timeout=30)
        self.assertEqual((process.returncode, said), (0, ""))
        self.assertFalse((self.folder / "env.json").exists())

    def test_what_is_not_there_is_named(self) -> None:
        for target, told in (
            ("my_env", "names no function of a module"),
            ("no_such:make", "there is no module 'no_such'"),
            ("my_env:made", "the module 'my_env' has no 'made'"),
        ):
            process = self.start(target)
            _, said = process.communicate(timeout=60)
            self.assertEqual(process.returncode, 1)
            self.assertIn(told, said)
            self.assertNotIn("Traceback", said)

    def played(self, environment: agon.Environment) -> list[bytes]:
        told = []
        with environment.vector(5, seed=3) as vector:
            vector.reset(environment.levels.sample(5, seed=1))
            for t in range(6):
                step = vector.step(np.full(5, t % 4))
                told += [seen.tobytes() for seen in step.observations.values()] + [step.rewards.tobytes()]
        return told
