from __future__ import annotations

import pytest

from routing.transit.kinds import PACES, RAIL, Kind, alike
from routing.transit.stops import is_entrance, stop_kind


@pytest.mark.parametrize(
    ("tags", "kind"),
    [
        ({"highway": "bus_stop"}, Kind.BUS),
        ({"highway": "bus_stop", "public_transport": "platform", "tram": "yes"}, Kind.TRAM),
        ({"public_transport": "platform", "trolleybus": "yes"}, Kind.TROLLEYBUS),
        ({"public_transport": "stop_position"}, None),  # of what, only its line can tell
        ({"public_transport": "station", "train": "yes"}, Kind.TRAIN),
        ({"railway": "station"}, Kind.TRAIN),
        ({"railway": "station", "station": "subway", "train": "no"}, Kind.SUBWAY),
        ({"railway": "halt"}, Kind.TRAIN),
        ({"railway": "tram_stop"}, Kind.TRAM),
        ({"amenity": "ferry_terminal"}, Kind.FERRY),
        ({"railway": "subway_entrance"}, None),
    ],
)
def test_the_kind_of_a_stop(tags: dict[str, str], kind: Kind | None) -> None:
    assert stop_kind(tags) is kind


def test_an_entrance_leads_to_a_station_and_is_none() -> None:
    assert is_entrance({"railway": "subway_entrance"})
    assert not is_entrance({"railway": "station"})


def test_a_station_of_unknown_rail_may_be_any_and_a_ferry_is_only_a_ferry() -> None:
    assert alike(Kind.TRAIN) == RAIL
    assert alike(Kind.FERRY) == {Kind.FERRY}


@pytest.mark.parametrize("kind", list(Kind))
def test_every_kind_is_faster_than_who_walks_beside_it_and_slower_than_a_car_on_a_free_road(
    kind: Kind,
) -> None:
    pace = PACES[kind]
    # A kilometre of straight line and one stop: a walker needs 12.5 minutes at 4.8 km/h.
    assert 30_000 < pace.ride_ms(1000 * pace.detour) < 750_000
    assert pace.next_m == 0 or pace.next_m > pace.same_m
