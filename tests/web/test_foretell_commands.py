"""`dayround foretell` and `dayround times`, and the same for programs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from data.access import Role
from tests.data.world import ALICE, TODAY
from tests.scheduler.staffing.test_foretelling import LEARNED
from tests.web.conftest import Run, json_of
from tests.web.pages import World
from tests.web.programs import DAY, Program, program
from tests.web.test_cli import table
from tests.web.test_dispatch import english
from tests.web.test_figures import told  # noqa: F401 - a fixture that driven needs
from tests.web.test_figures_commands import call
from tests.web.test_foretelling import TOLD
from tests.web.test_simulate_commands import MONDAY, desk, owing_home  # noqa: F401 - fixtures
from tests.web.test_stop import lawful  # noqa: F401 - a fixture
from tests.web.test_times import driven  # noqa: F401 - a fixture

UNTIL = ("--to", TODAY)  # the terminal's clock is the true one
TIMES = "/api/v1/cities/Town/times"


def foretold(asking: Program, version: int) -> Any:
    return asking.get(f"{DAY}/plans/{version}/foretold").get_json()


def test_a_program_is_told_what_the_desk_is(lawful: World) -> None:  # noqa: F811
    version = lawful.wired.store.plan("Town", TODAY).version
    asking = program(lawful)
    found, shown = foretold(asking, version), english(lawful).get(TOLD).get_json()
    assert {one["visit_id"]: one["on_time"] for one in found["visits"]} == shown["on_time"]
    assert {one["id"]: one["extra_visits"] for one in found["crews"]} == {
        id: one["extra_visits"] for id, one in shown["crews"].items()
    }
    assert (found["has_begun"], found["spreads"]["is_assumed"]) == (False, True)
    with lawful.wired.store.writing(ALICE) as writer:
        writer.use_times("Town", LEARNED, (TODAY, TODAY), "k")
    assert foretold(asking, version)["spreads"]["ways"] == 300


def test_a_program_of_an_agency_is_told_of_its_visits(lawful: World) -> None:  # noqa: F811
    version = lawful.wired.store.plan("Town", TODAY).version
    found = foretold(program(lawful, agency="South"), version)
    assert [one["visit_id"] for one in found["visits"]] == ["B3"]
    planner = program(lawful, Role.PLANNER)
    assert planner.get(f"{DAY}/plans/{version}/foretold").status_code == 403


def test_a_version_says_what_its_chances_rest_on(world: World) -> None:
    (version,) = program(world).get(f"{DAY}/plans").get_json()["plans"]
    assert version["odds"] == {"visits": 0, "before": None, "digest": ""}


def test_times_are_told_to_programs_and_on_the_terminal_alike(driven: World) -> None:  # noqa: F811
    asking = program(driven, Role.PLANNER)
    found = asking.get(TIMES).get_json()
    assert (found["ways"], found["visits"], found["in_use"]) == (0, 2, None)
    # Half an hour at B1, who was met, and twenty minutes at B3; each counts as one of 31 facts.
    assert {one["was_met"]: one["of"] for one in found["learned"]["lengths"]} == {
        True: 1,
        False: 1,
    }
    assert {"reason": "mark_missing", "count": 1} in found["set_aside"]
    assert json_of(call(driven, "times", *UNTIL, "--json")) == found
    printed = call(driven, "times", *UNTIL).stdout
    for name in ("B1", "B3", "alice", "charlie", "Made-up Road"):
        assert name not in asking.get(TIMES).text
    assert "0 ways, 2 visits" in printed
    assert "plans keep what roads say" in printed
    for name in ("B1", "alice", "Made-up Road"):
        assert name not in printed
    with driven.wired.store.writing(ALICE) as writer:
        writer.use_times("Town", LEARNED, (TODAY, TODAY), "k")
    assert asking.get(TIMES).get_json()["in_use"]["ways"] == 300
    assert "300 ways, 200 visits" in call(driven, "times", *UNTIL).stdout


def test_who_sees_one_agency_is_told_of_its_crews_times(driven: World) -> None:  # noqa: F811
    assert program(driven, agency="North").get(TIMES).get_json()["visits"] == 1


def test_the_terminal_tells_of_a_draft_by_crew(
    desk: Run,  # noqa: F811
    tmp_path: Path,
) -> None:
    hours = "\n".join(f"{who},{MONDAY},09:00,18:00" for who in "AB")
    desk("import", "shifts", table(tmp_path / "s.csv", f"工号,日期,上班时间,下班时间\n{hours}\n"))
    desk("plan", MONDAY, "--engine", "greedy", "--seconds", "1")
    found = json_of(desk("foretell", MONDAY, "--json"))
    assert found["spreads"] == {"ways": 0, "visits": 0}
    [crew] = found["crews"].values()
    assert crew["home_p50_s"] <= crew["home_p90_s"]
    said = desk("foretell", MONDAY)
    assert "How ways and visits spread: assumed" in said.stderr
    assert "in nine of ten by" in said.stdout
    [visit] = found["on_time"]
    why = ("explain", "HT-1", "--date", MONDAY)
    assert json_of(desk(*why, "--json"))["on_time"] == found["on_time"][visit]
    assert f"begins on time in {found['on_time'][visit]:.0%} of days" in desk(*why).stdout
