#!/usr/bin/env python3
"""The random evaluator with a certificate to show, for tests of mutual TLS: rendezvous file, certificate, key, seconds to wait."""

from __future__ import annotations

import agon_client as agon
from agon_client.target import wait_for_file
from random_evaluator import RandomEvaluator


def attach(hub: str, certificate: str, key: str, wait_s: str) -> None:
    # Not before the hub is there: from then on the wait is for a way in.
    wait_for_file(hub, 60)
    target = agon.Target(hub, certificate=certificate, key=key)
    agon.attach_evaluator(target, RandomEvaluator(), name="certified", wait_s=float(wait_s))


if __name__ == "__main__":
    agon.as_program(attach)
