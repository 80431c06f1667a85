"""Hosts a game until it is told to end: `host.py GAME RENDEZVOUS [PROCESSES]`."""

from __future__ import annotations

import sys

import agon_client as agon

from games import GAMES

if __name__ == "__main__":
    name, rendezvous, *processes = sys.argv[1:]
    told = agon.told_to_end()
    with agon.serve_environment(GAMES[name], id=name, rendezvous=rendezvous, processes=int(*processes or [1])):
        told.wait()
