"""Why a case is planned as it is, or not, on a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from web.cli.common import answer, answer_table, escaped
from web.cli.tell import based_on, with_reserve

if TYPE_CHECKING:
    from scheduler.availability import Basis
    from scheduler.explain import Explanation, Planned
    from scheduler.model import City
    from scheduler.suspending import Suspension


def explanation(told: Explanation, city: City, on_time: float | None = None) -> None:
    """Print all that is known of a case in a plan; `on_time` is the share of days, None untold."""
    for case in told.cases:
        answer(
            f"case [bold]{escaped(case.id)}[/]: {case.overdue:,.2f} {city.currency} overdue, "
            f"{case.days_past_due} days past due ({case.bucket})"
            + (f", owner {case.owner}" if case.owner else "")
            + (", assigned for visit" if case.is_assigned else "")
        )
    if told.planned:
        planned(told.planned, told.basis)
        if line := with_reserve(told.reserve):
            answer(line)
    if on_time is not None:
        answer(f"begins on time in {on_time:.0%} of days as they may come")
    if told.suspended:
        answer(suspended(told.suspended, city))
    elif told.left_out:
        entry = told.left_out
        rule = f", rule {entry.rule}" if entry.rule else ""
        answer(f"[bold]left out[/]: {entry.reason}{rule}: {escaped(entry.detail)}")
    for entry in told.dropped:
        answer(f"not for {escaped(', '.join(entry.case_ids))}: {escaped(entry.detail)}")
    for fault in told.faults:
        answer(f"[bold red]cannot be made as planned[/]: {fault.kind}: {escaped(fault.text)}")
    if told.is_must_visit:
        answer("a must-visit: a promise is due, or an appointment is today")
    if told.value:
        answer(
            f"worth {told.value.total:,.2f} {city.currency} (house assumptions, not a forecast):"
        )
        for term in told.value.terms:
            told_only = " (told, not in the sum)" if term.is_told else ""
            answer(f"  {term.name} {term.amount:,.2f}: {escaped(term.note)}{told_only}")
    for way in told.elsewhere:
        answer(
            f"or: crew {way.crew_id} at {way.starts:%H:%M}, "
            f"{way.extra_cost:,.2f} {city.currency} of travel and overtime for it"
        )
    if told.planned and not told.elsewhere:
        answer("no other crew has room for it")
    for remedy in told.remedies:
        answer(f"remedy: {escaped(remedy.text)} ({city.currency})")
    if told.left_out and told.left_out.remedy and not told.remedies:
        answer(f"remedy: {escaped(told.left_out.remedy)}")
    if told.untried:
        answer(f"remedy: {escaped(told.untried)}")


def suspended(told: Suspension, city: City) -> str:
    """Say what keeps a planned visit from being made, by which rule or cause, since when."""
    since = told.since.astimezone(ZoneInfo(city.zone))
    by = told.why.removeprefix("rule.")
    kind = "cause" if by == told.why else "rule of law" if told.is_law else "house rule"
    return (
        f"[bold red]suspended[/]: planned, and may not be made: {escaped(told.text)} "
        f"({kind} {by}; since {since:%Y-%m-%d %H:%M}, by {escaped(told.by_kind)})"
    )


def planned(visit: Planned, basis: Basis) -> None:
    answer(
        f"[bold]planned[/]: crew {visit.crew_id}, stop {visit.number}, "
        f"arrives {visit.arrives:%H:%M}, {visit.starts:%H:%M}–{visit.ends:%H:%M}, "
        f"place {visit.place_id}, chance of meeting {visit.p_met:.0%} ({based_on(basis)})"
    )
    answer_table(
        "Rules it passed",
        ("rule", "version", "authority", "seen"),
        [(r.name, r.version, "house" if r.seen == "D" else r.source, r.seen) for r in visit.rules],
    )
