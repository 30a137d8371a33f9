"""The desk of a day as its scripts use it: asked again and again, edited, taken back."""

from __future__ import annotations

import json
from datetime import timedelta
from time import process_time
from typing import Any

import pytest

from data.store import SqlStore
from scheduler.model import StopFlag
from scheduler.ports import PlanRecord, PlanStatus
from tests.data.world import ALICE, TODAY
from tests.web.homes import lawful_home
from tests.web.pages import Visitor, World
from tests.web.phone_days import put_case
from tests.web.programs import plan_day_of

__all__ = ["lawful_home"]

DAY = f"/Town/{TODAY}"


@pytest.fixture(name="town")
def planned_town(world: World) -> World:
    """Today at six, planned: alice and bob of North may see B1 and B2, charlie of South B3."""
    assert plan_day_of(world) == 2
    assert record(world).content.plan.served == {"B1", "B2", "B3"}
    return world


def record(town: World) -> PlanRecord:
    return town.wired.store.plan("Town", TODAY)


def english(town: World, name: str = "dora") -> Visitor:
    return town.visitor(name, **{"Accept-Language": "en"})


def state(visitor: Visitor, query: str = "") -> Any:
    answer = visitor.get(f"{DAY}/desk.json{query}")
    assert answer.status_code == 200, answer.text
    return answer.get_json()


def post(visitor: Visitor, what: str, key: str, **told: Any) -> Any:
    return visitor.post_json(f"{DAY}/desk/{what}", {"key": key, "revision": 0, **told})


def crew_of(town: World, visit: str) -> str:
    trips = record(town).content.plan.itineraries
    return next((trip.crew_id for trip in trips if visit in {s.id for s in trip.visits}), "")


def other_of_north(town: World, visit: str) -> str:
    return "bob" if crew_of(town, visit) == "alice" else "alice"


def off(visit: str) -> dict[str, Any]:
    return {"kind": "take_off", "visit_id": visit}


def test_an_edit_is_kept_told_and_taken_back(town: World) -> None:
    dora, to = english(town), other_of_north(town, "B1")
    first = state(dora)
    assert (first["plan"]["revision"], first["undo"], first["redo"]) == (0, None, None)
    answer = post(dora, "edits", "k", edit={"kind": "move", "visit_id": "B1", "crew_id": to})
    assert (answer.status_code, answer.get_json()) == (
        200,
        {"version": 2, "revision": 1, "number": 1},
    )
    assert crew_of(town, "B1") == to
    told = state(dora)
    assert told["plan"]["revision"] == 1
    (edit,) = told["edits"]
    assert (edit["who"], edit["kind"], edit["number"]) == ("dora", "move", 1)
    assert told["undo"]["label"] == edit["what"]
    assert "王*" in edit["what"], "masked, as everywhere on the desk"
    assert "王小明" not in str(told)
    assert post(dora, "undo", "u").get_json()["revision"] == 2
    assert crew_of(town, "B1") != to
    undone = state(dora)
    assert undone["redo"] == told["undo"]
    assert [crew["id"] for crew in undone["crews"]] == ["alice", "bob", "charlie"], "idle ones too"
    assert post(dora, "redo", "r").get_json()["revision"] == 3
    assert crew_of(town, "B1") == to


def test_each_person_has_her_own_undo(town: World) -> None:
    post(english(town), "edits", "k", edit=off("B3"))
    told = state(english(town, "nora"))
    assert told["undo"] is None
    answer = post(english(town, "nora"), "undo", "u")
    assert answer.status_code == 409
    assert answer.get_json()["problem"] == "nora has nothing to undo in this draft"


def test_a_press_sent_twice_is_one_edit(town: World) -> None:
    dora = english(town)
    for _ in range(2):
        assert post(dora, "edits", "same", edit=off("B1")).get_json()["revision"] == 1
    assert record(town).revision == 1


