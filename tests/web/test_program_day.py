"""The running day for programs: sick calls, re-plans, bookings, directives, urgent cases."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from data.access import Role
from scheduler.plan import Reason
from tests.data.world import TODAY
from tests.web.homes import lawful_home  # noqa: F401
from tests.web.pages import World
from tests.web.programs import DAY, Program, plan_day_of, program
from web.jobs.work import work

CITY = "/api/v1/cities/Town"
PLAN = f"{DAY}/plans/2"
PUBLISHED = f"{DAY}/plans/1"


@pytest.fixture
def mine(world: World) -> Program:
    """A dispatcher's program, in a world with a published day and a draft (version 2)."""
    plan_day_of(world)
    return program(world)


@pytest.fixture
def south(world: World, mine: Program) -> Program:
    """A program of one agency's dispatcher."""
    assert mine
    return program(world, agency="South")


def edit(mine: Program, key: str, path: str = PLAN, **what: Any) -> Any:
    etag = mine.get(path).headers["ETag"]
    return mine.post(f"{path}/edits", {"edit": what}, If_Match=etag, Idempotency_Key=key)


def test_a_published_plan_is_taken_back_by_who_read_it(world: World, mine: Program) -> None:
    why = {"reason": "the roads are flooded"}
    assert mine.post(f"{PUBLISHED}/take-back", why).status_code == 428
    etag = mine.get(PUBLISHED).headers["ETag"]
    blank = mine.post(f"{PUBLISHED}/take-back", {"reason": " "}, If_Match=etag)
    assert blank.status_code == 422
    gone = mine.post(f"{PUBLISHED}/take-back", why, If_Match=etag)
    assert (gone.status_code, gone.get_json()["state"]) == (200, "withdrawn")
    assert world.events("plan.withdrawn")
    again = mine.post(f"{PUBLISHED}/take-back", why, If_Match=gone.headers["ETag"])
    assert again.status_code == 409


def test_what_is_left_of_a_day_is_planned_again_as_a_job(mine: Program) -> None:
    begun = mine.post(f"{DAY}/replan", {"seconds": 1, "freeze_min": 15, "most_moves": 2})
    assert begun.status_code == 202
    told = mine.get(begun.headers["Location"]).get_json()
    assert (told["kind"], told["state"]) == ("replan", "queued")
    assert mine.post(f"{DAY}/replan", {"most_moves": -1}).status_code == 422
    assert mine.post(f"{DAY}/replan", {"reserve": 96}).status_code == 422


def test_a_day_without_a_published_plan_is_not_planned_again(mine: Program) -> None:
    other = f"{CITY}/days/{TODAY + timedelta(days=3)}"
    assert mine.post(f"{other}/replan").status_code == 404


def test_who_is_gone_leaves_her_crew_by_a_choice(mine: Program, south: Program) -> None:
    told = mine.get(f"{PLAN}/gone/alice").get_json()
    assert (told["collector_id"], told["revision"]) == ("alice", 0)
    choice = next(one for one in told["choices"] if not one["forbidden"])
    assert choice["what"] == "off_road"  # she works alone
    wanted = {"what": choice["what"], "crew_id": choice["crew_id"], "collector_id": "alice"}
    done = edit(mine, "k1", kind="regroup", **wanted)
    assert done.status_code == 200, done.text
    crews = {crew["id"] for crew in mine.get(PLAN).get_json()["crews"]}
    assert "alice" not in crews
    assert mine.get(f"{PLAN}/gone/alice").status_code == 409
    assert south.get(f"{PLAN}/gone/charlie").status_code == 403


def test_a_choice_that_is_none_is_refused(mine: Program) -> None:
    wanted = {"what": "third", "crew_id": "nobody", "collector_id": "alice"}
    assert edit(mine, "k1", kind="regroup", **wanted).status_code == 409


