"""Cases, a borrower's page and the promise calendar, as three people and two agencies see them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from scheduler.agreements import Assessment, Degree, Details
from scheduler.ports import By, Outcome
from tests.data.world import MIDNIGHT, TODAY
from tests.web.pages import Visitor, World

TEN = MIDNIGHT + timedelta(hours=10)
DUE = TODAY + timedelta(days=2)


def tell(world: World, code: str, key: str = "k1", **told: Any) -> None:
    first = Outcome(key, "B1", "B1-home", TEN, code, ("alice",), was_met=True)
    with world.wired.store.writing(By("alice", TEN)) as writer:
        writer.record_outcome("Town", replace(first, **told))


def english(world: World, who: str) -> Visitor:
    return world.visitor(who, **{"Accept-Language": "en"})


def test_the_list_masks_names_and_leads_to_the_borrower(world: World) -> None:
    tell(world, "COMPLAINT")
    dora = english(world, "dora")
    page = dora.page("/Town/cases")
    assert "王*" in page
    assert "王小明" not in page
    assert "complaint" in page
    assert dora.get("/Town/cases?text=C1").location.endswith("/Town/borrowers/C1")
    assert "No such case" in dora.page("/Town/cases?bucket=M7")


def test_the_page_of_a_borrower_tells_her_story(world: World) -> None:
    tell(world, "PTP", amount=Decimal(500), due=DUE, method="app")
    tell(world, "REFUSED", "k2", at=TEN + timedelta(hours=1))
    page = english(world, "dora").page("/Town/borrowers/B1")
    for words in ("outcome recorded", "Promised to pay", "promise given", "CN¥500", "In the app"):
        assert words in page
    assert "Decide what comes next" in page
    assert "中山路" not in page
    only_money = english(world, "dora").page("/Town/borrowers/B1?about=money")
    assert "promise given" in only_money
    assert "outcome recorded" not in only_money


def test_what_was_seen_on_the_spot_stands_with_ability_and_willingness_apart(world: World) -> None:
    assert "Seen on the spot" not in english(world, "dora").page("/Town/borrowers/B1")
    seen = Assessment("a shop with customers", Degree.PARTLY, Degree.FULLY)
    tell(world, "REFUSED", details=Details(assessment=seen))
    page = " ".join(english(world, "dora").page("/Town/borrowers/B1").split())
    assert "a shop with customers" in page
    assert "Able to pay</span> in part" in page
    assert "Willing to pay</span> fully" in page


def test_a_name_is_shown_to_who_asks_and_the_asking_is_noted(world: World) -> None:
    dora = english(world, "dora")
    assert "王小明" not in dora.page("/Town/borrowers/B1")
    assert "王小明" in dora.post("/Town/borrowers/B1").text
    assert world.events("borrower.shown") == ["B1"]


def test_a_task_is_done_by_a_press(world: World) -> None:
    tell(world, "REFUSED")
    dora = english(world, "dora")
    story = world.wired.stories.story("Town", "B1", TODAY, None)
    assert story is not None
    number = next(one.id for one in story.dossier.follow_ups if one.task == "decide_next")
    answer = dora.post(f"/Town/tasks/{number}", {"borrower": "B1"})
    assert answer.location.endswith("/Town/borrowers/B1")
    assert world.events("follow_up.done") == ["B1"]
    # It is not open any more, and nobody finds it on a page.
    assert dora.post(f"/Town/tasks/{number}", {"borrower": "B1"}).status_code == 404


def test_people_of_an_agency_see_its_cases_alone(world: World) -> None:
    nora = english(world, "nora")  # of North; B3 is South's
    assert "C3" not in nora.page("/Town/cases")
    assert nora.get("/Town/borrowers/B3").status_code == 404
    assert nora.get("/Town/borrowers/B1").status_code == 200


@pytest.mark.parametrize("path", ["/Town/cases", "/Town/borrowers/B1", "/Town/promises"])
@pytest.mark.parametrize("who", ["alice", "ada", "nemo"])
def test_collectors_and_administrators_are_not_let_in(world: World, who: str, path: str) -> None:
    assert world.visitor(who).get(path).status_code == 403


def test_the_calendar_tells_what_falls_due(world: World) -> None:
    tell(world, "PTP", amount=Decimal(500), due=DUE)
    tell(world, "PTP", "k2", amount=Decimal(70), due=TODAY)
    page = english(world, "dora").page("/Town/promises")
    assert '<time datetime="2026-03-04">4</time>' in page
    assert "1 promise" in page
    assert "CN¥570" in page  # promised for the month
    assert "none due yet" in page
    assert "C1" in page
    february = english(world, "dora").page("/Town/promises?month=2026-02")
    assert "No promise" in february
    assert english(world, "dora").get("/Town/promises?month=never").status_code == 200


def test_the_calendar_lists_the_state_that_is_asked_for(world: World) -> None:
    tell(world, "PTP", amount=Decimal(500), due=DUE)
    assert "C1" in english(world, "dora").page("/Town/promises?status=open")
    assert "No promise" in english(world, "dora").page("/Town/promises?status=broken")


def test_the_pages_are_in_chinese(world: World) -> None:
    tell(world, "PTP", amount=Decimal(500), due=DUE)
    dora = world.visitor("dora", **{"Accept-Language": "zh"})
    assert "作出还款承诺" in dora.page("/Town/borrowers/B1")
    assert "1 笔承诺" in dora.page("/Town/promises")
    assert "逾期阶段" in dora.page("/Town/cases")


def note(world: World, what: str, who: str = "dora", **told: str) -> Any:
    form = {"borrower": "B1", "source": "her son's letter", **told}
    return english(world, who).post(f"/Town/restraints/{what}", form)


def test_a_dispatcher_notes_a_pause_a_wish_and_a_consent_and_ends_them(world: World) -> None:
    assert note(world, "pause", kind="illness", first="2026-03-01").status_code == 302
    assert note(world, "wish", **{"from": "12:00", "to": "14:00"}).status_code == 302
    consent = {"rule": "house_hours", "scope": "at work", "evidence": "archive 7"}
    assert note(world, "consent", **consent).status_code == 302
    dora = english(world, "dora")
    page = dora.page("/Town/borrowers/B1")
    for words in ("illness", "until it is ended", "12:00–14:00", "at work"):
        assert words in page
    pauses, wishes, consents = world.wired.store.restraints("Town", "B1")
    for kind, [one] in (("pause", pauses), ("wish", wishes), ("consent", consents)):
        ended = dora.post(f"/Town/restraints/{kind}/{one.id}/end", {"borrower": "B1"})
        assert ended.status_code == 302
        assert world.events(f"{kind}.added") == world.events(f"{kind}.ended") == ["B1"]
    assert world.wired.store.restraints("Town", "B1") == ([], [], [])


def test_what_is_wrong_with_a_restraint_is_told_and_what_was_typed_stays(world: World) -> None:
    answer = note(world, "pause", kind="illness", first="2026-03-05", last="2026-03-01")
    assert answer.status_code == 400
    assert "lies before its first" in answer.text
    assert 'value="2026-03-05"' in answer.text
    assert note(world, "pause").status_code == 400
    assert note(world, "wish").status_code == 400
    consent = {"rule": "crew_size", "scope": "alone", "evidence": "archive 7"}
    answer = note(world, "consent", **consent)
    assert answer.status_code == 400
    assert "it widens hours, house_hours" in answer.text
    assert world.wired.store.restraints("Town", "B1") == ([], [], [])


def test_an_agencys_dispatcher_restrains_and_lets_nothing_more_be_done(world: World) -> None:
    assert note(world, "pause", "nora", kind="illness").status_code == 302
    consent = {"rule": "workplace_on_request", "scope": "at work", "evidence": "archive 7"}
    assert note(world, "consent", "nora", **consent).status_code == 403
    [[pause], _, _] = world.wired.store.restraints("Town", "B1")
    path = f"/Town/restraints/pause/{pause.id}/end"
    assert english(world, "nora").post(path, {"borrower": "B1"}).status_code == 403
    assert english(world, "dora").post(path, {"borrower": "B2"}).status_code == 404
    assert note(world, "pause", "nora", borrower="B3", kind="illness").status_code == 404


def test_a_stop_told_at_the_door_is_lifted_by_a_press(world: World) -> None:
    tell(world, "COMPLAINT")
    told = {"borrower": "B1", "case": "", "flag": "complaint"}
    assert "Stops told at the door" in english(world, "dora").page("/Town/borrowers/B1")
    assert english(world, "nora").post("/Town/restraints/stop/lift", told).status_code == 403
    assert english(world, "dora").post("/Town/restraints/stop/lift", told).status_code == 302
    assert world.events("borrower.released") == ["B1"]
    assert "Stops told at the door" not in english(world, "dora").page("/Town/borrowers/B1")
    assert english(world, "dora").post("/Town/restraints/stop/lift", told).status_code == 404
