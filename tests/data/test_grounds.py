"""What each visit stood on is kept with its plan, and never changed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from data import database, tables
from data.store import SqlStore
from data.store.suspended import turns_of
from scheduler.contacts import Channel, Contact, ContactResult, Direction, Party
from scheduler.grounds import KeptGrounds, Stage
from scheduler.model import StopFlag
from scheduler.suspending import MOST_MOVED_M, PLACE_MOVED
from tests.data.filled import filled
from tests.data.story import BEGINS, DAYS, MONDAY, Story, planned_book, planned_story
from tests.data.world import ALICE, ALL_KNOWN, TOWN, new_plan, record
from tests.scheduler.little_book import rules_of


@pytest.fixture
def story(store: SqlStore) -> Story:
    return planned_story(filled(store, planned_book))


def kept(story: Story, who: str) -> list[KeptGrounds]:
    plan = story.published()
    assert plan is not None
    return story.store.grounds(plan.id, who)


def test_each_visit_of_each_plan_keeps_what_it_stood_on(story: Story) -> None:
    for plan in story.live_plans():
        for who in plan.content.plan.served:
            stages = [one.stage for one in story.store.grounds(plan.id, who)]
            published = [Stage.PUBLISHED] if plan.state == "published" else []
            assert stages == [Stage.PLANNED, *published]


def test_it_keeps_the_rules_it_passed_and_where_it_was(story: Story) -> None:
    [planned, published] = kept(story, "B1")
    rules = rules_of()
    assert (planned.profile, planned.rules_version) == (rules.profile, rules.version)
    assert planned.at < published.at
    in_force = {(name, f.layer, f.version) for name in rules.facts for f in rules.of(name, MONDAY)}
    grounds = planned.grounds
    said = {(one.name, one.layer, one.version) for one in grounds.rules}
    assert said == in_force  # a planned visit passes all that is in force
    assert all(one.source and one.seen for one in grounds.rules)
    [hours] = [one.said for one in grounds.rules if one.name == "hours"][:1]
    assert hours, "the value stands there, not the rule's name alone"
    facts = grounds.facts
    assert [case.id for case in facts.cases] == ["C1"]
    assert (facts.place.id, facts.crew_size) == ("B1-home", 2)
    place = story.place("B1-home")
    assert place is not None
    assert grounds.point == place.point


def test_visits_that_passed_the_same_share_one_row_of_rules(story: Story) -> None:
    with database.reading(story.store.engine) as connection:
        digests = connection.scalars(select(tables.visit_grounds.c.rules)).all()
        rows = connection.execute(select(tables.kept_rules)).all()
    assert len(rows) == len(set(digests)) < len(digests)


def test_facts_that_change_later_change_nothing_of_it(story: Story) -> None:
    before = kept(story, "B1")
    story.case("C1", stops=frozenset({StopFlag.DISPUTED}))
    told = Contact("k", "B1", Channel.CALL, Direction.OUT, Party.BORROWER,
                   ContactResult.ANSWERED, BEGINS)  # fmt: skip
    with story.store.writing(story.by) as writer:
        writer.add_contacts("Town", [told])
    assert kept(story, "B1") == before


def test_it_tells_the_last_contact_and_past_visits_without_a_name(story: Story) -> None:
    told = [
        Contact(f"k{n}", "B1", Channel.CALL, Direction.OUT, Party.BORROWER,
                ContactResult.ANSWERED, BEGINS - timedelta(days=n))
        for n in (2, 1)
    ]  # fmt: skip
    with story.store.writing(story.by) as writer:
        writer.add_contacts("Town", told)
    story.plan(0)
    newest = story.store.plans("Town", MONDAY)[-1]
    facts = story.store.grounds(newest.id, "B1")[0].grounds.facts
    assert (facts.contacts, facts.last_contact) == (2, BEGINS - timedelta(days=1))
    with database.reading(story.store.engine) as connection:
        rows = connection.execute(text("SELECT facts FROM visit_grounds")).scalars().all()
    assert not [row for row in rows if "Name B" in row or "Made-up Road" in row]


@pytest.mark.parametrize("table", ["visit_grounds", "kept_rules"])
@pytest.mark.parametrize("change", ["UPDATE {} SET rules = 'x'", "DELETE FROM {}"])
def test_no_row_is_ever_changed_or_removed(store: SqlStore, table: str, change: str) -> None:
    with store.writing(ALICE) as writer:
        writer.put_city(TOWN)
        writer.put_cases("Town", [record(1)], known=ALL_KNOWN, complete=True)
        writer.add_plan(new_plan())
    with pytest.raises(DBAPIError, match="append-only"), store.engine.begin() as connection:
        connection.execute(text(change.format(table)))


def test_a_visit_that_nobody_may_make_keeps_its_facts_and_no_rule(store: SqlStore) -> None:
    with store.writing(ALICE) as writer:
        writer.put_city(TOWN)
        plan = writer.add_plan(new_plan())  # a plan from elsewhere, of somebody unknown
    [one] = store.grounds(plan.id, "B1")
    assert one.grounds.rules == ()
    assert one.grounds.facts.place.id == "B1-home"
    assert one.grounds.point is None


def test_a_plan_that_fails_keeps_nothing(store: SqlStore) -> None:
    with store.writing(ALICE) as writer:
        writer.put_city(TOWN)
    with pytest.raises(ZeroDivisionError):
        plan_and_fail(store)
    with database.reading(store.engine) as connection:
        assert connection.execute(select(tables.visit_grounds)).all() == []
        assert connection.execute(select(tables.kept_rules)).all() == []


def plan_and_fail(store: SqlStore) -> None:
    with store.writing(ALICE) as writer:
        writer.add_plan(new_plan())
        raise ZeroDivisionError


# --- a place that was found elsewhere since


def why(story: Story, who: str, day: int = 0) -> str:
    plan = story.published(DAYS[day])
    assert plan is not None
    suspended = plan.suspended.get(who)
    return suspended.why if suspended else ""


def test_a_place_that_moved_far_is_not_driven_to(story: Story) -> None:
    story.move("B1-home", MOST_MOVED_M - 1)
    assert why(story, "B1") == ""
    story.move("B1-home", 2)
    assert why(story, "B1") == PLACE_MOVED
    assert why(story, "B2") == ""


def test_it_is_driven_to_again_once_it_is_back_or_planned_anew(story: Story) -> None:
    story.move("B1-home", MOST_MOVED_M + 1)
    story.move("B1-home", -MOST_MOVED_M)
    assert why(story, "B1") == ""
    story.move("B1-home", MOST_MOVED_M)
    assert why(story, "B1") == PLACE_MOVED
    plan = story.published()
    assert plan is not None
    with database.reading(story.store.engine) as connection:
        assert turns_of(connection, plan.id)["B1"] == 3, "away, back and away again"
    story.plan(0)
    story.publish(0)
    assert why(story, "B1") == "", "the new plan knows where it is"


def test_a_moved_place_suspends_its_visits_of_every_plan(story: Story) -> None:
    moved = next(iter(story.published(DAYS[1]).content.plan.served))  # type: ignore[union-attr]
    story.move(f"{moved}-home", 200)
    for plan in story.live_plans():
        if moved in plan.content.plan.served:
            assert plan.suspended[moved].why == PLACE_MOVED
