"""A certificate authority of the house's own, and the server certificates that it issues.

What phones and browsers ask of a server certificate: its names in SubjectAltName, serverAuth as
extended key usage, a key of at least 2048 bits RSA or on P-256, SHA-2, and a short life (Apple,
https://support.apple.com/103769; 398 days is what public ones may live, 825 is Apple's limit here).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from scheduler.errors import ConflictError
from web.tls.names import Name, allows, constraints, general_name, plain_name

AUTHORITY_LASTS = timedelta(days=3650)
SLOW_CLOCKS = timedelta(hours=1)
"""A certificate holds from so long before it is made: not every phone's clock is right."""

Extension = tuple[x509.ExtensionType, bool]
"""An extension, and whether who does not understand it must refuse the certificate."""


@dataclass(frozen=True)
class Certificate:
    """A certificate and its private key."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.PEM)

    @property
    def key_pem(self) -> bytes:
        return self.key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )


def read(pem: bytes, key_pem: bytes) -> Certificate:
    """Read what `Certificate` writes; ValueError where it is something else."""
    key = serialization.load_pem_private_key(key_pem, password=None)
    certificate = x509.load_pem_x509_certificate(pem)
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise ValueError("the key is not on an elliptic curve")
    if key.public_key() != certificate.public_key():
        raise ValueError("the key is another certificate's")
    return Certificate(certificate, key)


def new_authority(names: Iterable[Name], title: str, at: datetime) -> Certificate:
    """Return an authority that may vouch for `names`, and for what is private, alone."""
    key = ec.generate_private_key(ec.SECP256R1())
    who = _subject(f"dayround {title} {at:%Y-%m-%d}")
    extensions: list[Extension] = [
        (x509.BasicConstraints(ca=True, path_length=0), True),
        (_usage(signs_certificates=True), True),
        (constraints(names), True),
    ]
    until = at + AUTHORITY_LASTS
    return Certificate(_signed(who, key, who, key, (at, until), extensions), key)


def issue(authority: Certificate, names: Sequence[Name], at: datetime, days: int) -> Certificate:
    """Return a new server certificate for `names`, with a key of its own.

    Raises
    ------
    ConflictError
        Where the authority may not vouch for a name, or does not live as long.
    """
    refuse_foreign(authority, names)
    until = at + timedelta(days=days)
    if until > authority.certificate.not_valid_after_utc:
        raise ConflictError("the authority ends before the certificate would: make a new one")
    key = ec.generate_private_key(ec.SECP256R1())
    extensions: list[Extension] = [
        (x509.BasicConstraints(ca=False, path_length=None), True),
        (_usage(signs_certificates=False), True),
        (x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), False),
        (x509.SubjectAlternativeName(map(general_name, names)), False),
    ]
    issuer = authority.certificate.subject
    who = _subject("dayround server")  # the names stand in SubjectAltName, and nowhere else
    return Certificate(_signed(who, key, issuer, authority.key, (at, until), extensions), key)


def refuse_foreign(authority: Certificate, names: Iterable[Name]) -> None:
    """Raise ConflictError where the authority may not vouch for one of `names`."""
    limits = authority.certificate.extensions.get_extension_for_class(x509.NameConstraints).value
    foreign = [str(name) for name in names if not allows(limits, name)]
    if foreign:
        raise ConflictError(
            f"the authority was made for other names than {', '.join(foreign)}: make a new one by "
            "--new-authority, which every phone and computer then has to trust"
        )


def names_of(certificate: x509.Certificate) -> list[Name]:
    """Return the names that a server certificate is for."""
    named = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    return [plain_name(name) for name in named]


def fingerprint(certificate: x509.Certificate) -> str:
    """Return the SHA-256 fingerprint as phones show it, AB:CD and so on."""
    return certificate.fingerprint(hashes.SHA256()).hex(":").upper()


def _signed(
    subject: x509.Name,
    key: ec.EllipticCurvePrivateKey,
    issuer: x509.Name,
    issuer_key: ec.EllipticCurvePrivateKey,
    lasts: tuple[datetime, datetime],
    extensions: Iterable[Extension],
) -> x509.Certificate:
    of_key = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
    of_issuer = x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key())
    builder = (
        x509.CertificateBuilder(issuer, subject, key.public_key(), x509.random_serial_number())
        .not_valid_before(lasts[0] - SLOW_CLOCKS)
        .not_valid_after(lasts[1])
    )
    for extension, is_critical in (*extensions, (of_key, False), (of_issuer, False)):
        builder = builder.add_extension(extension, is_critical)
    return builder.sign(issuer_key, hashes.SHA256())


def _subject(common_name: str) -> x509.Name:
    told = {NameOID.ORGANIZATION_NAME: "dayround", NameOID.COMMON_NAME: common_name[:64]}
    return x509.Name([x509.NameAttribute(kind, text) for kind, text in told.items()])


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )
