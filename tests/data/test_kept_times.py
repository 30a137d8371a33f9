"""Travel times are kept while what they are made of is the same."""

from __future__ import annotations

import os
from pathlib import Path

from data.cities import CityFiles
from data.kept_times import KeptTimes
from data.peak_hours import SETTING
from routing.point import Point
from routing.travel import Mode, Spot
from tests.data.built_city import add_city
from tests.data.test_cities import EAST, STREET, WEST


def test_they_are_those_of_the_city_until_its_peaks_are_others(tmp_path: Path) -> None:
    add_city(tmp_path, "Town", STREET)
    cities = CityFiles(tmp_path)
    kept = KeptTimes(cities)
    spots = [Spot(WEST), Spot(EAST), Spot(Point(30.0, 123.0))]
    free = kept.travel_times("Town")
    assert free is kept.travel_times("Town")
    assert free is not kept.travel_times("Town", is_working=False)
    plain = cities.travel_times("Town").matrix(spots, [Mode.CAR])
    assert (free.matrix(spots, [Mode.CAR]).seconds == plain.seconds).all()
    table = '[weekday.car]\n"07:00-09:00" = { residential = 2 }'
    (tmp_path / "Town" / SETTING).write_text(table, encoding="utf-8")
    slow = kept.travel_times("Town")
    assert slow is not free
    assert slow.matrix(spots, [Mode.CAR]).slot_starts_s == (0, 25_200, 32_400)
    os.utime(tmp_path / "Town" / "roads.npz", (1, 1))
    assert kept.travel_times("Town") is not slow
