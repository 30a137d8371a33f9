"""The pages of figures: what they tell, to whom, and what they take along."""

from __future__ import annotations

import io
from datetime import timedelta
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from data.access import Grant, Role
from data.figures.weights import NAME
from data.policy import house_policy
from scheduler.figures import Share
from scheduler.ports import Outcome
from tests.data.world import ALICE, NOON, TODAY
from tests.web.pages import Visitor, World
from web.figures.charts import bars, course

PAGES = ("/Town/figures", "/Town/scorecards", "/Town/figures/review")
YESTERDAY = TODAY - timedelta(days=1)


@pytest.fixture
def told(world: World) -> World:
    """Alice met B1, who promised; nobody was home at B2 for Bob, nor at B3 for Charlie."""
    results = {"alice": ("B1", "PTP"), "bob": ("B2", "NOT_HOME"), "charlie": ("B3", "NOT_HOME")}
    with world.wired.store.writing(ALICE) as writer:
        for crew, (who, code) in results.items():
            promise = {"amount": Decimal(100), "due": TODAY} if code == "PTP" else {}
            outcome = Outcome(
                *(f"o-{who}", who, f"{who}-home", NOON, code, (crew,)),
                was_met=code == "PTP",
                plan_id=1,
                **promise,  # type: ignore[arg-type]
            )
            writer.record_outcome("Town", outcome)
    world.clock.pass_by(days=1)
    return world


def english(world: World, who: str = "dora") -> Visitor:
    return world.visitor(who, **{"Accept-Language": "en"})


def with_role(world: World, role: Role) -> Visitor:
    """Return the browser of somebody who has a role in Town."""
    world.wired.users.set_grants("nemo", [Grant(role, "Town")], ALICE)
    return english(world, "nemo")


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_each_page_stands_in_both_languages(told: World, path: str, language: str) -> None:
    page = told.visitor("dora", **{"Accept-Language": language}).page(path)
    assert "数据" in page if language == "zh" else "Figures" in page


@pytest.mark.parametrize("path", PAGES)
def test_a_day_without_any_visit_says_so(world: World, path: str) -> None:
    english(world).page(f"{path}?from=2020-01-01&to=2020-01-07")


def test_figures_tell_rates_with_their_counts(told: World) -> None:
    page = english(told).page("/Town/figures?by=agency")
    assert "33%" in page
    assert "1/3" in page
    assert "few" in page
    assert "recovered money is not known" in page
    # Three single crews were out for 5,000 s, at 60 an hour.
    assert "CN¥83.33" in page


@pytest.mark.parametrize("question", ["from=soon", "from=2026-03-09&to=2026-03-01"])
def test_days_that_are_none_are_told(told: World, question: str) -> None:
    assert "These are no days" in english(told).page(f"/Town/figures?{question}")


def test_more_than_two_years_are_cut(told: World) -> None:
    page = english(told).page("/Town/figures?from=1900-01-01&to=2026-03-02")
    assert "Two years are shown at most" in page


@pytest.mark.parametrize("question", ["step=hour&by=colour", "step=day&from=2024-06-01", "by=day"])
def test_what_cannot_be_told_by_is_told_by_what_fits(told: World, question: str) -> None:
    english(told).page(f"/Town/figures?{question}")


def test_a_filter_leaves_out_the_rest(told: World) -> None:
    page = english(told).page("/Town/figures?agency=South&by=crew")
    assert "charlie" in page
    assert "alice" not in page


def test_who_sees_one_agency_sees_its_figures_alone(told: World) -> None:
    nora = english(told, "nora")
    page = nora.page("/Town/figures?by=crew")
    assert "alice" in page
    assert "charlie" not in page
    cards = nora.page("/Town/scorecards")
    assert "South" not in cards
    assert "charlie" not in cards


def test_a_planner_sees_figures_but_neither_cases_nor_collectors(told: World) -> None:
    planner = with_role(told, Role.PLANNER)
    assert "Waiting longest" not in planner.page("/Town/figures")
    assert planner.get("/Town/scorecards").status_code == 403
    page = english(told).page("/Town/figures")
    assert 'href="/Town/borrowers/C' in page[page.index("Waiting longest") :]


