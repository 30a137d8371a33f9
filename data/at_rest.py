"""Locking what lies in the book and only few may see: AES-256-GCM under a key of the home.

Who has the database alone, or an old disk of it, has none of what is locked.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from data.errors import SealError

NONCE_BYTES = 12
PURPOSE = b"dayround at rest 1"


@dataclass(frozen=True, slots=True)
class AtRestKey:
    """A home's 32 random bytes for what rests; `id` tells by which key something was locked."""

    secret: bytes = field(repr=False)

    @property
    def id(self) -> str:
        return hashlib.sha256(PURPOSE + self.secret).hexdigest()[:16]

    def locked(self, content: bytes, whose: str) -> bytes:
        """Return content locked as `whose`: as another's it cannot be opened."""
        nonce = secrets.token_bytes(NONCE_BYTES)
        return nonce + AESGCM(self.secret).encrypt(nonce, content, whose.encode())

    def opened(self, locked: bytes, whose: str) -> bytes:
        """Return what was locked as `whose`.

        Raises
        ------
        SealError
            Where another key locked it, as another's, or it has been changed.
        """
        nonce, rest = locked[:NONCE_BYTES], locked[NONCE_BYTES:]
        try:
            return AESGCM(self.secret).decrypt(nonce, rest, whose.encode())
        except (InvalidTag, ValueError) as error:
            raise SealError(f"{whose} cannot be opened by this home's key") from error
