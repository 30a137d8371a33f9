"""What is proposed for a city, and what stays turned down."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from routing.datum import Datum
from routing.point import Point
from scheduler.doors import CheckIn, KnownDoor, review_doors
from tests.scheduler.doors.standing import DOOR, check_in, off, visits
from tests.scheduler.doors.test_datum_fault import confused

PRESENT = off(-80 + 0j)
THREE = visits([0j, 6 + 0j, 6j])
TURNED_DOWN = THREE[-1].at


def proposed(door: KnownDoor) -> bool:
    return bool(review_doors([door]).proposals)


def known(told: list[CheckIn], *, is_turned_down: bool = False) -> KnownDoor:
    return KnownDoor("P1", PRESENT, told, TURNED_DOWN if is_turned_down else None)


def test_what_was_turned_down_is_not_proposed_again() -> None:
    assert proposed(known(THREE))
    assert not proposed(known(THREE, is_turned_down=True))


def test_one_more_visit_that_says_the_same_changes_nothing() -> None:
    assert not proposed(known([*THREE, check_in(3, -5j)], is_turned_down=True))


def test_newer_visits_that_say_something_else_are_told() -> None:
    elsewhere = [check_in(number, 90j + number) for number in range(3, 12)]
    assert proposed(known([*THREE, *elsewhere], is_turned_down=True))


def test_what_was_turned_down_before_it_was_a_proposal_hides_nothing() -> None:
    early = KnownDoor("P1", PRESENT, THREE, THREE[0].at - timedelta(days=1))
    assert proposed(early)


def test_the_farthest_comes_first() -> None:
    doors = [
        KnownDoor(id, off(-metres + 0j), [replace(one, place_id=id) for one in THREE])
        for id, metres in (("near", 60), ("far", 120), ("right", 0))
    ]
    review = review_doors(doors)
    assert [one.place_id for one in review.proposals] == ["far", "near"]
    assert review.of("near") == review.proposals[1]
    assert review.of("right") is None


def test_a_wrong_datum_is_told_instead_of_its_proposals() -> None:
    sites = [off(complex(300 * n, 200 * n)) for n in range(12)]
    confusions = [
        KnownDoor(f"P{n}", confused(site, Datum.WGS84, Datum.GCJ02), at(site, f"P{n}"))
        for n, site in enumerate(sites)
    ]
    moved = KnownDoor("own", PRESENT, at(DOOR, "own"))
    review = review_doors([*confusions, moved])
    assert review.fault is not None
    assert review.fault.place_ids == {f"P{n}" for n in range(12)}
    assert [one.place_id for one in review.proposals] == ["own"]


def at(site: Point, id: str) -> list[CheckIn]:
    return [replace(one, place_id=id, stood=site) for one in THREE]


def test_places_that_nobody_has_visited_say_nothing() -> None:
    assert review_doors([KnownDoor("P1", PRESENT, [])]) == review_doors([])
