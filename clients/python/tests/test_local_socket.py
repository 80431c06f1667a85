"""Step streams over the Unix socket of a host, as bytes."""

from __future__ import annotations

import contextlib
import json
import os
import socket
import tempfile
import threading
import time
import unittest
from pathlib import Path
from unittest import mock

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
        """
        All until the host ends the stream. A host that closes over bytes that it had not read yet ends it by a reset; what
        it had answered before is still read first.
        """
        found: list[wire.StepReply] = []
        with stream.makefile("rb") as reader, contextlib.suppress(ConnectionResetError):
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

    def test_one_that_comes_while_the_host_closes_is_ended_too(self) -> None:
        start = threading.Thread.start

        def slowly(thread: threading.Thread) -> None:
            time.sleep(1.5)
            start(thread)

        with mock.patch.object(threading.Thread, "start", slowly):
            stream = self.dial(frame(self.token))
            time.sleep(0.1)
            self.server.close()
        self.assertEqual(self.answers(stream), [])

    def piped(self, slots: int) -> tuple[socket.socket, wire.StepPipes, list[int]]:
        """A stream whose vector was reset, and its pipes as the caller opens them."""
        opening = wire.StepRequest(open=wire.Open(slots=slots, auto_reset=3, seed=1, pipes=True, finals=True))
        begin = wire.StepRequest(reset=wire.Reset(slots=range(slots), levels=[level(slot) for slot in range(slots)]))
        stream = self.dial(frame(self.token), frame(opening.SerializeToString()), frame(begin.SerializeToString()))
        with stream.makefile("rb") as reader:
            opened, _ = (wire.StepReply.FromString(reader.read(int.from_bytes(reader.read(4), "little"))) for _ in range(2))
        pipes = opened.pipes
        opening_modes = (os.O_WRONLY, os.O_RDONLY, os.O_RDONLY)
        opened_here = [os.open(path, mode) for path, mode in zip((pipes.requests, pipes.ready, pipes.data), opening_modes)]
        for one in opened_here:
            self.addCleanup(os.close, one)
        return stream, pipes, opened_here

    def test_steps_over_pipes_are_those_over_the_stream(self) -> None:
        # The second ones are too long for one piece.
        for slots in (2, 400):
            with self.subTest(slots=slots):
                actions = b"\1\0\0\0" * slots
                stream, pipes, (requests, ready, data) = self.piped(slots)
                modes = [Path(path).stat().st_mode & 0o777 for path in (pipes.requests, pipes.ready, pipes.data)]
                self.assertEqual(modes, [0o600] * 3)
                twin = self.dial(frame(self.token), frame(wire.StepRequest(open=wire.Open(slots=slots, auto_reset=3, seed=1)).SerializeToString()))
                twin.sendall(frame(wire.StepRequest(reset=wire.Reset(slots=range(slots), levels=[level(slot) for slot in range(slots)])).SerializeToString()))
                twin.sendall(frame(wire.StepRequest(act=wire.Act(actions=actions)).SerializeToString()))
                twin.shutdown(socket.SHUT_WR)
                theirs = self.answers(twin)[-1]
                os.write(requests, frame(actions))
                size, kind = (int.from_bytes(os.read(ready, 4), "little") for _ in range(2))
                self.assertEqual(kind, 1 if slots == 2 else 2)
                mine = b""
                while len(mine) < size:
                    mine += os.read(ready if kind == 1 else data, size - len(mine))
                seen = b"".join(one.tensor.data for one in theirs.observations)
                began = [len(theirs.began), *theirs.began, *theirs.max_steps]
                counts = b"".join(number.to_bytes(4, "little") for number in began)
                self.assertEqual(mine, seen + theirs.rewards + theirs.terminated + theirs.truncated + counts)
                self.assertEqual([path.name for path in self.path.parent.iterdir()], ["steps"])
                stream.close()

    def test_a_refused_step_over_pipes_is_told_and_the_next_one_goes_on(self) -> None:
        _, _, (requests, ready, _) = self.piped(2)
        following = (1).to_bytes(4, "little")
        for odd in (b"\1\0\0\0", b"\xff" * 8, b"\1\0\0\0" * 2 + following + b"\xff\xff\0\0"):
            os.write(requests, frame(odd))
            size, kind = (int.from_bytes(os.read(ready, 4), "little") for _ in range(2))
            self.assertEqual(kind, 3)
            self.assertEqual(wire.StepReply.FromString(os.read(ready, size)).error.code, "environment/actions")
        supplied = following + len(level(5)).to_bytes(4, "little") + level(5)
        os.write(requests, frame(b"\1\0\0\0" * 2 + supplied))
        self.assertEqual([int.from_bytes(os.read(ready, 4), "little") for _ in range(2)][1], 1)

    def test_pipes_end_with_the_stream(self) -> None:
        stream, _, (_, ready, _) = self.piped(2)
        stream.close()
        # Nobody is left who could write.
        self.assertEqual(os.read(ready, 1), b"")

    def test_a_request_over_pipes_that_is_too_long_ends_the_stream(self) -> None:
        stream, _, (requests, ready, _) = self.piped(2)
        os.write(requests, b"\xff\xff\xff\x7f")
        self.assertEqual([one.error.code for one in self.answers(stream)], ["wire/garbled"])
        self.assertEqual(os.read(ready, 1), b"")

    def test_pipes_are_for_who_asks_for_them(self) -> None:
        stream = self.dial(frame(self.token), frame(wire.StepRequest(open=wire.Open(slots=2, auto_reset=1)).SerializeToString()))
        stream.shutdown(socket.SHUT_WR)
        self.assertFalse(self.answers(stream)[0].HasField("pipes"))

    def test_there_is_none_without_a_rendezvous(self) -> None:
        with agon.serve_environment(Beacon, id="beacon", token="t" * 32) as server:
            self.assertIsNone(server.socket)
