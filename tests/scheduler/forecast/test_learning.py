"""What days teach: true paces and lengths from many, nearly nothing from few."""

from __future__ import annotations

from dataclasses import replace

import pytest

from routing.paces import AS_ROADS_SAY
from routing.travel import Mode
from scheduler.forecast import HOUSE_SPREADS, Leg, Off, Recorded, learn, trial
from scheduler.forecast.errors import errors_as_told, off
from scheduler.forecast.groups import by_hour, grouped
from scheduler.forecast.pacing import forecast_s, learn_paces
from scheduler.model import PlaceKind
from tests.scheduler.forecast.driven import EAST, WEST, leg, length, weeks

USUAL_S = 1200


def test_no_facts_teach_what_was_believed_before() -> None:
    told = learn(Recorded(), USUAL_S)
    assert told.paces == AS_ROADS_SAY
    assert told.service_s == USUAL_S
    assert told.spreads == HOUSE_SPREADS
    assert told.p_met == 0.5


def test_few_facts_change_little_and_many_are_believed() -> None:
    # Five legs that took twice as long, among thirty believed: 2 ** (5 / 35) = 1.104 of the mode,
    # and (2 / 1.104) ** (5 / 35) = 1.089 beyond in their band: 1.20.
    few = learn_paces([leg(n, 2.0) for n in range(5)])
    assert few.of_hour(Mode.CAR, 10 * 3600) == 1.2
    many = learn_paces([leg(n, 2.0) for n in range(300)])
    assert many.of_hour(Mode.CAR, 10 * 3600) == pytest.approx(1.95, abs=0.06)


def test_fewer_than_are_told_teach_nothing() -> None:
    """What four legs and four visits of one door came to is nearly what hers came to."""
    few = Recorded(tuple(leg(n, 3.0) for n in range(4)), tuple(length(n, 90) for n in range(4)))
    told = learn(few, USUAL_S)
    assert (told.paces, told.service_s, told.spreads) == (AS_ROADS_SAY, USUAL_S, HOUSE_SPREADS)
    assert {one.length for one in told.lengths} == {HOUSE_SPREADS.met, HOUSE_SPREADS.not_met}
    assert (told.legs, told.visits) == (4, 4)


def test_a_district_of_few_legs_is_no_area() -> None:
    west, east = [leg(n, 1.0) for n in range(60)], [leg(n, 1.3, to=EAST) for n in range(60)]
    of_few = [replace(one, district="东区") for one in east]
    assert [one.name for one in learn_paces([*west, *of_few]).areas] == ["东区", "西区"]
    assert learn_paces([*west, *of_few[:4]]).areas == ()


def test_bands_differ_where_their_hours_do_and_are_one_where_they_do_not() -> None:
    alike = learn_paces([leg(n, 1.3, hour) for n in range(60) for hour in range(9, 19)])
    assert alike.starts_s == (0,)
    assert alike.of_hour(Mode.CAR, 10 * 3600) == pytest.approx(1.3)
    peak = learn_paces(
        [leg(n, 1.6 if hour >= 17 else 1.0, hour) for n in range(60) for hour in range(9, 19)]
    )
    # 120 legs of the band against thirty believed: four fifths of the way from the mode's pace.
    assert 1.4 <= peak.of_hour(Mode.CAR, 18 * 3600) < 1.6
    assert peak.of_hour(Mode.CAR, 10 * 3600) == 1.0
    assert peak.of_hour(Mode.WALK, 18 * 3600) == 1.0


def test_a_district_differs_by_what_its_hours_do_not_explain() -> None:
    slow = [leg(n, 1.2, district="东区", to=EAST) for n in range(200)]
    paces = learn_paces([*[leg(n, 1.0) for n in range(200)], *slow])
    east, west = (paces.of_way(Mode.CAR, 10 * 3600, where) for where in (EAST, WEST))
    assert east / west == pytest.approx(1.2, abs=0.08)
    assert [area.name for area in paces.areas] == ["东区", "西区"]


def test_a_phone_that_lay_in_a_bag_moves_no_pace() -> None:
    sane = [leg(n, 1.0 + (n % 5) / 50) for n in range(60)]
    wild = [leg(n, 5.0) for n in range(3)]
    assert learn_paces(sane) == learn_paces([*sane, *wild])


def test_the_same_facts_in_another_order_teach_the_same() -> None:
    told = weeks(10, 8, 1.25)
    turned = Recorded(told.legs[::-1], told.lengths[::-1])
    assert learn(turned, USUAL_S).paces == learn(told, USUAL_S).paces
    assert learn(turned, USUAL_S).service_s == learn(told, USUAL_S).service_s