def test_what_another_changed_meanwhile_is_told_and_nothing_is_written(town: World) -> None:
    post(english(town), "edits", "k", edit=off("B1"))
    nora = english(town, "nora")
    answer = post(nora, "edits", "k", edit={"kind": "move", "visit_id": "B1", "crew_id": "alice"})
    assert answer.status_code == 409
    told = answer.get_json()
    assert "dora" in told["problem"]
    (hers,) = told["changed"]
    assert (hers["who"], hers["kind"]) == ("dora", "take_off")
    assert "王*" in hers["what"], "masked, as everywhere on the desk"
    assert record(town).revision == 1


def lock(town: World, visit: str) -> dict[str, Any]:
    return {"kind": "hold", "locks": [{"visit_id": visit, "crew_id": crew_of(town, visit)}]}


def test_what_is_so_already_is_told_and_not_written_again(town: World) -> None:
    """Dora and Nora lock the same visit; both locks hold, and the log has one of them."""
    edit, nora = lock(town, "B1"), english(town, "nora")
    assert post(english(town), "edits", "d", edit=edit).get_json()["number"] == 1
    told = post(nora, "edits", "n", edit=edit)
    assert (told.status_code, told.get_json()) == (
        200,
        {
            "version": 2,
            "revision": 1,
            "unchanged": "dora did the same meanwhile: nothing was changed",
        },
    )
    assert state(nora)["undo"] is None
    again = post(english(town), "edits", "e", revision=1, edit=edit).get_json()
    assert again["unchanged"] == "it is so already: nothing was changed"
    assert record(town).revision == 1


def test_crews_and_whole_plans_are_worked_out_by_the_server_alone(town: World) -> None:
    """A script that sends its own is told the right call, also inside of a pressed button."""
    plan: dict[str, Any] = {"itineraries": [], "left_out": []}
    regroup = {"kind": "regroup", "collector_id": "alice", "crews": [], "plan": plan}
    dora = english(town)
    for edit, call in ((regroup, "/desk/sick/"), ({"kind": "retake", "plan": plan}, "docs/api.md")):
        answer = post(dora, "edits", "k", edit=edit)
        assert answer.status_code == 422, answer.text
        assert call in answer.get_json()["violations"][0]["text"]
        pressed = dora.post(f"{DAY}/desk/press", {"key": "k", "edits": json.dumps([edit])})
        assert pressed.status_code == 400
    assert record(town).revision == 0


def test_what_a_law_forbids_is_told_by_its_rule(town: World) -> None:
    dora = english(town)
    post(dora, "edits", "k", edit=off("B1"))
    put_case(town, 1, stops=frozenset({StopFlag.COMPLAINT}))
    move = {"kind": "move", "visit_id": "B1", "crew_id": "alice"}
    answer = post(dora, "edits", "again", revision=1, edit=move)
    assert answer.status_code == 422
    (violation,) = answer.get_json()["violations"]
    assert violation["id"] == "B1"
    assert violation["rule"]
    assert violation["text"]
    assert violation["is_law"] is False, "a complaint stops by the house's word"
    assert "Ask to set a rule aside" in dora.page(violation["ask"])
    pressed = {"key": "b", "edits": json.dumps([move]), "back": f"{DAY}/"}
    dora.post(f"{DAY}/desk/press", pressed)
    assert f'<a href="{violation["ask"].replace("&", "&amp;")}">' in dora.page(f"{DAY}/")
    assert record(town).revision == 1


def test_what_is_no_edit_is_refused_by_where_it_is_wrong(town: World) -> None:
    dora = english(town)
    for sent, words in (
        ({"kind": "dance"}, "there are: move, take_off"),
        ({"kind": "take_off"}, "edit.visit_id: is missing"),
        ({"kind": "take_off", "visit_id": 3}, "edit.visit_id: expected text"),
        (None, "edit: needs a kind"),
    ):
        answer = post(dora, "edits", "k", edit=sent)
        assert answer.status_code == 400
        assert words in answer.get_json()["detail"]
    assert post(dora, "edits", "", edit=off("B1")).status_code == 400
    assert dora.client.post(f"{DAY}/desk/edits", json={}).status_code == 400, "without a token"
    assert post(dora, "edits", "k", edit=off("nobody")).status_code in (404, 409)
    assert record(town).revision == 0


