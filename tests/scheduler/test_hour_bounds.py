"""Which hours bound a visit, and whose word each is."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from scheduler.dossier import Dossier
from scheduler.hour_bounds import HourBound, Word, hour_bounds
from scheduler.model import Case, Place, Window
from scheduler.restraints import Wish
from tests.scheduler.little_book import ON, at, case, daily, day, place, rules_of, window


def bounds(told: Case, where: Place, **known: Any) -> list[HourBound]:
    made = replace(day([told]), dossiers={"b1": Dossier(**known)})
    return list(hour_bounds(made, rules_of(), where, [told]))


def hers(told: Case, where: Place, **known: Any) -> list[tuple[Word, tuple[Window, ...]]]:
    return [(one.word, one.windows) for one in bounds(told, where, **known) if not one.rule]


def test_the_law_the_house_and_its_margin_bound_every_visit() -> None:
    """CN lets nobody be visited from 22:00 to 08:00; the house goes from 09:00 to 20:30."""
    law, house, margin = bounds(case("k1"), place())
    assert (law.rule, law.windows, law.seen) == ("hours", (window("08:00-22:00"),), "S")
    assert (house.rule, house.windows, house.seen) == (
        "house_hours", (window("09:00-20:30"),), "D",
    )  # fmt: skip
    assert (margin.word, margin.minutes) == (Word.MARGIN, 10)
    assert all(one.source for one in (law, house, margin))


def test_her_usual_hours_bound_it_on_their_weekdays() -> None:
    home = place(windows=(daily("10:00-12:00", 0), daily("18:00-20:00", 5)))  # today is a Monday
    assert hers(case("k1"), home) == [(Word.HERS, (window("10:00-12:00"),))]
    assert hers(case("k1"), place(windows=(daily("18:00-20:00", 5),))) == [(Word.HERS, ())]


def test_an_appointment_takes_the_place_of_her_usual_hours_on_its_day_alone() -> None:
    home = place(windows=(daily("10:00-12:00"),))
    booked = window("15:00-16:00")
    assert hers(case("k1", appointment=booked), home) == [(Word.APPOINTMENT, (booked,))]
    tomorrow = ON + timedelta(days=1)
    later = Window(at("15:00", tomorrow), at("16:00", tomorrow))
    assert hers(case("k1", appointment=later), home) == [(Word.HERS, (window("10:00-12:00"),))]


def test_hours_that_she_does_not_want_are_told_of_the_place_they_are_about() -> None:
    wish = Wish(1, "b1", "letter", (daily("12:00-14:00"),), place_id="b1-home")
    assert hers(case("k1"), place(), wishes=(wish,)) == [(Word.WISH, (window("12:00-14:00"),))]
    assert hers(case("k1"), place(kind="work"), wishes=(wish,)) == []
    over = replace(wish, last=ON - timedelta(days=1))
    assert hers(case("k1"), place(), wishes=(over,)) == []
