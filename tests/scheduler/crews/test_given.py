"""Pairs of a file stay, or a note says why one cannot and its two are paired like the others."""

from __future__ import annotations

from datetime import timedelta

import pytest

from scheduler.crews import CrewDay, form_crews
from scheduler.crews.joining import Member
from scheduler.model import Pair
from tests.scheduler.crews.days import ON, but, day_of, member, road_s

EXPIRED = ON - timedelta(days=1)


def formed(*members: Member, pairs: list[Pair]) -> CrewDay:
    return form_crews(day_of(members, pairs=pairs), 2, road_s)


def crew_ids(formed: CrewDay) -> list[str]:
    return [crew.id for crew in formed.crews]


ANN, BEA, CAI, DAN = (member(name, i) for i, name in enumerate(("ann", "bea", "cai", "dan")))


def test_a_given_pair_stays_though_others_would_suit_better() -> None:
    far = member("dan", 200)  # nobody would choose Dan, over three hours away
    given = formed(ANN, BEA, CAI, far, pairs=[Pair("dan", "ann")])
    assert crew_ids(given) == ["ann+dan", "bea+cai"]
    assert [crew.source for crew in given.crews] == ["file", "formed"]
    assert given.notes == ()


def test_a_given_pair_may_have_less_common_time_than_a_formed_one() -> None:
    late = member("bea", span="16:30-20:00")  # half an hour with Ann
    assert crew_ids(formed(ANN, late, pairs=[Pair("ann", "bea")])) == ["ann+bea"]
    assert crew_ids(formed(ANN, late, pairs=[])) == []


def test_a_pair_of_another_day_is_nothing_today() -> None:
    other_day = Pair("ann", "dan", ON + timedelta(days=1))
    assert formed(ANN, BEA, CAI, DAN, pairs=[other_day]) == formed(ANN, BEA, CAI, DAN, pairs=[])


def test_the_pair_of_this_day_goes_before_the_standing_one() -> None:
    given = formed(ANN, BEA, CAI, DAN, pairs=[Pair("ann", "bea"), Pair("ann", "dan", ON)])
    assert crew_ids(given) == ["ann+dan", "bea+cai"]
    (note,) = given.notes
    assert note.members == ("ann", "bea")
    assert "'ann' goes in 'ann+dan' already" in note.text


def test_the_same_two_named_again_need_no_note() -> None:
    given = formed(ANN, BEA, pairs=[Pair("ann", "bea"), Pair("bea", "ann", ON)])
    assert (crew_ids(given), given.notes) == (["ann+bea"], ())


@pytest.mark.parametrize(
    ("pair", "changed", "why"),
    [
        (Pair("ann", "eve"), ANN, "the city has no collector 'eve'"),
        (Pair("ann", "ann"), ANN, "it names 'ann' twice"),
        (Pair("bea", "ann"), but(ANN, certificate_expires=EXPIRED), "certificate that expired"),
        (Pair("bea", "ann"), but(ANN, never_with=frozenset({"bea"})), "never to go together"),
        (Pair("bea", "ann"), but(ANN, agency="south"), "different agencies"),
        (Pair("bea", "ann"), member("ann", span="18:00-20:00"), "no common time"),
    ],
)
def test_a_pair_that_cannot_go_is_told(pair: Pair, changed: Member, why: str) -> None:
    given = formed(changed, BEA, CAI, DAN, pairs=[pair])
    (note,) = given.notes
    assert note.members == (pair.first, pair.second)
    assert "is not kept" in note.text
    assert why in note.text
    assert all(crew.source == "formed" for crew in given.crews)


def test_who_is_left_of_a_broken_pair_is_paired_like_the_others() -> None:
    day = day_of([BEA, CAI], pairs=[Pair("ann", "bea")], off_shift=[ANN.collector])
    given = form_crews(day, 2, road_s)
    assert crew_ids(given) == ["bea+cai"]
    assert "'ann' is not on shift" in given.notes[0].text
    assert given.alone == (), "who is not on shift is nobody's odd one out"
