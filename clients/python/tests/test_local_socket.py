"""Step streams over the Unix socket of a host, as bytes."""

from __future__ import annotations

import json
import socket
import tempfile
import unittest
from pathlib import Path

import agon_client as agon
from agon_client.gen import environments_pb2 as wire
from agon_client.stand_ins.beacon import Beacon

from tests.test_hosting import level


def frame(data: bytes) -> bytes:
    return len(data).to_bytes(4, "little") + data


class Local(unittest.TestCase):
    def setUp(self) -> None:
        folder = Path(tempfile.mkdtemp())
        self.server = agon.serve_environment(Beacon, id="beacon", rendezvous=folder / "env.json")
        self.addCleanup(self.server.close)
        told = json.loads((folder / "env.json").read_text())
        self.path = Path(told["socket"])
        self.token = (folder / told["tokenFile"]).read_bytes().strip()

    def dial(self, *frames: bytes) -> socket.socket:
        stream = socket.socket(socket.AF_UNIX)
        self.addCleanup(stream.close)
        stream.settimeout(20)
        stream.connect(str(self.path))
        stream.sendall(b"".join(frames))
        return stream

    def answers(self, stream: socket.socket) -> list[wire.StepReply]:
        """All until the host ends the stream."""
        with stream.makefile("rb") as reader:
            found = []
            while prefix := reader.read(4):
                found.append(wire.StepReply.FromString(reader.read(int.from_bytes(prefix, "little"))))
        return found

    def test_requests_are_answered_in_order_until_the_caller_ends(self) -> None:
        asked = [
            wire.StepRequest(open=wire.Open(slots=2, auto_reset=1, seed=1)),
            wire.StepRequest(reset=wire.Reset(slots=[0, 1], levels=[level(1), level(2)])),
            wire.StepRequest(act=wire.Act(actions=b"\1\0\0\0" * 3)),
            wire.StepRequest(act=wire.Act(actions=b"\1\0\0\0" * 2)),
        ]
        stream = self.dial(frame(self.token), *(frame(one.SerializeToString()) for one in asked))
        stream.shutdown(socket.SHUT_WR)
        opened, reset, refused, stepped = self.answers(stream)
        self.assertEqual((opened.rows, len(reset.max_steps), refused.error.code), (2, 2, "environment/actions"))
        self.assertEqual(len(stepped.rewards), 8)

    def test_a_wrong_token_is_refused_and_the_stream_ends(self) -> None:
        opening = frame(wire.StepRequest(open=wire.Open(slots=2)).SerializeToString())
        for shown in (b"x" * 43, b"", self.token[:-1]):
            self.assertEqual([one.error.code for one in self.answers(self.dial(frame(shown), opening))], ["wire/token"])

    def test_bytes_that_are_no_request_end_the_stream(self) -> None:
        for odd in (frame(b"\xff" * 9), b"\xff\xff\xff\xff"):
            self.assertEqual([one.error.code for one in self.answers(self.dial(frame(self.token), odd))], ["wire/garbled"])

    def test_it_goes_with_the_server_and_ends_what_is_open(self) -> None:
        self.assertEqual(self.path.parent.stat().st_mode & 0o777, 0o700)
        stream = self.dial(frame(self.token))
        self.server.close()
        self.assertEqual(self.answers(stream), [])
        self.assertFalse(self.path.parent.exists())

    def test_there_is_none_without_a_rendezvous(self) -> None:
        with agon.serve_environment(Beacon, id="beacon", token="t" * 32) as server:
            self.assertIsNone(server.socket)
