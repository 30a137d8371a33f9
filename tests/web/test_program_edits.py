"""A draft edited by programs: of what was read, once by a key, undone, quoted, compared."""

from __future__ import annotations

from typing import Any

import pytest

from data.access import Role
from tests.data.world import ALICE, TODAY
from tests.web.homes import lawful_home  # noqa: F401
from tests.web.pages import World
from tests.web.programs import DAY, Program, plan_day_of, program


@pytest.fixture
def mine(world: World) -> Program:
    """A dispatcher's program, in a world with a draft (version 2)."""
    plan_day_of(world)
    return program(world)


PLAN = f"{DAY}/plans/2"


def crew_of(told: dict[str, Any], visit: str) -> str:
    """Return which crew makes a visit."""
    made = [c["id"] for c in told["crews"] for stop in c["stops"] if stop["id"] == visit]
    return made[0] if made else ""


def edit(mine: Program, etag: str, key: str, **what: Any) -> Any:
    return mine.post(f"{PLAN}/edits", {"edit": what}, If_Match=etag, Idempotency_Key=key)


def test_a_visit_is_taken_off_put_back_and_moved(mine: Program) -> None:
    read = mine.get(PLAN)
    first = crew_of(read.get_json(), "B1")
    assert first
    off = edit(mine, read.headers["ETag"], "k1", kind="take_off", visit_id="B1")
    assert (off.status_code, off.get_json()) == (200, {"version": 2, "revision": 1, "number": 1})
    now = mine.get(PLAN)
    assert now.headers["ETag"] == off.headers["ETag"]
    assert crew_of(now.get_json(), "B1") == ""
    assert "B1" in {one["visit_id"] for one in now.get_json()["left_out"]}
    undone = mine.post(f"{PLAN}/undo", If_Match=off.headers["ETag"], Idempotency_Key="k2")
    assert undone.get_json()["revision"] == 2
    assert crew_of(mine.get(PLAN).get_json(), "B1") == first
    again = mine.post(f"{PLAN}/redo", If_Match=undone.headers["ETag"], Idempotency_Key="k3")
    assert again.get_json()["revision"] == 3
    assert crew_of(mine.get(PLAN).get_json(), "B1") == ""


def test_an_edit_is_of_what_was_read(world: World, mine: Program) -> None:
    etag = mine.get(PLAN).headers["ETag"]
    off = {"edit": {"kind": "take_off", "visit_id": "B1"}}
    without = mine.post(f"{PLAN}/edits", off, Idempotency_Key="k1")
    assert (without.status_code, without.mimetype) == (428, "application/problem+json")
    assert mine.post(f"{PLAN}/edits", off, If_Match=etag).status_code == 400  # no key
    other = program(world, agency="North")
    theirs = other.get(PLAN).headers["ETag"]
    assert (
        other.post(f"{PLAN}/edits", off, If_Match=theirs, Idempotency_Key="k1").status_code == 200
    )
    stale = edit(mine, etag, "k1", kind="take_off", visit_id="B2")
    assert (stale.status_code, stale.mimetype) == (412, "application/problem+json")
    fresh = mine.get(PLAN).headers["ETag"]
    assert stale.headers["ETag"] == fresh
    assert edit(mine, fresh, "k1", kind="take_off", visit_id="B2").status_code == 200


def test_the_same_key_is_one_edit_whatever_was_read_since(mine: Program) -> None:
    etag = mine.get(PLAN).headers["ETag"]
    first = edit(mine, etag, "k1", kind="take_off", visit_id="B1")
    again = edit(mine, etag, "k1", kind="take_off", visit_id="B1")  # its answer was lost
    assert (first.status_code, again.status_code) == (200, 200)
    assert again.get_json() == first.get_json()


def test_what_forbids_an_edit_is_told(world: World, mine: Program) -> None:
    etag = mine.get(PLAN).headers["ETag"]
    told = mine.get(PLAN).get_json()
    there = next(crew["id"] for crew in told["crews"])
    elsewhere = next(who for who in ("alice", "charlie") if who != there)
    hers = "B3" if elsewhere == "alice" else "B1"  # another agency's case
    answer = edit(mine, etag, "k1", kind="move", visit_id=hers, crew_id=elsewhere)
    body = answer.get_json()
    assert (answer.status_code, answer.mimetype) == (422, "application/problem+json")
    assert body["violations"]
    assert all(set(one) >= {"kind", "id", "text", "is_law", "ground"} for one in body["violations"])
    assert mine.get(PLAN).headers["ETag"] == etag  # nothing happened


def test_what_is_no_edit_is_told_by_its_pointer(mine: Program) -> None:
    etag = mine.get(PLAN).headers["ETag"]
    answer = edit(mine, etag, "k1", kind="teleport", visit_id="B1")
    assert answer.status_code == 422
    assert answer.get_json()["errors"][0]["pointer"] == "/edit"
    answer = edit(mine, etag, "k1", kind="move", visit_id="", speed=9)
    pointers = {one["pointer"] for one in answer.get_json()["errors"]}
    assert pointers == {"/edit/move/visit_id", "/edit/move/crew_id", "/edit/move/speed"}
    unknown = edit(mine, etag, "k1", kind="take_off", visit_id="B77")
    assert unknown.status_code in (404, 409)


