"""By what a book is known again, so that one answer never rests on two books."""

from __future__ import annotations

from hashlib import blake2b

from data.plain import to_json, to_plain
from scheduler.day import Day
from scheduler.rules import RuleSet

LISTS = ("borrowers", "cases", "places", "collectors", "shifts", "pairs", "past")
FACTS = ("city", "on", "dossiers", "policy", "told_at", "stand_ins", "knows_contacts")


def fingerprint(day: Day, rules: RuleSet) -> str:
    """Return a digest of all that a day's plans hang on; it tells nothing of anybody.

    The order in which a book is read does not count.
    """
    told = [to_json(sorted(to_json(to_plain(one)) for one in getattr(day, name))) for name in LISTS]
    told += [to_json(to_plain(getattr(day, name))) for name in FACTS]
    told += [to_json(to_plain(day.odds.basis)), rules.profile, rules.version]
    return blake2b("\n".join(told).encode(), digest_size=12).hexdigest()
