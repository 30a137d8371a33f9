"""The crews of a day: singles, pairs, and who stays alone for which reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from scheduler.crews import Alone, CrewDay, form_crews
from scheduler.model import Pair
from tests.scheduler.crews.days import ON, day_of, member, road_s


def why(formed: CrewDay, name: str) -> str:
    (reason,) = [one.why for one in formed.alone if one.collector_id == name]
    return reason


def test_singles_are_those_on_shift_with_a_valid_certificate() -> None:
    last_day = member("ann", certificate_expires=ON)
    expired = member("bea", certificate_expires=ON - timedelta(days=1))
    day = day_of([member("cai"), expired, last_day], off_shift=[member("dan").collector])
    formed = form_crews(day, 1, road_s)
    assert [crew.id for crew in formed.crews] == ["ann", "cai"]
    assert formed.alone == (Alone("bea", "has a certificate that expired on 2026-11-22"),)


def test_a_pair_of_the_file_goes_together_where_the_others_go_alone() -> None:
    day = day_of([member("ann"), member("bea"), member("cai")])
    formed = form_crews(replace(day, pairs=[Pair("bea", "ann")]), 1, road_s)
    assert [crew.id for crew in formed.crews] == ["ann+bea", "cai"]


def test_the_odd_one_out_is_named_and_goes_nowhere() -> None:
    # Cai starts an hour's way from the others: the two near ones go.
    formed = form_crews(day_of([member("ann"), member("bea", 1), member("cai", 60)]), 2, road_s)
    assert [crew.id for crew in formed.crews] == ["ann+bea"]
    assert [one.collector_id for one in formed.alone] == ["cai"]
    assert "odd one out" in why(formed, "cai")


def test_a_collector_with_an_expired_certificate_is_in_no_pair() -> None:
    expired = member("bea", certificate_expires=ON - timedelta(days=1))
    formed = form_crews(day_of([member("ann"), expired, member("cai", 50)]), 2, road_s)
    assert [crew.id for crew in formed.crews] == ["ann+cai"]
    assert "expired" in why(formed, "bea")


def test_alone_in_her_agency() -> None:
    members = [member("ann"), member("bea"), member("cai", agency="south")]
    assert "agency 'south'" in why(form_crews(day_of(members), 2, road_s), "cai")


def test_alone_because_of_a_list() -> None:
    members = [member("ann"), member("bea"), member("cai", never_with=frozenset({"ann", "bea"}))]
    assert "never to go with anybody" in why(form_crews(day_of(members), 2, road_s), "cai")


def test_alone_for_want_of_common_time() -> None:
    # Cai shares half an hour with the others, less than a crew is formed for.
    members = [member("ann"), member("bea"), member("cai", span="16:30-20:00")]
    assert "too little common time" in why(form_crews(day_of(members), 2, road_s), "cai")


def test_only_one_and_two_are_sizes() -> None:
    with pytest.raises(ValueError, match="crews of 3"):
        form_crews(day_of([]), 3, road_s)


def test_two_shifts_of_one_collector_are_refused() -> None:
    day = day_of([member("ann")])
    with pytest.raises(ValueError, match="'ann' has two shifts on 2026-11-23"):
        form_crews(replace(day, shifts=[*day.shifts, *day.shifts]), 1, road_s)
