"""One stop of a plan: why here and now, every other place for it, and what moves it there."""

from __future__ import annotations

import html
import json
import re
from typing import Any

import pytest

from scheduler.ports import PlanStatus
from scheduler.service import publish_day
from tests.data.world import TODAY
from tests.web.pages import Visitor, World
from tests.web.phone_days import make_lawful
from tests.web.programs import plan_day_of
from tests.web.test_dispatch import DAY, english

SHEET = {"X-Fragment": "1"}
WHERE = f"{DAY}/desk/stop/B1"


@pytest.fixture
def lawful(world: World) -> World:
    """A world whose published plan was made by the roads that it is judged by: straight ones."""
    make_lawful(world)
    plan_day_of(world)
    publish_day(world.wired.ports, "Town", TODAY, "dora")
    return world


def crew_of(world: World, visit: str) -> str:
    trips = newest(world).content.plan.itineraries
    [crew] = [str(t.crew_id) for t in trips if visit in {stop.id for stop in t.visits}]
    return str(crew)


def newest(world: World) -> Any:
    return world.wired.store.plan("Town", TODAY)


def press(dora: Visitor, *edits: dict[str, Any], key: str = "k", back: str = WHERE) -> Any:
    told = {"edits": json.dumps(edits), "key": key, "back": back}
    return dora.post(f"{DAY}/desk/press", told)


def test_a_stop_tells_whose_word_its_hours_are_and_what_would_be_lost(lawful: World) -> None:
    page = html.unescape(english(lawful).page(WHERE))
    assert "王*" in page
    assert "王小明" not in page
    assert "The rules allow" in page
    assert "What would be lost without it" in page
    assert "recovery" in page
    assert "Where else it could stand" in page


def test_every_crew_stands_in_the_table_and_who_may_not_go_says_why(lawful: World) -> None:
    """South's Charlie may not visit for North."""
    page = html.unescape(english(lawful).page(WHERE))
    table = page.split("Where else it could stand")[1]
    crews = re.findall(r"<summary><span>([^<]+)</span>", table)
    assert crews[0] == "All places of 3 crews"
    assert len(crews) == 4
    # The best stand first, and what is in the way is folded.
    best, every = table.split("All places of 3 crews")
    assert 1 <= best.count("Move here") <= 3
    assert "may not go there" not in best
    assert "Move here" in table
    assert "crew charlie may not go there" in every


def test_one_agencys_dispatcher_sees_her_stops_and_no_other_places(lawful: World) -> None:
    nora = english(lawful, "nora")
    page = nora.page(WHERE)
    assert "The rules allow" in page
    assert "Where else it could stand" not in page
    assert "Take off" not in page
    assert nora.get(f"{DAY}/desk/stop/B3").status_code == 404  # South's
    assert press(nora, {"kind": "take_off", "visit_id": "B1"}).status_code == 403
    assert english(lawful, "alice").get(WHERE).status_code == 403


def test_a_press_edits_a_copy_of_what_is_published_and_comes_back(lawful: World) -> None:
    dora = english(lawful)
    lock = {"visit_id": "B1", "crew_id": crew_of(lawful, "B1")}
    answer = press(dora, {"kind": "hold", "locks": [lock]})
    assert (answer.status_code, answer.headers["Location"]) == (303, WHERE)
    draft = newest(lawful)
    assert draft.state is PlanStatus.DRAFT
    assert [lock.visit_id for lock in draft.content.locks] == ["B1"]
    piece = dora.get(WHERE, headers=dora.headers | SHEET).text
    assert "Done. It can be undone" in piece
    assert "Unlock" in piece


def test_pressed_twice_it_is_done_once(lawful: World) -> None:
    dora = english(lawful)
    for _ in range(2):
        press(dora, {"kind": "take_off", "visit_id": "B1"})
    assert "B1" not in newest(lawful).content.plan.served
    assert newest(lawful).revision == 1


def test_the_buttons_of_the_table_move_the_visit(lawful: World) -> None:
    dora = english(lawful)
    table = html.unescape(dora.page(WHERE)).split("Where else it could stand")[1]
    moves = [json.loads(one) for one in re.findall(r'name="edits" value="(\[.*?\])"', table)]
    others = [one for [one] in moves if one.get("crew_id") not in (None, crew_of(lawful, "B1"))]
    assert {one["crew_id"] for one in others} < {"alice", "bob"}
    press(dora, others[0])
    assert crew_of(lawful, "B1") == others[0]["crew_id"]


