"""The use cases of compliance: sign a profile's doubtful values, set a house rule aside."""

from __future__ import annotations

from datetime import date

from scheduler.errors import ConflictError
from scheduler.overriding import AskedOverride, refuse_unaskable
from scheduler.service import Ports
from scheduler.signing import digest_of, to_sign


def sign_profile(ports: Ports, city: str, profile: str, digest: str, actor: str) -> None:
    """Sign the values of a profile that are known from memory or a draft only.

    `digest` is that of the values which the actor has read, by `digest_of`.

    Raises
    ------
    UnknownProfileError
        Where there is no such profile.
    ConflictError
        Where nothing in it needs a signature, or its values are others by now.
    """
    rules = ports.profiles.rules(profile)
    if digest_of(rules) not in ("", digest):
        raise ConflictError(
            f"values of {profile} have changed since they were read: read them anew"
        )
    with ports.store.writing(ports.by(actor)) as writer:
        writer.sign_profile(city, profile, rules.version, digest_of(rules), tuple(to_sign(rules)))


def ask_override(
    ports: Ports,
    city: str,
    borrower_id: str,
    rule: str,
    on: date,
    reason: str,
    actor: str,
    key: str | None = None,
) -> AskedOverride:
    """Ask another person to set a house rule aside for a borrower on a day.

    `key` is the asker's own, so that asking twice by it asks once.

    Raises
    ------
    NotFoundError
        Where the city's profile has no such rule, or the city no such borrower.
    ConflictError
        Where it is a rule of law, no reason is given, the day has passed, or it was asked already.
    """
    refuse_unaskable(ports.profiles.rules(ports.store.city(city).profile), rule, reason)
    with ports.store.writing(ports.by(actor)) as writer:
        return writer.ask_override(city, borrower_id, rule, on, reason, key)
