"""A service that waits a second for a hub: `waiting_service.py HUB`."""

from __future__ import annotations

from typing import Any, Mapping

import agon_client as agon


class Echo:
    def ask(self, key: str, payload: Any, attachments: Mapping[str, bytes]) -> agon.Answer:
        return agon.Answer(payload)


if __name__ == "__main__":
    agon.as_program(lambda hub: agon.attach_service(hub, Echo(), wait_s=1))
