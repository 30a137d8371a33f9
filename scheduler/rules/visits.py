"""How often one borrower is visited, over all her loans."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from scheduler.model import PlaceKind
from scheduler.rules.base import Attempt, rule
from scheduler.rules.places import HOME
from scheduler.rules.values import VisitCap, read_cap, read_count


@rule(read_count)
def days_between_visits(least: int, attempt: Attempt) -> str | None:
    """From one visit to the next there are at least so many days, either way."""
    gaps = {abs((attempt.day.on - one.on).days): one.on for one in told_visits(attempt)}
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
    if cap.only_at_home and attempt.place.kind not in HOME:
        return None
    counted = [visit for visit in told_visits(attempt) if _counts(cap, visit)]
    for debt in debts(attempt, per_debt=cap.per_debt):
        on_days = [visit.on for visit in counted if visit.is_for(debt)]
        busiest = full(on_days, attempt.day.on, days, cap.most)
        if busiest or not cap.most:
            return (
                f"{busiest} visit{'' if busiest == 1 else 's'} already in {days} days around "
                f"{attempt.day.on}; {cap.most} allowed"
            )
    return None


def _counts(cap: VisitCap, visit: ToldVisit) -> bool:
    return (visit.may_be_met or not cap.counts_only_met) and (
        visit.kind in (None, *HOME) or not cap.only_at_home
    )


def debts(attempt: Attempt, *, per_debt: bool) -> list[str]:
    """Return what a cap counts for itself: every case of the visit, or '' for the person."""
    return [case.id for case in attempt.cases] if per_debt else [""]


def full(others: Sequence[date], on: date, days: int, most: int) -> int:
    """Return how many a stretch of days with `on` in it holds already, 0 where one more may be."""
    near = [other for other in others if abs((other - on).days) < days]
    if len(near) < most:
        return 0
    firsts = [on - timedelta(days=back) for back in range(days)]
    busiest = max(sum(0 <= (other - first).days < days for other in near) for first in firsts)
    return busiest if busiest >= most else 0


@dataclass(frozen=True, slots=True)
class ToldVisit:
    """Another visit to the borrower: on which local day, where and for which cases, if known."""

    on: date
    may_be_met: bool
    kind: PlaceKind | None = None
    case_ids: tuple[str, ...] = ()

    def is_for(self, debt: str) -> bool:
        """Whether it counts for a case; for the person, '', every one does."""
        return not debt or not self.case_ids or debt in self.case_ids


def told_visits(attempt: Attempt) -> list[ToldVisit]:
    """Return every other visit to the borrower.

    A visit that only the lender's file tells of counts too. One whose outcome is not known
    counts as met: a cap errs on the borrower's side.
    """
    zone = attempt.start.tzinfo
    known = [
        ToldVisit(
            one.at.astimezone(zone).date(), one.was_met is not False, one.place_kind, one.case_ids
        )
        for one in attempt.her_visits
    ]
    told = {case.visited_at.astimezone(zone).date() for case in attempt.cases if case.visited_at}
    only_told = sorted(told - {visit.on for visit in known})
    return known + [ToldVisit(on, may_be_met=True) for on in only_told]
