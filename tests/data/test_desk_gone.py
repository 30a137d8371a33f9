"""Somebody calls in sick: her crew is regrouped by an edit, and her shift ends with it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from data.store import SqlStore
from scheduler.drafts.copying import copy_as_draft
from scheduler.drafts.editing import edit_day
from scheduler.drafts.opened import open_draft
from scheduler.drafts.undoing import redo_edit, undo_edit
from scheduler.editing.obstacles import GoneError
from scheduler.editing.sick import Choice, What
from scheduler.gone_service import choices_for
from scheduler.model import Shift
from scheduler.plan import Plan
from scheduler.ports import PlanStatus
from tests.data.filled import filled
from tests.data.story import Story
from tests.data.test_desk_running import WEDNESDAY, RunningDay, day, published_book
from tests.slowly import SQLITE_FIRST

__all__ = ["day"]


def shift_of(day: RunningDay, who: str) -> Shift | None:
    shifts = day.story.store.open_day("Town", WEDNESDAY).shifts
    return next((one for one in shifts if one.collector_id == who), None)


def who_is_gone(day: RunningDay) -> str:
    crews = day.base.content.crews
    return next(crew.members[0] for crew in crews if crew.id == day.one)


def take(day: RunningDay, who: str, what: What) -> Choice:
    """Let ann take a choice at once: the day is looked at, and goes on a minute later."""
    now = day.story.now
    ports = replace(day.story.ports, clock=lambda: now)
    at = open_draft(ports, "Town", WEDNESDAY)
    one = next(one for one in choices_for(ports, at, who) if one.what is what)
    assert one.forbidden == ()
    edit_day(ports, at, "ann", one.edit, at.record.revision, "gone")
    return one


def kept_plan_of(day: RunningDay) -> Plan:
    return day.opened().record.content.plan


@SQLITE_FIRST
def test_what_she_has_begun_stays_and_her_shift_ends_until_it_is_undone(day: RunningDay) -> None:
    who, before = who_is_gone(day), kept_plan_of(day)
    had = shift_of(day, who)
    one = take(day, who, What.OFF_ROAD)
    left = shift_of(day, who)
    assert left is not None
    assert had is not None
    assert day.story.now <= left.window.end < had.window.end
    assert day.of(day.one) == [day.stops[0].id]
    assert day.opened().record.content.plan.served == one.edit.plan.served
    undo_edit(day.story.ports, day.opened(), "ann", "back")
    assert shift_of(day, who) == had
    assert kept_plan_of(day).served == before.served
    redo_edit(day.story.ports, day.opened(), "ann", "again")
    assert shift_of(day, who) == left
    assert day.publish().state is PlanStatus.PUBLISHED


def test_nobody_may_be_gone_who_is_in_no_crew(day: RunningDay) -> None:
    with pytest.raises(GoneError, match="in no crew"):
        choices_for(day.story.ports, day.opened(), "nobody")


@SQLITE_FIRST
@pytest.mark.parametrize("what", [What.THIRD, What.OFF_ROAD])
def test_who_has_not_begun_has_no_shift_any_more(store: SqlStore, what: What) -> None:
    story = Story(filled(store, published_book))
    early = RunningDay(story, story.store.plan("Town", WEDNESDAY))
    copy_as_draft(story.ports, "Town", WEDNESDAY, "ann")
    who = who_is_gone(early)
    had = shift_of(early, who)
    take(early, who, what)
    assert shift_of(early, who) is None
    assert early.of(early.one) == []
    (event, *_) = [e for e in story.store.events() if e.kind == "shift.withdrawn"]
    assert (event.subject, event.before is not None) == (f"{who} {WEDNESDAY}", True)
    undo_edit(story.ports, early.opened(), "ann", "back")
    assert shift_of(early, who) == had
    assert early.publish().state is PlanStatus.PUBLISHED


def test_a_later_plan_does_not_send_her(store: SqlStore) -> None:
    story = Story(filled(store, published_book))
    early = RunningDay(story, story.store.plan("Town", WEDNESDAY))
    copy_as_draft(story.ports, "Town", WEDNESDAY, "ann")
    who = who_is_gone(early)
    take(early, who, What.OFF_ROAD)
    story.plan(2)
    crews = story.store.plan("Town", WEDNESDAY).content.crews
    assert all(who not in crew.members for crew in crews)