def test_a_dispatcher_of_one_agency_edits_her_own_alone(town: World) -> None:
    nora = english(town, "nora")
    assert post(nora, "edits", "a", edit=off("B1")).status_code == 200
    charlies = [off("B3"), {"kind": "swap", "crew_id": "alice", "other_id": "charlie"}]
    charlies += [{"kind": "move", "visit_id": "B2", "crew_id": "charlie"}]
    for number, edit in enumerate(charlies):
        assert post(nora, "edits", f"b{number}", revision=1, edit=edit).status_code == 403
    assert record(town).revision == 1
    assert town.visitor("alice").post_json(f"{DAY}/desk/undo", {"key": "k"}).status_code == 403


def test_what_is_refused_makes_no_draft_of_a_published_day(town: World) -> None:
    with town.wired.store.writing(ALICE) as writer:
        published = writer.publish(record(town).id, "")
    dora = english(town)
    to_the_south = {"kind": "move", "visit_id": "B1", "crew_id": "charlie"}
    assert post(dora, "edits", "a", edit=to_the_south).status_code == 422
    assert post(dora, "edits", "b", edit=off("nobody")).status_code in (404, 409)
    assert post(dora, "undo", "c").status_code == 409
    as_it_is = {"kind": "hold", "locks": []}
    assert "unchanged" in post(dora, "edits", "d", edit=as_it_is).get_json()
    assert record(town).id == published.id
    # Sent twice, as where its first answer was lost, it makes one draft with one edit.
    for _ in range(2):
        answer = post(dora, "edits", "k", edit=off("B1"), version=published.version)
        assert (answer.status_code, answer.get_json()["number"]) == (200, 1)
    assert record(town).version == published.version + 1


def test_who_looked_at_what_was_published_has_seen_nothing_of_the_draft_since(
    town: World,
) -> None:
    """Both versions were edited once: the number alone does not tell them apart."""
    dora, nora = english(town), english(town, "nora")
    assert post(dora, "edits", "a", edit=off("B3")).status_code == 200
    with town.wired.store.writing(ALICE) as writer:
        published = writer.publish(record(town).id, "")
    seen = {"version": published.version, "revision": published.revision}
    assert post(dora, "edits", "d", edit=off("B1"), **seen).get_json()["revision"] == 1
    stale = {"kind": "move", "visit_id": "B1", "crew_id": "bob"}
    assert post(nora, "edits", "n", edit=stale, **seen).status_code == 409
    assert crew_of(town, "B1") == ""


def test_editing_a_published_day_makes_a_draft_of_it(town: World) -> None:
    with town.wired.store.writing(ALICE) as writer:
        published = writer.publish(record(town).id, "")
    assert post(english(town, "nora"), "edits", "n", edit=off("B1")).status_code == 403
    answer = post(english(town), "edits", "k", edit=off("B1"))
    assert answer.get_json() == {"version": 3, "revision": 1, "number": 1}
    newest = record(town)
    assert (newest.state, newest.based_on) == (PlanStatus.DRAFT, published.version)
    kept = town.wired.store.plan("Town", TODAY, published.version)
    assert "B1" in kept.content.plan.served


def test_without_script_a_form_leads_back_to_the_day(town: World) -> None:
    dora = english(town)
    sent = {"key": "k", "edit": '{"kind": "take_off", "visit_id": "B1"}', "revision": "0"}
    answer = dora.post(f"{DAY}/desk/edits", sent)
    assert (answer.status_code, answer.location) == (302, f"{DAY}/")
    assert "B1" not in record(town).content.plan.served
    assert dora.post(f"{DAY}/desk/undo", {"key": "u"}).status_code == 302
    assert "B1" in record(town).content.plan.served
    assert dora.post(f"{DAY}/desk/undo", {"key": "v"}).status_code == 302
    assert "nothing to undo" in town_page(dora)


