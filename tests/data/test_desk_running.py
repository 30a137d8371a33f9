"""A day that runs, edited by hand: what is made or begun stays, and the rest may be changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest

from data.store import SqlStore
from scheduler.check import Fault
from scheduler.drafts.copying import copy_as_draft
from scheduler.drafts.editing import edit_day
from scheduler.drafts.opened import OpenDraft, newest, open_draft
from scheduler.drafts.undoing import undo_edit
from scheduler.editing.edits import Edit, Move, Swap, TakeOff
from scheduler.editing.obstacles import ForbiddenEditError
from scheduler.editing.quotes import quotes
from scheduler.plan import Stop
from scheduler.ports import Mark, MarkKind, PlanRecord, PlanStatus
from scheduler.problem import seconds_between
from scheduler.service import publish_day
from tests.data.filled import filled
from tests.data.story import DAYS, Story
from tests.data.test_desk_service import unvisited_book

WEDNESDAY = DAYS[2]


def published_book(store: SqlStore) -> Story:
    """Six borrowers, two crews, and Wednesday's plan of them, which is published."""
    story = unvisited_book(store)
    story.publish(2)
    return story


@dataclass
class RunningDay:
    """Wednesday as it runs: crew `one` has visits, and goes by the published plan."""

    story: Story
    base: PlanRecord

    @property
    def one(self) -> str:
        trips = self.base.content.plan.itineraries
        return max(trips, key=lambda trip: (len(trip.visits), trip.crew_id)).crew_id

    @property
    def other(self) -> str:
        return next(crew.id for crew in self.base.content.crews if crew.id != self.one)

    @property
    def stops(self) -> list[Stop]:
        trips = self.base.content.plan.itineraries
        return [s for trip in trips if trip.crew_id == self.one for s in trip.visits]

    def at(self, second: int) -> datetime:
        return self.base.content.origin + timedelta(seconds=second)

    def tells(self, kind: MarkKind, stop: Stop, second: int) -> None:
        """Let the crew tell something at a second of the plan's clock; that is now."""
        crew = next(crew for crew in self.base.content.crews if crew.id == self.one)
        self.story.now = self.at(second)
        key = f"{kind} {stop.id}"
        told = Mark(key, WEDNESDAY, self.base.id, crew.members, kind, self.story.now, stop.id)
        with self.story.store.writing(self.story.by) as writer:
            writer.put_mark("Town", told)

    def opened(self) -> OpenDraft:
        return open_draft(self.story.ports, "Town", WEDNESDAY)

    def edit(self, edit: Edit) -> OpenDraft:
        at = self.opened()
        key = f"k{at.record.revision}"
        return edit_day(self.story.ports, at, "ann", edit, at.record.revision, key)[0]

    def of(self, crew_id: str) -> list[str]:
        trips = self.opened().record.content.plan.itineraries
        return [stop.id for trip in trips if trip.crew_id == crew_id for stop in trip.visits]

    def publish(self) -> PlanRecord:
        return publish_day(self.story.ports, "Town", WEDNESDAY, "ann")


@pytest.fixture
def day(store: SqlStore) -> RunningDay:
    """Return the day as its first crew stands at its first door, and a draft of it is open."""
    story = Story(filled(store, published_book))
    found = RunningDay(story, story.store.plan("Town", WEDNESDAY))
    first = found.stops[0]
    found.tells(MarkKind.ARRIVE, first, first.arrival_s)
    copy_as_draft(story.ports, "Town", WEDNESDAY, "ann")
    return found


def refused(day: RunningDay, edit: Edit) -> set[str]:
    with pytest.raises(ForbiddenEditError) as caught:
        day.edit(edit)
    assert all(one.text for one in caught.value.violations)
    return {one.kind for one in caught.value.violations}


def test_a_begun_visit_stays_whatever_is_asked(day: RunningDay) -> None:
    first, *_, last = (stop.id for stop in day.stops)
    for edit in (Move(first, day.other), TakeOff(first), Move(last, day.one, before=first)):
        assert refused(day, edit) == {Fault.BEGUN_CHANGED}
    day.edit(Swap(day.one, day.other))
    assert day.of(day.one)[0] == first
    assert last in day.of(day.other)


def test_a_later_visit_goes_to_another_crew_and_the_day_is_published(day: RunningDay) -> None:
    first, *_, last = (stop.id for stop in day.stops)
    draft = day.edit(Move(last, day.other))
    trip = next(t for t in draft.record.content.plan.itineraries if t.crew_id == day.other)
    now_s = seconds_between(day.base.content.origin, day.story.now)
    moved = next(stop for stop in trip.visits if stop.id == last)
    assert moved.arrival_s >= now_s - 120  # the clock goes on by a minute with each look at it
    assert day.of(day.one)[0] == first
    assert day.publish().state is PlanStatus.PUBLISHED


def test_no_price_is_told_of_a_place_before_what_is_begun(day: RunningDay) -> None:
    first, second, last, *_ = (stop.id for stop in day.stops)
    at = day.opened()
    hers = [one for one in quotes(at.problem, at.sheet, last) if one.crew_id == day.one]
    assert first not in {one.before for one in hers}
    assert second in {one.before for one in hers}
    now_s = seconds_between(day.base.content.origin, at.seen_at)
    free = [one for one in quotes(at.problem, at.sheet, last) if not one.forbidden]
    assert free
    assert min(one.start_s for one in free) >= now_s
    nowhere = [one.forbidden for one in quotes(at.problem, at.sheet, first)]
    assert {one.kind for one in nowhere if one} == {Fault.BEGUN_CHANGED}
    assert None not in nowhere


def test_an_open_day_goes_on_by_itself(day: RunningDay) -> None:
    # It has left the first door. The second is planned for hours later, when she is met more
    # likely: until it has to set off for that it may be sent elsewhere, and then no more.
    first, second, *_ = day.stops
    at = day.opened()
    assert [stop.id for stop in at.problem.crew_by_id[day.one].begun] == [first.id]
    day.tells(MarkKind.LEAVE, first, first.end_s)
    at = day.opened()
    assert [stop.id for stop in at.problem.crew_by_id[day.one].begun] == [first.id]
    day.story.now = day.at(second.start_s)
    at = day.opened()
    begun = at.problem.crew_by_id[day.one].begun
    assert [stop.id for stop in begun] == [first.id, second.id]
    day.story.now += timedelta(minutes=30)
    assert newest(day.story.ports, at).seen_at > at.seen_at


def test_an_undo_puts_back_nothing_before_what_is_begun(day: RunningDay) -> None:
    first, second, *_ = day.stops
    third = day.stops[2]
    day.edit(TakeOff(day.stops[-1].id))  # else its day would be too long for the way back
    day.edit(TakeOff(second.id))
    day.tells(MarkKind.LEAVE, first, first.end_s)
    day.tells(MarkKind.ARRIVE, third, first.end_s + 60)
    undo_edit(day.story.ports, day.opened(), "ann", "back")
    # It comes back behind what the crew has come to meanwhile, and the day may be published.
    assert day.of(day.one)[:3] == [first.id, third.id, second.id]
    assert day.publish().state is PlanStatus.PUBLISHED
