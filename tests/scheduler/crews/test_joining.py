"""Two shifts become one crew: where they meet, for how long, and with which breaks."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from routing.point import Point
from routing.travel import UNREACHABLE, Mode
from scheduler.crews.joining import Member, join, single
from scheduler.crews.rests import merged_rests
from scheduler.model import Break, Crew
from tests.scheduler.crews.days import at, member, rest, road_s, spot, window


def joined(a: Member, b: Member) -> Crew:
    joint = join(a, b, road_s, source="formed")
    assert joint is not None
    return joint.crew


def test_a_single_works_her_own_shift() -> None:
    noon = rest("12:00-13:00", 30)
    crew = single(member("ann", 5, "09:00-18:00", [noon], overtime_min=20, max_visits=7))
    assert (crew.id, crew.members, crew.source) == ("ann", ("ann",), "single")
    assert (crew.window, crew.breaks) == (window("09:00-18:00"), (noon,))
    assert (crew.max_overtime, crew.max_visits) == (timedelta(minutes=20), 7)


def test_the_guest_travels_within_her_own_shift() -> None:
    # 20 minutes apart and the same hours: whoever is the guest comes at 8:20 and leaves at 16:40.
    crew = joined(member("ann", 0), member("bea", 20))
    assert crew.window == window("08:20-16:40")
    assert crew.start == spot(0), "of two equal meeting places the lesser id's"


def test_they_meet_where_the_longer_common_window_is() -> None:
    # At Ann's, Bea (8-17) would come at 8:20 and leave at 16:40. At Bea's, Ann is there from
    # 7:20 + 20 to 17:40 - 20, so Bea's whole shift is common.
    crew = joined(member("ann", 0, "07:20-17:40"), member("bea", 20, "08:00-17:00"))
    assert crew.window == window("08:00-17:00")
    assert (crew.start, crew.end) == (spot(20), spot(20))


def test_the_guest_goes_home_from_where_the_host_ends() -> None:
    # Ann starts at 0 and ends at 30, Bea lives at 30. As Ann's guest Bea comes at 8:30 and is at
    # home when they part at 17:00; as Bea's guest Ann comes at 8:30 and ends where she is. Equal
    # windows and ways: Ann's place.
    crew = joined(member("ann", 0, end_minute=30), member("bea", 30))
    assert crew.window == window("08:30-17:00")
    assert (crew.start, crew.end) == (spot(0), spot(30))


def test_a_crew_has_the_skills_of_both_and_the_speed_and_limits_of_the_lesser() -> None:
    crew = joined(
        member("bea", mode=Mode.EBIKE, skills=frozenset({"x"}), max_visits=9, overtime_min=30),
        member("ann", mode=Mode.CAR, skills=frozenset({"y"}), max_visits=6, overtime_min=10),
    )
    assert (crew.id, crew.members) == ("ann+bea", ("ann", "bea"))
    assert (crew.mode, crew.skills) == (Mode.EBIKE, frozenset("xy"))
    assert (crew.max_visits, crew.max_overtime) == (6, timedelta(minutes=10))


def test_the_only_limit_given_counts() -> None:
    assert joined(member("ann", max_visits=6), member("bea")).max_visits == 6
    assert joined(member("ann"), member("bea")).max_visits is None


def test_a_slow_guest_travels_at_her_own_speed() -> None:
    # Bea walks the 20 minutes in 60, Ann drives them in 20: they meet at Bea's.
    crew = joined(member("ann", 0), member("bea", 20, mode=Mode.WALK))
    assert (crew.start, crew.window) == (spot(20), window("08:20-16:40"))
    assert crew.mode is Mode.WALK


def test_who_walks_with_a_rider_is_the_slower() -> None:
    crew = joined(member("ann", mode=Mode.TRANSIT), member("bea", mode=Mode.WALK))
    assert crew.mode is Mode.WALK
    assert joined(member("ann", mode=Mode.TRANSIT), member("bea")).mode is Mode.TRANSIT


@pytest.mark.parametrize("span", ["13:00-17:00", "12:00-17:00", "11:50-17:00"])
def test_no_crew_without_common_time(span: str) -> None:
    # Ann works until noon, and a way of 10 minutes takes what little they share.
    assert join(member("ann", 0, "08:00-12:00"), member("bea", 10, span), road_s, "file") is None


def test_no_crew_where_no_road_leads() -> None:
    def cut_off(_a: Point, _b: Point, _mode: Mode) -> float:
        return UNREACHABLE

    assert join(member("ann"), member("bea"), cut_off, "file") is None


def test_a_part_of_a_second_on_the_way_counts_as_a_whole_one() -> None:
    joint = join(member("ann"), member("bea"), lambda *_: 59.2, "file")
    assert joint is not None
    assert joint.crew.window.start == at("08:01")
    assert joint.travel == timedelta(minutes=2)


def test_breaks_that_overlap_enough_become_one_of_the_longer() -> None:
    crew = joined(
        member("ann", rests=[rest("11:00-13:00", 30, is_paid=True)]),
        member("bea", rests=[rest("12:00-14:00", 45)]),
    )
    # Common: 12:00-13:00, where 45 minutes have room; unpaid, as one of the two is.
    assert crew.breaks == (rest("12:00-13:00", 45),)


def test_breaks_that_overlap_too_little_are_both_kept() -> None:
    early, late = rest("11:00-12:20", 30), rest("12:00-14:00", 45)  # common: 20 minutes
    assert joined(member("ann", rests=[late]), member("bea", rests=[early])).breaks == (early, late)


def test_a_break_is_clipped_to_the_crews_time() -> None:
    # Bea comes to Ann's at 8:40: Ann's break may begin before that, but the crew's may not.
    ann, bea = member("ann", rests=[rest("08:10-09:30", 30)]), member("bea", 40, "08:00-17:40")
    assert joined(ann, bea).breaks == (rest("08:40-09:30", 30),)


def test_a_break_before_they_meet_is_hers_alone() -> None:
    # Bea is on shift from 10:00: Ann has rested by then.
    assert (
        joined(
            member("ann", rests=[rest("08:30-09:30", 30)]), member("bea", span="10:00-17:00")
        ).breaks
        == ()
    )


def test_no_crew_where_a_break_has_no_room() -> None:
    # Bea comes from 40 minutes away: at 8:40 from Ann's, or Ann at 8:40 at hers. Whoever is
    # the guest is on the way until then, and neither has 30 minutes left by 9:00.
    rests = [rest("08:00-09:00", 30)]
    assert (
        join(member("ann", 0, rests=rests), member("bea", 40, rests=rests), road_s, "file") is None
    )


def test_no_crew_where_two_breaks_collide() -> None:
    # 12:00-12:30 for Ann and 12:15-12:45 for Bea, neither movable: together they would rest from
    # 12:00 to 13:00, which is not within Bea's.
    a, b = (
        member("ann", rests=[rest("12:00-12:30", 30)]),
        member("bea", rests=[rest("12:15-12:45", 30)]),
    )
    assert join(a, b, road_s, "file") is None


def test_one_break_is_merged_with_one_other_only() -> None:
    ours = [rest("11:00-14:00", 30)]
    theirs = [rest("11:00-14:00", 30), rest("11:00-14:00", 20)]
    # 30 with 30; the 20 stays a break of its own.
    assert merged_rests(ours, theirs) == (rest("11:00-14:00", 30), rest("11:00-14:00", 20))


@st.composite
def members(draw: st.DrawFn, name: str) -> Member:
    start = draw(st.integers(0, 18))
    end = draw(st.integers(start + 1, 23))
    rests: list[Break] = []
    if end - start >= 4:
        minutes = draw(st.sampled_from([15, 30, 60]))
        rests.append(rest(f"{start + 1:02}:00-{start + 3:02}:00", minutes))
    return member(
        name,
        draw(st.integers(0, 200)),
        f"{start:02}:00-{end:02}:00",
        rests,
        end_minute=draw(st.integers(0, 200)),
        mode=draw(st.sampled_from(Mode)),
    )


@given(members("ann"), members("bea"))
def test_a_crew_lies_inside_both_shifts_and_the_guests_ways(a: Member, b: Member) -> None:
    joint = join(a, b, road_s, source="formed")
    if joint is None:
        return
    crew = joint.crew
    for one in (a, b):
        there = timedelta(seconds=road_s(one.collector.start, crew.start, one.collector.mode))
        back = timedelta(seconds=road_s(crew.end, one.collector.end, one.collector.mode))
        assert one.shift.window.start + there <= crew.window.start
        assert crew.window.end + back <= one.shift.window.end
    for pause in crew.breaks:
        assert crew.window.start <= pause.window.start
        assert pause.window.end <= crew.window.end
        assert pause.duration <= pause.window.duration
    assert joint == join(b, a, road_s, source="formed"), "the order they are named in is nothing"
