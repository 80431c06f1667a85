"""A service whose answers depend on the questions before: `counting_service.py HUB [PLACE]`."""

from __future__ import annotations

import sys
from typing import Any, Mapping

import agon_client as agon


class Counting:
    deterministic = True

    def open(self, place: agon.ServicePlace) -> None:
        self.asked = 0

    def ask(self, key: str, payload: Any, attachments: Mapping[str, bytes]) -> agon.Answer:
        self.asked += 1
        return agon.Answer({"asked": self.asked, "of": payload, "answer": self.asked}, attachments)

    def snapshot(self) -> agon.Snapshot:
        return agon.Snapshot("counting", state=self.asked)

    def restore(self, snapshot: agon.Snapshot) -> None:
        self.asked = snapshot.of_kind("counting").state


if __name__ == "__main__":
    hub, *place = sys.argv[1:]
    agon.as_program(lambda: agon.attach_service(hub, Counting(), place="".join(place)))
