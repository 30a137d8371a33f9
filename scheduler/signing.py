"""Which values of a profile somebody must have read and signed before anybody plans by it.

A value that was written from memory, or stands in a draft of a law only, may be wrong. A
compliance officer reads all of a profile's on one page and signs them together; the signature is
of exactly those values, so that one which changes later asks for another.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import datetime
from hashlib import sha256
from typing import Any

from scheduler.errors import DayroundError
from scheduler.rules import Fact, RuleSet


@dataclass(frozen=True, slots=True)
class Signature:
    """That somebody has read and signed the doubtful values of a profile for a city.

    `digest` is what `digest_of` made of those values, `rules` are their names.
    """

    city: str
    profile: str
    version: str
    digest: str
    rules: tuple[str, ...]
    signed_by: str
    signed_at: datetime


class UnsignedProfileError(DayroundError):
    """A profile holds values that nobody has signed; `rules` are their names."""

    def __init__(self, city: str, profile: str, rules: tuple[str, ...]) -> None:
        self.city, self.profile, self.rules = city, profile, rules
        super().__init__(
            f"the rules {profile} hold values that are known from memory or from a draft only, "
            f"and no compliance officer has signed them for {city}: {', '.join(rules)}. She reads "
            f"and signs them on the page Compliance, or by `dayround compliance sign {profile}`"
        )


def to_sign(rules: RuleSet) -> dict[str, tuple[Fact, ...]]:
    """Return the values that need a signature, by the name of their rule.

    The version of the file is left out: it may change without any of them.
    """
    doubtful = {
        name: tuple(replace(fact, version="") for fact in facts if fact.needs_signature)
        for name, facts in sorted(rules.facts.items())
    }
    return {name: facts for name, facts in doubtful.items() if facts}


def digest_of(rules: RuleSet) -> str:
    """Return what is another as soon as a value that needs a signature is; '' without any."""
    doubtful = to_sign(rules)
    return sha256(_canonical(doubtful).encode()).hexdigest() if doubtful else ""


def is_signed(rules: RuleSet, digests: Collection[str]) -> bool:
    """Return whether a profile may be planned by, `digests` being those of its signatures."""
    return digest_of(rules) in ("", *digests)


def refuse_unsigned(rules: RuleSet, city: str, signatures: Collection[Signature]) -> None:
    """Raise UnsignedProfileError where a profile needs a signature for a city and has none."""
    digests = [one.digest for one in signatures if one.profile == rules.profile]
    if not is_signed(rules, digests):
        raise UnsignedProfileError(city, rules.profile, tuple(to_sign(rules)))


def _canonical(value: Any) -> str:
    """Write a value so that the same value is always the same text."""
    if is_dataclass(value) and not isinstance(value, type):
        return _canonical({field.name: getattr(value, field.name) for field in fields(value)})
    if isinstance(value, Mapping):
        pairs = sorted((str(key), _canonical(one)) for key, one in value.items())
        return "{" + ", ".join(f"{key}: {one}" for key, one in pairs) + "}"
    if isinstance(value, frozenset | set):
        return "{" + ", ".join(sorted(map(_canonical, value))) + "}"
    if isinstance(value, tuple | list):
        return "[" + ", ".join(map(_canonical, value)) + "]"
    return repr(value)
