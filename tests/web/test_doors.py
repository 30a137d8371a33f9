"""The page of learned doors: proposals, what shows them, and what is decided."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from typer.testing import CliRunner, Result

from routing.datum import Datum, convert
from routing.geocoding import Precision
from routing.point import Point, distance_m
from scheduler.model import Place
from scheduler.ports import By, Mark, MarkKind, Outcome
from tests.data.world import ALICE, ALL_KNOWN, MIDNIGHT, TODAY, TOWN, record, with_home
from tests.scheduler.doors.standing import off
from tests.web.conftest import json_of
from tests.web.homes import lawful_home  # noqa: F401
from tests.web.pages import Visitor, World, trip
from tests.web.phone_days import publish, put_city
from tests.web.test_dispatch import DAY, english
from web.cli import app

PAGE = f"{DAY}/places/doors"
DOOR = off(80 + 0j, Point(25.01, 121.5))
"""80 m east of where the world has B1's home, 2 km from where the collectors' days begin."""


def visit(world: World, weeks_ago: int, stood: Point, borrower: str = "B1") -> None:
    """Let Alice or Bob make a visit some weeks ago, and tell where they stood."""
    who, on = ("alice", "bob")[weeks_ago % 2], TODAY - timedelta(weeks=weeks_ago)
    at = datetime.combine(on, time(10), ZoneInfo(TOWN.zone))
    publish(world, trip(who, borrower), on=on)
    plan_id = world.wired.store.plan("Town", on).id
    key = f"{borrower}-{weeks_ago}"
    told = Mark(key, on, plan_id, (who,), MarkKind.ARRIVE, at, borrower, stood, 10.0)
    came = Outcome(key, borrower, f"{borrower}-home", at, "PTP", (who,), plan_id=plan_id)
    with world.wired.store.writing(By(who, at)) as writer:
        writer.put_mark("Town", told)
        writer.record_outcome("Town", came)


def three_visits(world: World) -> None:
    for weeks_ago, error in enumerate((0j, 6 + 0j, 6j), start=1):
        visit(world, weeks_ago, off(error, DOOR))


def home(world: World, borrower: str = "B1") -> Place:
    places = world.wired.store.open_day("Town", TODAY).places
    return next(place for place in places if place.id == f"{borrower}-home")


def fields(page: str) -> dict[str, str]:
    """Return the hidden fields of the first proposal."""
    return dict(re.findall(r'name="(place|newest|known)" value="([^"]+)"', page))


def decide(visitor: Visitor, act: str, told: dict[str, str]) -> str:
    answer = visitor.post(PAGE, {**told, "act": act})
    assert answer.status_code == 302, answer.text
    return visitor.page(answer.location)


def test_without_check_ins_the_page_says_what_it_takes(world: World) -> None:
    page = english(world).page(PAGE)
    assert "No door to move" in page
    assert "three visits on three days" in page


def test_a_proposal_shows_what_it_rests_on(world: World) -> None:
    three_visits(world)
    page = english(world).page(PAGE)
    assert "王*" in page
    assert "王小明" not in page
    assert "中山路 1 号" in page
    assert "3 of 3 visits, on 3 days by the phones of 2 collectors" in page
    assert page.count('class="visit"') == 3
    assert "<dd>none</dd>" in page, "no access note"
    assert "3 次上门中有 3 次" in world.visitor("dora", **{"Accept-Language": "zh"}).page(PAGE)


def test_accepting_moves_the_place_and_keeps_its_access_note(world: World) -> None:
    noted = with_home(record(1, agency="North"), address="中山路 1 号", access_note="ring <twice>")
    with world.wired.store.writing(ALICE) as writer:
        writer.put_cases("Town", [noted], known=ALL_KNOWN - POSITION, complete=False)
    three_visits(world)
    dora = english(world)
    page = dora.page(PAGE)
    assert "ring &lt;twice&gt;" in page
    after = decide(dora, "accept", fields(page))
    assert "The place is moved to its door." in after
    assert "No door to move" in after
    moved = home(world)
    assert moved.point is not None
    assert distance_m(moved.point, DOOR) < 5
    assert (moved.precision, moved.access_note) == (Precision.CONFIRMED, "ring <twice>")


POSITION = frozenset({"place.point", "place.precision", "place.radius_m", "place.confidence"})


def test_what_is_turned_down_stays_away(world: World) -> None:
    three_visits(world)
    dora, before = english(world), home(world)
    after = decide(dora, "turn_down", fields(dora.page(PAGE)))
    assert "It comes back only if later visits tell something else." in after
    assert "No door to move" in after
    assert home(world) == before
    assert world.events("door.dismissed") == ["B1-home"]


def test_a_visit_since_the_page_was_opened_is_looked_at_first(world: World) -> None:
    three_visits(world)
    dora, before = english(world), home(world)
    told = fields(dora.page(PAGE))
    visit(world, 0, off(3j, DOOR))
    assert "There is news of this door: look at it again." in decide(dora, "accept", told)
    assert home(world) == before
    decide(dora, "accept", fields(dora.page(PAGE)))
    assert home(world) != before


def test_somebodys_decision_is_told_and_taken_the_place_of(world: World) -> None:
    three_visits(world)
    dora = english(world)
    told = fields(dora.page(PAGE))
    with world.wired.store.writing(ALICE) as writer:
        writer.put_override("Town", home(world).address, off(-200j, DOOR), "dispatcher")
    assert dora.post(PAGE, {**told, "act": "accept"}).status_code == 409
    page = dora.page(PAGE)
    assert "alice has put this address where it is." in page
    decide(dora, "accept", fields(page))
    [decided] = world.wired.store.overrides("Town").values()
    assert (decided.source, decided.decided_by) == ("check-ins", "dora")


def test_coordinates_of_the_lenders_file_are_said_to_give_way(world: World) -> None:
    three_visits(world)
    assert "The lender's file gave its coordinates" not in unescaped(english(world).page(PAGE))
    told = with_home(
        record(1, agency="North"),
        address="中山路 1 号",
        point=off(-80 + 0j, DOOR),
        precision=Precision.CONFIRMED,
    )
    with world.wired.store.writing(ALICE) as writer:
        writer.put_cases("Town", [told], known=ALL_KNOWN, complete=False)
    assert "The lender's file gave its coordinates" in unescaped(english(world).page(PAGE))


def unescaped(page: str) -> str:
    return page.replace("&#39;", "'")


def test_one_agencys_dispatcher_decides_of_her_own_alone(world: World) -> None:
    three_visits(world)
    for weeks_ago, error in enumerate((0j, 6 + 0j, 6j), start=4):
        visit(world, weeks_ago, off(100j + error, Point(25.03, 121.5)), "B3")
    assert english(world).page(PAGE).count('class="panel door"') == 2
    nora = english(world, "nora")
    page = nora.page(PAGE)
    assert page.count('class="panel door"') == 1
    told = {**fields(page), "place": "B3-home"}
    assert "There is news of this door" in decide(nora, "accept", told)
    assert world.wired.store.overrides("Town") == {}


@pytest.mark.parametrize("name", ["alice", "ada", "nemo"])
def test_only_a_dispatcher_sees_where_crews_stood(world: World, name: str) -> None:
    assert english(world, name).get(PAGE).status_code == 403
    assert english(world, name).post(PAGE).status_code == 403


def test_what_nobody_pressed_is_not_done(world: World) -> None:
    three_visits(world)
    dora, before = english(world), home(world)
    told = fields(dora.page(PAGE))
    assert dora.post(PAGE, {**told, "act": "burn"}).status_code == 400
    assert dora.post(PAGE, {"act": "accept"}).status_code == 400
    assert home(world) == before


def test_a_city_whose_phones_are_silent_says_so(world: World) -> None:
    put_city(world, profile="US", learns_doors=False)
    assert "In this city phones do not tell where they stand" in english(world).page(PAGE)


def test_a_wrong_datum_is_told_instead(world: World) -> None:
    """Ten borrowers in the mainland, whose list was in GCJ-02 and was read as WGS-84."""
    sites = [off(complex(500 * n, 300 * n), Point(29.87, 121.55)) for n in range(10)]
    records = [
        with_home(record(20 + n), address=f"东河路{n}号", point=as_gcj02(site))
        for n, site in enumerate(sites)
    ]
    with world.wired.store.writing(ALICE) as writer:
        writer.put_cases("Town", records, known=ALL_KNOWN, complete=False)
    for n, site in enumerate(sites):
        visit(world, n + 1, site, f"B{20 + n}")
    page = unescaped(english(world).page(PAGE))
    assert "10 of the 10 places that are far from where crews stood" in page
    assert "coordinates in GCJ-02 are that were read as WGS-84" in page
    assert "No door to move" in page


def as_gcj02(point: Point) -> Point:
    shifted = convert(point.lat, point.lon, Datum.WGS84, Datum.GCJ02)
    return Point(float(shifted.lat), float(shifted.lon))


# The command line


@pytest.fixture
def dayround(world: World, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Call `dayround doors` in the world."""
    monkeypatch.setattr("web.wiring.wire", lambda _: world.wired)
    return lambda *words: CliRunner().invoke(app, ["--as", "li", "doors", *words])


def test_the_command_lists_accepts_and_turns_down(
    world: World, dayround: Callable[..., Result]
) -> None:
    three_visits(world)
    [listed] = json_of(dayround("--json"))
    assert (listed["place"], listed["whose"], listed["visits"]) == ("B1-home", "王*", 3)
    assert "turned down" in dayround("--turn-down", "B1-home").stdout
    assert json_of(dayround("--json")) == []
    assert world.events("door.dismissed") == ["B1-home"]
    with world.wired.store.writing(ALICE) as writer:
        writer.dismiss_door("Town", "B1-home", MIDNIGHT - timedelta(days=90))
    assert "moved by 81 m" in dayround("--accept", "B1-home").stdout
    place = home(world)
    assert place.point is not None
    assert distance_m(place.point, DOOR) < 5


def test_the_command_moves_nothing_that_is_not_proposed(
    dayround: Callable[..., Result],
) -> None:
    refused = dayround("--accept", "B1-home")
    assert refused.exit_code == 1
    assert "nothing is proposed for place 'B1-home'" in refused.stderr