def town_page(visitor: Visitor) -> str:
    return visitor.page(f"{DAY}/")


def test_nothing_is_sent_again_until_something_has_changed(town: World) -> None:
    dora = english(town)
    first = dora.get(f"{DAY}/desk.json")
    tag = first.headers["ETag"]
    assert tag.startswith("W/")

    def asked() -> Any:
        return dora.get(f"{DAY}/desk.json", headers={**dora.headers, "If-None-Match": tag})

    assert (asked().status_code, asked().data) == (304, b"")
    times = []
    for _ in range(20):
        began = process_time()
        asked()
        times.append(process_time() - began)
    assert sorted(times)[10] < 0.02, "of a processor: 5 ms where nothing else runs"
    english(town, "nora").get(f"{DAY}/desk.json")
    town.wired.store.events()
    assert asked().status_code == 304, "who only looks changes nothing"
    post(dora, "edits", "k", edit=off("B1"))
    assert asked().status_code == 200
    tag = asked().headers["ETag"]
    assert asked().status_code == 304
    put_case(town, 2, stops=frozenset({StopFlag.COMPLAINT}))
    changed = asked()
    assert changed.status_code == 200
    stops = [stop for crew in changed.get_json()["crews"] for stop in crew["stops"]]
    assert {stop["id"]: stop["standing"] for stop in stops if stop["kind"] == "visit"}["B2"]


def test_an_open_day_tells_when_each_visit_may_be_made(town: World) -> None:
    """Once it is open: US lets nobody come before eight; the margin and her own hours narrow it."""
    dora = english(town)
    stops = [stop for crew in state(dora)["crews"] for stop in crew["stops"]]
    assert all(stop["windows"] == [] for stop in stops if stop["kind"] == "visit")
    before = dora.get(f"{DAY}/desk.json").headers["ETag"]
    post(dora, "edits", "k", edit={"kind": "release", "visit_ids": ["B1"]})
    after = dora.get(f"{DAY}/desk.json", headers={**dora.headers, "If-None-Match": before})
    stops = [stop for crew in after.get_json()["crews"] for stop in crew["stops"]]
    for stop in (stop for stop in stops if stop["kind"] == "visit"):
        assert stop["windows"], stop["id"]
        assert all(8 * 3600 <= first < last <= 21 * 3600 for first, last in stop["windows"])
        inside = [(a, b) for a, b in stop["windows"] if a <= stop["start_s"] and stop["end_s"] <= b]
        assert inside, "what is planned is lawful"


def test_facts_that_change_are_heard_by_the_open_day(town: World) -> None:
    """What was open when a case was stopped forbids, right after, to visit it."""
    dora = english(town)
    move = {"kind": "move", "visit_id": "B1", "crew_id": other_of_north(town, "B1")}
    assert post(dora, "edits", "a", edit=move).status_code == 200
    put_case(town, 2, stops=frozenset({StopFlag.COMPLAINT}))
    moved = {"kind": "move", "visit_id": "B2", "crew_id": other_of_north(town, "B2")}
    assert post(dora, "edits", "b", revision=1, edit=moved).status_code == 422
    town.clock.at += timedelta(minutes=1)
    put_case(town, 2)
    assert post(dora, "edits", "c", revision=1, edit=moved).status_code == 200


def quotes(visitor: Visitor, visit: str) -> Any:
    return visitor.get(f"{DAY}/desk/quotes?visit={visit}&revision=0")


