"""What the morning can tell of a plan: on the desk, worked out beside its pages."""

from __future__ import annotations

import html
import json
import time
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from data.access import Role
from scheduler.availability import Basis
from scheduler.ports import Mark, MarkKind
from tests.data.world import ALICE, NOON, TODAY, new_plan
from tests.scheduler.staffing.test_foretelling import LEARNED
from tests.web.pages import World
from tests.web.test_dispatch import DAY, english
from tests.web.test_figures import with_role
from tests.web.test_stop import WHERE, crew_of, lawful  # noqa: F401 - lawful is a fixture

TOLD = f"{DAY}/desk/foretold.json"


def told(world: World, name: str = "dora") -> Any:
    return english(world, name).get(TOLD).get_json()


def shown(world: World, page: str) -> str:
    """Return a piece once what it waits for is worked out beside it; that takes a blink."""
    for _ in range(200):
        found = html.unescape(english(world).page(page))
        if "is being worked out" not in found:
            return found
        time.sleep(0.05)
    raise AssertionError(f"{page} still waits")


def test_each_visit_and_crew_of_a_draft_is_told_of_with_what_it_rests_on(
    lawful: World,  # noqa: F811
) -> None:
    found = told(lawful)
    assert found["on_time"].keys() == {"B1", "B2", "B3"}
    assert all(0 <= share <= 1 for share in found["on_time"].values())
    assert found["is_assumed"]
    for crew in found["crews"].values():
        assert crew["home_p50_s"] <= crew["home_p90_s"]
    with lawful.wired.store.writing(ALICE) as writer:
        writer.use_times("Town", LEARNED, (TODAY, TODAY), "k")
    again = told(lawful)
    assert (again["is_assumed"], again["legs"], again["visits"]) == (False, 300, 200)
    # Ways and visits that spread four times as wide bring crews home later in nine of ten days.
    assert all(
        again["crews"][id]["home_p90_s"] > one["home_p90_s"] for id, one in found["crews"].items()
    )


def test_one_agencys_dispatcher_is_told_of_what_she_sees(lawful: World) -> None:  # noqa: F811
    assert told(lawful, "nora")["on_time"].keys() == {"B1", "B2"}  # B3 is South's
    assert lawful.visitor("alice").get(TOLD).status_code == 403


def test_stop_and_crew_tell_it_in_words_once_it_is_known(lawful: World) -> None:  # noqa: F811
    crew = f"{DAY}/desk/crew/{crew_of(lawful, 'B1')}"
    stop = shown(lawful, WHERE)
    assert "% of days" in stop
    assert "How ways and visits spread is assumed" in stop
    page = shown(lawful, crew)
    assert "in half of such days" in page
    assert "overtime in" in page
    in_chinese = html.unescape(lawful.visitor("dora").page(crew))
    assert "半数情况下" in in_chinese
    assert "in half" not in in_chinese


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_list_has_the_words_of_it(lawful: World, language: str) -> None:  # noqa: F811
    page = html.unescape(lawful.visitor("dora", **{"Accept-Language": language}).page(f"{DAY}/"))
    words = "准时：{share}" if language == "zh" else "on time: {share}"
    assert json.dumps(words) in page
    assert ("见面概率为假设值" if language == "zh" else "Chances of meeting are assumed") in page


def test_the_list_says_what_chances_of_the_plan_rest_on(lawful: World) -> None:  # noqa: F811
    learned = new_plan(odds=Basis(1240, TODAY, "ab12"))
    with lawful.wired.store.writing(ALICE) as writer:
        writer.add_plan(learned)
    page = html.unescape(english(lawful).page(f"{DAY}/"))
    assert "Chances of meeting by 1240 visits learned, told before Mon" in page
    assert "digest ab12" in page


@pytest.mark.parametrize(
    ("language", "header"), [("en", "Likely on time, %"), ("zh", "准时可能性")]
)
def test_the_workbook_of_the_day_has_it_as_its_last_column(
    lawful: World,  # noqa: F811
    language: str,
    header: str,
) -> None:
    dora = lawful.visitor("dora", **{"Accept-Language": language})
    rows = workbook_of(dora.post(f"{DAY}/export", {"format": "xlsx"}).data)
    assert rows[0][-1].startswith(header)
    shares = {row[-1] for row in rows[1:] if row[2]}  # breaks have no number and no chance
    assert shares == {round(100 * share) for share in told(lawful)["on_time"].values()}
    plain = dora.post(f"{DAY}/export", {"format": "csv"}).data.decode("utf-8-sig")
    assert header not in plain


def test_a_planners_workbook_foretells_no_single_visit(lawful: World) -> None:  # noqa: F811
    book = with_role(lawful, Role.PLANNER).post(f"{DAY}/export", {"format": "xlsx"})
    rows = workbook_of(book.data)
    assert len(rows) > 1
    assert not any(str(head).startswith("Likely on time") for head in rows[0])


def workbook_of(content: bytes) -> list[tuple[Any, ...]]:
    return list(load_workbook(BytesIO(content)).active.values)


def test_a_day_that_has_begun_tells_of_itself(lawful: World) -> None:  # noqa: F811
    crew = crew_of(lawful, "B1")
    with lawful.wired.store.writing(ALICE) as writer:
        at = NOON - timedelta(hours=1)
        version = lawful.wired.store.plan("Town", TODAY).version
        mark = Mark("m", TODAY, version, (crew,), MarkKind.ARRIVE, at, visit_id="B1")
        writer.put_mark("Town", mark)
    assert told(lawful)["crews"] == {}
    assert "What the morning can tell" not in shown(lawful, f"{DAY}/desk/crew/{crew}")