def test_an_agencys_program_edits_what_it_sees(world: World, mine: Program) -> None:
    south = program(world, agency="South")
    etag = south.get(PLAN).headers["ETag"]
    assert edit(south, etag, "k1", kind="take_off", visit_id="B1").status_code == 403
    assert south.get(f"{PLAN}/quotes?visit=B1").status_code == 404
    assert edit(south, etag, "k1", kind="take_off", visit_id="B3").status_code == 200


def test_a_published_plan_is_copied_first(mine: Program) -> None:
    etag = mine.get(f"{DAY}/plans/1").headers["ETag"]
    refused = mine.post(
        f"{DAY}/plans/1/edits",
        {"edit": {"kind": "take_off", "visit_id": "B1"}},
        If_Match=etag,
        Idempotency_Key="k1",
    )
    assert refused.status_code == 409
    copied = mine.post(f"{DAY}/plans/1/copy")
    assert (copied.status_code, copied.get_json()["based_on"]) == (201, 1)
    assert mine.get(copied.headers["Location"]).get_json()["plan"]["state"] == "draft"


def test_every_gap_has_a_price_or_says_what_forbids_it(mine: Program) -> None:
    told = mine.get(f"{PLAN}/quotes?visit=B1").get_json()
    assert (told["visit_id"], told["revision"]) == ("B1", 0)
    assert {one["crew_id"] for one in told["quotes"]} == {"alice", "bob", "charlie"}
    assert all((one["price"] is None) == (one["forbidden"] is not None) for one in told["quotes"])
    assert any(one["forbidden"] for one in told["quotes"] if one["crew_id"] == "charlie")
    assert mine.get(f"{PLAN}/quotes?visit=B77").status_code == 404
    assert mine.get(f"{PLAN}/quotes").status_code == 422


def test_locks_are_held_and_told(mine: Program) -> None:
    read = mine.get(PLAN)
    crew = crew_of(read.get_json(), "B1")
    lock = {"visit_id": "B1", "crew_id": crew}
    held = edit(mine, read.headers["ETag"], "k1", kind="hold", locks=[lock])
    assert held.status_code == 200, held.text
    stops = [s for c in mine.get(PLAN).get_json()["crews"] for s in c["stops"] if s["id"] == "B1"]
    assert stops[0]["lock"] == {"crew_id": crew, "start_s": None, "after": None}
    freed = edit(mine, held.headers["ETag"], "k2", kind="release", visit_ids=["B1"])
    assert freed.get_json()["revision"] == 2


def test_two_versions_are_compared(mine: Program) -> None:
    etag = mine.get(PLAN).headers["ETag"]
    copy = mine.post(f"{PLAN}/copy").get_json()["version"]
    path = f"{DAY}/plans/{copy}"
    off = {"edit": {"kind": "take_off", "visit_id": "B1"}}
    etag = mine.get(path).headers["ETag"]
    done = mine.post(f"{path}/edits", off, If_Match=etag, Idempotency_Key="k9")
    assert done.status_code == 200, done.text
    told = mine.get(f"{DAY}/plans/1/difference?to={copy}").get_json()
    kinds = {one["visit_id"]: one["kind"] for one in told["changes"]}
    assert kinds["B1"] == "dropped"
    assert told["before"]["visits"] - told["after"]["visits"] >= 1
    assert mine.get(f"{DAY}/plans/1/difference?to=99").status_code == 404


def test_hours_are_found_for_a_case(world: World, mine: Program) -> None:
    told = mine.get("/api/v1/cities/Town/cases/C1/slots").get_json()
    assert told["case"] == "C1"
    assert len(told["days"]) == 7
    assert told["days"][0]["on"] == str(TODAY)
    assert mine.get("/api/v1/cities/Town/cases/C99/slots").status_code == 404
    south = program(world, agency="South")
    assert south.get("/api/v1/cities/Town/cases/C1/slots").status_code == 404


def test_a_changed_fact_is_a_changed_plan(world: World, mine: Program) -> None:
    etag = mine.get(PLAN).headers["ETag"]
    with world.wired.store.writing(ALICE) as writer:
        writer.note("case.balance", "C1", city="Town")
    assert edit(mine, etag, "k1", kind="take_off", visit_id="B1").status_code == 412


def test_an_officers_program_reads_and_changes_nothing(world: World, mine: Program) -> None:
    officer = program(world, Role.COMPLIANCE)
    assert officer.get(f"{PLAN}/difference?to=1").status_code == 200
    for what in ("edits", "undo", "redo", "copy", "publish"):
        assert officer.post(f"{PLAN}/{what}").status_code == 403
