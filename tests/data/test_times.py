"""Times from the book: what phones told against what plans did, and who decided to plan by it."""

from __future__ import annotations

from dataclasses import replace
from datetime import time, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update

from data import tables
from data.cities import CityFiles
from data.kept_times import KeptTimes
from data.profiles import TomlProfiles
from data.store import SqlStore
from data.store.driven import read_driven
from data.times import TimesBook, asked_of
from routing.paces import AS_ROADS_SAY, Area, ModePaces, Paces
from routing.point import Point
from routing.sources.straight_line import StraightLineTimes
from routing.travel import Mode, Spot
from scheduler.errors import ConflictError, NotFoundError
from scheduler.forecast import Aside, AskedWay, Learned, Recorded, learn, recorded
from scheduler.model import DailyWindow, PlaceKind
from scheduler.ports import By, MarkKind
from tests.data.built_city import add_city
from tests.data.filled import filled
from tests.data.test_cities import EAST, STREET, WEST
from tests.data.test_figures import DAY, fill, mark, tell
from tests.data.world import ALICE, NOON, TODAY, TOWN

BOB = By("bob", NOON + timedelta(hours=1))
SLOW = Paces(
    (0,), (ModePaces(Mode.CAR, (1.5,)),), (Area("东区", EAST, 1.2), Area("西区", WEST, 1.0))
)
SLOW_TIMES: Learned = replace(learn(Recorded(), 1200), paces=SLOW, service_s=900, legs=300)


@pytest.fixture
def town(store: SqlStore) -> SqlStore:
    return filled(store, fill)


def stand(store: SqlStore, who: str, arrived: float, left: float, code: str = "PTP") -> None:
    """Let ann and bea stand at a borrower's door between two hours of the clock in Town."""
    mark(store, MarkKind.ARRIVE, arrived, who)
    mark(store, MarkKind.LEAVE, left, who)
    tell(store, who, code, int(left))


def test_days_are_read_as_plans_told_them_and_as_phones_did(town: SqlStore) -> None:
    stand(town, "B1", 10, 10.5)
    stand(town, "B2", 11.25, 11.5, "NOT_HOME")
    (day,) = read_driven(town.engine, TomlProfiles(), "Town", DAY)
    first, second = day.visits
    assert (day.on, day.crew, day.mode, day.is_working) == (TODAY, "ann+bea", Mode.EBIKE, True)
    assert (first.arrived_s, first.left_s, first.was_met) == (36_000, 37_800, True)
    # The first comes from the start; the second from the first's door, 40 minutes by plan.
    assert (first.planned_after, second.planned_after) == ("", "B1-home")
    assert (second.planned_leg_s, second.was_met, second.kind) == (2400, False, PlaceKind.HOME)
    assert second.district == "鄞州区"
    assert day.rests == ((50_000, 51_800),)


def test_a_leg_and_two_lengths_come_of_two_visits(town: SqlStore) -> None:
    stand(town, "B1", 10, 10.5)
    stand(town, "B2", 11.25, 11.5, "NOT_HOME")
    told = recorded(read_driven(town.engine, TomlProfiles(), "Town", DAY))
    # Her door has no position in this book: nobody knows of what area the way is.
    assert told.aside == {Aside.NO_WAY: 1}
    assert [(one.took_s, one.was_met) for one in told.lengths] == [(1800, True), (900, False)]


def name_hours(store: SqlStore, who: str, *hours: DailyWindow) -> None:
    with store.engine.begin() as connection:
        hers = update(tables.place).where(tables.place.c.id == f"{who}-home")
        connection.execute(hers.values(windows=hours))


def hours(first: int, end: int, **told: Any) -> DailyWindow:
    return DailyWindow(time(first), time(end), **told)


TUESDAY = frozenset({1})


@pytest.mark.parametrize(
    ("named", "opens_s"),
    [
        ((), None),
        ((hours(10, 11),), 36_000),
        ((hours(9, 12),), 32_400),
        ((hours(8, 10), hours(10, 12)), 36_000),
        ((hours(8, 10), hours(11, 12)), None),
        ((hours(9, 12, weekdays=TUESDAY),), None),
    ],
)
def test_her_own_hours_open_where_the_visit_was_planned_in_them(
    town: SqlStore, named: tuple[DailyWindow, ...], opens_s: int | None
) -> None:
    # Planned at ten on a Monday; hours that end at ten, or are of Tuesdays, hold it not.
    name_hours(town, "B1", *named)
    stand(town, "B1", 10, 10.5)
    (day,) = read_driven(town.engine, TomlProfiles(), "Town", DAY)
    assert [one.opens_s for one in day.visits] == [opens_s]


def test_a_wait_for_hours_that_she_named_is_no_part_of_a_visits_length(town: SqlStore) -> None:
    # Planned at eleven, come a quarter of an hour sooner and left a quarter after: hers begin then.
    stand(town, "B2", 10.75, 11.25)
    took_s = []
    for named in ((), (hours(11, 12),)):
        name_hours(town, "B2", *named)
        told = recorded(read_driven(town.engine, TomlProfiles(), "Town", DAY))
        took_s += [one.took_s for one in told.lengths]
    assert took_s == [1800, 900]


def test_a_result_without_marks_is_a_visit_without_marks(town: SqlStore) -> None:
    tell(town, "B1", "PTP", 10)
    told = recorded(read_driven(town.engine, TomlProfiles(), "Town", DAY))
    assert told.aside == {Aside.MARK_MISSING: 1}


