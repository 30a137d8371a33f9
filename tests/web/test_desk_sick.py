"""A collector calls in sick on the desk: the choices are told, one is taken, and taken back."""

from __future__ import annotations

import pytest

from scheduler.standing_in import Handing
from tests.data.world import ALICE, TODAY
from tests.web.homes import lawful_home
from tests.web.pages import Visitor, World
from tests.web.test_desk_edits import DAY, crew_of, english, planned_town, post, record

__all__ = ["lawful_home", "planned_town"]

HERS = f"{DAY}/desk/sick/alice"


def works(town: World, who: str) -> bool:
    shifts = town.wired.store.open_day("Town", TODAY).shifts
    return any(shift.collector_id == who for shift in shifts)


@pytest.fixture(name="sent")
def sent_to_alice(town: World) -> World:
    """Let alice, who goes alone, have a visit to lose."""
    edit = {"kind": "move", "visit_id": "B1", "crew_id": "alice"}
    if crew_of(town, "B1") != "alice":
        assert post(english(town, "nora"), "edits", "first", edit=edit).status_code == 200
    return town


def test_the_sheet_of_a_crew_leads_to_its_choices(sent: World) -> None:
    dora = english(sent)
    assert "/desk/sick/alice" in dora.get(f"{DAY}/desk/crew/alice").text
    page = dora.get(HERS).text
    assert "The crew is taken off the road" in page
    assert "王小明" not in page, "masked, as everywhere on the desk"
    piece = dora.get(HERS, headers={"X-Fragment": "1"}).text
    assert piece.lstrip().startswith("<section")
    told = sent.visitor("dora", **{"Accept-Language": "zh"}).get(HERS).text
    assert "该小组今天不再外出" in told


def test_a_press_ends_her_shift_once_and_an_undo_gives_it_back(sent: World) -> None:
    dora = english(sent)
    assert works(sent, "alice")
    before = record(sent).content.crews
    for _ in range(2):
        answer = dora.post(HERS, {"key": "k", "what": "off_road", "crew": ""})
        assert answer.status_code == 303, answer.text
    assert not works(sent, "alice")
    assert all("alice" not in crew.members for crew in record(sent).content.crews)
    assert crew_of(sent, "B1") != "alice"
    assert "is in no crew of the day" in dora.get(HERS).text
    post(dora, "undo", "u")
    assert works(sent, "alice")
    assert record(sent).content.crews == before
    assert crew_of(sent, "B1") == "alice"


def test_a_choice_that_is_none_is_not_taken(sent: World) -> None:
    dora = english(sent)
    assert dora.post(HERS, {"key": "k", "what": "nothing"}).status_code == 400
    dora.post(HERS, {"key": "k", "what": "third", "crew": "bob"})
    assert works(sent, "alice")


def test_who_may_not_plan_the_whole_city_has_no_such_page(sent: World) -> None:
    assert sent.visitor("alice").get(HERS).status_code == 403


def owner(town: World) -> str | None:
    cases = town.wired.store.open_day("Town", TODAY).cases
    return next(case.owner for case in cases if case.id == case_of(town))


def case_of(town: World) -> str:
    return next(iter(record(town).content.targets["B1"].case_ids))


def press(visitor: Visitor, act: str, key: str, **to: str) -> str:
    """Press a button of the form, and return the page that it leads back to."""
    told = {"key": key, "act": act, **{f"to:{id}": who for id, who in to.items()}}
    answer = visitor.post(f"{HERS}/hand-over", told)
    assert answer.status_code == 303, answer.text
    return visitor.get(HERS).text


@pytest.fixture(name="owned")
def owned_by_alice(sent: World) -> World:
    with sent.wired.store.writing(ALICE) as writer:
        writer.give_cases("Town", Handing({case_of(sent): "alice"}))
    return sent


def test_a_case_of_hers_goes_to_another_for_today_and_comes_back(owned: World) -> None:
    dora, case_id = english(owned), case_of(owned)
    first = dora.get(HERS).text
    assert "For today" in first
    assert "For good" in first
    assert "All for today" not in first, "it is the only one"
    for _ in range(2):  # the second time by the same key
        page = press(dora, f"today:{case_id}", "k", **{case_id: "bob"})
    assert "Take back" in page
    (one,) = owned.wired.store.stand_ins("Town", TODAY)
    assert (one.case_id, one.collector_id, one.said_by) == (case_id, "bob", "dora")
    assert owner(owned) == "alice"
    assert "Take back" not in press(dora, f"end:{one.id}", "e")
    assert owned.wired.store.stand_ins("Town", TODAY) == []


def test_a_case_of_hers_is_given_for_good_and_given_back(owned: World) -> None:
    dora, case_id = english(owned), case_of(owned)
    assert "another agency" in press(dora, "good", "a", **{case_id: "charlie"})
    assert owner(owned) == "alice"
    page = press(dora, "good", "k", **{case_id: "bob"})
    assert "1 case was given for good." in page
    assert owner(owned) == "bob"
    (given,) = owned.wired.store.gifts("Town", "alice")
    assert "Give back" in page
    assert f"Case {case_id} is given back." in press(dora, f"back:{given.id}", "b")
    assert owner(owned) == "alice"
    assert "was given back already" in press(dora, f"back:{given.id}", "c")


@pytest.mark.parametrize("act", ["today", "end:x", "back", "nothing", ""])
def test_a_button_that_says_nothing_does_nothing(owned: World, act: str) -> None:
    told = {"key": "k", "act": act}
    assert english(owned).post(f"{HERS}/hand-over", told).status_code == 400
    assert owned.wired.store.stand_ins("Town", TODAY) == []
