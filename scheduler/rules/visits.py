"""How often one borrower is visited, over all her loans."""

from __future__ import annotations

from datetime import date, timedelta

from scheduler.rules.base import Attempt, rule
from scheduler.rules.values import VisitCap, read_cap, read_count


@rule(read_count)
def days_between_visits(least: int, attempt: Attempt) -> str | None:
    """From one visit to the next there are at least so many days, either way."""
    gaps = {abs((attempt.day.on - on).days): on for on in other_visits(attempt)}
    nearest = min(gaps, default=least)
    if nearest >= least:
        return None
    return (
        f"visited on {gaps[nearest]}, {nearest} day{'' if nearest == 1 else 's'} away; "
        f"the least is {least}"
    )


@rule(read_cap)
def visits_in_7_days(cap: VisitCap, attempt: Attempt) -> str | None:
    """At most so many visits to a borrower in any 7 days."""
    return _over(cap, attempt, 7)


@rule(read_cap)
def visits_in_30_days(cap: VisitCap, attempt: Attempt) -> str | None:
    """At most so many visits to a borrower in any 30 days."""
    return _over(cap, attempt, 30)


def _over(cap: VisitCap, attempt: Attempt, days: int) -> str | None:
    visits = other_visits(attempt, only_met=cap.counts_only_met)
    near = [on for on in visits if abs((on - attempt.day.on).days) < days]
    if len(near) < cap.most:
        return None
    firsts = [attempt.day.on - timedelta(days=back) for back in range(days)]
    busiest = max(sum(0 <= (on - first).days < days for on in near) for first in firsts)
    if busiest < cap.most:
        return None
    return (
        f"{busiest} visit{'' if busiest == 1 else 's'} already in {days} days around "
        f"{attempt.day.on}; {cap.most} allowed"
    )


def other_visits(attempt: Attempt, *, only_met: bool = False) -> list[date]:
    """Return the local day of every other visit to the borrower.

    A visit that only the lender's file tells of counts too. One whose outcome is not known
    counts as met: a cap errs on the borrower's side.
    """
    zone = attempt.start.tzinfo
    known = [
        (visit.at.astimezone(zone).date(), visit.was_met is not False)
        for visit in attempt.her_visits
    ]
    told = {case.visited_at.astimezone(zone).date() for case in attempt.cases if case.visited_at}
    told -= {on for on, _ in known}
    return [on for on, may_be_met in known if may_be_met or not only_met] + sorted(told)
