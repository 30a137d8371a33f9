"""A dispatcher's word about a borrower: screening, the build and the judges heed it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from routing.sources.straight_line import StraightLineTimes
from scheduler.build import build_problem
from scheduler.day import Day
from scheduler.directives import (
    Directive,
    DirectiveKind,
    held_back,
    must_go,
    refuse_past,
    replaced,
)
from scheduler.dossier import Dossier
from scheduler.errors import ConflictError
from scheduler.follow_ups import FollowUp, Task
from scheduler.model import Borrower, StopFlag, Window
from scheduler.plan import Reason
from scheduler.policy import Policy
from scheduler.screening import screen
from scheduler.value.of_day import rank_on
from tests.scheduler.little_book import ON, at, case, day, rules_of

TOMORROW = ON + timedelta(days=1)
MUST, NOT_TODAY, NOT_BEFORE = DirectiveKind


def word(kind: DirectiveKind, on: date = ON, id: int = 1, whose: str = "b1") -> Directive:
    return Directive(
        id, whose, kind, on, "dora", datetime(2026, 11, 22, tzinfo=UTC), "her son rang"
    )


def knowing(*words: Directive, **changes: Any) -> Day:
    """Return a day with one borrower, of whom a dispatcher said `words`."""
    made = replace(day([case("k1")]), dossiers={"b1": Dossier(directives=words)})
    return replace(made, **changes)


def reason(made: Day) -> tuple[Reason, str]:
    """Return why the only borrower of a day is left out."""
    (only,) = screen(made, rules_of()).left_out
    return only.reason, only.detail


def goes(made: Day) -> bool:
    return len(screen(made, rules_of()).candidates) == 1


@pytest.mark.parametrize(
    ("one", "held"),
    [
        (word(NOT_TODAY), [ON]),
        (word(NOT_TODAY, TOMORROW), [TOMORROW]),
        (word(NOT_BEFORE, TOMORROW), [ON - timedelta(days=1), ON]),
        (word(MUST), []),
    ],
)
def test_a_word_holds_on_its_days_alone(one: Directive, held: list[date]) -> None:
    days = [ON + timedelta(days=n) for n in (-1, 0, 1)]
    assert [on for on in days if held_back([one], on)] == held
    assert [on for on in days if must_go([one], on)] == ([ON] if one.kind is MUST else [])


def test_of_several_words_the_one_that_lasts_is_told() -> None:
    lasting = word(NOT_BEFORE, TOMORROW, 2)
    assert held_back([lasting, word(NOT_TODAY)], ON) == lasting


@pytest.mark.parametrize(
    ("new", "there", "is_replaced"),
    [
        (word(MUST), word(NOT_TODAY), True),
        (word(NOT_TODAY), word(MUST), True),
        (word(MUST), word(NOT_BEFORE, TOMORROW), True),
        (word(NOT_BEFORE, TOMORROW), word(MUST), True),
        (word(NOT_BEFORE, TOMORROW), word(NOT_BEFORE, TOMORROW + timedelta(days=3)), True),
        (word(MUST), word(MUST), True),
        # The day itself is free again, another day's word is of no matter, nor another woman's.
        (word(MUST, TOMORROW), word(NOT_BEFORE, TOMORROW), False),
        (word(MUST), word(NOT_TODAY, TOMORROW), False),
        (word(NOT_BEFORE, TOMORROW), word(NOT_TODAY), False),
        (word(MUST), word(NOT_TODAY, whose="b2"), False),
    ],
)
def test_the_later_word_takes_the_place_of_what_it_contradicts(
    new: Directive, there: Directive, *, is_replaced: bool
) -> None:
    assert replaced(new, [there]) == ([there] if is_replaced else [])


def test_a_word_is_about_a_day_that_can_still_be_planned() -> None:
    refuse_past(MUST, ON, ON)
    refuse_past(NOT_BEFORE, TOMORROW, ON)
    for kind, on in ((MUST, ON), (NOT_TODAY, ON)):
        with pytest.raises(ConflictError, match="has passed"):
            refuse_past(kind, on, TOMORROW)
    with pytest.raises(ConflictError, match="no day ahead"):  # it would delay nothing
        refuse_past(NOT_BEFORE, ON, ON)


def test_who_is_held_back_is_left_out_by_name_and_day_and_without_the_reason() -> None:
    assert goes(knowing())
    told = reason(knowing(word(NOT_TODAY)))
    assert told == (Reason.HELD_BACK, f"dora decided that she is not visited on {ON}")
    told = reason(knowing(word(NOT_BEFORE, TOMORROW)))
    assert told == (Reason.HELD_BACK, f"dora decided that she is not visited before {TOMORROW}")


@pytest.mark.parametrize("kind", [MUST, NOT_TODAY])
def test_a_rule_comes_before_either_word(kind: DirectiveKind) -> None:
    somebody = Borrower("b1", "somebody", stops=frozenset({StopFlag.REPRESENTED}))
    assert reason(knowing(word(kind), borrowers=[somebody]))[0] is Reason.RULE


def test_who_must_be_visited_comes_before_what_is_worth_more_on_that_day_alone() -> None:
    asked, free = knowing(word(MUST)), knowing()
    rich = [case("k1", overdue=Decimal(1_000_000))]
    assert rank_on(asked, [case("k1")], ()) > rank_on(free, rich, ())
    assert not rank_on(replace(asked, on=TOMORROW), [case("k1")], ())[0]


def test_must_go_comes_before_the_policy() -> None:
    nobody = Policy("little", "D: made up", rows=(), number=3)  # asks for no visit to anybody
    assert reason(knowing(policy=nobody))[0] is Reason.POLICY
    assert goes(knowing(word(MUST), policy=nobody))
    assert reason(knowing(word(MUST, TOMORROW), policy=nobody))[0] is Reason.POLICY


def test_must_go_comes_before_trying_again_later() -> None:
    again = (FollowUp(1, "b1", "", Task.VISIT_AGAIN, TOMORROW, "o1"),)
    for words, is_sent in (((), False), ((word(MUST),), True)):
        dossier = Dossier(follow_ups=again, directives=words)
        assert goes(replace(knowing(), dossiers={"b1": dossier})) is is_sent


def test_must_go_does_not_go_against_what_she_agreed_to() -> None:
    """An appointment on another day is her word and ours."""
    booked = Window(at("10:00", TOMORROW), at("11:00", TOMORROW))
    told = reason(knowing(word(MUST), cases=[case("k1", appointment=booked)]))
    assert told == (Reason.NOT_TODAY, f"an appointment is booked for {TOMORROW}")


def test_a_visit_that_must_be_made_is_required_of_the_search() -> None:
    for words, is_required in (((), False), ((word(MUST),), True)):
        problem = build_problem(knowing(*words), rules_of(), StraightLineTimes())
        assert [visit.is_required for visit in problem.visits] == [is_required]
