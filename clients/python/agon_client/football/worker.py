"""A process that plays games of the original engine, asked over a pipe.

The engine has one current game to a process, and a step of it holds a core: games are dealt to processes, so that they
are played side by side and a crash of the engine ends a vector environment rather than the server.
"""

from __future__ import annotations

import multiprocessing
import os
import queue
import signal
import threading
from multiprocessing.connection import Connection
from typing import Any

from ..errors import AgonError, to_wire
from ..errors import decode as decode_error
from ..program import announcements
from .engine_game import EngineGame
from .level import FootballLevel
from .options import FootballOptions

_END_S = 5.0


class Worker:
    """The asking side. Requests may be sent ahead of answers, which come in order."""

    def __init__(self, options: FootballOptions, scenario: FootballLevel) -> None:
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=play_games, args=(theirs, options, scenario), name="football", daemon=True)
        self._process.start()
        theirs.close()

    def ask(self, game: int, method: str, *given: Any) -> None:
        try:
            self._pipe.send((game, method, given))
        except OSError as cause:
            raise self._ended() from cause

    def answer(self) -> Any:
        """Raises `AgonError` `football/engine` where the process ended, or what the game raised."""
        try:
            ok, result = self._pipe.recv()
        except (EOFError, OSError) as cause:
            raise self._ended() from cause
        if ok:
            return result
        raise decode_error(result)

    def close(self) -> None:
        self._pipe.close()
        self._process.join(_END_S)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()

    def _ended(self) -> AgonError:
        self._process.join(_END_S)
        code = self._process.exitcode
        how = signal.Signals(-code).name if code is not None and code < 0 else f"exit code {code}"
        return AgonError(
            "football/engine",
            f"the process of the engine ended ({how})",
            "see what it wrote to standard error; open another vector environment to go on",
        )


def play_games(pipe: Connection, options: FootballOptions, scenario: FootballLevel) -> None:
    """The life of a worker's process: until the other end of the pipe is closed. A game begins when it is first asked."""
    # The engine writes to standard output, where the server's own words are read by others.
    os.dup2(2, 1)
    # What announces the end, to a whole process tree perhaps, is for the server, which then closes the pipe.
    for announced in announcements():
        signal.signal(announced, signal.SIG_IGN)
    requests: queue.SimpleQueue[Any] = queue.SimpleQueue()
    # Read apart from playing, so that whoever asks ahead never waits for an answer to be taken.
    threading.Thread(target=_receive, args=(pipe, requests), daemon=True).start()
    playing: dict[int, EngineGame] = {}
    while (request := requests.get()) is not None:
        game, method, given = request
        if game not in playing:
            playing[game] = EngineGame(f"agon_{game}", options, scenario)
        try:
            answer = True, getattr(playing[game], method)(*given)
        except Exception as error:  # noqa: BLE001 - every fault of the engine is told to whoever asked
            answer = False, to_wire(error).SerializeToString()
        try:
            pipe.send(answer)
        except OSError:
            break
    for one in playing.values():
        one.close()


def _receive(pipe: Connection, requests: queue.SimpleQueue[Any]) -> None:
    try:
        while True:
            requests.put(pipe.recv())
    except (EOFError, OSError):
        requests.put(None)
