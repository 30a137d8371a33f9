"""Another goes to a case for a day or for good: kept, taken back, and no plan is forbidden."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import pytest

from data.store import SqlStore
from data.store.owners_ahead import LosesItsCrew, visits_that_lose
from scheduler.errors import ConflictError, NotFoundError
from scheduler.model import OwnerPolicy
from scheduler.ports import PlanRecord
from scheduler.standing_in import Handing, StandIn
from tests.data.filled import filled
from tests.data.story import DAYS, Story
from tests.data.test_desk_running import WEDNESDAY, published_book

TUESDAY = DAYS[1]


@pytest.fixture(name="story")
def fixed_story(store: SqlStore) -> Story:
    """Return Wednesday as published; whoever visits C1 owns it, and owners alone may go."""
    story = Story(filled(store, published_book))
    story.case("C1", owner=crew_of(record_of(story), "B1")[0])
    story.city(OwnerPolicy.FIXED)
    assert standing_of(story) == ()
    return story


def record_of(story: Story) -> PlanRecord:
    return story.store.plan("Town", WEDNESDAY)


def standing_of(story: Story) -> Sequence[object]:
    return record_of(story).standing


def crew_of(record: PlanRecord, visit: str) -> tuple[str, ...]:
    crews = {crew.id: crew.members for crew in record.content.crews}
    trips = record.content.plan.itineraries
    return next(crews[t.crew_id] for t in trips if visit in {s.id for s in t.visits})


def other(story: Story) -> str:
    """Return who is with the other crew than the one that visits B1."""
    going = crew_of(record_of(story), "B1")
    return next(id for id in ("ann", "ben", "cat", "dan") if id not in going)


def owner_of(story: Story, case_id: str = "C1") -> str | None:
    cases = story.store.open_day("Town", WEDNESDAY).cases
    return next(case.owner for case in cases if case.id == case_id)


def stand_in(story: Story, key: str | None = None, **to: str) -> list[StandIn]:
    with story.store.writing(story.by) as writer:
        return writer.put_stand_ins("Town", WEDNESDAY, Handing(to, key))


def told(story: Story, *kinds: str) -> list[tuple[str, str]]:
    events = [one for one in story.store.events() if one.kind in kinds][::-1]
    return [(one.kind.removeprefix("case."), one.subject) for one in events]


def test_a_day_knows_who_stands_in_and_no_other_day_does(story: Story) -> None:
    who, owner = other(story), owner_of(story)
    (one,) = stand_in(story, "k", C1=who)
    assert stand_in(story, "k", C1=who) == [one], "sent twice"
    assert stand_in(story, "again", C1=who) == [one], "she does already"
    assert (one.case_id, one.collector_id, one.on, one.said_by) == ("C1", who, WEDNESDAY, "alice")
    assert story.store.open_day("Town", WEDNESDAY).stand_ins == {"C1": {who}}
    assert story.store.day_of("Town", WEDNESDAY, ["B1"]).stand_ins == {"C1": {who}}
    assert story.store.open_day("Town", TUESDAY).stand_ins == {}
    assert owner_of(story) == owner
    assert standing_of(story) == (), "the owner's crew may still go"
    assert told(story, "case.stood_in") == [("stood_in", "C1")]


def test_it_is_taken_back_once(story: Story) -> None:
    (one,) = stand_in(story, C1=other(story))
    for _ in range(2):
        with story.store.writing(story.by) as writer:
            assert writer.end_stand_in("Town", one.id) == one
    assert story.store.stand_ins("Town", WEDNESDAY) == []
    kinds = ("case.stood_in", "case.stand_in_ended")
    assert told(story, *kinds) == [("stood_in", "C1"), ("stand_in_ended", "C1")]


def test_it_is_not_taken_back_while_a_plan_sends_her(story: Story) -> None:
    """C1's owner is the other crew's: only her who stands in lets the planned crew go."""
    going, new_owner = crew_of(record_of(story), "B1")[1], other(story)
    (one,) = stand_in(story, C1=going)
    story.case("C1", owner=new_owner)
    assert standing_of(story) == ()
    refused = pytest.raises(ConflictError, match="planned to go to case C1")
    with refused, story.store.writing(story.by) as writer:
        writer.end_stand_in("Town", one.id)
    assert story.store.stand_ins("Town", WEDNESDAY) == [one]
    story.city(OwnerPolicy.PREFERRED)  # anybody may go now, at a price
    with story.store.writing(story.by) as writer:
        writer.end_stand_in("Town", one.id)
    assert standing_of(story) == ()


def test_who_cannot_stand_in_is_named_and_nothing_is_kept(story: Story) -> None:
    owner = str(owner_of(story))
    wrong = [
        ({"C1": owner}, ConflictError, "she herself is the owner: C1"),
        ({"C1": other(story), "C99": "ann"}, NotFoundError, "no open case C99"),
        ({"C1": "nobody"}, NotFoundError, "nobody"),
    ]
    for to, error, text in wrong:
        with pytest.raises(error, match=text):
            stand_in(story, **to)
    story.case("C2", owner=None)
    with pytest.raises(ConflictError, match="C2"):
        stand_in(story, C2="ann")
    with pytest.raises(ConflictError, match="has passed"), story.store.writing(story.by) as writer:
        writer.put_stand_ins("Town", DAYS[0] - timedelta(days=1), Handing({"C1": other(story)}))
    stand_in(story, "k", C1=other(story))
    with pytest.raises(ConflictError, match="take another key"):
        stand_in(story, "k", C1=owner)
    assert len(story.store.stand_ins("Town", WEDNESDAY)) == 1


def test_a_case_given_for_good_keeps_the_visit_that_is_planned(story: Story) -> None:
    """The crew that goes has no owner with it any more, but who was one stands in that day."""
    before, after = str(owner_of(story)), other(story)
    for _ in range(2):  # the second time by the same key
        with story.store.writing(story.by) as writer:
            (given,) = writer.give_cases("Town", Handing({"C1": after}, "k"))
    assert (given.before, given.owner, given.undoes) == (before, after, None)
    assert owner_of(story) == after
    assert standing_of(story) == ()
    (one,) = story.store.stand_ins("Town", WEDNESDAY)
    assert (one.case_id, one.collector_id) == ("C1", before)
    assert told(story, "case.changed")[-1:] == [("changed", "C1")]
    assert story.store.gifts("Town", before) == [given]
    assert story.store.gifts("Town", after) == []


def test_a_case_is_given_back_by_a_gift_of_its_own(story: Story) -> None:
    before, after = str(owner_of(story)), other(story)
    with story.store.writing(story.by) as writer:
        (given,) = writer.give_cases("Town", Handing({"C1": after}))
    with story.store.writing(story.by) as writer:
        back = writer.give_back("Town", given.id)
    assert (back.before, back.owner, back.undoes) == (after, before, given.id)
    assert owner_of(story) == before
    assert standing_of(story) == ()
    assert story.store.gifts("Town", before) == []
    refused = pytest.raises(ConflictError, match="given back already")
    with refused, story.store.writing(story.by) as writer:
        writer.give_back("Town", given.id)


def test_a_case_that_went_on_is_not_given_back(story: Story) -> None:
    first, second, _ = (id for id in ("ann", "ben", "cat", "dan") if id != owner_of(story))
    with story.store.writing(story.by) as writer:
        (given,) = writer.give_cases("Town", Handing({"C1": first}))
    with story.store.writing(story.by) as writer:
        writer.give_cases("Town", Handing({"C1": second}))
    refused = pytest.raises(ConflictError, match=f"by a later change {second} owns it")
    with refused, story.store.writing(story.by) as writer:
        writer.give_back("Town", given.id)
    assert owner_of(story) == second
    assert story.store.gifts("Town", str(given.before)) == []


def test_nothing_is_given_where_one_of_several_may_not_be(story: Story) -> None:
    owner = owner_of(story)
    for to in ({"C1": other(story), "C99": "ann"}, {"C1": "nobody"}):
        with pytest.raises(NotFoundError), story.store.writing(story.by) as writer:
            writer.give_cases("Town", Handing(to))
    assert owner_of(story) == owner


def losing(story: Story, **to: str | None) -> list[LosesItsCrew]:
    with story.store.engine.connect() as connection:
        return visits_that_lose(connection, "Town", WEDNESDAY, to)


def test_whose_crew_may_not_go_any_more_is_told_before_owners_change(story: Story) -> None:
    """B1's crew is the owner and one more: with somebody else as owner it has none with it."""
    owner, beside = crew_of(record_of(story), "B1")
    gone = LosesItsCrew("C1", WEDNESDAY, other(story))
    assert losing(story, C1=other(story), C99="ann") == [gone]
    assert losing(story, C1=beside) == losing(story, C1=owner) == losing(story, C1=None) == []
    with story.store.writing(story.by) as writer:
        writer.give_cases("Town", Handing({"C1": other(story)}))
    assert losing(story, C1="nobody") == [], "who owned it stands in on that day"
    story.city(OwnerPolicy.PREFERRED)
    assert losing(story, C1=other(story)) == []


def test_what_was_told_to_lose_its_crew_is_suspended_by_the_new_owner(story: Story) -> None:
    assert losing(story, C1=other(story))
    story.case("C1", owner=other(story))
    (standing,) = record_of(story).standing
    assert (standing.visit_id, standing.why) == ("B1", "owner_absent"), standing.text
