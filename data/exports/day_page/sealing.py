"""Sealing a page for whoever knows a passphrase: what browsers' WebCrypto opens by itself.

PBKDF2-HMAC-SHA256 with the count that OWASP asks for (2023), then AES-256-GCM. The passphrase is
made here and never by a person: 66 random bits withstand who has the file for good.
"""

from __future__ import annotations

import base64
import hashlib
import re
import secrets
import unicodedata
from dataclasses import dataclass

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

ITERATIONS = 600_000
PURPOSE = b"dayround day page 1"
GROUPS, GROUP = 5, 4
"""Digits of a passphrase: typed on a phone's number keys, and the same in any language."""

PASSPHRASE = re.compile(rf"\d{{{GROUPS * GROUP}}}")


@dataclass(frozen=True, slots=True)
class Sealed:
    """What stands in the page; all of it is in base64."""

    salt: str
    nonce: str
    text: str
    iterations: int


def new_passphrase() -> str:
    """Return a passphrase as people read it out: 4831 0927 5510 7642 9038."""
    return " ".join(f"{secrets.randbelow(10**GROUP):0{GROUP}}" for _ in range(GROUPS))


def digits_of(passphrase: str) -> str:
    """Return a passphrase however it was typed, as the key is made of it."""
    return "".join(re.findall(r"[0-9]", unicodedata.normalize("NFKC", passphrase)))


def is_passphrase(text: str) -> bool:
    """Tell whether a text is a passphrase as `new_passphrase` makes it."""
    return PASSPHRASE.fullmatch(digits_of(text)) is not None


def sealed(text: str, passphrase: str) -> Sealed:
    """Seal a text; the same text and passphrase never look alike twice."""
    salt, nonce = secrets.token_bytes(16), secrets.token_bytes(12)
    told = digits_of(passphrase).encode()
    key = hashlib.pbkdf2_hmac("sha256", told, salt, ITERATIONS)
    kept = AESGCM(key).encrypt(nonce, text.encode(), PURPOSE)
    return Sealed(plain(salt), plain(nonce), plain(kept), ITERATIONS)


def plain(part: bytes) -> str:
    """Return bytes in base64."""
    return base64.b64encode(part).decode()
