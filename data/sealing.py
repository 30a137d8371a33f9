"""Opening what phones have sealed for this home: nobody on the way, and no thief of a phone, can.

HPKE (RFC 9180) in its base mode: DHKEM(P-256, HKDF-SHA256), HKDF-SHA256, AES-256-GCM. All three
are what browsers' WebCrypto has.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, hpke
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from data.errors import SealError

PURPOSE = "dayround record 1"
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
"""Of P-256 (SP 800-186, 3.2.1.3)."""

SCALAR_BYTES = 48
"""16 more than the order has, so that every private key is as likely (FIPS 186-5, A.2.1)."""

SUITE = hpke.Suite(hpke.KEM.P256, hpke.KDF.HKDF_SHA256, hpke.AEAD.AES_256_GCM)


@dataclass(frozen=True, slots=True)
class SealingKey:
    """The key for which a home's phones seal; `id` tells a phone and the server that they agree."""

    private: ec.EllipticCurvePrivateKey

    @property
    def public(self) -> bytes:
        """The public key as WebCrypto's `raw` format has it: 65 bytes."""
        return self.private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)

    @property
    def id(self) -> str:
        return hashlib.sha256(self.public).hexdigest()[:16]

    def opened(self, sealed: bytes, key: str, device: str) -> bytes:
        """Return what a phone has sealed: the encapsulated key, then what is encrypted.

        Raises
        ------
        SealError
            Where it was sealed for another key, as another record, or has been changed.
        """
        try:
            return SUITE.decrypt(sealed, self.private, info=seal_info(key, device))
        except (InvalidTag, ValueError) as error:
            raise SealError(f"record {key!r} cannot be opened by this home's key") from error


@cache
def sealing_key(secret: bytes) -> SealingKey:
    """Return the key of a home's 32 random bytes."""
    spread = HKDF(hashes.SHA512(), SCALAR_BYTES, salt=None, info=PURPOSE.encode())
    scalar = int.from_bytes(spread.derive(secret)) % (ORDER - 1) + 1
    return SealingKey(ec.derive_private_key(scalar, ec.SECP256R1()))


def seal_info(key: str, device: str) -> bytes:
    """Return what a seal is bound to: no record can be passed off as another's."""
    return f"{PURPOSE}|{device}|{key}".encode()
