"""A day planned again while people edit its draft: what they do is carried over, or told."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from data.store import SqlStore
from scheduler.drafts.editing import edit_day
from scheduler.drafts.opened import open_draft
from scheduler.drafts.undoing import undo_edit
from scheduler.editing.edits import Edit, Hold, Move, TakeOff
from scheduler.editing.log import undoable
from scheduler.engines.stop_rules import Iterations
from scheduler.errors import ConflictError
from scheduler.model import StopFlag
from scheduler.planning_again import draft_of, plan_again, planned_before
from scheduler.problem import Lock
from scheduler.reached import Reached, going_on
from scheduler.reserve.asked import NO_RESERVE
from scheduler.service import plan_day
from tests.data.test_desk_service import WEDNESDAY, Desk, desk

__all__ = ["desk"]

STOPPED = frozenset({StopFlag.COMPLAINT})


def plan(desk: Desk, meanwhile: Callable[[], object] = lambda: None) -> int:
    """Plan Wednesday again; `meanwhile` happens once the day has been read."""
    did: list[str] = []

    def on_step(step: str) -> None:
        if step == "preparing the search" and not did:
            did.append(step)
            meanwhile()

    planned = plan_again(
        desk.story.ports, "Town", WEDNESDAY, "carl", Iterations(3), engine="greedy", on_step=on_step
    )
    return planned.record.version


def what(desk: Desk) -> list[tuple[str, Edit, str]]:
    rows = desk.story.store.plan_edits(desk.record.id)
    return [(row.made_by, row.edit, row.lapsed) for row in rows]


def test_edits_made_while_a_search_runs_are_made_again_under_their_makers_names(
    desk: Desk,
) -> None:
    base, to = desk.record, desk.other("B1")

    def meanwhile() -> None:
        desk.edit("ann", TakeOff("B2"))
        desk.edit("bob", Move("B1", to))

    version = plan(desk, meanwhile)
    record = desk.record
    assert (record.version, record.based_on) == (version, base.version)
    assert what(desk) == [("ann", TakeOff("B2"), ""), ("bob", Move("B1", to), "")]
    assert "B2" not in record.content.plan.served
    assert desk.of(to)[-1] == "B1"
    assert desk.is_lawful()
    desk.undo("bob")
    desk.undo("ann")
    assert "B2" in desk.record.content.plan.served, (
        "she undoes it there as if she had made it there"
    )


def test_locks_go_into_the_search_and_stay_on_the_new_draft(desk: Desk) -> None:
    to = desk.other("B1")
    desk.edit("ann", Move("B1", to))
    desk.edit("ann", Hold((Lock("B1", to),)))
    plan(desk)
    assert "B1" in desk.of(to)
    assert desk.record.content.locks == (Lock("B1", to),)
    assert what(desk) == []


def test_a_lock_that_cannot_hold_any_more_is_told(desk: Desk) -> None:
    crew = desk.crews[0]
    visit = desk.of(crew)[0]
    desk.edit("ann", Hold((Lock(visit, crew),)))
    desk.story.case(visit.replace("B", "C"), stops=STOPPED)
    plan(desk)
    ((who, edit, why),) = what(desk)
    assert (who, edit) == ("ann", Hold((Lock(visit, crew),)))
    assert "no visit" in why
    assert desk.record.content.locks == ()
    assert undoable(desk.story.store.plan_edits(desk.record.id), "ann") is None


def test_what_does_not_fit_the_new_draft_is_kept_and_says_why(desk: Desk) -> None:
    """She moves a visit while the search runs; before it ends the borrower's case is stopped."""
    to = desk.other("B1")

    def meanwhile() -> None:
        desk.edit("ann", Move("B1", to))
        desk.edit("bob", TakeOff("B2"))
        desk.story.case("C1", stops=STOPPED)

    plan(desk, meanwhile)
    (first, second) = what(desk)
    assert first[:2] == ("ann", Move("B1", to))
    assert "B1" in first[2]
    assert second == ("bob", TakeOff("B2"), "")


