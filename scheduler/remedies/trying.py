"""The remedies of a visit: changes of each kind are tried, and the least that works is found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from scheduler.locks import apply_locks
from scheduler.options import fits
from scheduler.plan import Plan
from scheduler.problem import Lock, Problem, Visit
from scheduler.remedies.crew_day import CrewDay, OnTrial, crew_days, made
from scheduler.remedies.giving_up import given_up
from scheduler.remedies.longer import longer_shifts, wider_windows
from scheduler.remedies.remedy import Change, Kind, Remedy


def remedies(
    problem: Problem,
    plan: Plan,
    visit_id: str,
    locks: Sequence[Lock] = (),
    *,
    most: int = 2,
    on_trial: OnTrial | None = None,
) -> list[Remedy]:
    """Return what would make room for a visit that `plan` leaves out, the cheapest first.

    Each is one change that was tried: with it the visit is inserted, the day driven and found
    without fault. A window or shift is longer by the least that works; at most `most` are told of
    each kind. Where the visit can be inserted as things are, that alone is told. No law is ever
    a remedy, and no must-visit or locked one is given up. Empty where no single change helps, as
    where nobody has the skill. `on_trial` is called before each trial; what it raises ends them.

    Raises
    ------
    ValueError
        Where no such visit is left out, or a rule or another fact of the day keeps it out.
    """
    visit = _left_out(problem, plan, visit_id)
    apply_locks(problem, locks)  # refuses locks that nothing can keep
    days = list(crew_days(problem, plan, visit, locks, on_trial))
    fitting = [day for day in days if fits(visit, day.crew)]
    as_it_is = Change(Kind.INSERT, visit_id)
    found = made(day.remedy(as_it_is) for day in fitting)
    if not found:
        found = [
            *_of_the_crews(days, visit),
            *wider_windows(problem, fitting, visit),
            *longer_shifts(fitting, visit_id, most),
            *given_up(fitting, visit, most),
        ]
    found.sort(key=lambda one: one.cost)
    return [one for i, one in enumerate(found) if _of_its_kind(found[:i], one) < most]


def _of_its_kind(others: Sequence[Remedy], one: Remedy) -> int:
    return sum(other.change.kind is one.change.kind for other in others)


def _left_out(problem: Problem, plan: Plan, visit_id: str) -> Visit:
    for entry in problem.refused:
        if entry.visit_id == visit_id:
            raise ValueError(f"visit {visit_id!r} is kept out ({entry.reason}): {entry.detail}")
    if visit_id not in problem.visit_by_id or visit_id in plan.served:
        raise ValueError(f"visit {visit_id!r} is not one that the plan leaves out")
    return problem.visit_by_id[visit_id]


def _of_the_crews(days: Sequence[CrewDay], visit: Visit) -> Iterator[Remedy]:
    """Yield one more visit for a full crew, and crews that could go and may not."""
    for day in days:
        if fits(visit, day.crew):
            if len(day.plan.served) == day.crew.max_visits:
                yield from made([day.remedy(Change(Kind.VISITS, visit.id, day.crew.id))])
        elif fits(replace(visit, allowed_crews=None), day.crew):
            yield from made([day.remedy(Change(Kind.CREW, visit.id, day.crew.id))])
