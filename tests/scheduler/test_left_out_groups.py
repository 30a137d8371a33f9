"""The left-out in at most six groups: every reason has one, and what must be visited stands out."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from scheduler.directives import Directive, DirectiveKind
from scheduler.dossier import Dossier
from scheduler.left_out_groups import FOLDED, GROUPS, Group, group_of, grouped, must_visits
from scheduler.model import Window
from scheduler.plan import LeftOut, Reason
from tests.scheduler.little_book import ON, at, case, day


def test_every_reason_has_a_group_and_there_are_at_most_six() -> None:
    assert set(GROUPS) == set(Reason)
    assert set(GROUPS.values()) | {Group.DUE} == set(Group)
    assert len(Group) <= 6


@pytest.mark.parametrize(
    ("reason", "group"),
    [
        (Reason.CREWS_FULL, Group.DUE),
        (Reason.NO_CREW_FITTING, Group.DUE),
        (Reason.NEW, Group.DUE),
        # What keeps these out is known already, and no crew makes room for them.
        (Reason.NOT_PLACED, Group.UNPLACED),
        (Reason.RULE, Group.REFUSED),
        (Reason.NOT_TODAY, Group.WAITS),
    ],
)
def test_a_must_visit_stands_out_unless_more_is_known(reason: Reason, group: Group) -> None:
    assert group_of(reason, is_must=True) is group


def test_groups_are_told_in_order_with_their_cases_and_their_money() -> None:
    entries = [
        LeftOut("b1", Reason.CREWS_FULL, case_ids=("k1", "k9")),
        LeftOut("b2", Reason.NOT_PLACED, case_ids=("k2",)),
        LeftOut("b3", Reason.CREWS_FULL, case_ids=("k3",)),
        LeftOut("b4", Reason.NOT_WORTH, case_ids=("k4",)),
    ]
    owed = {"k1": Decimal("1.50"), "k9": Decimal(2), "k3": Decimal(10)}
    found = grouped(entries, owed, frozenset({"b3"}))
    assert [(one.group, len(one.entries), one.cases, one.overdue) for one in found] == [
        (Group.UNPLACED, 1, 1, Decimal()),  # what is owed on k2 is not known
        (Group.DUE, 1, 1, Decimal(10)),
        (Group.NO_CAPACITY, 2, 3, Decimal("3.50")),
    ]
    assert [one.is_folded for one in found] == [False, False, True]


def test_who_had_to_be_visited_is_asked_of_the_day() -> None:
    booked = Window(at("10:00"), at("11:00"))
    made = day([case("k1"), case("k2", "b2", appointment=booked), case("k3", "b3")])
    said = Directive(1, "b3", DirectiveKind.MUST, ON, "dora", at("08:00"))
    made = replace(made, dossiers={"b3": Dossier(directives=(said,))})
    entries = [LeftOut(f"b{n}", Reason.CREWS_FULL, case_ids=(f"k{n}",)) for n in (1, 2, 3)]
    gone = LeftOut("b9", Reason.CREWS_FULL, case_ids=("k9",))  # closed since the plan was made
    assert must_visits(made, [*entries, gone]) == {"b2", "b3"}


def test_what_needs_a_person_opens() -> None:
    assert {*Group} - FOLDED == {Group.UNPLACED, Group.REFUSED, Group.DUE, Group.UNFIT}
