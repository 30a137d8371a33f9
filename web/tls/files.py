"""Where certificates lie: in the home, their keys for its owner alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cryptography import x509

from data.home import OWNER_ONLY_FILE, Home
from scheduler.errors import DayroundError
from web.tls.certificates import Certificate, read


class CertificateError(DayroundError):
    """A certificate or key that cannot be used as it is."""


@dataclass(frozen=True)
class Pair:
    """The PEM files of a certificate and of its private key."""

    certificate: Path
    key: Path

    @property
    def is_there(self) -> bool:
        return self.certificate.exists() or self.key.exists()

    def read(self) -> Certificate:
        """Return what the files hold; CertificateError where they cannot be read together."""
        try:
            return read(self.certificate.read_bytes(), self.key.read_bytes())
        except (ValueError, TypeError) as error:
            raise CertificateError(f"{self.certificate} and {self.key}: {error}") from error

    def write(self, made: Certificate) -> None:
        """Write both, each whole or not at all; a server that reads them meanwhile is told no lie.

        The key comes first: until its certificate follows, a new connection fails, and the next
        one holds.
        """
        self.key.parent.mkdir(parents=True, exist_ok=True)
        for file, content in ((self.key, made.key_pem), (self.certificate, made.pem)):
            partial = file.with_name(f"{file.name}.partial")
            partial.unlink(missing_ok=True)
            partial.touch(OWNER_ONLY_FILE)
            partial.write_bytes(content)
            partial.replace(file)


def folder(home: Home) -> Path:
    """Return where a home keeps its certificates."""
    return home.path / "tls"


def authority_files(home: Home) -> Pair:
    return Pair(folder(home) / "authority.crt", folder(home) / "authority.key")


def server_files(where: Path) -> Pair:
    return Pair(where / "server.crt", where / "server.key")


def ends_at(certificate: Path) -> datetime:
    """Return when a certificate ends; CertificateError where the file holds none."""
    try:
        found = x509.load_pem_x509_certificate(certificate.read_bytes())
    except ValueError as error:
        raise CertificateError(f"{certificate} is no certificate: {error}") from error
    return found.not_valid_after_utc
