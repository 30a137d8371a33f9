"""Peaks by the hour: which slots they make, what they make of an arc, and tables with faults."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from routing.errors import PeaksError
from routing.peak_table import USUAL, read_peaks
from routing.peaks import FREE, Factors, slower
from routing.roads import CLOSED
from routing.speeds import HIGHWAYS
from routing.travel import Mode

HOUR_S = 3600
CLASSES = np.array(["primary", "gate", "primary_link", "residential", "primary"])


def test_the_usual_working_day_has_five_slots_and_three_paces_for_a_car() -> None:
    slots = read_peaks(USUAL.read_text("utf-8")).of_day(is_working=True).slots([Mode.CAR])
    assert slots.starts_s == (0, 7 * HOUR_S, 9 * HOUR_S, 17 * HOUR_S, 19 * HOUR_S)
    assert slots.profile_of[Mode.CAR] == (0, 1, 0, 2, 0)  # at noon as by night
    assert slots.profiles[Mode.CAR][0] == FREE
    morning = slots.profiles[Mode.CAR][1]
    assert morning.per_way(CLASSES).tolist() == [1.6, 1.15, 1.6, 1.15, 1.6]


def test_the_usual_day_off_and_who_walks() -> None:
    peaks = read_peaks(USUAL.read_text("utf-8"))
    assert peaks.of_day(is_working=False).slots([Mode.CAR]).starts_s == (0, 36_000, 64_800)
    walking = peaks.weekday.slots([Mode.WALK])
    assert (walking.starts_s, walking.profiles) == ((0,), {Mode.WALK: (FREE,)})


def test_an_ebike_is_hardly_slower_than_when_free() -> None:
    slots = read_peaks(USUAL.read_text("utf-8")).weekday.slots([Mode.EBIKE])
    factors = [one.per_way(np.array(sorted(HIGHWAYS))) for one in slots.profiles[Mode.EBIKE]]
    assert np.max(factors) <= 1.1


def test_modes_share_the_slots_of_a_day() -> None:
    """A matrix has one axis of slots for all of its modes."""
    slots = read_peaks(
        """
        [weekday.car]
        "07:00-09:00" = { "*" = 2 }
        "09:00-10:00" = { "*" = 2, primary = 2.0 }
        [weekday.ebike]
        "08:00-24:00" = { primary = 1.5 }
        """
    ).weekday.slots([Mode.EBIKE, Mode.CAR])
    # The two lines for cars say the same in other words, and nothing begins at midnight's end.
    assert slots.starts_s == (0, 7 * HOUR_S, 8 * HOUR_S, 10 * HOUR_S)
    assert slots.profile_of == {Mode.CAR: (0, 1, 1, 0), Mode.EBIKE: (0, 0, 1, 1)}


def test_a_day_that_is_never_free_has_no_free_pace() -> None:
    slots = read_peaks('[weekday.car]\n"00:00-24:00" = { "*" = 1.5 }').weekday.slots([Mode.CAR])
    assert slots.starts_s == (0,)
    assert slots.profiles[Mode.CAR] == (Factors((("*", 1.5),)),)


@pytest.mark.parametrize(
    ("said", "same"),
    [
        ({"primary": 1.0}, {}),
        ({"*": 1}, {}),
        ({"*": 1.5, "primary": 1.5}, {"*": 1.5}),
        ({"primary": 1.5, "primary_link": 1.5}, {"primary": 1.5}),
    ],
)
def test_what_goes_without_saying_is_equal(said: dict[str, float], same: dict[str, float]) -> None:
    assert Factors.of(said) == Factors.of(same)


def test_a_slip_road_is_as_its_road_unless_it_is_named() -> None:
    factors = Factors.of({"primary": 1.5, "primary_link": 1.0, "*": 1.2, "trunk": 2})
    ways = np.array(["primary", "primary_link", "trunk_link", "tertiary_link"])
    assert factors.per_way(ways).tolist() == [1.5, 1.0, 2.0, 1.2]


@given(
    st.lists(
        st.tuples(st.one_of(st.just(CLOSED), st.integers(0, 10**8)), st.floats(1, 10)), max_size=9
    )
)
def test_no_arc_is_quicker_than_free_and_a_closed_one_stays_closed(
    arcs: list[tuple[int, float]],
) -> None:
    duration = np.array([ms for ms, _ in arcs], np.int32)
    longer = slower(duration, np.array([factor for _, factor in arcs], float))
    assert longer.dtype == np.int32
    for (ms, factor), now in zip(arcs, longer.tolist(), strict=True):
        assert now == CLOSED if ms == CLOSED else abs(now - ms * factor) <= 0.5
        assert now >= ms


def test_an_arc_of_days_does_not_overflow() -> None:
    assert slower(np.array([2**30], np.int32), np.array([10.0])).tolist() == [2**31 - 1]


LINE = '[weekday.car]\n"07:00-09:00" = '


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", r"names no peaks: write \[weekday.car\]"),
        ("[monday.car]", "monday: is not known; there are weekday, weekend"),
        ("weekday = 1.5", r"weekday: write \[weekday.car\]"),
        ("[weekday.bus]", "weekday.bus: is no mode; there are car, ebike, walk"),
        ("[weekday]\ncar = 1.5", "weekday.car: write a line for each peak"),
        ('[weekend.car]\n"7-9" = { primary = 2 }', 'weekend.car."7-9": hours are as in'),
        ('[weekday.car]\n"22:00-02:00" = { primary = 2 }', "those over midnight take two lines"),
        ('[weekday.car]\n"22:00-24:30" = { primary = 2 }', "up to 24:00"),
        (LINE + "1.5", "write factors by class of road"),
        (LINE + "{}", "write factors by class of road"),
        (LINE + "{ avenue = 2 }", r"\.avenue: is no class of road; \* stands for"),
        (LINE + "{ primary = true }", r"\.primary: expected a number such as 1.5, not True"),
        (LINE + '{ primary = "2" }', r"\.primary: expected a number such as 1.5, not '2'"),
        (LINE + "{ primary = 0.9 }", r"\.primary: 0.9 is not from 1, the free road, to 10 times"),
        (LINE + "{ primary = 160 }", r"\.primary: 160 is not from 1"),
        (LINE + "{ primary = nan }", r"\.primary: nan is not from 1"),
        (
            LINE + '{ primary = 2 }\n"08:59-10:00" = { primary = 2 }',
            'weekday.car."08:59-10:00": begins before "07:00-09:00" ends',
        ),
        (LINE + "\n[weekend]", "is no TOML: .*line 2"),
    ],
)
def test_a_fault_is_told_with_its_key(text: str, fault: str) -> None:
    with pytest.raises(PeaksError, match=fault):
        read_peaks(text)


def test_all_faults_are_told_at_once() -> None:
    text = LINE + "{ avenue = 2, primary = 0 }\n[weekend.tram]"
    with pytest.raises(PeaksError) as told:
        read_peaks(text)
    assert len(str(told.value).splitlines()) == 3
