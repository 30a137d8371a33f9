"""A dispatcher's word in the book: kept with events, replaced, taken back, heeded by plans."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from data.store import SqlStore
from data.store.directives import Words
from scheduler.directives import Directive, DirectiveKind
from scheduler.errors import ConflictError, NotFoundError
from scheduler.plan import Reason
from tests.data.filled import filled
from tests.data.story import DAYS, MONDAY, Story, planned_book, planned_story
from tests.data.world import ALICE, ALL_KNOWN, TODAY, TOWN, record

MUST, NOT_TODAY, NOT_BEFORE = DirectiveKind
TOMORROW, NEXT_WEEK = TODAY + timedelta(days=1), TODAY + timedelta(days=7)
REASON = "her son rang, 13812345678"


@pytest.fixture
def town(store: SqlStore) -> SqlStore:
    with store.writing(ALICE) as writer:
        writer.put_city(TOWN)
        writer.put_city(replace(TOWN, name="Other"))
        writer.put_cases("Town", [record(1), record(2)], known=ALL_KNOWN, complete=True)
    return store


def say(
    store: SqlStore, kind: DirectiveKind, on: date, *who: str, key: str | None = None
) -> list[Directive]:
    with store.writing(ALICE) as writer:
        return writer.put_directives("Town", Words(kind, on, who or ("B1",), REASON, key))


def take_back(store: SqlStore, *ids: int) -> None:
    with store.writing(ALICE) as writer:
        writer.end_directives("Town", ids)


def standing(store: SqlStore) -> list[tuple[str, DirectiveKind, date]]:
    return [(one.borrower_id, one.kind, one.on) for one in store.directives("Town")]


def told(store: SqlStore) -> list[tuple[str, str]]:
    """Return the directives' events, the oldest first."""
    events = [one for one in store.events() if one.kind.startswith("directive.")][::-1]
    assert "13812345678" not in str([(one.before, one.after) for one in events])
    return [(one.kind.removeprefix("directive."), one.subject) for one in events]


def test_a_day_knows_what_was_said_of_many_at_once(town: SqlStore) -> None:
    said = say(town, NOT_BEFORE, NEXT_WEEK, "B2", "B1", "B1")
    assert [one.borrower_id for one in said] == ["B1", "B2"]
    assert {(one.said_by, one.reason) for one in said} == {(ALICE.actor, REASON)}
    assert told(town) == [("added", "B1"), ("added", "B2")]
    for on, is_known in ((TODAY, True), (NEXT_WEEK, True), (NEXT_WEEK + timedelta(days=1), False)):
        known = town.open_day("Town", on).dossier_of("B1").directives
        assert known == ((said[0],) if is_known else ())
    assert town.directives("Other") == []


def test_a_later_word_replaces_what_it_contradicts_and_gives_it_back(town: SqlStore) -> None:
    say(town, MUST, TODAY)
    [later] = say(town, NOT_TODAY, TODAY)
    assert standing(town) == [("B1", NOT_TODAY, TODAY)]
    take_back(town, later.id)
    assert standing(town) == [("B1", MUST, TODAY)]
    assert told(town) == [
        ("added", "B1"), ("ended", "B1"), ("added", "B1"), ("ended", "B1"), ("resumed", "B1"),
    ]  # fmt: skip


def test_what_a_later_word_is_against_is_not_given_back(town: SqlStore) -> None:
    say(town, NOT_BEFORE, NEXT_WEEK + timedelta(days=7))
    [must] = say(town, MUST, NEXT_WEEK)
    say(town, NOT_BEFORE, TOMORROW)  # does not concern the visit of next week
    take_back(town, must.id)
    assert standing(town) == [("B1", NOT_BEFORE, TOMORROW)]


def test_the_same_word_twice_is_one_word(town: SqlStore) -> None:
    [first] = say(town, MUST, TODAY)
    assert say(town, MUST, TODAY) == [first]
    take_back(town, first.id)
    take_back(town, first.id)
    assert told(town) == [("added", "B1"), ("ended", "B1")]


def test_a_key_keeps_what_was_said_by_it_once(town: SqlStore) -> None:
    said = say(town, NOT_TODAY, TODAY, "B1", "B2", key="press 7")
    take_back(town, said[0].id)
    again = say(town, NOT_TODAY, TODAY, "B1", "B2", key="press 7")
    assert again == said, "the press that comes twice says nothing new"
    assert standing(town) == [("B2", NOT_TODAY, TODAY)]
    with pytest.raises(ConflictError, match="something else was said by the key 'press 7'"):
        say(town, MUST, TODAY, "B1", key="press 7")


def test_strangers_are_all_named_and_nothing_is_kept(town: SqlStore) -> None:
    with pytest.raises(NotFoundError, match="no borrower 'B8', 'B9'"):
        say(town, MUST, TODAY, "B9", "B1", "B8")
    assert standing(town) == []
    [one] = say(town, MUST, TODAY)
    with pytest.raises(NotFoundError, match="no directive 98, 99"):
        take_back(town, one.id, 99, 98)
    assert standing(town) == [("B1", MUST, TODAY)]


def test_a_day_that_has_passed_is_refused_by_the_citys_calendar(town: SqlStore) -> None:
    with pytest.raises(ConflictError, match="has passed"):
        say(town, MUST, TODAY - timedelta(days=1))
    with pytest.raises(ConflictError, match="no day ahead"):
        say(town, NOT_BEFORE, TODAY)


# --- a plan that has the visit already


@pytest.fixture
def story(store: SqlStore) -> Story:
    return planned_story(filled(store, planned_book))


def suspended(story: Story, on: date) -> dict[str, str]:
    [*_, plan] = story.store.plans("Town", on)
    return {id: each.text for id, each in plan.suspended.items()}


def test_a_planned_visit_is_suspended_until_the_word_is_taken_back(story: Story) -> None:
    [*_, plan] = story.store.plans("Town", MONDAY)
    who = min(plan.content.plan.served)
    for kind, day, when in ((NOT_TODAY, 0, "on"), (NOT_BEFORE, 1, "before")):
        [said] = story.say(who, kind, day)
        why = f"alice decided that she is not visited {when} {DAYS[day]}"
        assert suspended(story, MONDAY) == {who: why}
        take_back(story.store, said.id)
        assert suspended(story, MONDAY) == {}


def test_the_next_plan_leaves_out_who_is_held_back(story: Story) -> None:
    [*_, plan] = story.store.plans("Town", MONDAY)
    who = min(plan.content.plan.served)
    story.say(who, NOT_TODAY, 0)
    story.plan(0)
    [*_, anew] = story.store.plans("Town", MONDAY)
    assert anew.version > plan.version
    assert who not in anew.content.plan.served
    [entry] = [one for one in anew.content.plan.left_out if one.visit_id == who]
    assert entry.reason is Reason.HELD_BACK
