"""A compliance officer's signature for tests that plan by rules which need one."""

from __future__ import annotations

from scheduler.compliance import sign_profile
from scheduler.service import Ports
from scheduler.signing import digest_of

OFFICER = "olga"


def sign(ports: Ports, city: str = "Town", profile: str | None = None) -> None:
    """Sign what a profile (the city's, by default) asks for; where it asks nothing, do nothing."""
    name = profile or ports.store.city(city).profile
    if digest := digest_of(ports.profiles.rules(name)):
        sign_profile(ports, city, name, digest, OFFICER)