def test_what_is_forbidden_is_told_where_it_was_pressed(lawful: World) -> None:
    dora = english(lawful)
    press(dora, {"kind": "move", "visit_id": "B1", "crew_id": "charlie", "before": None})
    piece = dora.get(WHERE, headers=dora.headers | SHEET).text
    assert "crew charlie may not go there" in piece.split('role="status">')[1]
    assert crew_of(lawful, "B1") != "charlie"


def test_what_is_agreed_with_a_crew_places_the_visit_and_its_shift_comes_back(
    lawful: World,
) -> None:
    """It is agreed twice by one press, and read from the book: her shift is ten minutes longer."""
    dora, who = english(lawful), crew_of(lawful, "B1")
    press(dora, {"kind": "take_off", "visit_id": "B1"})

    def overtime() -> float:
        shifts = lawful.wired.store.open_day("Town", TODAY).shifts
        return next(one.max_overtime.total_seconds() for one in shifts if one.collector_id == who)

    before = overtime()
    agreed = {"kind": "agree", "what": "shift", "visit_id": "B1", "crew_id": who, "seconds": 600}
    for _ in range(2):
        press(dora, agreed, key="agreed")
    assert crew_of(lawful, "B1") == who
    assert (newest(lawful).revision, overtime()) == (2, before + 600)
    planned = dora.get(f"{DAY}/desk/left-out/B1")
    assert planned.headers["Location"] == WHERE, "whoever comes back after a press sees the stop"
    press(dora, agreed, key="again")
    piece = dora.get(WHERE, headers=dora.headers | SHEET).text
    assert "planned by now" in piece
    dora.post(f"{DAY}/desk/undo", {"key": "back"})
    assert "B1" not in newest(lawful).content.plan.served
    assert overtime() == before


@pytest.mark.parametrize(
    "edit",
    [
        {"kind": "agree", "what": "window", "visit_id": "B1", "crew_id": "bob"},
        {"kind": "agree", "what": "shift", "visit_id": "B1", "crew_id": "bob", "seconds": 90_000},
        {"kind": "agree", "visit_id": "B1"},
        {"kind": "arrange"},
        {"kind": "regroup", "collector_id": "bob"},
        {"kind": "retake"},
    ],
)
def test_what_is_worked_out_here_cannot_be_sent_as_it_should_come_out(
    lawful: World, edit: dict[str, Any]
) -> None:
    assert press(english(lawful), edit).status_code == 400


@pytest.mark.parametrize("edits", ["", "{", "[]", "{}", "[1,2,3,4,5,6]"])
def test_what_is_no_edit_is_refused(lawful: World, edits: str) -> None:
    answer = english(lawful).post(f"{DAY}/desk/press", {"edits": edits, "key": "k"})
    assert answer.status_code == 400


def test_who_sees_one_agency_has_the_buttons_of_her_visits_in_a_draft(lawful: World) -> None:
    dora, nora = english(lawful), english(lawful, "nora")
    assert "Lock to this crew" not in nora.page(WHERE), "she makes no draft of the day"
    lock = {"visit_id": "B2", "crew_id": crew_of(lawful, "B2")}
    assert press(dora, {"kind": "hold", "locks": [lock]}).status_code == 303
    assert "Lock to this crew" in nora.page(WHERE)
    assert 'data-may-act="drafts"' in nora.page(f"{DAY}/")
    assert press(nora, {"kind": "take_off", "visit_id": "B1"}).status_code == 303
    assert "B1" not in newest(lawful).content.plan.served
    others = {"kind": "take_off", "visit_id": "B3"}
    assert press(nora, others, key="o").status_code == 403
    agreed = {"kind": "agree", "what": "visits", "crew_id": "alice", "visit_id": "B2"}
    assert press(nora, agreed, key="a").status_code == 403


def test_a_crew_tells_its_members_shift_load_and_stops(lawful: World) -> None:
    page = html.unescape(english(lawful).page(f"{DAY}/desk/crew/{crew_of(lawful, 'B1')}"))
    assert "09:00–18:00" in page
    assert f"/call/{crew_of(lawful, 'B1')}" in page
    assert "/desk/stop/B1" in page
    assert english(lawful, "nora").get(f"{DAY}/desk/crew/charlie").status_code == 404


def test_without_roads_what_is_known_is_told_and_nothing_is_quoted(world: World) -> None:
    make_lawful(world)
    page = html.unescape(english(world).page(WHERE))
    assert "10:00–10:20" in page
    assert "Town has no roads" in page
    assert "Where else it could stand" not in page
