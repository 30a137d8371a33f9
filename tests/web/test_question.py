"""The left-out by groups, one of them by itself, and what a dispatcher says of it."""

from __future__ import annotations

import html
import json
import re
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from data.jobs import Ended, JobState
from scheduler.directives import DirectiveKind
from scheduler.plan import LeftOut, Reason
from tests.data.world import ALICE, ALL_KNOWN, NOON, TODAY, record
from tests.web.pages import Visitor, World
from tests.web.phone_days import make_lawful
from tests.web.test_desk_edits import post
from tests.web.test_dispatch import DAY, FOUND, LEFT_OUT, add_draft, add_unplaced, english

NEXT_WEEK = TODAY + timedelta(days=7)
UNPLACED = LeftOut("B7", Reason.NOT_PLACED, "no address is known", case_ids=("C7",))
FULL = LeftOut("B1", Reason.CREWS_FULL, "Every crew is full.", case_ids=("C1",))
SHEET = {"X-Fragment": "1"}


@pytest.fixture
def drafted(world: World) -> World:
    """A world whose newest plan leaves B7 and B1 out."""
    make_lawful(world)
    add_unplaced(world)
    add_draft(world, UNPLACED, FULL)
    return world


def standing(world: World) -> list[tuple[str, str, Any]]:
    return [(one.borrower_id, one.kind, one.on) for one in world.wired.store.directives("Town")]


def say(world: World, name: str = "dora", **told: Any) -> Any:
    return english(world, name).post(f"{DAY}/desk/directives", told)


# --- groups


def test_a_group_is_a_page_with_the_day_on_which_each_is_likely_to_come_up(
    drafted: World,
) -> None:
    page = english(drafted).page(f"{DAY}/desk/groups/unplaced")
    assert "Address not found" in page
    assert "1 case · overdue in all: CN¥800.25" in page
    assert "no day: not before somebody decides" in page
    page = english(drafted).page(f"{DAY}/desk/groups/no_capacity")
    assert "0 are worth more, and a day has 3 visits" in page
    assert english(drafted).get(f"{DAY}/desk/groups/due").status_code == 404


def asked(dora: Visitor, group: str, **told: str) -> str:
    answer = dora.post(f"{DAY}/desk/groups/{group}", told)
    assert answer.status_code == 200
    return html.unescape(answer.text)


def test_a_group_is_searched_by_ids_masked_names_and_streets(drafted: World) -> None:
    """B7 lives at 虹通街80号: the street is hers, its door is nobody's to search for."""
    dora = english(drafted)
    for text in ("c7", "虹通街", "b7", "n. b"):
        assert "C7" in asked(dora, "unplaced", q=text), text
    for text in ("C1", "80号", "name b7"):
        assert "Nothing of that fits" in asked(dora, "unplaced", q=text), text


def test_what_is_searched_for_stands_in_no_address(drafted: World) -> None:
    page = asked(english(drafted), "unplaced", q="虹通街")
    assert 'value="虹通街"' in page
    assert "?q=" not in page
    assert "&q=" not in page
    assert "C7" in english(drafted).page(f"{DAY}/desk/groups/unplaced?q=nobody")


def test_one_agencys_dispatcher_searches_no_streets(drafted: World) -> None:
    nora = english(drafted, "nora")
    assert "虹通街" not in html.unescape(nora.page(f"{DAY}/desk/groups/unplaced"))
    assert "Nothing of that fits" in asked(nora, "unplaced", q="虹通街")


def test_the_lists_search_finds_the_left_out_too_masked_and_without_a_door(drafted: World) -> None:
    dora = english(drafted)

    def found(text: str) -> list[str]:
        told = post(dora, "look", "a key", q=text).get_json()
        assert told["count"] == len(told["found"])
        return [one["id"] for one in told["found"]]

    assert (found("c1"), found("B7"), found(""), found("nobody")) == (["B1"], ["B7"], [], [])
    (told,) = post(dora, "look", "a key", q="王*").get_json()["found"]
    assert (told["cases"], told["name"], told["group"]) == (["C1"], "王*", "No capacity today")
    assert "号" not in str(told), "a street, and no door"