def test_a_crew_agrees_to_make_a_visit_and_its_shift_is_longer(
    world: World, mine: Program, south: Program
) -> None:
    crew = next(
        crew["id"]
        for crew in mine.get(PLAN).get_json()["crews"]
        if any(stop["id"] == "B1" for stop in crew["stops"])
    )
    assert edit(mine, "k1", kind="take_off", visit_id="B1").status_code == 200
    agreed = {"what": "shift", "visit_id": "B1", "crew_id": crew, "edge": "end"}
    assert edit(mine, "k2", kind="agree", **agreed).status_code == 422
    assert edit(mine, "k2", kind="agree", **{**agreed, "what": "window"}).status_code == 422
    refused = edit(south, "k3", kind="agree", seconds=600, **agreed)
    assert refused.status_code == 403
    done = edit(mine, "k4", kind="agree", seconds=600, **agreed)
    assert done.status_code == 200, done.text
    shifts = world.wired.store.open_day("Town", TODAY).shifts
    hers = next(one for one in shifts if one.collector_id == crew)
    assert hers.max_overtime >= timedelta(seconds=600)
    assert "B1" not in {one["visit_id"] for one in mine.get(PLAN).get_json()["left_out"]}
    assert edit(mine, "k5", kind="agree", seconds=600, **agreed).status_code == 409


