"""Cities, collectors, shifts, pairs and crews."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from data.database import writing
from data.store import SqlStore
from data.store.cities import locked_city
from data.store.events import Transaction
from data.store.store import SqlWriter
from routing.point import Point
from routing.travel import Mode
from scheduler.errors import NotFoundError
from scheduler.model import City, OwnerPolicy, Pair, Window
from scheduler.ports import BookChange
from tests.data.world import ALICE, NOON, TODAY, TOWN, collector, crew, shift

ANN = collector(
    "ann",
    mode=Mode.EBIKE,
    skills=frozenset({"vehicle"}),
    languages=frozenset({"zh", "en"}),
    certificate_expires=date(2027, 1, 1),
    is_senior=True,
    max_visits=9,
    never_with=frozenset({"cat"}),
)
BEA, CAT = collector("bea"), collector("cat", agency="South")
TOMORROW = TODAY + timedelta(days=1)


@pytest.fixture
def staffed(store: SqlStore) -> SqlStore:
    """A store with a town and three collectors."""
    with store.writing(ALICE) as writer:
        writer.put_city(TOWN)
        writer.put_collectors("Town", [ANN, BEA, CAT])
    return store


def test_a_locked_city_is_as_its_transaction_has_it(staffed: SqlStore) -> None:
    with writing(staffed.engine) as connection:
        tx = Transaction(connection, ALICE)
        writer = SqlWriter(tx, staffed.profiles)
        assert locked_city(tx, "Town") == TOWN
        with suppress(KeyError), writer.attempt():
            writer.put_city(replace(TOWN, desk_phone="2"))
            assert locked_city(tx, "Town").desk_phone == "2"
            raise KeyError
        assert locked_city(tx, "Town") == TOWN
        writer.put_city(replace(TOWN, desk_phone="1"))
        assert locked_city(tx, "Town").desk_phone == "1"


def test_a_city_comes_back_with_its_settings(store: SqlStore) -> None:
    city = City(
        "台北",
        "Asia/Taipei",
        "CN",
        "TWD",
        OwnerPolicy.FIXED,
        owner_change_price=Decimal("0.05"),
        service=timedelta(minutes=12, seconds=30),
        travel_price_per_hour=Decimal(0),
        max_days_as_pair=3,
    )
    with store.writing(ALICE) as writer:
        writer.put_city(city)
        writer.put_city(TOWN)
    assert store.cities() == [TOWN, city]
    assert store.city("台北") == city
    with pytest.raises(NotFoundError, match="there are: Town, 台北"):
        store.city("Taipei")


def test_collectors_come_back_and_change(staffed: SqlStore) -> None:
    assert staffed.open_day("Town", TODAY).collectors == [ANN, BEA, CAT]
    assert staffed.collectors("Town") == [ANN, BEA, CAT]
    moved = replace(BEA, start=Point(25.5, 121.0))
    with staffed.writing(ALICE) as writer:
        change = writer.put_collectors("Town", [ANN, moved, collector("dan")])
    assert change == BookChange(new=("dan",), changed=("bea",), unchanged=("ann",))
    assert staffed.open_day("Town", TODAY).collectors[1] == moved
    event = staffed.events(subject="bea")[0]  # where somebody lives is told to no log
    assert (event.before, event.after) == ({"start": "***"}, {"start": "***"})


def test_a_day_has_the_shifts_that_begin_on_it_in_the_citys_zone(staffed: SqlStore) -> None:
    # 17:00 UTC yesterday is 1:00 today in Town, which is eight hours ahead.
    one = NOON - timedelta(hours=11)
    early = shift("bea", window=Window(one, one + timedelta(hours=3)), breaks=())
    with staffed.writing(ALICE) as writer:
        change = writer.put_shifts("Town", [shift("ann"), shift("ann", day=1), early])
    assert change.new == ("ann 2026-03-02", "ann 2026-03-03", "bea 2026-03-02")
    assert staffed.open_day("Town", TODAY).shifts == [shift("ann"), early]
    with staffed.writing(ALICE) as writer:
        again = writer.put_shifts("Town", [shift("ann"), shift("ann", day=1, breaks=())])
    assert again == BookChange(changed=("ann 2026-03-03",), unchanged=("ann 2026-03-02",))
    assert staffed.open_day("Town", TOMORROW).shifts == [shift("ann", day=1, breaks=())]


def test_a_shift_of_nobody_is_refused(staffed: SqlStore) -> None:
    with (
        pytest.raises(NotFoundError, match="no collector zoe in Town"),
        staffed.writing(ALICE) as writer,
    ):
        writer.put_shifts("Town", [shift("zoe")])


def test_a_pair_of_one_day_goes_before_a_standing_one(staffed: SqlStore) -> None:
    standing, today = Pair("bea", "ann"), Pair("bea", "cat", TODAY)
    with staffed.writing(ALICE) as writer:
        assert writer.put_pairs("Town", [standing, today]).new == (
            "ann + bea every day",
            "bea + cat 2026-03-02",
        )
    assert staffed.open_day("Town", TODAY).pairs == [today]
    assert staffed.open_day("Town", TOMORROW).pairs == [standing]


def test_a_new_partner_ends_the_older_pair(staffed: SqlStore) -> None:
    with staffed.writing(ALICE) as writer:
        writer.put_pairs("Town", [Pair("ann", "bea")])
    with staffed.writing(ALICE) as writer:
        change = writer.put_pairs("Town", [Pair("cat", "bea")])
    assert change == BookChange(new=("bea + cat every day",), gone=("ann + bea every day",))
    with staffed.writing(ALICE) as writer:
        again = writer.put_pairs("Town", [Pair("bea", "cat")])
    assert again == BookChange(unchanged=("bea + cat every day",)), "whichever stands first"
    assert staffed.open_day("Town", TODAY).pairs == [Pair("cat", "bea")]


def test_crews_of_a_day_are_replaced(staffed: SqlStore) -> None:
    pair, single = crew("ann", "bea"), replace(crew("cat"), breaks=(), max_visits=None)
    with staffed.writing(ALICE) as writer:
        writer.put_crews("Town", TODAY, [single, pair])
    assert staffed.open_day("Town", TODAY).crews == [pair, single]
    with staffed.writing(ALICE) as writer:
        writer.put_crews("Town", TODAY, [crew("bea", "cat")])
    assert staffed.open_day("Town", TODAY).crews == [crew("bea", "cat")]
    assert staffed.open_day("Town", TOMORROW).crews == []
    event = staffed.events()[0]
    assert event.before == {"ann+bea": ["ann", "bea"], "cat": ["cat"]}
    assert event.after == {"bea+cat": ["bea", "cat"]}


def test_who_went_together_is_told_a_month_back(staffed: SqlStore) -> None:
    days = [TODAY - timedelta(days=ago) for ago in (0, 1, 31, 32)]
    with staffed.writing(ALICE) as writer:
        for on in days:
            writer.put_crews("Town", on, [crew("ann", "bea")])
    assert staffed.recent_crews("Town", TODAY) == [
        (days[1], ("ann", "bea")),
        (days[2], ("ann", "bea")),
    ]


def test_crews_that_are_the_same_tell_nothing(staffed: SqlStore) -> None:
    with staffed.writing(ALICE) as writer:
        writer.put_crews("Town", TODAY, [crew("ann", "bea")])
    events = staffed.events()
    with staffed.writing(ALICE) as writer:
        writer.put_crews("Town", TODAY, [crew("ann", "bea")])
    assert staffed.events() == events
