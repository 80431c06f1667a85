"""The bookkeeping of a conversation, without any stream."""

from __future__ import annotations

import random
import unittest

from agon_client import AgonError
from agon_client.gen import actors_pb2 as wire
from agon_client.session import Session

ROLE = wire.KIND_LEARNED


def session(**changes: int) -> Session:
    return Session(**{"credit": 1000, "max_message": 10_000, "epoch": 3, "chunk_bytes": 100} | changes)


def bodies(frames: list[wire.Frame]) -> list[bytes]:
    return [frame.body for frame in frames]


class Numbering(unittest.TestCase):
    def test_messages_are_numbered_and_carry_their_epoch_and_what_was_received(self) -> None:
        one, other = session(), session()
        other.post(ROLE, b"x")
        (frame,) = other.outgoing()
        assert one.receive(frame) is not None
        one.post(ROLE, b"a", "key")
        one.post(ROLE, b"b")
        frames = list(one.outgoing())
        self.assertEqual([(f.sequence, f.epoch, f.received, f.body) for f in frames], [(1, 3, 1, b"a"), (2, 3, 1, b"b")])
        self.assertEqual(frames[0].correlation, "key")
        self.assertEqual(list(one.outgoing()), [])

    def test_a_repeated_frame_is_dropped_and_a_gap_refused(self) -> None:
        one, other = session(), session()
        for body in (b"a", b"b", b"c"):
            other.post(ROLE, body)
        a, b, c = other.outgoing()
        self.assertEqual(one.receive(a).body, b"a")  # type: ignore[union-attr]
        self.assertIsNone(one.receive(a))
        with self.assertRaises(AgonError) as raised:
            one.receive(c)
        self.assertEqual(raised.exception.code, "wire/gap")
        self.assertEqual(one.receive(b).body, b"b")  # type: ignore[union-attr]


class Epochs(unittest.TestCase):
    def test_a_message_of_an_older_epoch_counts_as_received_and_changes_nothing(self) -> None:
        one, older, newer = session(), session(epoch=2), session()
        older.post(ROLE, b"gone")
        (frame,) = older.outgoing()
        self.assertIsNone(one.receive(frame))
        self.assertEqual(one.received, 1)
        for body in (b"gone", b"here"):
            newer.post(ROLE, body)
        _, second = newer.outgoing()
        self.assertEqual(one.receive(second).body, b"here")  # type: ignore[union-attr]


class Resuming(unittest.TestCase):
    def test_what_the_other_side_lacks_is_written_again(self) -> None:
        one = session()
        for body in (b"a", b"b", b"c"):
            one.post(ROLE, body)
        list(one.outgoing())
        one.resume(peer_received=1)
        self.assertEqual(bodies(list(one.outgoing())), [b"b", b"c"])
        self.assertEqual(one.unacknowledged, 2)
        one.receive(wire.Frame(kind=wire.KIND_HEARTBEAT, received=3))
        one.resume(peer_received=3)
        self.assertEqual((one.unacknowledged, list(one.outgoing())), (0, []))

    def test_messages_posted_while_there_is_no_stream_wait_for_one(self) -> None:
        one = session()
        one.post(ROLE, b"a")
        list(one.outgoing())
        one.post(ROLE, b"b")
        one.resume(peer_received=0)
        self.assertEqual(bodies(list(one.outgoing())), [b"a", b"b"])

    def test_a_half_sent_message_begins_anew_on_the_next_stream(self) -> None:
        one, other = session(), session()
        one.post(ROLE, bytes(250))
        first = list(one.outgoing())
        self.assertEqual([(f.offset, f.total) for f in first], [(0, 250), (100, 250), (200, 250)])
        self.assertIsNone(other.receive(first[0]))
        one.resume(0)
        other.resume(0)
        whole = [other.receive(frame) for frame in one.outgoing()]
        self.assertEqual([m is not None and m.body for m in whole], [False, False, bytes(250)])

    def test_random_cuts_lose_nothing_and_count_nothing_twice(self) -> None:
        for seed in range(50):
            draw = random.Random(seed)
            one, other = session(credit=400), session(credit=400)
            said = [bytes([i % 256]) * draw.randrange(0, 320) for i in range(60)]
            heard: list[bytes] = []
            waiting = list(said)
            while len(heard) < len(said):
                one.resume(other.received)
                other.resume(one.received)
                for frame in [other.credit_frame()]:
                    one.receive(frame)
                budget = draw.randrange(1, 12)
                while budget > 0 and len(heard) < len(said):
                    if waiting:
                        one.post(ROLE, waiting.pop(0))
                    for frame in one.outgoing():
                        budget -= 1
                        if budget <= 0:
                            break
                        message = other.receive(frame)
                        if message is None:
                            continue
                        heard.append(message.body)
                        allowance = other.consume(message)
                        if allowance is not None:
                            one.receive(allowance)
                    if not waiting and budget > 0:
                        budget -= 1
            self.assertEqual(heard, said, seed)


class Bounds(unittest.TestCase):
    def test_messages_begin_only_within_the_credit_and_go_on_to_their_end(self) -> None:
        one, other = session(credit=250), session(credit=250)
        for _ in range(4):
            one.post(ROLE, bytes(150))
        frames = list(one.outgoing())
        self.assertEqual([(f.sequence, f.offset) for f in frames], [(1, 0), (1, 100), (2, 0), (2, 100)])
        for frame in frames:
            message = other.receive(frame)
            allowance = message and other.consume(message)
            if allowance:
                one.receive(allowance)
        self.assertEqual([f.sequence for f in one.outgoing()], [3, 3, 4, 4])

    def test_an_older_credit_takes_nothing_back(self) -> None:
        one = session(credit=10)
        for granted in (500, 20):
            one.receive(wire.Frame(kind=wire.KIND_CREDIT, body=wire.Credit(granted=granted).SerializeToString()))
        for _ in range(3):
            one.post(ROLE, bytes(90))
        self.assertEqual(len(list(one.outgoing())), 3)

    def test_what_is_too_long_is_refused_on_both_sides(self) -> None:
        one = session(max_message=200)
        for attempt in (
            lambda: one.post(ROLE, bytes(201)),
            lambda: one.receive(wire.Frame(sequence=1, kind=ROLE, total=201, body=bytes(100))),
        ):
            with self.assertRaises(AgonError) as raised:
                attempt()
            self.assertEqual(raised.exception.code, "wire/oversize")

    def test_chunks_that_do_not_follow_each_other_are_refused(self) -> None:
        def chunk(offset: int, total: int = 250, size: int = 100) -> wire.Frame:
            return wire.Frame(sequence=1, kind=ROLE, offset=offset, total=total, body=bytes(size))

        for wrong in ([chunk(100)], [chunk(0), chunk(200, size=50)], [chunk(0), chunk(100, 240)], [chunk(0), chunk(100, size=0)]):
            one = session()
            with self.assertRaises(AgonError) as raised:
                for frame in wrong:
                    one.receive(frame)
            self.assertEqual(raised.exception.code, "wire/chunk")


if __name__ == "__main__":
    unittest.main()
