"""When a left-out case is likely to come up: by the facts of now, or by who waits before it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from time import perf_counter
from typing import Any

import pytest

from scheduler.day import Day
from scheduler.directives import Directive, DirectiveKind
from scheduler.dossier import Dossier
from scheduler.follow_ups import FollowUp, Task
from scheduler.likely_day import Backlog, Basis, Likely, backlog_of, likely_days
from scheduler.model import Case, PastVisit, StopFlag, Window
from scheduler.plan import LeftOut, Reason
from scheduler.promises import Promise
from scheduler.restraints import Pause, PauseKind
from scheduler.screening import screen
from tests.scheduler.little_book import ON, at, case, daily, day, place, rules_of

NOBODY = Backlog.of((), 10)


def later(days: int) -> date:
    return ON + timedelta(days=days)


def knowing(*cases: Case, **told: Any) -> Day:
    """Return a day of which more is known about the borrower."""
    return replace(day(cases or [case("k1")]), dossiers={"b1": Dossier(**told)})


def likely(made: Day, backlog: Backlog = NOBODY) -> Likely:
    """Return when the only borrower of a day, whom the screening leaves out, comes up."""
    rules = rules_of()
    [entry] = screen(made, rules).left_out
    [told] = likely_days(made, rules, [entry], backlog).values()
    return told


def promise(due: date, grace_days: int) -> Promise:
    given = datetime(2026, 11, 20, 4, tzinfo=UTC)
    return Promise(1, "b1", "k1", Decimal(500), due, given, "o1", grace_days=grace_days)


def said(kind: DirectiveKind, on: date) -> Directive:
    return Directive(1, "b1", kind, on, "dora", datetime(2026, 11, 22, tzinfo=UTC))


@pytest.mark.parametrize(
    ("made", "on"),
    [
        # Due on the 25th, two days of grace: somebody looks on the 28th.
        (knowing(promises=(promise(later(2), 2),)), later(5)),
        (knowing(pauses=(Pause(1, "b1", PauseKind.MOURNING, ON, later(9), "son"),)), later(10)),
        (knowing(pauses=(Pause(1, "b1", PauseKind.MOURNING, ON, later(80), "son"),)), later(81)),
        (knowing(directives=(said(DirectiveKind.NOT_TODAY, ON),)), later(1)),
        (knowing(directives=(said(DirectiveKind.NOT_BEFORE, later(6)),)), later(6)),
        (knowing(follow_ups=(FollowUp(1, "b1", "", Task.VISIT_AGAIN, later(4), "o1"),)), later(4)),
        (
            day([case("k1", appointment=Window(at("10:00", later(3)), at("11:00", later(3))))]),
            later(3),
        ),
        (day([case("k1", entrusted_on=later(45))]), later(45)),
        # Her hours are on Saturdays: the 23rd is a Monday.
        (day([case("k1")], places=[place(windows=(daily("10:00-12:00", 5),))]), later(5)),
    ],
    ids=["promise", "pause", "long pause", "not today", "not before", "try again",
         "appointment", "entrusted", "her hours"],
)  # fmt: skip
def test_what_has_a_date_comes_up_on_it(made: Day, on: date) -> None:
    assert likely(made) == Likely(on, Basis.FACTS)


def test_a_cap_on_visits_rolls_off() -> None:
    """CN has the house's 3 days between visits, 2 in 7 days and 4 in 30."""
    visits = [PastVisit("b1", at("10:00", later(-n))) for n in (1, 5)]
    # Three days after the 22nd is the 25th; the week that ends then begins after the 18th.
    assert likely(replace(day([case("k1")]), past=visits)).on == later(2)
    visits.append(PastVisit("b1", at("10:00", later(-8))))
    visits.append(PastVisit("b1", at("10:00", later(-20))))
    # Four in thirty days: that of the 3rd is out of them on the 3rd of December, ten days ahead.
    assert likely(replace(day([case("k1")]), past=visits)).on == later(10)