def test_crews_of_other_agencies_are_not_seen(town: SqlStore) -> None:
    stand(town, "B1", 10, 10.5)
    seen = read_driven(town.engine, TomlProfiles(), "Town", DAY, frozenset({"South"}))
    assert seen == []
    assert len(read_driven(town.engine, TomlProfiles(), "Town", DAY, frozenset({"North"}))) == 1


def test_learned_times_hold_until_they_are_taken_back(town: SqlStore) -> None:
    assert town.paces("Town") == AS_ROADS_SAY
    with town.writing(ALICE) as writer:
        first = writer.use_times("Town", SLOW_TIMES, (TODAY, TODAY), "press")
        again = writer.use_times("Town", SLOW_TIMES, (TODAY, TODAY), "press")
    assert first == again
    assert (first.decided_by, first.service_before_s) == ("alice", 1200)
    assert town.paces("Town") == SLOW
    assert town.city("Town").service == timedelta(minutes=15)
    with town.writing(BOB) as writer:
        back = writer.take_back_times("Town", first.id)
        writer.take_back_times("Town", first.id)
    assert (back.taken_back_by, town.paces("Town")) == ("bob", AS_ROADS_SAY)
    assert town.city("Town") == TOWN
    kinds = [event.kind for event in town.events(limit=4)]
    assert kinds == ["times.taken_back", "city.changed", "times.used", "city.changed"]


def test_events_tell_no_position(town: SqlStore) -> None:
    with town.writing(ALICE) as writer:
        writer.use_times("Town", SLOW_TIMES, (TODAY, TODAY), "press")
    told = next(event for event in town.events(limit=4) if event.kind == "times.used")
    assert "121" not in str(told.after)
    assert "东区" in str(told.after)


def test_the_later_decision_is_taken_back_first(town: SqlStore) -> None:
    with town.writing(ALICE) as writer:
        first = writer.use_times("Town", SLOW_TIMES, (TODAY, TODAY), "one")
        later = replace(SLOW_TIMES, service_s=600)
        second = writer.use_times("Town", later, (TODAY, TODAY), "two")
    with pytest.raises(ConflictError, match="take those back first"), town.writing(BOB) as writer:
        writer.take_back_times("Town", first.id)
    with town.writing(BOB) as writer:
        writer.take_back_times("Town", second.id)
    assert town.city("Town").service == timedelta(minutes=15)
    with pytest.raises(NotFoundError, match="no decision 9"), town.writing(BOB) as writer:
        writer.take_back_times("Town", 9)


def test_a_length_that_somebody_set_since_stays(town: SqlStore) -> None:
    with town.writing(ALICE) as writer:
        first = writer.use_times("Town", SLOW_TIMES, (TODAY, TODAY), "one")
        writer.put_city(replace(TOWN, service=timedelta(minutes=25)))
        writer.take_back_times("Town", first.id)
    assert town.city("Town").service == timedelta(minutes=25)


def test_travel_times_keep_the_paces_that_were_decided(town: SqlStore, tmp_path: Path) -> None:
    folder = tmp_path / "cities"
    folder.mkdir()
    add_city(folder, "Town", STREET)
    cities = CityFiles(folder, town)
    kept = KeptTimes(cities)
    spots = [Spot(WEST), Spot(EAST)]
    before = cities.travel_times("Town").matrix(spots, [Mode.CAR]).seconds[0, 0]
    assert (kept.travel_times("Town").matrix(spots, [Mode.CAR]).seconds[0, 0] == before).all()
    with town.writing(ALICE) as writer:
        writer.use_times("Town", SLOW_TIMES, (TODAY, TODAY), "press")
    after = cities.travel_times("Town").matrix(spots, [Mode.CAR]).seconds[0, 0]
    assert after[0, 1] == pytest.approx(before[0, 1] * 1.5 * 1.2, abs=1)
    assert after[1, 0] == pytest.approx(before[1, 0] * 1.5, abs=1)
    assert (kept.travel_times("Town").matrix(spots, [Mode.CAR]).seconds[0, 0] == after).all()
    unlearned = cities.times_unlearned("Town").matrix(spots, [Mode.CAR]).seconds[0, 0]
    assert (unlearned == before).all()


def test_times_are_read_again_only_after_an_event(town: SqlStore, tmp_path: Path) -> None:
    book = TimesBook(town, CityFiles(tmp_path, town), TomlProfiles())
    later = NOON + timedelta(days=3)
    empty = book.times("Town", later)
    assert empty.recorded.lengths == ()
    assert empty is book.times("Town", later)
    stand(town, "B1", 10, 10.5)
    told = book.times("Town", later)
    assert [one.took_s for one in told.recorded.lengths] == [1800]
    assert told.in_use is None
    with town.writing(ALICE) as writer:
        writer.use_times("Town", SLOW_TIMES, (TODAY, TODAY), "press")
    in_use = book.times("Town", later)
    assert in_use.in_use is not None
    # It is drawn to the twenty minutes that people gave, not to the fifteen learned before.
    assert in_use.learned.service_s == 20 * 60


def test_pairs_that_no_plan_had_are_asked_of_the_roads_of_their_day() -> None:
    asked = []

    def times_of(is_working: bool) -> StraightLineTimes:
        asked.append(is_working)
        return StraightLineTimes()

    here, there = Spot(Point(29.87, 121.50)), Spot(Point(29.87, 121.60))
    ways = [
        AskedWay(is_working, Mode.CAR, 36_000, *pair)
        for is_working, pair in (
            (True, (here, there)),
            (False, (there, here)),
            (True, (here, here)),
        )
    ]
    told = asked_of(times_of, ways)
    expected = StraightLineTimes().matrix([here, there], [Mode.CAR]).seconds[0, 0, 0, 1]
    assert told == [expected, expected, 0]
    assert sorted(asked) == [False, True]
