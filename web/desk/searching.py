"""The left-out of a group as somebody looks for them: by id, masked name or street, in an order.

What is typed may be a name: it is sent in the body of a form, and stands in no address.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import Any

from data.exports.street import street_of
from data.masking import masked
from scheduler.day import Day
from scheduler.directives import Directive
from scheduler.grouped import Grouped
from scheduler.model import Case
from scheduler.plan import LeftOut
from scheduler.value.of_day import rank_on

PER_PAGE = 50
"""Each with the day on which it is likely to come up, which is worked out for these alone."""

LONGEST = 100
"""Signs that are searched for at most."""


class Order(StrEnum):
    """By what the left-out of a group stand, the greatest first."""

    PLAN = "plan"  # as the plan tells them
    WORTH = "worth"
    OVERDUE = "overdue"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody looks for, and which page of it."""

    text: str = ""
    order: Order = Order.PLAN
    page: int = 1

    @classmethod
    def read(cls, form: Mapping[str, Any]) -> Wanted:
        """Read a form; what is no word of ours is taken for the usual one."""
        order, page = form.get("order", ""), str(form.get("page", ""))
        return cls(
            str(form.get("q", "")).strip()[:LONGEST],
            Order(order) if order in list(Order) else Order.PLAN,
            max(1, int(page)) if page.isdecimal() and len(page) < 6 else 1,
        )


@dataclass(frozen=True)
class Known:
    """What is known of the left-out; `with_streets` not for who sees some agencies alone."""

    day: Day
    with_streets: bool = True

    @cached_property
    def cases(self) -> Mapping[str, Case]:
        return {case.id: case for case in self.day.cases}

    @cached_property
    def names(self) -> Mapping[str, str]:
        return {one.id: masked(one.name) for one in self.day.borrowers}

    @cached_property
    def streets(self) -> Mapping[str, Sequence[str]]:
        """The streets of borrowers' places, without doors."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for place in self.day.places if self.with_streets else ():
            if place.is_valid and (street := street_of(place.address)):
                found[place.borrower_id].append(street)
        return {id: tuple(dict.fromkeys(streets)) for id, streets in found.items()}

    @cached_property
    def _past(self) -> Grouped[Any]:
        return Grouped(self.day.past)

    def of(self, entry: LeftOut) -> list[Case]:
        return [self.cases[id] for id in entry.case_ids if id in self.cases]

    def borrower(self, entry: LeftOut) -> str:
        return next((case.borrower_id for case in self.of(entry)), "")

    def overdue(self, entry: LeftOut) -> Decimal:
        return sum((case.overdue for case in self.of(entry)), Decimal(0))

    def said_of(self, borrower_id: str) -> Sequence[Directive]:
        """Return what dispatchers said of a borrower that matters on the day or after it."""
        return self.day.dossier_of(borrower_id).directives

    def worth(self, entry: LeftOut) -> tuple[bool, Decimal]:
        """Return what comes first: a must-visit, then what is worth most, if she is met."""
        hers, whose = self.of(entry), self.borrower(entry)
        borrower = next((one for one in self.day.borrowers if one.id == whose), None)
        if not hers or borrower is None:
            return False, Decimal(0)
        return rank_on(self.day, hers, self._past.of(borrower))

    def fits(self, entry: LeftOut, text: str) -> bool:
        """Whether an id begins with `text`, or the masked name or a street holds it."""
        asked, whose = text.casefold(), self.borrower(entry)
        ids = (entry.visit_id, *entry.case_ids, whose)
        told = (self.names.get(whose, ""), *self.streets.get(whose, ()))
        begins = any(id.casefold().startswith(asked) for id in ids)
        return begins or any(asked in one.casefold() for one in told)


def looked_for(known: Known, entries: Sequence[LeftOut], wanted: Wanted) -> list[LeftOut]:
    """Return the entries that fit, in their order."""
    found = [one for one in entries if not wanted.text or known.fits(one, wanted.text)]
    by: Mapping[Order, Callable[[LeftOut], Any]] = {
        Order.WORTH: known.worth,
        Order.OVERDUE: known.overdue,
    }
    key = by.get(wanted.order)
    return sorted(found, key=key, reverse=True) if key else found


def page_of(found: Sequence[LeftOut], number: int) -> Sequence[LeftOut]:
    return found[(number - 1) * PER_PAGE : number * PER_PAGE]
