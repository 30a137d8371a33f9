"""A whole list that was read in the wrong datum, told from doors that are elsewhere."""

from __future__ import annotations

import cmath
from itertools import permutations

import numpy as np
import pytest

from routing.datum import Datum, convert
from routing.point import Point, distance_m
from scheduler.doors import DatumFault, find_datum_fault
from scheduler.doors.datum_fault import Displaced
from tests.scheduler.doors.standing import DOOR, off


def town(number: int, datums: tuple[Datum, Datum] | None, seed: int = 1) -> dict[str, Displaced]:
    """Return doors over 20 km where crews stood 15 m off, and where the book has them.

    With `datums` (told, meant) coordinates in `meant` were read as `told`.
    """
    rng = np.random.default_rng(seed)
    doors = [off(complex(*rng.uniform(-10_000, 10_000, 2))) for _ in range(number)]
    return {
        f"P{i}": Displaced(
            confused(door, *datums) if datums else door, off(complex(*rng.normal(0, 15, 2)), door)
        )
        for i, door in enumerate(doors)
    }


def confused(door: Point, told: Datum, meant: Datum) -> Point:
    written = convert(door.lat, door.lon, Datum.WGS84, meant)
    read = convert(*written, told, Datum.WGS84)
    return Point(float(read.lat), float(read.lon))


@pytest.mark.parametrize("datums", list(permutations(Datum, 2)), ids=" for ".join)
def test_each_confusion_of_datums_is_told(datums: tuple[Datum, Datum]) -> None:
    places = town(12, datums)
    found = find_datum_fault(places)
    assert found is not None
    assert (found.told, found.meant) == datums
    assert (found.place_ids, found.displaced) == (frozenset(places), 12)
    shifts_m = [distance_m(one.present, one.stood) for one in places.values()]
    assert found.shift_m == pytest.approx(np.median(shifts_m))


def test_it_says_what_to_do() -> None:
    fault = DatumFault(Datum.WGS84, Datum.GCJ02, frozenset("abc"), 4, 482.3)
    assert fault.why == (
        "3 of the 4 places that are far from where crews stood are off by about 482 m in one "
        "direction, as coordinates in GCJ-02 are that were read as WGS-84: import their list again "
        "with its right datum, and look whether the phones' browser tells WGS-84"
    )


def test_doors_that_are_right_hide_no_list_that_is_wrong() -> None:
    wrong = {f"wrong {id}": one for id, one in town(10, (Datum.WGS84, Datum.GCJ02)).items()}
    found = find_datum_fault(town(200, None, seed=2) | wrong)
    assert found is not None
    assert found.place_ids == set(wrong)


def test_too_few_places_tell_nothing() -> None:
    assert find_datum_fault(town(9, (Datum.WGS84, Datum.GCJ02))) is None


def test_doors_that_moved_each_its_own_way_are_no_datum() -> None:
    turns = np.linspace(0, 2 * np.pi, 40)
    places = {
        id: Displaced(off(cmath.rect(480, turn), one.stood), one.stood)
        for turn, (id, one) in zip(turns, town(40, None).items(), strict=True)
    }
    assert find_datum_fault(places) is None


def test_a_common_shift_that_no_datum_makes_is_none() -> None:
    places = {
        id: Displaced(off(-400 - 300j, one.stood), one.stood) for id, one in town(40, None).items()
    }
    assert find_datum_fault(places) is None


def test_where_no_coordinates_are_shifted_there_is_no_fault() -> None:
    queens = Point(40.73, -73.79)
    places = {
        f"P{n}": Displaced(off(n * 10 + 400j, queens), off(n * 10 + 0j, queens)) for n in range(20)
    }
    assert find_datum_fault(places) is None


def test_the_door_of_the_tests_lies_where_datums_differ() -> None:
    assert distance_m(DOOR, confused(DOOR, Datum.WGS84, Datum.GCJ02)) > 200
