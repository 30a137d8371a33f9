"""How a terminal tells what a visit stood on, as its plan keeps it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo
from typing import TYPE_CHECKING

from web.cli.common import answer, answer_table, escaped

if TYPE_CHECKING:
    from scheduler.grounds import KeptGrounds, VisitFacts


def tell(kept: Sequence[KeptGrounds], zone: tzinfo) -> None:
    """Tell each stage: the rules with their versions, then the facts."""
    for one in kept:
        answer(
            f"[bold]{one.stage}[/] {one.at.astimezone(zone):%Y-%m-%d %H:%M}: "
            f"{escaped(one.profile)} {escaped(one.rules_version)}"
        )
        answer_table(
            "Rules it passed",
            ("rule", "layer", "version", "seen", "source"),
            [(r.name, r.layer, r.version, r.seen, r.source) for r in one.grounds.rules],
        )
        _facts(one.grounds.facts, zone)


def _facts(facts: VisitFacts, zone: tzinfo) -> None:
    answer(
        f"at {escaped(facts.place.id)} ({facts.place.precision}) by "
        f"{escaped(', '.join(facts.members))}, {facts.start.astimezone(zone):%H:%M}–"
        f"{facts.end.astimezone(zone):%H:%M}"
    )
    for case in facts.cases:
        stops = ", ".join(sorted(case.stops)) or "none"
        answer(f"case {escaped(case.id)}: {case.days_past_due} days past due, stops: {stops}")
    past = ", ".join(f"{visit.at.astimezone(zone):%Y-%m-%d}" for visit in facts.past) or "none"
    last = f"{facts.last_contact.astimezone(zone):%Y-%m-%d %H:%M}" if facts.last_contact else "none"
    answer(f"other visits: {past}; contacts: {facts.contacts}, the last: {last}")
