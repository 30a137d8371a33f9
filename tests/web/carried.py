"""A phone as its page behaves: it seals what it records, and brings it when it can."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import count
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from werkzeug.test import TestResponse

from data.sealing import SUITE, seal_info
from tests.data.world import NOON, TODAY
from tests.web.pages import World

KEYS = count(1)


@dataclass
class Phone:
    """One phone of a collector's day; `queue` holds what it has recorded."""

    world: World
    device: str
    secret: str
    kid: str
    public: ec.EllipticCurvePublicKey
    plan: int = 1
    queue: list[dict[str, str]] = field(default_factory=list)
    numbers: dict[str, int] = field(default_factory=dict)

    def record(
        self, kind: str, visit: str = "", at: datetime = NOON, key: str = "", **body: Any
    ) -> str:
        """Record something without a network; return its key."""
        self.numbers[visit] = seq = self.numbers.get(visit, 0) + 1
        told = {"v": 1, "visit": visit, "seq": seq, "kind": kind, "plan": self.plan}
        when = {"at": at.isoformat(), "wall_at": at.isoformat()}
        return self.seal(told | when | {"body": body}, key or f"record-{next(KEYS):06}")

    def seal(self, told: Any, key: str) -> str:
        sealed = SUITE.encrypt(
            json.dumps(told).encode(), self.public, info=seal_info(key, self.device)
        )
        text = base64.b64encode(sealed).decode()
        self.queue.append({"key": key, "kid": self.kid, "sealed": text})
        return key

    def bring(self, *envelopes: dict[str, str]) -> TestResponse:
        """Send some of what it holds, by default all."""
        sent = {"envelopes": list(envelopes or self.queue)}
        return self._post("/my/records", sent)

    def ask(self, *keys: str) -> dict[str, dict[str, Any]]:
        """Return what the book has made of records, by their keys."""
        told = self._post("/my/receipts", {"keys": list(keys)}).get_json()
        return {one["key"]: one for one in told["receipts"]}

    def _post(self, path: str, sent: Any) -> TestResponse:
        headers = {"Authorization": f"Bearer {self.secret}"}
        return self.world.app.test_client().post(path, json=sent, headers=headers)


def let_in(world: World, who: str, on: date = TODAY, plan: int = 1) -> Phone:
    """Return a phone of somebody's day."""
    made = world.visitor(who).post(f"/my/{on}/device").get_json()
    point = base64.b64decode(made["public_key"])
    public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
    return Phone(world, made["device"], made["secret"], made["kid"], public, plan)