def test_a_line_says_of_its_own_case_alone_and_the_list_stays_as_asked_for(drafted: World) -> None:
    dora = english(drafted)
    page = asked(dora, "no_capacity", q="c1", order="worth", one="not_today:C1", case="C7")
    assert "Noted of 1 borrower: not on" in page
    assert standing(drafted) == [("B1", DirectiveKind.NOT_TODAY, TODAY)]
    assert re.search(r'name="q" type="search" value="c1"', page)
    assert re.search(r'value="worth" selected', page)
    assert page.count('<span class="tag warn">not on ') == 1, "each line tells what is said of it"


def test_each_left_out_visit_has_the_group_of_what_is_known_now(drafted: World) -> None:
    def groups() -> dict[str, str]:
        told = english(drafted).get(f"{DAY}/desk.json").get_json()
        return {one["id"]: one["group"] for one in told["left_out"]}

    assert groups() == {"B7": "unplaced", "B1": "no_capacity"}
    say(drafted, case=["C1"], kind="must")
    assert groups() == {"B7": "unplaced", "B1": "due"}


def test_the_days_list_has_groups_with_sums_those_that_need_somebody_first(drafted: World) -> None:
    page = english(drafted).page(f"{DAY}/")
    needs, others = page.split('data-part="after"')
    assert 'data-group="unplaced">' in needs, "folded: the crews' days have their room"
    assert 'data-group="no_capacity">' in others
    assert "/desk/groups/no_capacity" in others
    assert "CN¥800.25" in needs.split('data-group="unplaced"')[1]
    assert "not before somebody decides" in needs


# --- one that is left out


def test_the_sheet_gets_the_piece_and_a_browser_the_page(drafted: World) -> None:
    dora = english(drafted)
    where, told = f"{DAY}/desk/left-out/B1", dora.headers
    whole, piece = (dora.get(where, headers=told | more).text for more in ({}, SHEET))
    for text in (whole, piece):
        assert "Every crew is full." in text
        assert "王*" in text
        assert "王小明" not in text
        assert "about" in text
    assert "<main" in whole
    assert piece.lstrip().startswith("<section")
    assert dora.get(f"{DAY}/desk/left-out/B9").status_code == 404
    assert dora.get(f"{DAY}/desk/left-out/B2").location.endswith("/desk/stop/B2"), "she is visited"


def test_a_rules_no_is_told_with_its_source(drafted: World) -> None:
    hours = LeftOut("B3", Reason.RULE, "outside the hours", "hours", case_ids=("C3",))
    add_draft(drafted, hours)
    page = english(drafted).page(f"{DAY}/desk/left-out/B3")
    profile = drafted.wired.store.city("Town").profile
    fact = next(iter(drafted.wired.ports.profiles.rules(profile).of("hours", TODAY)))
    assert fact.source[:20] in page


def test_one_agencys_dispatcher_sees_her_cases_and_says_nothing(drafted: World) -> None:
    nora = english(drafted, "nora")
    assert "For the day" not in nora.page(f"{DAY}/desk/left-out/B1")
    add_draft(drafted, LeftOut("B3", Reason.CREWS_FULL, "full", case_ids=("C3",)))
    assert nora.get(f"{DAY}/desk/left-out/B3").status_code == 404  # South's
    assert say(drafted, "nora", case=["C1"], kind="must").status_code == 403
    assert english(drafted, "alice").get(f"{DAY}/desk/left-out/B1").status_code == 403


def test_what_helps_is_tried_from_the_piece_and_stopped_there(drafted: World) -> None:
    add_draft(drafted, LEFT_OUT)
    dora, where = english(drafted), f"{DAY}/desk/left-out/B1"
    assert "data-at-once" in dora.page(where)
    version = drafted.wired.store.plan("Town", TODAY).version
    begun = dora.post(where, {"case": "C1", "version": version})
    assert begun.status_code == 303
    under_way = dora.page(begun.headers["Location"])
    assert "waits for its turn" in under_way
    assert "data-again" in under_way
    jobs = drafted.wired.jobs
    job = jobs.claim("r1", NOON)
    assert job is not None
    for progress, told in (
        ({"compiling": 7}, "compiling the search for this machine"),
        ({"tried": 3}, "3 changes tried so far"),
    ):
        jobs.tell(job.id, "r1", progress)
        assert told in dora.page(where)
    jobs.release(job.id, "r1")
    dora.post(where, {"case": "C1", "version": version, "stop": "1"})
    assert "Stopped before all was tried." in dora.page(where)


