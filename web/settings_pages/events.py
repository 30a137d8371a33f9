"""The latest events: who did what, when, and how it was before and after."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from flask import request

from data.access import Role
from scheduler.ports import Event
from web.auth.access import needs
from web.context import wired
from web.event_words import event_subject
from web.formats import HIDDEN
from web.language import t
from web.settings_pages.reach import reach
from web.settings_pages.room import office, page, settings
from web.settings_pages.words import EVENT_GROUPS, EVENT_VALUES, ROLE_WORDS

SHOWN = 50
OPEN_GROUPS = frozenset(
    (
        *("user", "city", "agency", "plan", "crews", "pair", "shift", "job", "file", "backup"),
        *("token", "authority", "certificate"),
    )
)
"""Kinds of events that tell nothing of borrowers; the values of others are hidden."""


@settings.get("/events")
@needs(Role.ADMINISTRATOR, Role.COMPLIANCE)
def events() -> str:
    """List the newest events that concern what the person looks after."""
    sight = reach(Role.ADMINISTRATOR, Role.COMPLIANCE).sight(wired().users.all())
    subject, group = request.args.get("subject", "").strip(), request.args.get("group", "")
    before = request.args.get("before", type=int)
    found = office().events(sight, subject=subject, group=group, before=before, limit=SHOWN + 1)
    return page(
        "events",
        "events",
        events=found[:SHOWN],
        next=found[SHOWN - 1].id if len(found) > SHOWN else None,
        subject=subject,
        group=group,
        groups=EVENT_GROUPS,
        is_latest=before is None,
    )


settings.add_app_template_filter(event_subject)


@settings.app_template_filter()
def exact_moment(instant: datetime, zone: ZoneInfo) -> str:
    """Write an instant to the second, the year with it, as records are kept."""
    return f"{instant.astimezone(zone):%Y-%m-%d %H:%M:%S}"


@settings.app_template_filter()
def changes_told(event: Event) -> list[tuple[str, str, str]]:
    """Return what an event changed: field, before and after, '' where there was nothing."""
    before, after = event.before or {}, event.after or {}
    is_open = event.kind.split(".")[0] in OPEN_GROUPS
    changes = []
    for name in dict.fromkeys([*before, *after]):
        say = grants_told if name == "grants" else partial(field_told, name) if is_open else hidden
        changes.append((name, say(before.get(name)), say(after.get(name))))
    return changes


def hidden(value: Any) -> str:
    """Write a value that may tell of a borrower."""
    return "" if value is None else HIDDEN


def field_told(name: str, value: Any) -> str:
    """Write a value of a field, by the words that the field has for it."""
    words = EVENT_VALUES.get(name, {})
    return str(words[value]) if isinstance(value, str) and value in words else told(value)


def told(value: Any) -> str:
    """Write a value of an event for a person."""
    match value:
        case None:
            return ""
        case bool():
            return t("yes") if value else t("no")
        case Mapping():
            return t(", ").join(f"{key}: {told(each)}" for key, each in value.items())
        case list():
            return t("; ").join(map(told, value))
    return str(value)


def grants_told(grants: list[Mapping[str, Any]] | None) -> str:
    """Write the grants of an event; those of other places are not the reader's to know."""
    mine = reach(Role.ADMINISTRATOR, Role.COMPLIANCE)
    seen = (one for one in grants or () if mine.covers(one["city"], one["agency"]))
    return t("; ").join(map(grant_told, seen))


def grant_told(grant: Mapping[str, Any]) -> str:
    """Write a grant: dispatcher, Town, North."""
    place = grant.get("city") or t("everywhere")
    parts = (ROLE_WORDS.get(grant["role"], grant["role"]), place, grant.get("agency"))
    return " · ".join(str(part) for part in (*parts, grant.get("collector_id")) if part)
