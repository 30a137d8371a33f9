"""The desk's page: its menu, its figures against the plan before, and who else looks at it."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

from data.jobs import JobKind
from routing.geocoding import GeocodeResult, Precision
from scheduler.plan import LeftOut, Plan, Reason
from tests.data.world import ALICE, TODAY, crew, new_plan
from tests.web.homes import lawful_home  # noqa: F401 - it takes the place of the home
from tests.web.pages import World, trip
from tests.web.test_dispatch import DAY, add_unplaced, english
from web.desk.figures import DayFigures, changes
from web.settings import Settings

FIGURES = DayFigures(
    visits=80,
    met=16.0,
    value=Decimal("250.00"),
    overdue=Decimal("1000.50"),
    driving=0.2,
    overtime_s=1800,
    left_out=10,
    refused=4,
    suspended=0,
    missed=0,
)


def header_of(page: str) -> list[str]:
    """Return what stands in the header's menu."""
    menu = page.split('<nav class="places"')[1].split("</nav>")[0]
    return [
        " ".join(re.sub(r"<[^>]+>", " ", entry).split())
        for entry in re.findall(r"<a .*?</a>", menu)
    ]


def test_a_dispatchers_menu_has_five_entries_and_all_else_is_her_own(world: World) -> None:
    place = add_unplaced(world)
    with world.wired.store.writing(ALICE) as writer:
        nowhere = GeocodeResult(None, Precision.NONE, 0.0, "test")
        writer.put_positions("Town", {place: nowhere})
    page = english(world).page(f"{DAY}/")
    assert header_of(page) == ["Today", "Cases", "Places to check 1", "Promises", "Figures"]
    hers = page.split('class="tools"')[1].split("</header>")[0]
    assert "/policy" in hers


def test_others_find_their_places_in_the_header(world: World) -> None:
    page = english(world, "ada").page("/settings/people")
    assert "Settings" in header_of(page)
    assert "Places to check" not in header_of(page)


def test_more_visits_are_better_and_more_overtime_is_worse() -> None:
    before = replace(FIGURES, visits=78, overtime_s=600, met=None)
    found = changes(FIGURES, before)
    assert found.keys() == {"visits", "overtime_s"}  # what was not known before has no change
    assert (found["visits"].by, found["visits"].is_better) == (2, True)
    assert (found["overtime_s"].by, found["overtime_s"].is_better) == (1200, False)


def test_the_strip_tells_what_has_changed_since_the_plan_before(world: World) -> None:
    told = world.wired.store.plan("Town", TODAY).content.targets
    plan = Plan((trip("alice", "B1"),), (LeftOut("B2", Reason.CREWS_FULL, case_ids=("C2",)),))
    with world.wired.store.writing(ALICE) as writer:
        writer.add_plan(new_plan(plan=plan, crews=(crew("alice", source="single"),), targets=told))
    page = english(world).page(f"{DAY}/")
    visits = page.split('data-figure="visits"')[1].split("</div>")[0]
    assert "▼2<" in visits  # three were published, one is planned now
    assert "worse" in visits
    assert 'class="change' not in english(world).page(f"{DAY}/?version=1")  # nothing before it


def test_an_open_desk_tells_who_else_looks_until_they_are_gone(world: World) -> None:
    dora, nora = english(world), english(world, "nora")
    assert dora.get(f"{DAY}/desk.json").headers["X-Here"] == ""
    assert nora.get(f"{DAY}/desk.json").headers["X-Here"] == "dora"
    assert dora.get(f"{DAY}/desk.json").headers["X-Here"] == "nora"
    world.clock.pass_by(seconds=20)
    assert dora.get(f"{DAY}/desk.json").headers["X-Here"] == ""


def test_a_desk_that_asks_by_itself_keeps_nobody_logged_in(world: World) -> None:
    dora, idle = english(world), Settings(b"").desk_idle
    half = idle / 2 + timedelta(minutes=1)
    for _ in range(2):
        world.clock.pass_by(seconds=half.total_seconds())
        answer = dora.get(f"{DAY}/desk.json", headers={"X-Poll": "1", "Accept": "application/json"})
    assert answer.status_code == 401


def test_the_state_names_no_door_and_no_whole_name(world: World) -> None:
    answer = english(world).get(f"{DAY}/desk.json")
    told: dict[str, Any] = json.loads(answer.text)
    visit = told["crews"][0]["stops"][0]
    assert (visit["name"], visit["street"]) == ("王*", "中山路")
    assert "小明" not in answer.get_data(as_text=True).encode().decode("unicode_escape")


def test_a_search_is_told_to_every_open_desk_of_its_day_by_a_304_too(world: World) -> None:
    dora, jobs = world.visitor("dora"), world.wired.jobs

    def asked() -> Any:
        tag = dora.get(f"{DAY}/desk.json").headers["ETag"]
        return dora.get(f"{DAY}/desk.json", headers={"If-None-Match": tag})

    assert "X-Job" not in asked().headers
    jobs.add(JobKind.GEOCODE, "Town", None, ALICE)  # no search
    jobs.add(JobKind.PREVIEW, "Town", TODAY, ALICE)  # of no plan of the day
    assert "X-Job" not in asked().headers
    jobs.cancel(1, ALICE)
    search = jobs.add(JobKind.PLAN, "Town", TODAY, ALICE, seconds=10, engine="greedy")
    answer = asked()
    assert (answer.status_code, answer.headers["X-Job"]) == (304, str(search.id))
    jobs.cancel(search.id, ALICE)
    assert "X-Job" not in asked().headers