def test_a_quote_is_the_price_at_which_the_edit_is_kept(town: World) -> None:
    dora, to = english(town), other_of_north(town, "B1")
    told = quotes(dora, "B1").get_json()
    assert (told["visit"], told["revision"]) == ("B1", 0)
    assert {one["crew_id"] for one in told["quotes"]} == {"alice", "bob", "charlie"}
    of_south = [one for one in told["quotes"] if one["crew_id"] == "charlie"]
    assert all(one["forbidden"]["text"] for one in of_south), "B1 is a case of North"
    (last,) = [one for one in told["quotes"] if (one["crew_id"], one["before"]) == (to, None)]
    before = record(town).content.cost.total
    post(dora, "edits", "k", edit={"kind": "move", "visit_id": "B1", "crew_id": to})
    assert record(town).content.cost.total - before == last["price"]
    assert quotes(dora, "B1").get_json()["revision"] == 1


def test_a_plan_is_read_for_its_prices_only_where_it_was_written_since(
    town: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    dora, read = english(town), list[str]()
    quotes(dora, "B1")
    plan = SqlStore.plan

    def noted(store: SqlStore, city: str, *which: Any) -> PlanRecord:
        read.append(city)
        return plan(store, city, *which)

    monkeypatch.setattr(SqlStore, "plan", noted)
    assert quotes(dora, "B2").status_code == 200
    assert read == []
    assert post(dora, "edits", "k", edit=off("B1")).status_code == 200
    read.clear()
    assert quotes(dora, "B2").get_json()["revision"] == 1
    assert read == [], "the edit has told what it made"
    with town.wired.store.writing(ALICE) as writer:
        writer.publish(record(town).id, "")
    read.clear()
    assert quotes(dora, "B2").status_code == 200
    assert read, "it has another state"


def test_nobody_is_quoted_what_she_does_not_see(town: World) -> None:
    nora = english(town, "nora")
    assert {one["crew_id"] for one in quotes(nora, "B2").get_json()["quotes"]} == {"alice", "bob"}
    assert quotes(nora, "B3").status_code == 404
    assert quotes(english(town), "nobody").status_code == 404


def test_many_visits_are_taken_off_as_one_and_come_back_as_one(town: World) -> None:
    dora = english(town)
    both = {"kind": "together", "steps": [off("B1"), off("B2")]}
    assert post(dora, "edits", "k", edit=both).get_json()["revision"] == 1
    assert record(town).content.plan.served == {"B3"}
    told = state(dora)
    assert told["edits"][0]["what"] == f"{told['undo']['label']}"
    assert told["edits"][0]["what"].count("left out") == 2
    assert post(dora, "undo", "u").get_json()["revision"] == 2
    assert record(town).content.plan.served == {"B1", "B2", "B3"}


def test_what_is_no_edit_inside_of_many_is_named_by_its_number(town: World) -> None:
    inside = [off("B1"), {"kind": "together", "steps": []}]
    for steps in ([], inside, [{"kind": "take_off"}]):
        answer = post(english(town), "edits", "k", edit={"kind": "together", "steps": steps})
        assert answer.status_code == 400, answer.text
    assert record(town).revision == 0


def test_chosen_visits_go_to_a_crew_all_or_none(town: World) -> None:
    dora = english(town)
    to = other_of_north(town, "B1")
    sent = {"visits": ["B1", "B2"], "crew": to}
    for _ in range(2):  # pressed twice
        assert post(dora, "move-all", "k", **sent).get_json()["revision"] == 1
    assert (crew_of(town, "B1"), crew_of(town, "B2")) == (to, to)
    answer = post(dora, "move-all", "other", visits=["B1", "B2"], crew="charlie")
    assert answer.status_code == 422, "charlie is of another agency"
    assert (crew_of(town, "B1"), crew_of(town, "B2")) == (to, to)
    assert post(dora, "move-all", "none", visits=[], crew="alice").status_code == 400
    alone = english(town, "alice")
    assert post(alone, "move-all", "k", **sent).status_code == 403
