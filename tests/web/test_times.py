"""The page of planned and true times: what it tells, to whom, and what a press decides."""

from __future__ import annotations

from datetime import timedelta

import pytest

from data.access import Role
from routing.paces import AS_ROADS_SAY, ModePaces, Paces
from routing.travel import Mode
from scheduler.forecast import Group, Off
from scheduler.ports import Mark, MarkKind
from tests.data.world import ALICE, NOON, TODAY
from tests.web.pages import Visitor, World
from tests.web.test_figures import english, told, with_role  # noqa: F401  a fixture
from web.figures.times import bands, hour_bars, minutes

PAGE = "/Town/figures/times"


@pytest.fixture
def driven(told: World) -> World:  # noqa: F811
    """Alice stood half an hour at B1's door, Charlie twenty minutes at B3's; Bob told nothing."""
    with told.wired.store.writing(ALICE) as writer:
        for crew, who, lasted in (("alice", "B1", 30), ("charlie", "B3", 20)):
            for kind, at in (
                (MarkKind.ARRIVE, NOON),
                (MarkKind.LEAVE, NOON + timedelta(minutes=lasted)),
            ):
                mark = Mark(f"{who}-{kind}", TODAY, 1, (crew,), kind, at, visit_id=who)
                writer.put_mark("Town", mark)
    return told


def press(visitor: Visitor, **told: str) -> int:  # noqa: F811
    return int(visitor.post(PAGE, dict(told)).status_code)


def key_on(page: str) -> str:
    return page.split('name="key" value="')[1].split('"')[0]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_page_stands_in_both_languages(driven: World, language: str) -> None:
    page = driven.visitor("dora", **{"Accept-Language": language}).page(PAGE)
    assert ("计划与实际时长" if language == "zh" else "Times, planned and true") in page


def test_it_tells_visits_met_and_not_without_a_name(driven: World) -> None:
    page = english(driven).page(PAGE)
    assert "Ways between doors: 0; visits: 2." in page
    # Bob's visit has a result and no mark.
    assert "no phone told the arrival, or the leaving" in page
    assert "One day alone cannot tell" in page
    for name in ("B1", "B2", "alice", "Made-up Road"):
        assert name not in page


def test_a_book_without_marks_says_so(world: World) -> None:
    assert "Nothing to compare yet" in english(world).page(PAGE)


def test_who_sees_one_agency_sees_its_crews_times_alone(driven: World) -> None:
    assert "visits: 1." in english(driven, "nora").page(PAGE)
    assert "Plan by these times" not in english(driven, "nora").page(PAGE)


def test_nobody_else_sees_it_and_dispatchers_do_not_decide(driven: World) -> None:
    assert driven.visitor("alice").get(PAGE).status_code == 403
    assert press(english(driven), do="use", key="x") == 403


@pytest.mark.parametrize("role", [Role.PLANNER, Role.ADMINISTRATOR])
def test_a_press_lets_plans_keep_what_was_learned_until_it_is_taken_back(
    driven: World, role: Role
) -> None:
    store = driven.wired.store
    before = store.city("Town").service
    visitor = with_role(driven, role)
    key = key_on(visitor.page(PAGE))
    assert press(visitor, do="use", key=key) == 302
    (decision,) = store.times_decisions("Town")
    assert decision.decided_by == "nemo"
    # Two visits of 25 minutes on average against thirty believed: the length stays.
    assert store.city("Town").service == before
    assert press(visitor, do="use", key=key) == 302, "the same press decides nothing anew"
    assert len(store.times_decisions("Town")) == 1
    assert "in use" in visitor.page(PAGE)
    assert press(visitor, do="back", number=str(decision.id)) == 302
    assert store.paces("Town") == AS_ROADS_SAY
    assert "taken back by nemo" in visitor.page(PAGE)


def test_a_press_for_what_is_learned_no_more_is_refused(driven: World) -> None:
    visitor = with_role(driven, Role.PLANNER)
    answer = visitor.post(PAGE, {"do": "use", "key": "of yesterday"})
    assert answer.status_code == 409
    assert "More was told meanwhile" in answer.text
    assert driven.wired.store.times_decisions("Town") == []


def test_a_decision_that_there_is_not_is_not_found(driven: World) -> None:
    assert press(with_role(driven, Role.PLANNER), do="back", number="7") == 404


def test_bars_are_of_what_was_planned_also_where_all_were_quicker() -> None:
    quick = [Group(9, 3, 600, 300, Off(3)), Group(10, 3, 600, 450, Off(3))]
    told_bars = hour_bars(quick)
    assert told_bars.most == 100
    assert [bar.height for bar in told_bars.bars] == [50, 75]
    assert told_bars.bars[-1].x + told_bars.bars[-1].width <= 100


def test_bands_are_told_from_to_with_the_pace_of_each_mode() -> None:
    paces = Paces((0, 32_400), (ModePaces(Mode.CAR, (1.0, 1.2)),))
    assert bands(paces) == [("00:00–09:00", [1.0]), ("09:00–24:00", [1.2])]
    assert minutes(90) == "1.5"
    assert minutes(None) == "–"
