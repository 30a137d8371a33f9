"""Records are taken in by the order of the phone, in whatever order and how often they come."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from scheduler.field.records import FieldRecord, RecordKind
from scheduler.field.turns import in_turn

TODAY = date(2026, 3, 2)
TEN = datetime(2026, 3, 2, 10, tzinfo=UTC)


def told(seq: int, *, device: str = "one", visit: str = "B1", minute: int = 0) -> FieldRecord:
    at = TEN + timedelta(minutes=minute or seq)
    key = f"{device}-{visit}-{seq}"
    return FieldRecord(key, device, TODAY, visit, seq, RecordKind.ARRIVE, at, at, 1)


DAY = [
    told(seq, device=device, visit=visit)
    for device in ("one", "two")
    for visit in ("", "B1", "B2")
    for seq in (1, 2, 3)
]


def numbers(records: tuple[FieldRecord, ...], device: str, visit: str) -> list[int]:
    return [one.seq for one in records if one.thread == (device, visit)]


@given(st.permutations(DAY), st.sets(st.sampled_from([one.key for one in DAY])))
def test_each_thread_is_told_in_its_order_and_none_is_lost(
    come: list[FieldRecord], first: set[str]
) -> None:
    highest: dict[tuple[str, str], int] = {}
    taken: list[FieldRecord] = []
    for waiting in ([one for one in come if one.key in first], come):
        open_ = [one for one in waiting if one not in taken]
        for one in in_turn(open_, highest):
            taken.append(one)
            highest[one.thread] = max(highest.get(one.thread, 0), one.seq)
    assert sorted(one.key for one in taken) == sorted(one.key for one in DAY)
    for device in ("one", "two"):
        for visit in ("", "B1", "B2"):
            assert numbers(tuple(taken), device, visit) == [1, 2, 3]


PHOTOS = [replace(told(seq), key=f"photo-{seq}", kind=RecordKind.ATTACHMENT) for seq in (1, 2, 7)]


@given(
    st.permutations([*DAY, *PHOTOS]),
    st.sets(st.sampled_from([one.key for one in DAY + PHOTOS]), max_size=9),
)
def test_an_attachment_waits_for_nothing_and_nothing_waits_for_it(
    come: list[FieldRecord], missing: set[str]
) -> None:
    here = [one for one in come if one.key not in missing]
    taken = in_turn(here, {})
    alone = in_turn([one for one in here if not one.stands_alone], {})
    assert {one.key for one in taken if one.stands_alone} == {
        one.key for one in PHOTOS if one.key not in missing
    }
    assert tuple(one for one in taken if not one.stands_alone) == alone


def test_a_record_waits_for_the_one_before_it() -> None:
    assert in_turn([told(2), told(3)], {}) == ()
    assert [one.seq for one in in_turn([told(2), told(4)], {("one", "B1"): 1})] == [2]


def test_a_number_that_has_passed_waits_for_nothing() -> None:
    again = replace(told(1), key="after-storage-was-lost")
    assert in_turn([again], {("one", "B1"): 5}) == (again,)


def test_a_clock_that_is_set_back_does_not_change_the_order() -> None:
    early = told(2, minute=-90)
    assert [one.seq for one in in_turn([early, told(1)], {})] == [1, 2]


def test_threads_are_told_by_the_clock() -> None:
    begin = told(1, visit="", minute=1)
    later = told(1, visit="B1", minute=5)
    earlier = told(1, visit="B2", minute=3)
    assert in_turn([later, earlier, begin], {}) == (begin, earlier, later)
