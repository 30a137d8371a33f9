"""A plan that is published while its day runs: what is made is a fact, whatever the book says."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from scheduler.errors import UnlawfulPlanError
from scheduler.ports import Mark, MarkKind, PlanStatus, Told
from scheduler.running.service import as_of_now
from scheduler.service import Ports, kept_plan, plan_to_judge, publish_day
from tests.scheduler.little_book import ON
from tests.scheduler.little_plan import planned, store_of


def day_after_the_first_visit() -> tuple[Ports, str, datetime]:
    """Return a published day whose first visit is made and paid off, a draft like it, and now."""
    ports = planned()
    store = store_of(ports)
    record = publish_day(ports, "Town", ON, "alice")
    (trip,) = record.content.plan.itineraries
    first, origin = trip.visits[0], record.content.origin
    told = tuple(
        Mark(
            f"{kind}", ON, record.id, ("ann", "ben"), kind, origin + timedelta(seconds=at), first.id
        )
        for kind, at in ((MarkKind.ARRIVE, first.arrival_s), (MarkKind.LEAVE, first.end_s))
    )
    places = {place.id: place for place in store.book.places}
    store.heard = {ON: Told(told, (), places)}
    paid = record.content.targets[first.id].case_ids
    store.book = replace(store.book, cases=[c for c in store.book.cases if c.id not in paid])
    with store.writing(ports.by("alice")) as writer:
        writer.add_plan(record.content, based_on=1)
    now = origin + timedelta(seconds=first.end_s)
    return replace(ports, clock=lambda: now), first.id, now


def test_a_visit_that_was_made_and_paid_off_keeps_no_plan_from_being_published() -> None:
    ports, first, now = day_after_the_first_visit()
    kept = kept_plan(ports, "Town", ON)
    assert first in kept.problem.visit_by_id
    assert not as_of_now(kept, now).violations()
    assert not plan_to_judge(ports, "Town", ON).violations()
    assert publish_day(ports, "Town", ON, "alice").state is PlanStatus.PUBLISHED


def test_without_its_check_in_it_is_a_visit_without_a_case() -> None:
    ports, first, _ = day_after_the_first_visit()
    store_of(ports).heard = {}
    with pytest.raises(UnlawfulPlanError, match=first):
        publish_day(ports, "Town", ON, "alice")


def test_a_crew_that_is_too_late_for_a_window_keeps_a_draft_from_being_published() -> None:
    ports, first, now = day_after_the_first_visit()
    night = now + timedelta(hours=12)  # nobody has told of anything else until late at night
    with pytest.raises(UnlawfulPlanError) as refused:
        publish_day(replace(ports, clock=lambda: night), "Town", ON, "alice")
    assert f"at {first}" not in str(refused.value)
    assert "window_missed" in str(refused.value)


def test_what_was_published_on_a_day_that_is_over_is_judged_as_it_was_planned() -> None:
    ports, _, now = day_after_the_first_visit()
    tomorrow = replace(ports, clock=lambda: now + timedelta(days=1))
    kinds = [
        {one.kind for one in plan_to_judge(tomorrow, "Town", ON, version).violations()}
        for version in (1, 2)
    ]
    assert kinds[0] == {"unknown_case"}  # of who has paid since
    assert "window_missed" in kinds[1]  # a draft would be published by now
