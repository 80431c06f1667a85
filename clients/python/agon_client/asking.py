"""Questions to services and their answers: as messages, and asked in the middle of a student's or an adversary's work."""

from __future__ import annotations

import json
from collections import deque
from typing import Any, Iterable, Mapping

from .codec import encode_json
from .errors import AgonError
from .exact import octets, real, refused, text, whole
from .gen import actors_pb2 as wire
from .link import Link
from .records import Answer, Cost, Question
from .session import Message

_MOST_TOKENS = 2**53


class Services:
    """The services of the run, for an actor of it. They answer while a call of the actor's is under way, and at no other time."""

    def __init__(self, link: Link) -> None:
        self._link = link
        # What else came while an answer was waited for; its turn comes later.
        self._deferred: deque[Message] = deque()
        self.cycle = 0

    def ask(self, service: str, key: str, payload: Any = None, attachments: Mapping[str, bytes] | None = None) -> Answer:
        """The answer of one service. What the service fails of ends the run, with retries and caps as the run's config says."""
        return self.ask_all([Question(service, key, payload, attachments or {})])[0]

    def ask_all(self, questions: Iterable[Question]) -> list[Answer]:
        """Asks all at once; the answers in the order of the questions. Raises `AgonError` `service/key` for a key given twice."""
        asked = list(questions)
        keys = [one.key for one in asked]
        for key in keys:
            if keys.count(key) > 1:
                raise AgonError("service/key", f"two questions have the key '{key}'", "give each its own key")
        for body in [_encode_ask(self.cycle, one) for one in asked]:
            self._link.post(wire.KIND_SERVICE_ASK, body.SerializeToString(), body.key)
        answers: dict[str, Answer] = {}
        while len(answers) < len(asked):
            message = self._link.take()
            if message.kind != wire.KIND_SERVICE_ANSWER:
                self._deferred.append(message)
                continue
            answer = wire.ServiceAnswer.FromString(message.body)
            if answer.key in keys:
                answers[answer.key] = _decode_answer(answer)
        return [answers[key] for key in keys]

    def take(self) -> Message:
        """The next message that is no answer to a question."""
        return self._deferred.popleft() if self._deferred else self._link.take()


def decode_payload(payload_json: str) -> Any:
    """Raises `AgonError` `service/payload`."""
    try:
        return json.loads(payload_json) if payload_json else None
    except (ValueError, RecursionError) as cause:
        raise AgonError("service/payload", f"the payload is no JSON: {cause}") from cause


def encode_answer(key: str, answer: Answer) -> wire.ServiceAnswer:
    """Raises `AgonError` `service/answer` for what would not arrive as it is."""
    if not isinstance(answer, Answer):
        raise refused("service/answer", f"the answer to '{key}'", "an agon_client.Answer", answer)
    return wire.ServiceAnswer(
        key=key,
        payload_json=encode_json(answer.payload, "service/answer", f"the payload of the answer to '{key}'"),
        attachments=_attachments(answer.attachments, f"of the answer to '{key}'"),
        cost=None if answer.cost is None else _encode_cost(answer.cost, f"of the answer to '{key}'"),
    )


def _encode_ask(cycle: int, question: Question) -> wire.ServiceAsk:
    return wire.ServiceAsk(
        cycle=cycle,
        service=text(question.service, "the service of a question"),
        key=text(question.key, "the key of a question"),
        payload_json=encode_json(question.payload, "service/payload", f"the payload of question '{question.key}'"),
        attachments=_attachments(question.attachments, f"of question '{question.key}'"),
    )


def _decode_answer(answer: wire.ServiceAnswer) -> Answer:
    cost = answer.cost if answer.HasField("cost") else None
    return Answer(
        decode_payload(answer.payload_json),
        dict(answer.attachments),
        None
        if cost is None
        else Cost(
            int(cost.tokens) if cost.HasField("tokens") else None,
            cost.money if cost.HasField("money") else None,
        ),
    )


def _attachments(given: Mapping[str, bytes], of: str) -> dict[str, bytes]:
    if not isinstance(given, Mapping):
        raise refused("service/attachments", f"the attachments {of}", "a mapping of names to bytes", given)
    return {text(name, f"the name of an attachment {of}"): octets(one, f"attachment '{name}' {of}") for name, one in given.items()}


def _encode_cost(cost: Cost, of: str) -> wire.Cost:
    if not isinstance(cost, Cost):
        raise refused("service/cost", f"the cost {of}", "an agon_client.Cost", cost)
    if cost.money is not None and real(cost.money, f"money {of}", "service/cost") < 0:
        raise refused("service/cost", f"money {of}", "a number from 0 on", cost.money)
    return wire.Cost(
        tokens=None if cost.tokens is None else whole(cost.tokens, f"tokens {of}", high=_MOST_TOKENS, code="service/cost"),
        money=None if cost.money is None else real(cost.money, f"money {of}", "service/cost"),
    )
