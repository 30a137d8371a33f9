"""A book from one simulated morning to the next."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from scheduler.contacts import Channel, Contact, ContactResult, Direction, Party
from scheduler.day import Day
from scheduler.dossier import Dossier
from scheduler.headcount.book import Assumptions, Book, Made
from scheduler.model import PastVisit, PlaceKind
from scheduler.screening import screen
from scheduler.staffing.chance import Chance
from scheduler.staffing.world import Follows
from tests.scheduler.headcount.weeks_of_a_town import owing
from tests.scheduler.little_book import ON, at, rules_of


def later(days: int) -> date:
    return ON + timedelta(days=days)


def visited(follows: Follows, *, met: bool = True, on: date = ON) -> Made:
    visit = PastVisit("b1", at("10:00", on), met, ("ann",), PlaceKind.HOME, ("c1",))
    return Made(visit, follows, on)


def book(*made: Made, **said: Any) -> Book:
    return Book(owing(1), Chance(5), assumed=Assumptions(**said), made=made)


def candidates(day: Day) -> list[str]:
    return [one.borrower.id for one in screen(day, rules_of("US")).candidates]


def test_on_the_first_morning_the_book_is_what_it_was() -> None:
    first = owing(3)
    again = Book(first, Chance(1)).on(ON)
    assert (again.cases, again.borrowers, again.places, again.past) == (
        tuple(first.cases), tuple(first.borrowers), tuple(first.places), ()
    )  # fmt: skip


def test_cases_grow_older_by_a_day_each_day() -> None:
    assert book().on(later(9)).cases[0].days_past_due == 100


def test_who_has_paid_is_gone_for_good() -> None:
    paid = book(visited(Follows.PAID))
    assert [len(paid.on(later(days)).cases) for days in (1, 8, 60)] == [0, 0, 0]


def test_a_promise_waits_for_its_day_and_a_kept_one_is_paid() -> None:
    kept = book(visited(Follows.PROMISED), p_kept=1.0, days_to_promise=7)
    assert [len(kept.on(later(days)).cases) for days in (1, 6, 7, 8)] == [0, 0, 0, 0]


def test_a_broken_promise_comes_before_any_sum_on_its_day() -> None:
    broken = book(visited(Follows.PROMISED), p_kept=0.0, days_to_promise=7)
    assert [len(broken.on(later(days)).cases) for days in (1, 6, 7)] == [0, 0, 1]
    [case] = broken.on(later(7)).cases
    assert case.promise_due == later(7)
    assert candidates(broken.on(later(7))) == ["b1"]


def test_who_was_met_without_a_result_is_left_in_peace_for_a_week() -> None:
    met = book(visited(Follows.NOTHING))
    assert [candidates(met.on(later(days))) for days in (4, 6)] == [[], []]
    assert candidates(met.on(later(7))) == ["b1"]


def test_who_was_not_met_is_tried_again_as_soon_as_the_rules_let() -> None:
    """Three days lie between visits: on the third day after it."""
    missed = book(visited(Follows.NOTHING, met=False))
    assert candidates(missed.on(later(1))) == []
    assert candidates(missed.on(later(4))) == ["b1"]


def test_nobody_comes_again_where_somebody_told_of_a_wrong_address() -> None:
    """Her only place is gone, and with it the way to her; the case stays."""
    [home] = book().first.places
    wrong = book(replace(visited(Follows.NOTHING, met=False), wrong_place=home.id)).on(later(8))
    assert (len(wrong.cases), wrong.places, candidates(wrong)) == (1, (), [])
    assert candidates(book(visited(Follows.NOTHING, met=False)).on(later(8))) == ["b1"]


def test_contacts_stay_as_old_as_they_are() -> None:
    told = Contact(
        "k", "b1", Channel.SMS, Direction.OUT, Party.BORROWER, ContactResult.DELIVERED,
        at("10:00", later(-1)),
    )  # fmt: skip
    first = replace(owing(1), dossiers={"b1": Dossier(contacts=(told,))}, knows_contacts=True)
    moved = Book(first, Chance(1)).on(later(20)).dossiers["b1"].contacts
    assert [one.at for one in moved] == [at("10:00", later(19))]


def test_newcomers_are_like_those_there_and_stay_the_same() -> None:
    growing = Book(owing(10), Chance(2), growth=0.5)
    week, fortnight = growing.on(later(7)), growing.on(later(14))
    assert (len(week.borrowers), len(fortnight.borrowers)) == (15, 20)
    assert {one.id for one in week.borrowers} < {one.id for one in fortnight.borrowers}
    assert {one.borrower_id for one in week.places} == {one.id for one in week.borrowers}


def test_replications_differ_in_who_keeps_a_word_and_not_in_who_comes() -> None:
    first = owing(1)
    made = (visited(Follows.PROMISED),)
    kept = [len(Book(first, Chance(5), rep, made=made).on(later(7)).cases) for rep in range(200)]
    assert 70 < sum(kept) < 130, "half of 200, within four deviations"
    new = {
        tuple(one.id for one in Book(first, Chance(5), rep, growth=3.0).on(later(7)).borrowers)
        for rep in range(5)
    }
    assert len(new) == 1