@pytest.mark.parametrize(
    "made",
    [
        day([case("k1", stops=frozenset({StopFlag.REPRESENTED}))]),
        day([case("k1")], places=[]),
        knowing(pauses=(Pause(1, "b1", PauseKind.ILLNESS, ON, None, "son"),)),
    ],
    ids=["stopped", "no place", "a pause without end"],
)
def test_what_only_a_person_can_end_has_no_day(made: Day) -> None:
    assert likely(made) == Likely(None, Basis.DECISION)


# --- no capacity today


def waits(reason: Reason, backlog: Backlog, **changes: Any) -> Likely:
    made = replace(day([case("k1")]), **changes)
    entry = LeftOut("b1", reason, case_ids=("k1",))
    [told] = likely_days(made, rules_of(), [entry], backlog).values()
    return told


@pytest.mark.parametrize(
    ("ahead", "on"),
    [
        (0, later(1)),
        (9, later(1)),
        (10, later(2)),
        (39, later(4)),  # Friday
        (40, later(7)),  # nobody works on Saturday and Sunday
    ],
)
def test_who_waits_comes_up_when_those_before_her_are_visited(ahead: int, on: date) -> None:
    backlog = Backlog.of([*(f"x{n}" for n in range(ahead)), "b1", "y1"], per_day=10)
    assert waits(Reason.CREWS_FULL, backlog) == Likely(on, Basis.BACKLOG, ahead, 10)


def test_who_is_worth_more_or_must_be_visited_waits_less_long() -> None:
    sums = {"b1": 5000, "b2": 9000, "b3": 1000}
    made = day([case(f"k{who[1]}", who, overdue=Decimal(much)) for who, much in sums.items()])
    made = replace(made, dossiers={"b3": Dossier(directives=(said(DirectiveKind.MUST, ON),))})
    entries = [LeftOut(who, Reason.CREWS_FULL, case_ids=(f"k{who[1]}",)) for who in sums]
    entries.append(LeftOut("b9", Reason.CREWS_FULL, case_ids=("k9",)))  # closed by now
    entries.append(LeftOut("b8", Reason.RULE, case_ids=("k1",)))  # waits for no capacity
    assert backlog_of(made, entries, 2) == Backlog({"b3": 0, "b2": 1, "b1": 2}, 2)


def test_an_estimate_is_a_day_on_which_she_may_be_visited() -> None:
    told = Dossier(directives=(said(DirectiveKind.NOT_BEFORE, later(4)),))
    first = Backlog.of(["b1"], per_day=10)
    assert waits(Reason.CREWS_FULL, first, dossiers={"b1": told}).on == later(4)


def test_a_day_without_visits_promises_nothing() -> None:
    assert waits(Reason.CREWS_FULL, Backlog.of(["b1"], 0)) == Likely(None, Basis.DECISION)


def test_what_is_not_worth_the_way_waits_for_no_capacity() -> None:
    assert waits(Reason.NOT_WORTH, NOBODY) == Likely(None, Basis.NEAR)


def test_a_visit_of_today_keeps_her_other_case_out_for_some_days() -> None:
    made = day([case("k1"), case("k2")])
    entry = LeftOut("b1/k2", Reason.OTHER_AGENCY, case_ids=("k2",))
    for visited, on in ((frozenset[str](), later(1)), (frozenset({"b1"}), later(3))):
        [told] = likely_days(made, rules_of(), [entry], NOBODY, visited).values()
        assert told == Likely(on, Basis.FACTS)


def test_every_reason_has_an_answer() -> None:
    for reason in Reason:
        assert waits(reason, NOBODY).basis in Basis


def test_a_page_of_fifty_is_cheap() -> None:
    """Fifty of whom none may be visited in any of the days that are asked."""
    cases = [case(f"k{n}", f"b{n}", stops=frozenset({StopFlag.REPRESENTED})) for n in range(50)]
    made, rules = day(cases), rules_of()
    begun = perf_counter()
    found = likely_days(made, rules, screen(made, rules).left_out, NOBODY)
    assert len(found) == 50
    assert perf_counter() - begun < 2  # 0.02 s on an idle machine
