"""What the web server is told when it starts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit

LOCAL_HOSTS = ("localhost", "127.0.0.1", "::1")
"""Names that browsers trust without TLS."""


@dataclass(frozen=True)
class Settings:
    """How the pages are served.

    `public_url` is the address that people open, '' where it is not known; `proxies` how many
    reverse proxies stand in front and tell the visitor's address and scheme; `is_tls` that the
    server itself speaks TLS; `is_for_this_machine` that it listens to its own machine alone, for
    nobody else. A session ends when nothing was asked for so long: at a desk, where others pass
    by, sooner than on a phone, which is its collector's own and has its own lock.
    """

    secret_key: bytes
    public_url: str = ""
    proxies: int = 0
    is_tls: bool = False
    is_for_this_machine: bool = False
    desk_idle: timedelta = timedelta(hours=2)
    phone_idle: timedelta = timedelta(hours=14)

    @property
    def is_https(self) -> bool:
        """Whether people come by TLS, so that cookies and links are for TLS alone."""
        return self.is_tls or urlsplit(self.public_url).scheme == "https"

    @property
    def trusted_hosts(self) -> list[str] | None:
        """The names a request may ask for; None is any, where the public one is not known."""
        name = urlsplit(self.public_url).hostname
        return [name, *LOCAL_HOSTS] if name else None


def is_local(host: str) -> bool:
    """Tell whether a host, with or without a port, is the browser's own machine."""
    return urlsplit(f"//{host}").hostname in LOCAL_HOSTS
