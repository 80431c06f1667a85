#!/usr/bin/env python3
"""A service that plays a language model: a small chain of words, in the place of whatever you have.

    python3 clients/python/examples/model.py <run directory>/hub.json
"""

from __future__ import annotations

import json
import math
import random
from collections import Counter
from typing import Any, Mapping, Sequence

import agon_client as agon

TEXT = """the river runs to the sea . the sea is wide and the river is long . a boat on the river goes to the sea
and a boat on the sea goes to an island . an island in the sea is small . the boat is small and the sea is wide ."""


class Chain:
    """Words follow each other as they do in a text."""

    def __init__(self, text: str) -> None:
        words = text.split()
        self.after: dict[str, Counter[str]] = {}
        for word, following in zip(words, words[1:]):
            self.after.setdefault(word, Counter())[following] += 1
        self.first = words[0]

    def shares(self, word: str) -> list[tuple[str, float]]:
        """What follows a word, with its share, the likeliest first."""
        found = self.after.get(word) or self.after[self.first]
        return [(following, count / found.total()) for following, count in found.most_common()]


class Model:
    """Answers requests as the service `language-model` does; everything is a function of the request."""

    deterministic = True
    threads = 4

    def __init__(self, chain: Chain) -> None:
        self.chain = chain

    def ask(self, key: str, payload: Any, attachments: Mapping[str, bytes]) -> agon.Answer:
        """A request `{messages, maxTokens, temperature, topP, sample, …}` → `{text, finish, usage, logProbs?}`."""
        try:
            asked = [str(message["content"]).split() for message in payload["messages"]]
            most, temperature = int(payload["maxTokens"]), float(payload["temperature"])
        except (KeyError, TypeError, ValueError) as error:
            raise agon.AgonError("model/request", f"this is no request to a language model: {error!r}") from error
        draw = random.Random(json.dumps(payload, sort_keys=True))
        words, places = self.generate(asked[-1][-1:], most, temperature, draw)
        text, stopped = until_stop(" ".join(words), payload.get("stop") or [])
        usage = {"input": sum(map(len, asked)), "output": len(words)}
        answer: dict[str, Any] = {"text": text, "finish": "stop" if stopped or words[-1:] == ["."] else "length"}
        answer["usage"] = usage
        if payload.get("topLogProbs") is not None:
            answer["logProbs"] = [log_probs(word, of, int(payload["topLogProbs"])) for word, of in zip(words, places)]
        return agon.Answer(answer, cost=agon.Cost(tokens=sum(usage.values())))

    def generate(
        self, last: Sequence[str], most: int, temperature: float, draw: random.Random
    ) -> tuple[list[str], list[list[tuple[str, float]]]]:
        """Words until a full stop, and what could have stood in the place of each."""
        words: list[str] = []
        places: list[list[tuple[str, float]]] = []
        word = last[0] if last else self.chain.first
        while len(words) < most and word != ".":
            shares = self.chain.shares(word)
            weights = [share ** (1 / temperature) for _, share in shares] if temperature > 0 else []
            word = draw.choices([one for one, _ in shares], weights)[0] if weights else shares[0][0]
            words.append(word)
            places.append(shares)
        return words, places


def until_stop(text: str, stops: Sequence[str]) -> tuple[str, bool]:
    ends = [text.index(stop) for stop in stops if stop in text]
    return (text[: min(ends)], True) if ends else (text, False)


def log_probs(word: str, shares: Sequence[tuple[str, float]], top: int) -> dict[str, Any]:
    told = [{"token": one, "logProb": math.log(share)} for one, share in shares]
    return {**next(one for one in told if one["token"] == word), "top": told[:top]}


if __name__ == "__main__":
    agon.as_program(lambda hub: agon.attach_service(hub, Model(Chain(TEXT)), name="chain"))
