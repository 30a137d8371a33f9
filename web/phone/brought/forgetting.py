"""What was attached to visits goes when its time is over: the daily upkeep of a server."""

from __future__ import annotations

from datetime import datetime

from flask import Flask

from data.profiles import InvalidProfileError
from scheduler.errors import UnknownProfileError
from scheduler.field.attachments import AttachmentKind
from scheduler.model import City
from scheduler.ports import By
from scheduler.rules import RuleSet
from scheduler.rules.keeping import kept_for
from web.context import now, today, wired

ACTOR = "upkeep"
"""Who has deleted what was too old, in the book of events: no person."""


def forget_old(app: Flask) -> int:
    """Delete what attachments hold that are older than their city's rules keep them."""
    with app.app_context():
        return sum(_of_city(city) for city in wired().store.cities())


def _of_city(city: City) -> int:
    """Delete a city's; where its rules cannot be read nothing is."""
    try:
        rules = wired().ports.profiles.rules(city.profile)
    except (UnknownProfileError, InvalidProfileError):
        return 0
    return sum(_of_kind(city, rules, what) for what in AttachmentKind)


def _of_kind(city: City, rules: RuleSet, what: AttachmentKind) -> int:
    kept, at = kept_for(rules, what, today(city)), now()
    if kept is None or not _are_there(city, what, at - kept):
        return 0
    with wired().store.writing(By(ACTOR, at)) as writer:
        return writer.delete_older_attachments(city.name, what, at - kept)


def _are_there(city: City, what: AttachmentKind, before: datetime) -> bool:
    return wired().attachments.has_older(city.name, what, before)
