"""Two who write at once: whoever ends last has judged by what the other wrote, too."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlalchemy import make_url, select

from data import database, tables
from data.store import SqlStore, open_store
from data.store.store import SqlWriter
from scheduler.model import StopFlag
from scheduler.ports import CaseRecord, NewPlan
from tests.data.interleaved import Act, SteppedWriter, orders, run_in
from tests.data.story import MONDAY, Story, planned_book, records
from tests.data.test_suspensions import must_hold

STOPPED = frozenset({StopFlag.COMPLAINT})
PARTS = 4
"""Books among which the orders are shared: each plan that an order adds is judged by all after."""


@pytest.fixture
def other_url(url: str) -> str:
    """The book as a server gives it whose administrator wants transactions to see one moment."""
    if not url.startswith("postgresql"):
        return url
    strict = {"options": r"-c default_transaction_isolation=repeatable\ read"}
    return make_url(url).update_query_dict(strict).render_as_string(hide_password=False)


@pytest.fixture
def story(other_url: str) -> Iterator[Story]:
    store = open_store(other_url)
    yield planned_book(store)
    store.close()


@pytest.fixture
def other(other_url: str) -> Iterator[SqlStore]:
    """Another process's connection to the same book."""
    store = open_store(other_url)
    yield store
    store.close()


def complaint(stops: frozenset[StopFlag] = STOPPED) -> CaseRecord:
    """Return what the lender's file says of the first contract."""
    told = next(one for one in records() if one.case.id == "C1")
    return replace(told, case=replace(told.case, stops=stops))


def complain(writer: SqlWriter) -> None:
    known = frozenset({"case.stops"})
    writer.put_cases("Town", [complaint()], known=known, complete=False)


def monday(story: Story) -> NewPlan:
    """Return a plan that visits the first borrower on Monday."""
    plan = story.published()
    assert plan is not None
    assert "B1" in plan.content.plan.served
    return plan.content


def both(order: str, story: Story, other: SqlStore, acts: tuple[Act, Act]) -> None:
    first = SteppedWriter(story.store, story.by, acts[0])
    run_in(order, first, SteppedWriter(other, story.by, acts[1]))


def why_not(story: Story, plan_id: int) -> set[str]:
    """Return whom of a plan nobody may visit now."""
    suspension = tables.suspension.c
    query = select(suspension.borrower_id).where(
        suspension.plan_id == plan_id, suspension.lifted_at.is_(None)
    )
    with database.reading(story.store.engine) as connection:
        return set(connection.scalars(query))


@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("is_published", [False, True])
def test_no_plan_and_stop_miss_each_other(
    story: Story, other: SqlStore, is_published: bool, part: int
) -> None:
    """A plan is added, or a draft published, while a complaint is written: in every order."""
    content = monday(story)
    for order in list(orders())[part::PARTS]:
        story.case("C1", stops=frozenset())
        with story.store.writing(story.by) as writer:
            draft = writer.add_plan(content)
        assert not why_not(story, draft.id)

        def plan(writer: SqlWriter, draft_id: int = draft.id) -> None:
            if is_published:
                writer.publish(draft_id, "")
            else:
                writer.add_plan(content)

        both(order, story, other, (plan, complain))
        newest = story.store.plan("Town", MONDAY)
        assert why_not(story, newest.id) == {"B1"}, order
        assert newest.state == ("published" if is_published else "draft")
    must_hold(story)


def test_of_two_edits_of_a_plan_both_are_kept_and_judged(story: Story, other: SqlStore) -> None:
    content = monday(story)
    story.case("C1", stops=STOPPED)
    for order in orders():
        before = story.store.plan("Town", MONDAY).version

        def edit(writer: SqlWriter) -> None:
            writer.add_plan(content)

        both(order, story, other, (edit, edit))
        plans = [one for one in story.store.plans("Town", MONDAY) if one.version > before]
        assert [one.version for one in plans] == [before + 1, before + 2], order
        assert all(why_not(story, one.id) == {"B1"} for one in plans), order
