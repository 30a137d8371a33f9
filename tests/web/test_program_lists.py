"""Cases, collectors and shifts as JSON: by the rules of files, all bad rows at once."""

from __future__ import annotations

from typing import Any

from tests.data.world import TODAY
from tests.web.pages import World
from tests.web.programs import pointers, program

CITY = "/api/v1/cities/Town"
ANNA: dict[str, Any] = {
    "contract": "N1", "name": "Anna Berg", "client_id": "K1", "home_address": "中山路 9 号",
    "home_lat": 25.05, "home_lon": 121.5, "datum": "wgs84", "overdue": 120.5, "days_past_due": 40,
    "agency": "North", "assigned": True,
}  # fmt: skip


def test_cases_come_in_as_those_of_a_file_do(world: World) -> None:
    answer = program(world).post(f"{CITY}/cases", {"rows": [ANNA]})
    assert answer.status_code == 200, answer.text
    told = answer.get_json()
    assert (told["new"], told["changed"], told["unchanged"]) == (1, 0, 0)
    assert any("no stop column" in note for note in told["notes"])
    case = next(c for c in world.wired.store.open_day("Town", TODAY).cases if c.id == "N1")
    assert (float(case.overdue), case.days_past_due, case.is_assigned) == (120.5, 40, True)
    assert "token dispatcher.all" in {event.actor for event in world.wired.store.events()}


def test_all_bad_rows_are_told_by_their_pointers_and_the_good_ones_are_in(world: World) -> None:
    rows = [ANNA, ANNA | {"contract": "N2", "overdue": -3}, ANNA | {"contract": "N3", "datum": "x"}]
    answer = program(world).post(f"{CITY}/cases", {"rows": rows})
    told = answer.get_json()
    assert (answer.status_code, answer.mimetype) == (422, "application/problem+json")
    assert pointers(answer) == ["/rows/1/overdue", "/rows/2/datum"]
    assert told["new"] == 1
    assert "Berg" not in answer.get_data(as_text=True)


def test_a_row_of_another_kind_is_refused_whole(world: World) -> None:
    rows = [ANNA, {"contract": "N2", "nme": "x", "name": "half \ud800"}]
    answer = program(world).post(f"{CITY}/cases", {"rows": rows})
    assert (answer.status_code, sorted(pointers(answer))) == (422, ["/rows/1/name", "/rows/1/nme"])
    assert all(case.id != "N1" for case in world.wired.store.open_day("Town", TODAY).cases)


def test_the_same_key_takes_a_list_in_once_and_it_is_taken_back(world: World) -> None:
    mine = program(world)
    first = mine.post(f"{CITY}/cases", {"rows": [ANNA]}, Idempotency_Key="k1").get_json()
    changed = {"rows": [ANNA | {"overdue": 99}]}
    again = mine.post(f"{CITY}/cases", changed, Idempotency_Key="k1").get_json()
    assert (again["id"], again["new"]) == (first["id"], 1)
    back = mine.post(f"{CITY}/imports/{first['id']}/take-back")
    assert (back.status_code, back.get_json()["held"]) == (200, [])
    assert all(case.id != "N1" for case in world.wired.store.open_day("Town", TODAY).cases)
    assert mine.post(f"{CITY}/imports/999/take-back").status_code == 404


def test_collectors_and_their_shifts_come_in(world: World) -> None:
    mine = program(world)
    dora = {"id": "dora", "name": "Dora Lin", "start_lat": 25, "start_lon": 121.5, "datum": "wgs84"}
    assert mine.post(f"{CITY}/collectors", {"rows": [dora]}).get_json()["new"] == 1
    row = {"collector": "dora", "date": str(TODAY), "start": "09:00", "end": "18:00"}
    rows = [row, {**row, "collector": "nobody"}]
    answer = mine.post(f"{CITY}/shifts", {"rows": rows})
    assert (answer.get_json()["new"], pointers(answer)) == (1, ["/rows/1/collector"])


def test_an_agencys_program_takes_no_list_in(world: World) -> None:
    assert program(world, agency="North").post(f"{CITY}/cases", {"rows": [ANNA]}).status_code == 403
