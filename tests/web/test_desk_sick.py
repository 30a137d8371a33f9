"""A collector calls in sick on the desk: the choices are told, one is taken, and taken back."""

from __future__ import annotations

import pytest

from tests.data.world import TODAY
from tests.web.homes import lawful_home
from tests.web.pages import World
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


def test_a_case_of_hers_is_given_for_good(sent: World) -> None:
    def owner() -> str | None:
        cases = sent.wired.store.open_day("Town", TODAY).cases
        return next(case.owner for case in cases if case.borrower_id == "B1")

    case_id = next(iter(record(sent).content.targets["B1"].case_ids))
    dora = english(sent)
    for who in ("alice", "bob", "charlie"):
        dora.post(f"{HERS}/owner", {"case": case_id, "owner": who})
        assert owner() == ("alice" if who == "alice" else "bob"), "charlie is of another agency"
        if who == "alice":
            assert "Give for good" in dora.get(HERS).text
    (event, *_) = [e for e in sent.wired.store.events() if e.kind == "case.changed"]
    assert (event.subject, event.after) == (case_id, {"owner": "bob"})