def test_what_works_is_told_with_what_does_it(drafted: World) -> None:
    add_draft(drafted, LEFT_OUT)
    dora, where = english(drafted), f"{DAY}/desk/left-out/B1"
    version = drafted.wired.store.plan("Town", TODAY).version
    dora.post(where, {"case": "C1", "version": version})
    job = drafted.wired.jobs.claim("r1", NOON)
    assert job is not None
    window = FOUND["remedies"][0] | {  # type: ignore[index]
        "kind": "window",
        "what": "Her hours at the home address end 5 min later",
        "hours": "2026-03-02T19:40:00+08:00/2026-03-02T20:05:00+08:00",
    }
    drafted.wired.jobs.finish(
        job.id, "r1", Ended(JobState.DONE, FOUND | {"remedies": [window]}), NOON
    )
    page = dora.page(where)
    assert "Her hours at the home address end 5 min later" in page
    assert "/contacts?case=C1" in page
    assert "Ask her, and log the appointment" in page
    assert "She agreed by telephone: book 19:40–20:05, and put the visit in" in page
    assert f'name="slot" value="{window["hours"]}"' in page


def test_what_can_be_done_here_is_a_button_with_its_edits(drafted: World) -> None:
    add_draft(drafted, LEFT_OUT)
    dora, where = english(drafted), f"{DAY}/desk/left-out/B1"
    version = drafted.wired.store.plan("Town", TODAY).version
    dora.post(where, {"case": "C1", "version": version})
    job = drafted.wired.jobs.claim("r1", NOON)
    assert job is not None
    works = {
        **{"kind": "give_up", "what": "The visit for C2 is given up", "crew": "bob"},
        **{"at": "11:00", "cost": 1.0, "overtime": 0.0, "place": "B1-home"},
        **{"before": None, "given_up": ["B2"]},
    }
    ended = Ended(JobState.DONE, {**FOUND, "remedies": [works]})
    drafted.wired.jobs.finish(job.id, "r1", ended, NOON)
    told = re.search(r'name="edits" value="([^"]+)"', dora.page(where))
    assert told is not None
    assert json.loads(html.unescape(told[1])) == [
        {"kind": "take_off", "visit_id": "B2"},
        {
            **{"kind": "move", "visit_id": "B1", "crew_id": "bob"},
            **{"before": None, "place_id": "B1-home"},
        },
    ]


def test_what_a_crew_agrees_to_is_a_button_too(drafted: World) -> None:
    add_draft(drafted, LEFT_OUT)
    dora, where = english(drafted), f"{DAY}/desk/left-out/B1"
    version = drafted.wired.store.plan("Town", TODAY).version
    dora.post(where, {"case": "C1", "version": version})
    job = drafted.wired.jobs.claim("r1", NOON)
    assert job is not None
    works = {
        **{"kind": "shift", "what": "The crew may be back 5 min later", "crew": "bob"},
        **{"at": "11:00", "cost": 1.0, "overtime": 0.5, "place": "B1-home", "edge": "end"},
        **{"before": "B2", "given_up": [], "seconds": 300},
    }
    ended = Ended(JobState.DONE, {**FOUND, "remedies": [works]})
    drafted.wired.jobs.finish(job.id, "r1", ended, NOON)
    page = dora.page(where)
    assert "It is agreed with the crew: do it" in page
    told = re.search(r'name="edits" value="([^"]+)"', page)
    assert told is not None
    assert json.loads(html.unescape(told[1])) == [
        {
            **{"kind": "agree", "what": "shift", "visit_id": "B1", "crew_id": "bob"},
            **{"before": "B2", "place_id": "B1-home", "edge": "end", "seconds": 300},
        },
    ]


# --- what a dispatcher says


def test_many_cases_are_said_of_at_once_and_the_press_comes_back(drafted: World) -> None:
    back, dora = f"{DAY}/desk/groups/unplaced", english(drafted)
    told = {"case": ["C1", "C2", "C1"], "kind": "not_before", "until": NEXT_WEEK, "back": back}
    answer = dora.post(f"{DAY}/desk/directives", told)
    assert (answer.status_code, answer.headers["Location"]) == (303, back)
    assert standing(drafted) == [
        ("B1", DirectiveKind.NOT_BEFORE, NEXT_WEEK), ("B2", DirectiveKind.NOT_BEFORE, NEXT_WEEK),
    ]  # fmt: skip
    assert "Noted of 2 borrowers: not before" in dora.page(back)