def test_what_was_taken_back_meanwhile_is_not_made_again(desk: Desk) -> None:
    crew = desk.crews[0]
    visit = desk.of(crew)[0]
    desk.edit("ann", Hold((Lock(visit, crew),)))

    def meanwhile() -> None:
        desk.edit("bob", TakeOff("B2" if visit != "B2" else "B3"))
        desk.undo("bob")
        desk.undo("ann")  # a lock that went into the search

    plan(desk, meanwhile)
    assert [(who, lapsed) for who, _, lapsed in what(desk)] == [("ann", "")]
    assert desk.record.content.locks == ()


def test_who_still_edits_the_draft_that_was_replaced_is_told(desk: Desk) -> None:
    ports = desk.story.ports
    old = open_draft(ports, "Town", WEDNESDAY)
    edit_day(ports, old, "ann", TakeOff("B2"), 0, "a")
    version = plan(desk)
    with pytest.raises(ConflictError, match=f"version {version} has taken the place of version 1"):
        edit_day(ports, old, "ann", TakeOff("B1"), 0, "b")
    with pytest.raises(ConflictError, match="has taken the place"):
        undo_edit(ports, old, "ann", "c")


def test_a_search_that_goes_on_loses_no_edit_that_was_made_before_it_was_cut_off(
    desk: Desk,
) -> None:
    """Ann held a visit before it began; Bob moved one, and took another off, while it ran."""
    ports, to = desk.story.ports, desk.other("B1")
    held = next(id for id in desk.of(to) if id != "B2")
    desk.edit("ann", Hold((Lock(held, to),)))
    reached = Reached.nothing(draft_of(ports, "Town", WEDNESDAY))
    desk.edit("bob", Move("B1", to))
    desk.edit("bob", TakeOff("B2"))
    reached = reached.further(0.4, desk.record.content.plan.itineraries)
    stop = going_on(Iterations(3), reached)
    plan_again(ports, "Town", WEDNESDAY, "carl", stop, reached, engine="greedy")
    # What it had reached has the move in it: nothing is left to be done of it. It put her in again.
    assert what(desk) == [("bob", TakeOff("B2"), "")]
    assert "B2" not in desk.record.content.plan.served
    assert desk.record.content.locks == (Lock(held, to),)
    assert "B1" in desk.of(to)
    assert desk.is_lawful()


def test_a_job_that_was_cut_off_after_its_plan_was_kept_makes_no_second_one(desk: Desk) -> None:
    ports = desk.story.ports
    reached = Reached.nothing(draft_of(ports, "Town", WEDNESDAY))
    assert planned_before(ports, "Town", WEDNESDAY, 7, reached) is None
    base = desk.record
    desk.edit("ann", TakeOff("B2"))
    told: dict[str, Any] = {"engine": "greedy", "based_on": base.version, "job": 7}
    plan_day(ports, "Town", WEDNESDAY, "carl", Iterations(3), **told)
    assert what(desk) == [], "what Ann did was not carried over yet"
    found = planned_before(ports, "Town", WEDNESDAY, 7, reached)
    assert found is not None
    assert (found.version, found.based_on) == (base.version + 1, base.version)
    assert what(desk) == [("ann", TakeOff("B2"), "")]
    planned_before(ports, "Town", WEDNESDAY, 7, reached)
    assert len(what(desk)) == 1, "looked at twice, it is done once"


def test_a_first_plan_is_based_on_none(store: SqlStore, desk: Desk) -> None:
    desk.story.publish(2)
    plan(desk)
    assert (desk.record.version, desk.record.based_on) == (2, None)


def test_a_draft_planned_again_keeps_its_reserve_unless_another_is_asked_for(desk: Desk) -> None:
    ports = desk.story.ports
    for asked, kept in ((70, 70), (None, 70), (90, 90), (NO_RESERVE, NO_RESERVE)):
        plan_again(ports, "Town", WEDNESDAY, "carl", Iterations(1), engine="greedy", reserve=asked)
        assert ports.store.plan("Town", WEDNESDAY).content.reserve == kept
