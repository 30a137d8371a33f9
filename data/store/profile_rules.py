"""The rules of a city's profile, for whoever judges visits inside a transaction."""

from __future__ import annotations

from scheduler.errors import UnknownProfileError
from scheduler.model import City
from scheduler.ports import Profiles
from scheduler.rules import RuleSet


def rules_of(profiles: Profiles, city: City) -> RuleSet | None:
    """Return the city's rules, None where there is no such profile: then nothing may be made."""
    try:
        return profiles.rules(city.profile)
    except UnknownProfileError:
        return None
