"""Short keyed digests, for ids that must not show what they are made of."""

from __future__ import annotations

from hashlib import blake2b

_BYTES = 8


def digest(text: str, key: bytes = b"") -> str:
    """Return 16 hexadecimal digits (BLAKE2b).

    Without a `key`, of 64 bytes at most, short texts can be guessed.
    """
    return blake2b(text.encode(), key=key, digest_size=_BYTES).hexdigest()