def test_a_planner_sees_few_visits_of_districts_together_and_no_crew(told: World) -> None:
    # Three visits in all: too few for any district to stand alone.
    planner = with_role(told, Role.PLANNER)
    page = planner.page("/Town/figures?by=district")
    assert "small ones, together" in page
    assert "stand together: nobody is to be told apart" in page
    assert "small ones, together" not in english(told).page("/Town/figures?by=district")
    for question in ("by=crew", "by=district&district=North"):
        page = planner.page(f"/Town/figures?{question}")
        assert "alice" not in page
        assert 'id="district"' not in page
    assert '"small ones, together",3' in planner.get("/Town/figures/file/csv?by=district").text


@pytest.mark.parametrize("path", [*PAGES, "/Town/figures/file/csv"])
def test_nobody_else_sees_them(told: World, path: str) -> None:
    assert told.visitor("alice").get(path).status_code == 403
    assert told.visitor().get(path).status_code == 302


def test_scorecards_name_the_law_and_what_money_weighs(told: World) -> None:
    page = english(told).page("/Town/scorecards")
    assert "商业银行信用卡业务监督管理办法" in page
    assert "counts for 10%" in page
    for who in ("alice", "bob", "charlie"):
        assert who in page


def test_weights_above_half_for_money_are_refused_on_the_page(told: World) -> None:
    (told.wired.home.path / NAME).write_text(
        'version = "x"\nsource = "us"\n[weights]\ncompliance = 0.1\nquality = 0.1\n'
        "coverage = 0.1\ncompleteness = 0.1\nrecovered = 0.6\n"
        "[worst]\ncomplaints = 0.1\nturned_away = 0.1\nlate = 0.1",
        "utf-8",
    )
    answer = english(told).get("/Town/scorecards")
    assert answer.status_code != 200
    assert "0.6 is above one half" in answer.text


def test_a_review_sets_two_spans_beside_each_other(told: World) -> None:
    page = english(told).page(
        f"/Town/figures/review?from={TODAY}&to={TODAY}&before_from={YESTERDAY}&before_to={YESTERDAY}"
    )
    assert "Difference" in page
    assert "Some days are on both sides" not in page
    same = english(told).page(f"/Town/figures/review?from={TODAY}&to={TODAY}&before_to={TODAY}")
    assert "Some days are on both sides" in same


def test_versions_of_a_policy_are_to_choose(told: World) -> None:
    store, policy = told.wired.store, house_policy()
    told.clock.pass_by(days=-9)
    by = told.wired.ports.by
    with store.writing(by("ada")) as writer:
        made = writer.put_policy("Town", policy, TODAY - timedelta(days=3), "stricter")
    with store.writing(by("dora")) as writer:
        writer.approve_policy("Town", made.number)
    told.clock.pass_by(days=9)
    page = english(told).page("/Town/figures/review")
    assert f"Policy {made.number} against" in page


def test_a_file_holds_what_the_page_shows(told: World) -> None:
    visitor = english(told)
    answer = visitor.get("/Town/figures/file/csv?by=crew")
    assert answer.headers["Cache-Control"] == "no-store"
    text = answer.get_data().decode("utf-8-sig")
    assert "charlie,1,0,0,0.0" in text
    book = load_workbook(io.BytesIO(visitor.get("/Town/figures/file/xlsx").get_data()))
    assert book.sheetnames[-1] == "Coverage by district"
    assert visitor.get("/Town/figures/file/pdf").status_code == 404
    nora = english(told, "nora").get("/Town/figures/file/csv?by=crew").get_data().decode()
    assert "charlie" not in nora


def test_bars_reach_as_high_as_they_count() -> None:
    drawn = bars([2, 0, 4])
    assert [(one.height, one.y) for one in drawn.bars] == [(50, 50), (100, 0)]
    assert bars([]).bars == ()
    assert bars([0]).most == 0


def test_a_course_has_gaps_where_nothing_is_known() -> None:
    drawn = course([Share(1, 2), Share(0, 0), Share(2, 2), Share(2, 2)])
    assert drawn.lines == ("12.50,50.0", "62.50,0.0 87.50,0.0")
    assert len(drawn.bands) == 2
    assert drawn.last == Share(2, 2)
    assert course([Share(0, 0)]).last is None
