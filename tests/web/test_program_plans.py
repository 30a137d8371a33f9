"""Plans and jobs for programs: what is told to whom, ETags, and problems as RFC 9457 has them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from data.access import Grant, Role
from scheduler.engines.registry import ENGINES
from tests.data.world import ALICE, NOON, TODAY
from tests.web.homes import lawful_home  # noqa: F401
from tests.web.pages import BORROWERS, World
from tests.web.programs import ADA, DAY, Program, plan_day_of, pointers, program
from web.api.pace import PACE, Pace
from web.api.taking import MOST_BYTES
from web.api.v1.events import DISPATCHERS
from web.api.v1.jobs import PlanOrder

PLAN = f"{DAY}/plans/1"
JSON = "application/json"


def test_a_dispatcher_reads_the_day_masked(world: World) -> None:
    told = program(world).get(PLAN).get_json()
    assert (told["city"], told["on"], told["plan"]["version"]) == ("Town", str(TODAY), 1)
    stops = {crew["id"]: crew["stops"][0] for crew in told["crews"]}
    assert [stops[who]["name"] for who in BORROWERS] == ["王*", "李*", "J. S."]
    # tests/web/pages.py: one visit at ten, 36,000 s after a midnight that is eight hours ahead.
    assert stops["alice"]["starts"] == "2026-03-02T02:00:00Z"
    assert stops["alice"]["case_ids"] == ["C1"]


@pytest.mark.parametrize("role", [Role.DISPATCHER, Role.COMPLIANCE])
def test_no_name_address_or_number_is_told(world: World, role: Role) -> None:
    asking = program(world, role)
    for path in (f"{DAY}/plans", PLAN, f"{PLAN}/left-out", f"{PLAN}/counts"):
        text = asking.get(path).get_data(as_text=True)
        assert "中山路" not in text
        assert not any(name in text for name in BORROWERS.values())


def test_an_agencys_program_sees_the_agencys_work(world: World) -> None:
    told = program(world, agency="North").get(PLAN).get_json()
    assert [crew["id"] for crew in told["crews"]] == ["alice", "bob"]
    south = program(world, agency="South").get(PLAN).get_json()
    assert [crew["id"] for crew in south["crews"]] == ["charlie"]


def test_a_planner_gets_counts_and_nothing_of_anybody(world: World) -> None:
    planning = program(world, Role.PLANNER)
    told = planning.get(f"{PLAN}/counts").get_json()
    assert (told["crews"], told["visits"], told["left_out"]) == (3, 3, 0)
    assert told["by_district"] == [{"name": "", "count": 3}]
    (version,) = planning.get(f"{DAY}/plans").get_json()["plans"]
    assert (version["version"], version["made_by"], version["note"]) == (1, None, None)
    assert planning.get(PLAN).status_code == 403
    assert planning.get(f"{PLAN}/left-out").status_code == 403


def test_a_poll_that_brings_nothing_new_is_a_304(world: World) -> None:
    asking = program(world)
    first = asking.get(PLAN)
    again = asking.get(PLAN, If_None_Match=first.headers["ETag"])
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    with world.wired.store.writing(ALICE) as writer:
        writer.note("plan.looked_at", "x", city="Town")
    assert asking.get(PLAN, If_None_Match=first.headers["ETag"]).status_code == 200


def test_a_304_reads_no_plan(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    asking = program(world)
    etag = asking.get(PLAN).headers["ETag"]

    def refuse(*_: Any) -> None:
        raise AssertionError("the plan was read")

    monkeypatch.setattr(type(world.wired.store), "plan", refuse)
    assert asking.get(PLAN, If_None_Match=etag).status_code == 304


def test_what_one_agency_sees_has_another_tag_than_all(world: World) -> None:
    tags = {
        program(world, agency=agency).get(PLAN).headers["ETag"] for agency in ("", "North", "South")
    }
    assert len(tags) == 3


def test_planning_is_a_job_with_an_address(world: World) -> None:
    asking = program(world)
    begun = asking.post(f"{DAY}/plans", {"seconds": 1})
    assert begun.status_code == 202
    address = begun.headers["Location"]
    told = asking.get(address).get_json()
    assert (told["kind"], told["state"], told["is_over"]) == ("plan", "queued", False)
    assert told["made_by"] == "token dispatcher.all"
    again = asking.post(f"{DAY}/plans", {"seconds": 1})
    assert (again.status_code, again.mimetype) == (409, "application/problem+json")
    stopped = asking.post(f"{address}/cancel")
    assert (stopped.status_code, stopped.get_json()["state"]) == (202, "cancelled")


def test_another_citys_job_is_none(world: World) -> None:
    asking = program(world)
    answer = asking.get("/api/v1/cities/Town/jobs/77")
    assert (answer.status_code, answer.mimetype) == (404, "application/problem+json")


def test_the_engines_are_all_of_ours() -> None:
    engines = PlanOrder.model_json_schema()["properties"]["engine"]["enum"]
    assert sorted(engines) == sorted(ENGINES)


def test_all_that_is_wrong_with_a_body_is_told_by_its_pointer(world: World) -> None:
    answer = program(world).post(f"{DAY}/plans", {"seconds": 0, "engine": "steam", "x/y": 1})
    assert (answer.status_code, answer.mimetype) == (422, "application/problem+json")
    assert sorted(pointers(answer)) == ["/engine", "/seconds", "/x~1y"]
    assert "steam" not in str(answer.get_json()["errors"])  # what was sent is not repeated


@pytest.mark.parametrize(
    ("method", "path", "more", "status"),
    [
        ("GET", "/api/no-such-thing", {}, 404),
        ("GET", f"{DAY}/plans/9", {}, 404),
        ("GET", "/api/v1/cities/Town/days/2026-13-45/plans", {}, 404),
        ("DELETE", f"{DAY}/plans", {}, 405),
        ("POST", f"{DAY}/plans", {"data": "{", "content_type": JSON}, 400),
        ("POST", f"{DAY}/plans", {"data": "{}", "content_type": "text/plain"}, 415),
        ("POST", f"{DAY}/plans", {"data": b"0" * (MOST_BYTES + 1), "content_type": JSON}, 413),
    ],
)
def test_every_error_is_a_problem(
    world: World, method: str, path: str, more: dict[str, Any], status: int
) -> None:
    headers = {"Authorization": f"Bearer {program(world).secret}"}
    answer = world.app.test_client().open(path, method=method, headers=headers, **more)
    told = answer.get_json()
    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")
    assert (told["status"], told["type"]) == (status, "about:blank")
    assert told["title"]
    assert told["detail"]
    if status == 405:
        assert "GET" in answer.headers["Allow"]


def test_our_own_fault_is_a_problem_without_its_words(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_down(*_: Any) -> None:
        raise RuntimeError("中山路 1 号")

    monkeypatch.setattr(type(world.wired.store), "plans", break_down)
    monkeypatch.setitem(world.app.config, "PROPAGATE_EXCEPTIONS", False)
    answer = program(world).get(f"{DAY}/plans")
    assert (answer.status_code, answer.mimetype) == (500, "application/problem+json")
    assert "中山路" not in answer.get_data(as_text=True)


def test_a_token_of_another_kind_or_that_has_ended_is_nobodys(world: World) -> None:
    tokens = world.wired.tokens
    others = [tokens.add("solver", 9, ADA), tokens.add("core", 9, ADA, feeds="Town")]
    for secret in (*others, "dayround_made-up", ""):
        answer = Program(world.app, secret).get(PLAN)
        assert answer.status_code == 401
        assert answer.headers["WWW-Authenticate"] == "Bearer"
    mine = program(world)
    assert mine.get(PLAN).status_code == 200
    world.clock.pass_by(days=9)
    assert mine.get(PLAN).status_code == 401
    world.clock.at = NOON
    tokens.revoke("dispatcher.all", ADA)
    assert mine.get(PLAN).status_code == 401


def test_a_roles_token_opens_no_page_no_feed_and_solves_nothing(world: World) -> None:
    mine = program(world)
    assert mine.get(f"/Town/{TODAY}/").status_code == 302  # to the log-in
    assert mine.post("/api/v1/cities/Town/contacts", {"contacts": []}).status_code == 401
    assert mine.post("/api/solve").status_code == 401


def test_a_person_calls_with_the_token_of_our_forms(world: World) -> None:
    dora, ada = world.visitor("dora"), world.visitor("ada")
    assert dora.get(PLAN).status_code == 200
    assert ada.get(PLAN).status_code == 403
    assert dora.client.post(f"{DAY}/plans", json={}).status_code == 400
    assert dora.post_json(f"{DAY}/plans", {"seconds": 1}).status_code == 202
    assert world.visitor("alice").get(PLAN).status_code == 403
    beside = {"Authorization": f"Bearer {program(world).secret}"}
    assert dora.get(PLAN, headers=beside).status_code == 400


def test_a_page_of_another_site_is_refused(world: World) -> None:
    answer = program(world).get(PLAN, Origin="https://evil.example")
    assert answer.status_code == 403


def test_an_agencys_program_does_not_touch_the_whole_city(world: World) -> None:
    assert program(world, agency="North").post(f"{DAY}/plans", {}).status_code == 403


def test_who_asks_too_often_is_told_when_to_ask_again(world: World) -> None:
    world.app.extensions[PACE] = Pace(per_s=0.5, most=2)
    mine, other = program(world), program(world, Role.COMPLIANCE)
    assert [mine.get(f"{DAY}/plans").status_code for _ in range(3)] == [200, 200, 429]
    busy = mine.get(f"{DAY}/plans")
    assert (busy.headers["Retry-After"], busy.mimetype) == ("2", "application/problem+json")
    assert other.get(f"{DAY}/plans").status_code == 200


def test_the_pace_comes_back_with_time() -> None:
    pace = Pace(per_s=2, most=3)
    assert [pace.wait_s("x", 10.0) for _ in range(4)] == [0, 0, 0, 0.5]
    assert pace.wait_s("x", 10.5) == 0
    assert pace.wait_s("x", 10.5) == 0.5
    assert [pace.wait_s("x", 99.0) for _ in range(4)] == [0, 0, 0, 0.5]


def test_a_token_is_for_its_city(world: World) -> None:
    with pytest.raises(Exception, match="Nowhere"):
        world.wired.tokens.add("x", 1, ADA, grant=Grant(Role.PLANNER, "Nowhere"))
    mine = program(world)
    for city in ("Nowhere", "Townx"):
        answer = mine.get(f"/api/v1/cities/{city}/days/{TODAY + timedelta(1)}/plans")
        assert answer.status_code == 403  # whether there is such a city is not told either


def test_publishing_is_of_the_plan_that_was_read(world: World) -> None:
    mine, path = program(world), f"{DAY}/plans/{plan_day_of(world)}"
    etag = mine.get(path).headers["ETag"]
    assert mine.post(f"{path}/publish").status_code == 428
    with world.wired.store.writing(ALICE) as writer:
        writer.note("case.balance", "C1", city="Town")
    stale = mine.post(f"{path}/publish", If_Match=etag)
    assert stale.status_code == 412
    done = mine.post(f"{path}/publish", {"note": "noon"}, If_Match=stale.headers["ETag"])
    told = done.get_json()
    assert (done.status_code, told["state"], told["note"]) == (200, "published", "noon")
    assert told["published_by"] == "token dispatcher.all"
    again = mine.post(f"{path}/publish", If_Match=done.headers["ETag"])
    assert again.status_code == 409


def test_what_is_not_lawful_is_told_with_each_violation(world: World) -> None:
    plan_day_of(world)
    with world.wired.store.writing(ALICE) as writer:  # by hand: nobody takes her shift's rest
        writer.add_plan(world.wired.store.plan("Town", TODAY, 1).content)
    mine, path = program(world), f"{DAY}/plans/3"
    etag = mine.get(path).headers["ETag"]
    answer = mine.post(f"{path}/publish", If_Match=etag)
    told = answer.get_json()
    assert (answer.status_code, answer.mimetype) == (422, "application/problem+json")
    assert any("alice has no rest" in one["text"] for one in told["violations"])


def test_the_published_day_is_taken_along_masked_and_that_is_noted(world: World) -> None:
    mine = program(world)
    answer = mine.get(f"{DAY}/exports/csv")
    text = answer.get_data(as_text=True)
    assert (answer.status_code, answer.mimetype) == (200, "text/csv")
    assert "王*" in text
    assert "王小明" not in text
    assert "王小明" in mine.get(f"{DAY}/exports/csv?full=true").get_data(as_text=True)
    assert len(world.events("plan.exported")) == 2
    assert mine.get(f"{DAY}/exports/pdfx").status_code == 404
    assert mine.get(f"{DAY}/exports/csv?full=perhaps&lang=x").status_code == 422


def test_events_are_told_from_a_cursor_on_without_their_values(world: World) -> None:
    mine, officer = program(world), program(world, Role.COMPLIANCE)
    path = "/api/v1/cities/Town/events"
    first = officer.get(f"{path}?limit=2").get_json()
    assert [one["id"] for one in first["events"]] == sorted(one["id"] for one in first["events"])
    assert len(first["events"]) == 2
    rest = officer.get(f"{path}?since={first['next']}&limit=1000")
    assert rest.get_json()["events"][0]["id"] > first["next"]
    seen = {one["kind"].split(".")[0] for one in rest.get_json()["events"]}
    assert {"plan", "case"} <= seen
    hers = mine.get(f"{path}?limit=1000").get_json()["events"]
    assert {one["kind"].split(".")[0] for one in hers} <= set(DISPATCHERS)
    etag = rest.headers["ETag"]
    again = officer.get(f"{path}?since={first['next']}&limit=1000", If_None_Match=etag)
    assert again.status_code == 304
    assert set(hers[0]) == {"id", "at", "actor", "kind", "subject", "agency"}


def test_an_agencys_program_reads_the_agencys_events(world: World) -> None:
    told = program(world, agency="South").get("/api/v1/cities/Town/events?limit=1000").get_json()
    assert {one["agency"] for one in told["events"]} <= {"South"}
