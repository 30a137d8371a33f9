"""The day as it runs, versions beside each other, the log, a plan taken back, a crew called."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from time import sleep
from typing import Any

import pytest

from data.jobs import JobKind
from data.store.directives import Words
from data.store.drafts import shown_stamp
from scheduler.directives import DirectiveKind
from scheduler.plan import Itinerary, Plan
from scheduler.ports import Event, Mark, MarkKind, PlanStatus
from tests.conftest import ROOT
from tests.data.world import ALICE, MIDNIGHT, TODAY, collector
from tests.web.homes import lawful_home
from tests.web.pages import Visitor, World
from tests.web.phone_days import at_eleven, full_trip, make_lawful, publish
from tests.web.test_dispatch import english, give_roads
from web.compare import standing
from web.event_words import EVENT_KINDS, event_subject

__all__ = ["lawful_home"]
DAY = f"/Town/{TODAY}"


def tell(world: World, who: str, kind: MarkKind, hour: float, visit_id: str = "") -> None:
    """Let a collector tell something at an hour of today."""
    plan_id = world.wired.store.plan("Town", TODAY).id
    at = MIDNIGHT + timedelta(hours=hour)
    mark = Mark(f"{who}-{kind}-{visit_id}", TODAY, plan_id, (who,), kind, at, visit_id)
    with world.wired.store.writing(ALICE) as writer:
        writer.put_mark("Town", mark)


def at(world: World, hour: float) -> Visitor:
    """Return dora at her desk at an hour of today."""
    give_roads(world)
    world.clock.at = MIDNIGHT + timedelta(hours=hour)
    return english(world)


def told_now(visitor: Visitor) -> dict[str, Any]:
    """Return what the desk's scripts are told of the running day."""
    told = visitor.get(f"{DAY}/desk.json").get_json()["running"]
    assert isinstance(told, dict)
    return told


def published_again(world: World) -> int:
    """Publish a second version, in which Alice's visit is an hour later; return its number."""
    first = world.wired.store.plan("Town", TODAY)
    trips = tuple(
        replace(trip, stops=(at_eleven("B1"),), end_s=42_000) if trip.crew_id == "alice" else trip
        for trip in first.content.plan.itineraries
    )
    content = replace(first.content, plan=Plan(trips, ()))
    with world.wired.store.writing(replace(ALICE, at=world.clock())) as writer:
        return writer.publish(writer.add_plan(content, based_on=1).id, "an hour later").version


def test_a_crew_that_nobody_has_heard_of_is_asked_after(world: World) -> None:
    dora = at(world, 9.0)
    assert "Nobody is late for anything" in dora.page(f"{DAY}/running")
    late = at(world, 10.5).page(f"{DAY}/running")
    assert late.count("has not begun its day") == 3
    assert "王小明" not in late
    for who in ("alice", "bob"):  # whose first visits are at ten
        tell(world, who, MarkKind.BEGIN, 9.5)
    late = at(world, 10.5).page(f"{DAY}/running")
    assert late.count("has not begun its day") == 1
    assert late.count("has not checked in for") == 2


def test_what_is_done_is_told_with_when_the_crew_was_last_heard(world: World) -> None:
    dora = at(world, 10.6)
    tell(world, "alice", MarkKind.ARRIVE, 10.0, "B1")
    tell(world, "alice", MarkKind.LEAVE, 10.3, "B1")
    told = told_now(dora)
    assert told["crews"]["alice"]["done"] == 1
    assert told["crews"]["alice"]["stops"][0]["state"] == "done"
    assert told["crews"]["bob"]["done"] == 0
    assert {one["crew"] for one in told["notices"]} == {"bob", "charlie"}
    page = dora.page(f"{DAY}/running")
    assert "all done" in page
    assert "10:18" in page