def test_lengths_and_spreads_are_found_again() -> None:
    told = learn(weeks(80, 12, 1.25), USUAL_S)
    met, not_met = told.spreads.met, told.spreads.not_met
    assert met.median_s / 60 == pytest.approx(18, rel=0.05)
    assert not_met.median_s / 60 == pytest.approx(6, rel=0.05)
    assert met.sigma == pytest.approx(0.25, abs=0.04)
    assert told.spreads.leg == pytest.approx(0.2, abs=0.03)
    assert told.spreads.day == pytest.approx(0.1, abs=0.03)
    # Half of 18 and half of 6 minutes, a little more for the long ones: about 12 and a half.
    assert told.service_s / 60 in (12, 13)


def test_a_kind_of_place_with_few_visits_is_drawn_to_all_places() -> None:
    home = [length(n, 18) for n in range(300)]
    work = [length(n, 36, kind=PlaceKind.WORK) for n in range(2)]
    told = learn(Recorded((), (*home, *work)), USUAL_S)
    at_work = told.length_of(PlaceKind.WORK, was_met=True)
    assert at_work is not None
    assert at_work.of == 2
    assert 17 < at_work.length.median_s / 60 < 20
    assert told.length_of(PlaceKind.WORK, was_met=False) is None


def test_errors_are_told_as_distance_share_and_bias() -> None:
    told = off([(100.0, 200.0), (300.0, 200.0)] * 3)
    assert (told.of, told.mae_s, told.mape, told.bias_s) == (6, 100, 0.5, 0)


def test_no_error_is_told_of_fewer_than_five_forecasts() -> None:
    assert off([(100.0, 200.0)] * 4) == Off(4)
    assert off([]) == Off(0)


def test_what_was_learned_is_tried_on_days_that_it_was_not_learned_from() -> None:
    told = weeks(24, 10, 1.4)
    found = trial(told, USUAL_S)
    assert found is not None
    assert (found.first, found.last) == (told.days[18], told.days[-1])
    assert found.told.legs.of == found.learned.legs.of == 60
    assert found.learned.legs.mape is not None and found.told.legs.mape is not None  # noqa: PT018
    assert found.learned.legs.mape < found.told.legs.mape
    assert found.learned.ends.mae_s is not None and found.told.ends.mae_s is not None  # noqa: PT018
    assert found.learned.ends.mae_s < found.told.ends.mae_s
    # Days end when they were told to within nine of ten, give or take what six days can tell.
    assert found.learned.in_p90 is not None
    assert found.learned.in_p90 >= 4


def test_the_days_end_told_for_nine_of_ten_holds_for_about_so_many() -> None:
    told = weeks(400, 10, 1.3, seed=3)
    found = trial(told, USUAL_S)
    assert found is not None
    assert found.learned.in_p90 is not None
    assert 0.85 <= found.learned.in_p90 / found.learned.ends.of <= 0.95


def test_one_day_alone_is_no_trial() -> None:
    assert trial(weeks(1, 10, 1.3), USUAL_S) is None


def test_forecasts_that_were_right_have_no_error() -> None:
    exact = Recorded(
        tuple(leg(day, 1.0) for day in range(5)), tuple(length(day, 20) for day in range(5))
    )
    told = errors_as_told(exact)
    assert (told.legs.mae_s, told.visits.mae_s, told.ends.mae_s, told.in_p90) == (0, 0, 0, 5)


def test_legs_are_told_by_hour_and_by_district() -> None:
    early, late = [leg(n, 2.0, 9) for n in range(5)], [leg(n, 1.0, 11) for n in range(6)]
    east = [leg(n, 1.0, 11, district="东区") for n in range(7)]
    legs = [*early, *late, *east]
    assert [(one.key, one.of, one.ratio) for one in by_hour(legs)] == [(9, 5, 2.0), (11, 13, 1.0)]
    assert [(one.key, one.of) for one in grouped(legs, lambda leg: leg.district)] == [
        ("东区", 7),
        ("西区", 11),
    ]


def test_hours_of_few_legs_are_told_together_and_last() -> None:
    few = [leg(n, 4.0, hour) for n, hour in enumerate((7, 8, 19, 20, 21))]
    legs = [*few, *(leg(n, 1.0, 10) for n in range(5))]
    assert [(one.key, one.of, one.ratio) for one in by_hour(legs)] == [(10, 5, 1.0), (None, 5, 4.0)]
    assert by_hour(few[:4]) == []


def test_a_forecast_is_the_roads_time_at_the_pace_of_its_hour() -> None:
    paces = learn_paces([leg(n, 1.5) for n in range(600)])
    told: Leg = replace(leg(0, 1.0), base_s=100.0)
    assert forecast_s(told, paces) == pytest.approx(150, abs=6)
