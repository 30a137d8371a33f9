"""How long is kept what was attached to visits: a law's word first, else the house's."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from scheduler.field.attachments import AttachmentKind
from scheduler.rules.base import RuleSet
from scheduler.rules.values import count_to

MOST_DAYS = 36_525

KEEPING: Mapping[str, Callable[[Any], int]] = {
    f"{kind}_days": count_to(MOST_DAYS) for kind in AttachmentKind
}
"""What the table [keeping] of a profile may say, and what reads it."""


def kept_for(rules: RuleSet, what: AttachmentKind, on: date) -> timedelta | None:
    """Return how long attachments of a kind are kept, None for good where no profile says.

    Laws ask for what is kept at least: the longest holds. Where none does, the shortest of the
    house's defaults holds: what shows people is not kept longer than anybody needs it.
    """
    told = [fact for fact in rules.keeping.get(f"{what}_days", ()) if fact.holds_on(on)]
    laws = [fact.value for fact in told if fact.is_law]
    days = max(laws, default=min((fact.value for fact in told), default=None))
    return None if days is None else timedelta(days=days)