def test_a_press_that_is_sent_twice_says_it_once(drafted: World) -> None:
    for _ in range(2):
        say(drafted, case=["C1"], kind="must", key="k1")
    assert standing(drafted) == [("B1", DirectiveKind.MUST, TODAY)]


@pytest.mark.parametrize(
    "told",
    [
        {"kind": "must"},
        {"case": ["C1"], "kind": "perhaps"},
        {"case": ["C1"], "kind": "not_before", "until": "soon"},
        {"case": ["C1"], "kind": "not_before", "until": TODAY},
    ],
    ids=["nobody", "no kind", "no day", "no day ahead"],
)
def test_what_says_nothing_is_told_and_not_noted(drafted: World, told: dict[str, Any]) -> None:
    dora = english(drafted)
    dora.post(f"{DAY}/desk/directives", told)
    assert standing(drafted) == []
    page = dora.page(f"{DAY}/desk/left-out/B1")
    assert "Nothing was noted" in page or "is no day ahead" in page


def test_a_stranger_is_named_and_nothing_leads_away_from_here(drafted: World) -> None:
    assert say(drafted, case=["C1", "C98"], kind="must").status_code == 404
    assert standing(drafted) == []
    answer = say(drafted, case=["C1"], kind="must", back="//elsewhere.example")
    assert "elsewhere" not in answer.headers["Location"]


def test_a_word_is_seen_where_it_counts_and_taken_back_there(drafted: World) -> None:
    say(drafted, case=["C1"], kind="not_today", reason="her son rang")
    dora, where = english(drafted), f"{DAY}/desk/left-out/B1"
    page = dora.page(where)
    assert "her son rang" in page
    [one] = drafted.wired.store.directives("Town")
    dora.post(f"{DAY}/desk/directives/end", {"directive": one.id, "back": where})
    assert standing(drafted) == []
    assert "her son rang" not in dora.page(where)


def test_a_borrowers_story_tells_of_it_without_what_was_typed(drafted: World) -> None:
    say(drafted, case=["C1"], kind="not_today", reason="her son rang")
    page = english(drafted).page("/Town/borrowers/B1")
    assert "said of a day: go, or not yet" in page
    assert "not on this day" in page
    assert "Said by dispatchers" in page
    assert "her son rang" in page.split("Said by dispatchers")[1]


def test_more_cases_than_a_page_holds_go_on_the_next(world: World) -> None:
    with world.wired.store.writing(ALICE) as writer:
        told = [record(n, agency="North") for n in range(10, 65)]
        writer.put_cases("Town", told, known=ALL_KNOWN, complete=False)
    entries = (
        LeftOut(f"B{n}", Reason.NOT_PLACED, "no address is known", case_ids=(f"C{n}",))
        for n in range(10, 65)
    )
    add_draft(world, *entries)
    dora = english(world)
    pages = [asked(dora, "unplaced", page=str(n), q="c") for n in (1, 2, 99)]
    # Past the end stands the last page.
    assert [page.count('name="case"') for page in pages] == [50, 5, 5]
    assert "51 to 55 of 55" in pages[1]


def test_those_overdue_most_stand_first_where_that_is_asked_for(world: World) -> None:
    due = {10: 200, 11: 900, 12: 500}
    told = [record(n, agency="North") for n in due]
    told = [
        replace(one, case=replace(one.case, overdue=Decimal(sum_)))
        for one, sum_ in zip(told, due.values(), strict=True)
    ]
    with world.wired.store.writing(ALICE) as writer:
        writer.put_cases("Town", told, known=ALL_KNOWN, complete=False)
    full = (LeftOut(f"B{n}", Reason.CREWS_FULL, "full", case_ids=(f"C{n}",)) for n in due)
    add_draft(world, *full)
    page = asked(english(world), "no_capacity", order="overdue")
    found = re.findall(r'name="case" value="(C\d+)"', page)
    assert found == ["C11", "C12", "C10"]
    # Alike in all else, more overdue is worth more.
    assert (
        re.findall(
            r'name="case" value="(C\d+)"', asked(english(world), "no_capacity", order="worth")
        )
        == found
    )
