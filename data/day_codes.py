"""The code of a collector for one day, by which her mate's phone knows that she stands there.

A phone without a network checks it by a verifier in its day file; the server checks again what
the phone then brings. Six figures can be tried out by whoever has the verifier and an hour: the
code says who is there, and protects nothing that could be read.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

DIGITS = 6
ROUNDS = 100_000
"""Of PBKDF2: a tenth of a second on a phone, and less than that of a server, once a day."""

SALT_BYTES = 16
CHECK = "dayround day code check 1"
PROOF = "dayround day code proof 1"


@dataclass(frozen=True, slots=True)
class DayCode:
    """The code of one collector's day, and what can be told of it."""

    code: str
    salt: bytes

    @property
    def check(self) -> str:
        """What a phone compares a typed code with, in hexadecimal digits; it opens nothing."""
        return _signed(self._key, CHECK)

    def proof(self, on: date, visit_id: str, collector_id: str) -> str:
        """Return what a phone brings that was told the code at a visit; of no use at another."""
        return _signed(self._key, "|".join((PROOF, on.isoformat(), visit_id, collector_id)))

    def proves(self, told: object, on: date, visit_id: str, collector_id: str) -> bool:
        """Whether what a phone brings was made with the code at this visit."""
        text = told if isinstance(told, str) else ""
        own = self.proof(on, visit_id, collector_id)
        return hmac.compare_digest(own.encode(), text.encode())

    @property
    def _key(self) -> bytes:
        return _stretched(self.code, self.salt)


def day_code(secret: bytes, city: str, on: date, collector_id: str) -> DayCode:
    """Return somebody's code of a day: the same whenever it is asked for, and kept nowhere."""
    whose = "|".join(("dayround day code 1", city, on.isoformat(), collector_id))
    drawn = hmac.digest(secret, whose.encode(), "sha256")
    number = int.from_bytes(drawn[:8]) % 10**DIGITS
    return DayCode(f"{number:0{DIGITS}}", drawn[8 : 8 + SALT_BYTES])


@lru_cache(maxsize=4096)
def _stretched(code: str, salt: bytes) -> bytes:
    return hashlib.pbkdf2_hmac("sha256", code.encode(), salt, ROUNDS)


def _signed(key: bytes, text: str) -> str:
    return hmac.digest(key, text.encode(), "sha256").hex()