def test_a_crew_that_is_far_behind_is_told_once_and_what_it_must_make_by_itself(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(standing, "MOST_LINES", 1)
    trip = full_trip("alice")
    publish(world, replace(trip, stops=trip.stops[:2]))
    dora = at(world, 20.9)  # too late for both, by law
    (first,) = late_lines(dora)
    assert first["text"].endswith("1 more visit of theirs comes too late.")
    assert (first["is_bad"], first["may_call"], first["visit"]) == (True, True, "B1")
    must = Words(DirectiveKind.MUST, TODAY, ["B2"])
    with world.wired.store.writing(ALICE) as writer:
        writer.put_directives("Town", must)
    worst, other = late_lines(dora)
    assert (worst["visit"], other["visit"]) == ("B2", "B1")
    assert "It must be made today." in worst["text"]


def late_lines(dora: Visitor) -> list[dict[str, Any]]:
    """Return what is told of visits that come too late, the worst first."""
    return [one for one in told_now(dora)["notices"] if one["visit"]]


def test_how_the_day_runs_is_told_until_it_is_another(world: World) -> None:
    dora = at(world, 9.75)
    for who in ("alice", "bob", "charlie"):
        tell(world, who, MarkKind.BEGIN, 9.5)
    tag = dora.get(f"{DAY}/desk.json").headers["ETag"]

    def again() -> int:
        asked = {**dora.headers, "If-None-Match": tag}
        return dora.get(f"{DAY}/desk.json", headers=asked).status_code

    world.clock.pass_by(minutes=10)
    assert again() == 304, "nobody is late, whatever the time"
    world.clock.pass_by(minutes=20)
    assert again() == 200, "a crew that was to be at a door at ten is asked after"


def test_an_open_desk_that_asks_again_waits_for_nothing_and_hears_it_next(world: World) -> None:
    dora = at(world, 10.5)
    dora.headers["X-Poll"] = "1"
    for _ in range(100):
        if told := dora.get(f"{DAY}/desk.json").get_json()["running"]:
            break
        sleep(0.05)
    assert len(told["notices"]) == 3, "three crews of whom nothing was heard"


def test_what_a_crew_tells_is_read_before_a_desk_asks_for_it(world: World) -> None:
    dora = at(world, 9.75)
    told_now(dora)  # a desk has the day open
    answer = world.visitor("alice").post(f"/my/{TODAY}/begin", {"key": "begun-alice"})
    assert answer.status_code == 302
    dora.headers["X-Poll"] = "1"
    runs = world.app.extensions["dayround-running"]
    newest = shown_stamp(world.wired.store.engine, "Town")
    for _ in range(100):
        if runs.answers.get(("Town", TODAY)).made[0] == newest:
            break
        sleep(0.05)
    answer = dora.get(f"{DAY}/desk.json")
    assert "X-Soon" not in answer.headers
    tell(world, "bob", MarkKind.BEGIN, 9.7)  # by another process: nobody here has read it
    assert dora.get(f"{DAY}/desk.json").headers["X-Soon"] == "yes", "it asks again at once"


def test_a_day_that_is_not_today_does_not_run(world: World) -> None:
    at(world, 34)
    assert told_of_yesterday(english(world)) is None


def told_of_yesterday(visitor: Visitor) -> object:
    return visitor.get(f"{DAY}/desk.json").get_json()["running"]


def test_ten_minutes_after_a_change_an_unseen_crew_is_a_red_line(world: World) -> None:
    dora = at(world, 9.0)
    version = published_again(world)
    world.clock.pass_by(minutes=9)
    soon = dora.page(f"{DAY}/running")
    assert f"has not seen version {version}" not in soon
    world.clock.pass_by(minutes=1)
    due = dora.page(f"{DAY}/running")
    assert f"has not seen version {version}" in due
    assert due.count("has not seen version") == 1  # only Alice's day has changed
    tell(world, "alice", MarkKind.ACCEPT, 9.2)
    assert "has not seen version" not in dora.page(f"{DAY}/running")
    assert told_now(dora)["crews"]["alice"]["has_seen"] is True


def test_a_number_is_shown_on_a_press_alone_and_the_press_is_kept(world: World) -> None:
    dora = at(world, 9.75)
    with world.wired.store.writing(ALICE) as writer:
        writer.put_collectors("Town", [collector("alice", phone="13800001234")])
    for path in ("running", "call/alice", "desk.json", ""):
        assert "13800001234" not in dora.get(f"{DAY}/{path}").text, path
    assert "13800001234" not in str(world.wired.store.events(limit=50))
    assert world.events("crew.called") == []
    assert "13800001234" in dora.post(f"{DAY}/call/alice").text
    assert world.events("crew.called") == [f"Town {TODAY} alice"]
    assert dora.get(f"{DAY}/call/nobody").status_code == 404


def test_two_versions_stand_beside_each_other(world: World) -> None:
    dora = at(world, 9.0)
    version = published_again(world)
    page = dora.page(f"{DAY}/compare")
    assert f"Version 1 and version {version}" in page
    assert "1 crew has to hear of it" in page
    assert "moved in time" in page
    assert "10:00" in page
    assert "11:00" in page
    assert "an hour later" in page
    assert page.count('class="day-map"') == 2
    backwards = dora.page(f"{DAY}/compare?earlier={version}&later=1")
    assert f"Version {version} and version 1" in backwards
    assert dora.get(f"{DAY}/compare?earlier=9").status_code == 404


def test_a_plan_is_taken_back_with_a_reason_and_no_earlier_one_comes_alive(world: World) -> None:
    dora = at(world, 9.0)
    version = published_again(world)
    alice = world.visitor("alice", **{"Accept-Language": "en"})
    assert "Your plan has changed" in alice.page("/my/day")
    path = f"{DAY}/take-back"
    assert dora.post(path, {"version": version, "reason": " "}).status_code == 422
    assert world.wired.store.plan("Town", TODAY).state is PlanStatus.PUBLISHED
    dora.post(path, {"version": version, "reason": "roads are flooded"})
    states = [record.state for record in world.wired.store.plans("Town", TODAY)]
    assert states == [PlanStatus.SUPERSEDED, PlanStatus.WITHDRAWN]
    assert "Your plan was taken back" in alice.page("/my/day")
    assert "roads are flooded" in dora.page(f"{DAY}/log")
    assert "Nothing is published" in dora.page(f"{DAY}/running")
    # What is taken back twice is told, and nothing happens.
    assert dora.post(path, {"version": version, "reason": "again"}).status_code == 302
    assert len(world.events("plan.withdrawn")) == 1


def test_the_log_names_who_did_what_and_nobody_else(world: World) -> None:
    dora = at(world, 9.0)
    tell(world, "alice", MarkKind.BEGIN, 8.9)
    page = dora.page(f"{DAY}/log")
    for told in ("plan made", "plan published", "alice"):
        assert told in page
    assert "王小明" not in page
    assert f"before={world.wired.store.events(limit=1)[0].id}" not in page  # all on one page


@pytest.mark.parametrize(
    ("kind", "subject", "words"),
    [
        ("job.added", "replan 2026-03-09", "Planning the rest of the day · Mon 9 Mar"),
        ("job.cancelled", "geocode", "Looking up addresses"),
        ("plan.published", "Town 2026-03-09 v3", "Mon 9 Mar, version 3"),
        ("visit.left", "V1", "V1"),
    ],
)
def test_what_an_event_is_about_is_said_in_words(
    world: World, kind: str, subject: str, words: str
) -> None:
    with world.app.test_request_context(headers={"Accept-Language": "en"}):
        assert event_subject(Event(MIDNIGHT, "dora", kind, subject)) == words


def test_every_event_of_the_book_has_a_name() -> None:
    note = re.compile(r'note\(\s*(?:self\._tx, |tx, )?"([a-z_]+\.[a-z_]+)"')
    files = (ROOT / "data" / "store").rglob("*.py")
    kinds = {kind for file in files for kind in note.findall(file.read_text(encoding="utf-8"))}
    assert len(kinds) > 40
    assert sorted(kinds - EVENT_KINDS.keys()) == []


def test_the_rest_is_planned_by_work_that_tells_its_terms(world: World) -> None:
    dora = at(world, 9.0)
    asked = {"seconds": "10", "freeze_min": "30", "most_moves": "5"}
    assert dora.post(f"{DAY}/replan", asked).status_code == 302
    job = world.wired.jobs.alive("Town", TODAY)
    assert job is not None
    assert job.kind is JobKind.REPLAN
    assert dict(job.parameters) == {"seconds": 10, "freeze_min": 30, "most_moves": 5}
    for wrong in (
        {"seconds": "11"},
        {"freeze_min": "7"},
        {"most_moves": "3"},
        {"reserve": "49"},
        {"reserve": "all"},
    ):
        assert dora.post(f"{DAY}/replan", asked | wrong).status_code == 400


def test_the_rest_is_planned_with_the_reserve_that_was_chosen(world: World) -> None:
    dora = at(world, 9.0)
    form = dora.page(f"{DAY}/running")
    assert '<option value="50" selected>no reserve</option>' in form, "as what is published has it"
    asked = {"seconds": "10", "freeze_min": "30", "most_moves": "5", "reserve": "80"}
    assert dora.post(f"{DAY}/replan", asked).status_code == 302
    job = world.wired.jobs.alive("Town", TODAY)
    assert job is not None
    assert job.parameters["reserve"] == 80


@pytest.mark.parametrize("path", ["compare", "log", "take-back", "call/alice"])
def test_one_agencys_dispatcher_sees_her_crews_run_and_no_more(world: World, path: str) -> None:
    at(world, 9.75)
    nora = world.visitor("nora")
    assert nora.get(f"{DAY}/{path}").status_code == 403
    told = told_now(nora)
    assert set(told["crews"]) == {"alice", "bob"}


def test_the_pages_speak_chinese(world: World) -> None:
    at(world, 10.5)
    published_again(world)
    dora = world.visitor("dora", **{"Accept-Language": "zh"})
    assert "尚未开工" in dora.page(f"{DAY}/running")
    assert "换小组" in dora.page(f"{DAY}/compare")
    assert "撤回" in dora.page(f"{DAY}/take-back")


def test_a_part_of_the_day_is_planned_as_the_form_asks(world: World) -> None:
    dora = at(world, 9.0)
    form = dora.page(f"{DAY}/plan?cases=C1")
    assert ">C1</textarea>" in form
    assert "North" in form
    asked = {"seconds": "45", "cases": "C1, C2", "agencies": "North", "due_by": "2026-03-09"}
    assert dora.post(f"{DAY}/plan-chosen", asked).status_code == 302
    job = world.wired.jobs.alive("Town", TODAY)
    assert job is not None
    choice = {"cases": ["C1", "C2"], "agencies": ["North"], "due_by": "2026-03-09"}
    assert dict(job.parameters) == {"seconds": 45, "engine": "search", "choice": choice}
    for wrong in ({"seconds": "0"}, {"seconds": "x"}, {"due_by": "soon"}):
        assert dora.post(f"{DAY}/plan-chosen", asked | wrong).status_code == 400
    assert world.visitor("nora").get(f"{DAY}/plan").status_code == 403


def test_changes_that_nobody_drives_by_are_told_before_the_rest_is_planned(world: World) -> None:
    make_lawful(world)
    publish(world, full_trip("alice+bob"))
    dora = at(world, 9.0)
    asked = "nobody drives by it: publish it first"
    assert asked not in dora.page(f"{DAY}/running")
    hold = {"kind": "hold", "locks": [{"visit_id": "B1", "crew_id": "alice+bob"}]}
    sent = dora.post_json(f"{DAY}/desk/edits", {"key": "held", "edit": hold})
    assert sent.status_code == 200, sent.text
    assert asked in dora.page(f"{DAY}/running")


def test_cases_that_are_chosen_in_the_list_are_chosen_in_the_form(world: World) -> None:
    dora = at(world, 9.0)
    listed = dora.page("/Town/cases")
    assert f'action="{DAY}/plan"' in listed
    assert 'name="cases" value="C1"' in listed
    assert ">C1 C2</textarea>" in dora.page(f"{DAY}/plan?cases=C1&cases=C2")
    # Who sees one agency plans no day.
    assert 'name="cases"' not in world.visitor("nora").page("/Town/cases")


def test_the_desk_of_today_has_a_line_for_what_has_to_be_seen_to(world: World) -> None:
    dora = at(world, 10.5)
    line = 'id="running-line"'
    assert line in dora.page(f"{DAY}/")
    world.clock.pass_by(days=1)
    assert line not in english(world).page(f"{DAY}/")  # a day that is over


def test_the_page_of_publishing_judges_a_running_day_as_publishing_does(world: World) -> None:
    make_lawful(world)
    publish(world, full_trip("alice+bob"))
    dora = at(world, 11.0)
    tell(world, "alice", MarkKind.ARRIVE, 10.0, "B1")
    tell(world, "alice", MarkKind.LEAVE, 11.0, "B1")
    # A draft that tells it as it was: an hour at the door, where twenty minutes were planned.
    first = world.wired.store.plan("Town", TODAY)
    made = replace(full_trip("alice+bob").stops[0], end_s=39_600)
    told = Itinerary("alice+bob", 34_000, 42_000, (made,))
    content = replace(first.content, plan=Plan((told,), ()))
    with world.wired.store.writing(ALICE) as writer:
        writer.add_plan(content, based_on=first.version)
    assert "wrong length of the visit" not in dora.page(f"{DAY}/publish")


PAGES = ("running", "compare", "log", "plan", "versions", "crews", "publish", "take-back", "import",
         "gazetteer", "contacts", "export", "desk/urgent", "places")  # fmt: skip


def test_every_page_of_the_day_shows_a_search_with_its_curve(world: World) -> None:
    dora, jobs = at(world, 9.0), world.wired.jobs
    jobs.add(JobKind.REPLAN, "Town", TODAY, ALICE, seconds=10, freeze_min=30, most_moves=5)
    found = jobs.claim("a worker", world.clock())
    assert found is not None
    curve = [[1, 9], [2, 8]]
    jobs.tell(found.id, "a worker", {"share": 0.5, "visits": 3, "cost": 9, "curve": curve})
    for path in PAGES:
        assert "<polyline" in dora.page(f"{DAY}/{path}"), path


def test_what_is_dropped_is_counted(world: World) -> None:
    dora = at(world, 9.0)
    first = world.wired.store.plan("Town", TODAY)
    trips = first.content.plan.itineraries[1:]
    content = replace(first.content, plan=Plan(trips, ()))
    with world.wired.store.writing(ALICE) as writer:
        writer.add_plan(content, based_on=1)
    page = dora.page(f"{DAY}/compare")
    assert "0 visits are added; 1 dropped; 0 change hands; 1 crew has to hear of it" in page
    assert "Publish version 2" in page
