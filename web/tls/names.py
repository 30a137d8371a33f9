"""Names and addresses that a certificate is for, and those that an authority may vouch for."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterable
from contextlib import suppress
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from cryptography import x509

from scheduler.errors import DayroundError

Name = str | IPv4Address | IPv6Address
"""A host name in lower-case ASCII, or an address."""

LABEL = re.compile(r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9])?")
LONGEST = 253

PRIVATE_NAMES = ("localhost", "local", "internal", "home.arpa", "test")
"""Nobody can own these in public (RFC 6761, 6762, 8375; ICANN keeps `internal`)."""

PRIVATE_NETWORKS = tuple(
    ip_network(text)
    for text in (
        *("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "127.0.0.0/8"),
        *("::1/128", "fc00::/7", "fe80::/10"),
    )
)

FAR_AWAY = (
    "192.0.2.1",
    "2001:db8::1",
)  # of documentation: nothing is sent there, and none is there


class HostNameError(DayroundError):
    """A name that no certificate can be for."""


def read_name(text: str) -> Name:
    """Read a host name or an address.

    Raises
    ------
    HostNameError
        Where it is neither.
    """
    with suppress(ValueError):
        return ip_address(text)
    try:
        name = text.strip().rstrip(".").encode("idna").decode("ascii").lower()
    except UnicodeError:
        name = ""
    if len(name) > LONGEST or not all(map(LABEL.fullmatch, name.split("."))):
        raise HostNameError(f"{text!r} is no host name and no address: write desk.lan or 10.0.0.7")
    return name


def own_names() -> list[Name]:
    """Return what this machine is reached by: its host name, its addresses, and localhost."""
    found = [
        read_name(socket.gethostname()),
        *own_addresses(),
        "localhost",
        ip_address("127.0.0.1"),
    ]
    return list(dict.fromkeys(found))


def own_addresses() -> Iterable[Name]:
    """Yield the address that this machine has towards others, of each kind that it has."""
    for family, far in zip((socket.AF_INET, socket.AF_INET6), FAR_AWAY, strict=True):
        with suppress(OSError), socket.socket(family, socket.SOCK_DGRAM) as probe:
            probe.connect((far, 9))  # chooses a way out, and sends nothing
            yield ip_address(probe.getsockname()[0].partition("%")[0])


def general_name(name: Name) -> x509.GeneralName:
    """Return a name as a certificate has it."""
    return x509.DNSName(name) if isinstance(name, str) else x509.IPAddress(name)


def plain_name(name: x509.GeneralName) -> Name:
    """Return a certificate's name as `read_name` does."""
    value: Name = name.value
    return value


def constraints(names: Iterable[Name]) -> x509.NameConstraints:
    """Return what an authority may vouch for: these names and those below, and what is private.

    Should its key be stolen, it is worth nothing for any other site.
    """
    names = list(names)
    hosts = dict.fromkeys([*(name for name in names if isinstance(name, str)), *PRIVATE_NAMES])
    single = [ip_network(name) for name in names if not isinstance(name, str)]
    networks = dict.fromkeys([*single, *PRIVATE_NETWORKS])
    permitted: list[x509.GeneralName] = [x509.DNSName(host) for host in hosts]
    permitted += [x509.IPAddress(network) for network in networks]
    return x509.NameConstraints(permitted, excluded_subtrees=None)


def allows(limits: x509.NameConstraints, name: Name) -> bool:
    """Tell whether an authority with these limits may vouch for a name."""
    permitted = [one.value for one in limits.permitted_subtrees or ()]
    if isinstance(name, str):
        return any(f".{name}".endswith(f".{host}") for host in permitted if isinstance(host, str))
    return any(name in network for network in permitted if not isinstance(network, str))