def test_what_would_help_is_tried_as_a_job_and_its_edit_does_it(
    world: World, mine: Program, south: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("web.jobs.work.opened", lambda _: world.wired)
    case_id = world.wired.store.plan("Town", TODAY).content.targets["B1"].case_ids[0]
    asked = {"case": case_id}
    assert mine.post(f"{PLAN}/remedies", asked).status_code == 404, "it is planned"
    assert edit(mine, "k1", kind="take_off", visit_id="B1").status_code == 200
    assert south.post(f"{PLAN}/remedies", asked).status_code == 403
    begun = mine.post(f"{PLAN}/remedies", asked)
    assert (begun.status_code, begun.get_json()["kind"]) == (202, "remedies")
    assert mine.post(f"{PLAN}/remedies", asked).status_code == 409
    where = f"{begun.headers['Location']}/remedies"
    waiting = mine.get(where).get_json()
    assert (waiting["is_over"], waiting["remedies"]) == (False, [])
    job = world.wired.jobs.claim("r1", world.clock())
    assert job is not None
    jobs = world.wired.jobs
    jobs.finish(job.id, "r1", work(world.wired.home.path, job.id, "r1"), world.clock())
    told = mine.get(where).get_json()
    assert (told["is_over"], told["case"], told["untried"]) == (True, case_id, "")
    best = told["remedies"][0]
    assert (best["kind"], best["edit"]["kind"]) == ("insert", "move")
    assert edit(mine, "k2", **best["edit"]).status_code == 200
    assert "B1" in world.wired.store.plan("Town", TODAY).content.plan.served
    assert mine.get(f"{CITY}/jobs/999/remedies").status_code == 404


def test_another_version_is_taken_over(mine: Program, south: Program) -> None:
    off = edit(mine, "k1", kind="take_off", visit_id="B1")
    assert off.status_code == 200
    copy = mine.post(f"{PLAN}/copy").get_json()["version"]
    path = f"{DAY}/plans/{copy}"
    assert edit(mine, "k2", path, kind="take_off", visit_id="B2").status_code == 200
    taken = edit(mine, "k3", path, kind="retake", version=2)
    assert taken.status_code == 200, taken.text
    left = {one["visit_id"] for one in mine.get(path).get_json()["left_out"]}
    assert "B1" in left
    assert "B2" not in left
    assert edit(mine, "k4", path, kind="retake", version=77).status_code == 404
    etag = south.get(path).headers["ETag"]
    body = {"edit": {"kind": "retake", "version": 2}}
    refused = south.post(f"{path}/edits", body, If_Match=etag, Idempotency_Key="k5")
    assert refused.status_code == 403


def test_the_left_out_are_told_by_reason_with_their_sums(mine: Program) -> None:
    edit(mine, "k1", kind="take_off", visit_id="B1")
    told = mine.get(f"{PLAN}/left-out").get_json()
    (group,) = [one for one in told["groups"] if one["reason"] == Reason.TAKEN_OFF]
    (asks,) = [one for one in told["asks"] if "B1" in one["visit_ids"]]
    assert (group["count"], group["cases"]) == (1, 1)
    assert float(group["overdue"]) > 0
    assert sum(float(one["overdue"]) for one in told["asks"]) == sum(
        float(one["overdue"]) for one in told["groups"]
    )
    assert asks["is_folded"] is (asks["group"] in ("waits", "no_capacity"))


def test_hours_are_booked_once_and_put_into_the_plan(world: World, mine: Program) -> None:
    slots = f"{CITY}/cases/C1/slots"
    best = mine.get(slots).get_json()["best"][0]
    hours = {"start": best["start"], "end": best["end"]}
    assert mine.post(slots, hours).status_code == 400  # no key
    for _ in range(2):
        booked = mine.post(slots, hours, Idempotency_Key="b1")
        assert booked.status_code == 200, booked.text
    found = [c for c in world.wired.store.contacts("Town", "B1") if c.appointment]
    assert len(found) == 1
    put = mine.post(f"{slots}/plan", Idempotency_Key="p1")
    assert put.status_code in (200, 409), put.text
    past = mine.post(
        slots,
        {"start": "2020-01-01T10:00:00Z", "end": "2020-01-01T11:00:00Z"},
        Idempotency_Key="b2",
    )
    assert (past.status_code, past.get_json()["errors"][0]["pointer"]) == (422, "/start")


def test_hours_that_no_crew_can_keep_are_not_booked(world: World, mine: Program) -> None:
    night = {"start": f"{TODAY}T15:00:00Z", "end": f"{TODAY}T16:00:00Z"}  # 23:00 in Town
    refused = mine.post(f"{CITY}/cases/C1/slots", night, Idempotency_Key="n1")
    assert refused.status_code == 409
    assert isinstance(refused.get_json()["slots"], list)
    assert not [c for c in world.wired.store.contacts("Town", "B1") if c.appointment]


def test_a_word_about_a_borrower_is_said_listed_and_taken_back(
    mine: Program, south: Program, world: World
) -> None:
    said = {"kind": "not_today", "on": str(TODAY), "case_ids": ["C1", "C2"], "reason": "王小明"}
    for _ in range(2):  # the same key is one word
        kept = mine.post(f"{CITY}/directives", said, Idempotency_Key="d1")
        assert kept.status_code == 200, kept.text
    listed = mine.get(f"{CITY}/directives")
    told = listed.get_json()["directives"]
    assert {one["borrower_id"] for one in told} == {"B1", "B2"}
    assert "王小明" not in listed.get_data(as_text=True)  # a reason stays inside
    etag = listed.headers["ETag"]
    assert mine.get(f"{CITY}/directives", If_None_Match=etag).status_code == 304
    ended = mine.post(f"{CITY}/directives/{told[0]['id']}/end")
    assert ended.status_code == 200
    assert len(mine.get(f"{CITY}/directives").get_json()["directives"]) == 1
    assert mine.post(f"{CITY}/directives/77/end").status_code == 404
    assert program(world, Role.COMPLIANCE).get(f"{CITY}/directives").status_code == 200
    assert south.get(f"{CITY}/directives").status_code == 403
    unknown = said | {"case_ids": ["C77"]}
    assert mine.post(f"{CITY}/directives", unknown, Idempotency_Key="d2").status_code == 404


def test_cases_go_to_others_for_a_day_and_are_taken_back(
    mine: Program, south: Program, world: World
) -> None:
    mine.post(f"{CITY}/gifts", {"to": {"C1": "alice"}}, Idempotency_Key="g")  # she owns it
    for _ in range(2):  # the same key is one stand-in
        said = mine.post(f"{DAY}/stand-ins", {"to": {"C1": "bob"}}, Idempotency_Key="s")
        assert said.status_code == 200, said.text
    listed = mine.get(f"{DAY}/stand-ins")
    assert listed.get_json() == said.get_json()
    (one,) = listed.get_json()["stand_ins"]
    assert (one["case_id"], one["collector_id"], one["on"]) == ("C1", "bob", str(TODAY))
    etag = listed.headers["ETag"]
    assert mine.get(f"{DAY}/stand-ins", If_None_Match=etag).status_code == 304
    wrong = {"C1": "charlie"}, {"C1": "alice"}  # of another agency; she owns it herself
    for number, to in enumerate(wrong):
        refused = mine.post(f"{DAY}/stand-ins", {"to": to}, Idempotency_Key=f"w{number}")
        assert refused.status_code == 409, refused.text
    assert mine.post(f"{DAY}/stand-ins", {"to": {"C1": "bob"}}).status_code == 400, "no key"
    none = mine.post(f"{DAY}/stand-ins", {"to": {}}, Idempotency_Key="n")
    assert (none.status_code, none.get_json()["errors"][0]["pointer"]) == (422, "/to")
    for _ in range(2):
        assert mine.post(f"{CITY}/stand-ins/{one['id']}/end").status_code == 200
    assert mine.get(f"{DAY}/stand-ins", If_None_Match=etag).get_json() == {"stand_ins": []}
    assert mine.post(f"{CITY}/stand-ins/77/end").status_code == 404
    officer = program(world, Role.COMPLIANCE)
    assert officer.get(f"{DAY}/stand-ins").status_code == 200
    assert officer.post(f"{CITY}/stand-ins/{one['id']}/end").status_code == 403
    assert south.get(f"{DAY}/stand-ins").status_code == 403


def test_cases_are_given_for_good_and_given_back(mine: Program, south: Program) -> None:
    gifts = f"{CITY}/gifts"
    mine.post(gifts, {"to": {"C1": "alice"}}, Idempotency_Key="a")
    for _ in range(2):  # the same key is one gift
        given = mine.post(gifts, {"to": {"C1": "bob"}}, Idempotency_Key="b")
        assert given.status_code == 200, given.text
    (gift,) = given.get_json()["gifts"]
    assert (gift["before"], gift["owner"], gift["undoes"]) == ("alice", "bob", None)
    listed = mine.get(f"{CITY}/collectors/alice/gifts")
    assert listed.get_json() == given.get_json()
    back = mine.post(f"{gifts}/{gift['id']}/back")
    assert back.get_json()["gifts"][0]["undoes"] == gift["id"], back.text
    assert mine.post(f"{gifts}/{gift['id']}/back").status_code == 409
    after = mine.get(f"{CITY}/collectors/alice/gifts", If_None_Match=listed.headers["ETag"])
    assert after.get_json() == {"gifts": []}
    unknown = mine.post(gifts, {"to": {"C77": "bob"}}, Idempotency_Key="c")
    assert unknown.status_code == 404
    assert south.post(gifts, {"to": {"C3": "charlie"}}, Idempotency_Key="d").status_code == 403


def test_an_urgent_case_is_in_the_book_once_and_finds_its_way(world: World, mine: Program) -> None:
    case = {"contract": "U1", "name": "赵急", "home_address": "中山路 9 号", "overdue": 5000}
    case |= {"agency": "North", "assigned": True}
    sent = {"case": case, "position": {"lat": 25.012, "lon": 121.505}}
    first, again = (mine.post(f"{CITY}/urgent", sent) for _ in range(2))
    assert first.get_json() == {"case": "U1", "is_new": True}, first.text
    assert again.get_json() == {"case": "U1", "is_new": False}
    ways = mine.get(f"{DAY}/cases/U1/ways")
    assert ways.status_code == 200
    assert "赵急" not in ways.get_data(as_text=True)
    told = ways.get_json()
    assert told["ways"], told
    assert told["ways"][0]["cost"] == min(way["cost"] for way in told["ways"])
    chosen = {"name": told["ways"][0]["name"]}
    put = mine.post(f"{DAY}/cases/U1/ways", chosen, Idempotency_Key="u1")
    assert put.status_code == 200, put.text
    draft = mine.get(f"{DAY}/plans/{put.get_json()['version']}").get_json()
    assert "U1" in {id for c in draft["crews"] for s in c["stops"] for id in s["case_ids"]}
    twice = mine.post(f"{DAY}/cases/U1/ways", chosen, Idempotency_Key="u1")
    assert twice.get_json() == put.get_json()


def test_what_is_wrong_with_an_urgent_case_is_told_by_field(world: World, mine: Program) -> None:
    case = {"contract": "U1", "name": "赵急", "home_address": "中山路", "overdue": "much"}
    refused = mine.post(f"{CITY}/urgent", {"case": case})
    assert refused.status_code == 422
    assert refused.get_json()["errors"][0]["pointer"] == "/case/overdue"
    assert "U1" not in world.wired.store.borrowers_by_case("Town")


def test_a_place_that_is_gone_is_none(mine: Program) -> None:
    edit(mine, "k1", kind="take_off", visit_id="B1")
    chosen = {"name": "nobody"}
    assert mine.post(f"{DAY}/cases/C1/ways", chosen, Idempotency_Key="u1").status_code == 409
