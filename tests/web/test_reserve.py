"""A plan with reserve: asked for on the desk, by programs, at the terminal; told and compared."""

from __future__ import annotations

import html
import re
from pathlib import Path
from typing import Any

import pytest

from data.jobs import JobKind
from scheduler.ports import PlanRecord
from scheduler.service import plan_day
from tests.data.world import TODAY
from tests.web.conftest import Run, json_of
from tests.web.pages import World
from tests.web.programs import DAY as DAY_OF_PROGRAMS
from tests.web.programs import program
from tests.web.test_cli import table
from tests.web.test_dispatch import DAY, english
from tests.web.test_foretelling import shown
from tests.web.test_simulate_commands import MONDAY, desk, owing_home  # noqa: F401 - fixtures
from tests.web.test_stop import lawful  # noqa: F401 - a fixture

SIDES = f"{DAY}/desk/reserve"


def with_reserve(world: World, percent: int = 80) -> PlanRecord:
    """Plan the day once more, with reserve."""
    ports = world.wired.ports
    made = plan_day(ports, "Town", TODAY, "dora", lambda: 1.0, engine="greedy", reserve=percent)
    return made.record


def asked(world: World) -> Any:
    job = world.wired.jobs.newest("Town", TODAY, JobKind.PLAN)
    assert job is not None
    return job.parameters["reserve"]


def chosen(page: str) -> list[str]:
    """Return what the choices of a reserve on a page have chosen."""
    [first, *_] = re.findall(r'name="reserve"[^>]*>(.*?)</select>', page, re.DOTALL)
    return re.findall(r'value="(\d+)" selected', first)


def test_the_desk_asks_for_the_reserve_that_was_chosen(world: World) -> None:
    dora = english(world)
    assert chosen(dora.page(f"{DAY}/")) == ["50"]
    for told in ("49", "96", "many"):
        assert dora.post(f"{DAY}/plan", {"reserve": told}).status_code == 400
    dora.post(f"{DAY}/plan", {"seconds": "10", "reserve": "80"})
    assert asked(world) == 80


def test_a_part_of_the_day_is_planned_with_it_too(world: World) -> None:
    dora = english(world)
    assert chosen(dora.page(f"{DAY}/plan")) == ["50"]
    dora.post(f"{DAY}/plan-chosen", {"seconds": "10", "reserve": "70", "cases": "C1"})
    assert asked(world) == 70


def test_the_next_plan_is_asked_for_with_the_reserve_of_the_newest(
    lawful: World,  # noqa: F811
) -> None:
    with_reserve(lawful, 85)  # as nobody can choose on the page, and a program may
    page = html.unescape(english(lawful).page(f"{DAY}/"))
    assert chosen(page) == ["85"]
    assert "Planned with reserve" in page
    assert "85%" in page
    assert "reserve 85%" in html.unescape(english(lawful).page(f"{DAY}/versions"))
    stop = shown(lawful, f"{DAY}/desk/stop/B1")
    assert "room for ways and visits as long as they are at most in 85%" in stop


@pytest.mark.parametrize("language", ["en", "zh"])
def test_both_versions_stand_side_by_side_without_first(
    lawful: World,  # noqa: F811
    language: str,
) -> None:
    later = with_reserve(lawful).version
    dora = lawful.visitor("dora", **{"Accept-Language": language})
    shown(lawful, f"{SIDES}?version={later}")  # once it is worked out
    page = html.unescape(dora.page(f"{SIDES}?version={later}"))
    heads = re.findall(r'<th scope="col" class="figure">(.*?)</th>', page)
    words = ("no reserve", "reserve 80%") if language == "en" else ("不留余量", "余量 80%")
    assert [words[0] in heads[0], words[1] in heads[1]] == [True, True]
    label = "Visits planned" if language == "en" else "安排的上门"
    [row] = re.findall(rf"{label}</th>(.*?)</tr>", page)
    assert re.findall(r'"figure">(\d+)<', row) == ["3", "3"]
    # Either version opens the same two.
    other = html.unescape(dora.page(f"{SIDES}?version={later - 1}"))
    assert re.findall(r'<th scope="col" class="figure">(.*?)</th>', other) == heads


def test_where_there_is_no_other_that_is_said(lawful: World) -> None:  # noqa: F811
    page = shown(lawful, SIDES)
    assert "No version of this day has a reserve" in page
    assert "Visits planned" in page
    assert lawful.visitor("alice").get(SIDES).status_code == 403


def test_one_agencys_dispatcher_compares_what_she_sees(lawful: World) -> None:  # noqa: F811
    with_reserve(lawful)
    shown(lawful, SIDES)
    page = html.unescape(english(lawful, "nora").page(SIDES))
    [row] = re.findall(r"Visits planned</th>(.*?)</tr>", page)
    assert re.findall(r'"figure">(\d+)<', row) == ["2", "2"]  # the third is South's


def test_programs_ask_for_it_and_are_told_it(lawful: World) -> None:  # noqa: F811
    with_reserve(lawful, 70)
    asking = program(lawful)
    told = asking.get(f"{DAY_OF_PROGRAMS}/plans").get_json()["plans"]
    assert [one["reserve"] for one in told][-2:] == [50, 70]
    begun = asking.post(f"{DAY_OF_PROGRAMS}/plans", {"seconds": 1, "reserve": 90})
    assert begun.status_code == 202
    assert asked(lawful) == 90
    assert asking.post(f"{DAY_OF_PROGRAMS}/plans", {"reserve": 40}).status_code == 422


def test_the_terminal_plans_with_it_and_tells_it(desk: Run, tmp_path: Path) -> None:  # noqa: F811
    hours = "\n".join(f"{who},{MONDAY},09:00,18:00" for who in "AB")
    desk("import", "shifts", table(tmp_path / "s.csv", f"工号,日期,上班时间,下班时间\n{hours}\n"))
    plan = ("plan", MONDAY, "--engine", "greedy", "--seconds", "1")
    assert json_of(desk(*plan, "--json"))["reserve"] == 50
    assert "in 80 % of cases" in desk(*plan, "--reserve", "80").stdout
    assert "in 80 % of cases" in desk("explain", "HT-1", "--date", MONDAY).stdout
    found = json_of(desk("foretell", MONDAY, "--json"))
    assert (found["reserve"], found["in_short"]["visits"]) == (80, 1)
    said = desk("foretell", MONDAY).stdout
    assert "1 visit, " in said
    assert "in 80 % of cases" in said
    desk(*plan, "--reserve", "99", expect=2)
