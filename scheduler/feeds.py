"""What is known of contacts and balances, and what a plan should warn of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from scheduler.day import Day
from scheduler.model import City


@dataclass(frozen=True, slots=True)
class Feeds:
    """Whether the book knows contacts, and on how many open cases the balance is old.

    `oldest` is when the oldest of these balances was told.
    """

    knows_contacts: bool
    stale: int = 0
    oldest: datetime | None = None


def feeds_of(day: Day, now: datetime) -> Feeds:
    """Return what a day's snapshot knows."""
    told = (day.told_at[case.id] for case in day.cases if case.id in day.told_at)
    old = [at for at in told if at < stale_before(day.city, now)]
    return Feeds(day.knows_contacts, len(old), min(old, default=None))


def stale_before(city: City, now: datetime) -> datetime:
    """Return since when what is overdue must have been told."""
    return now - timedelta(days=city.balance_days)


def feed_notes(feeds: Feeds, city: City, *, asks_for_contacts: bool) -> tuple[str, ...]:
    """Return what a dispatcher should know; `asks_for_contacts`: the rules have a gate."""
    notes = []
    if asks_for_contacts and not feeds.knows_contacts:
        notes.append(NO_CONTACTS_STRICT if city.is_gate_strict else NO_CONTACTS)
    if feeds.oldest is not None:
        on = feeds.oldest.astimezone(ZoneInfo(city.zone)).date()
        notes.append(
            f"what is overdue was told more than {city.balance_days} days ago on {feeds.stale} "
            f"cases, on the oldest on {on}: import payments or a new list"
        )
    return tuple(notes)


NO_CONTACTS = (
    "the book has no contact data: whether anybody was contacted before the visit is not known "
    "and not checked"
)
NO_CONTACTS_STRICT = (
    "the book has no contact data, and the city plans no visit without a contact: import contacts"
)
