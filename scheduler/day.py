"""All that is known when a day is planned: the snapshot a plan is made and judged by."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo

from scheduler.availability import PRIORS, Odds
from scheduler.dossier import NOTHING_KNOWN, Dossier
from scheduler.model import (
    Borrower,
    Case,
    City,
    Collector,
    Crew,
    Pair,
    PastVisit,
    Place,
    Shift,
)
from scheduler.policy import Policy


@dataclass(frozen=True, slots=True)
class Day:
    """All that is known when a day is planned: the snapshot a plan is made and judged by.

    `past` holds visits of every other day, done or promised; `pair_days` how many of the last
    days two collectors went together. Without a `policy` no case is screened by one. `told_at` is
    when what is overdue on a case was told last, by case. `knows_contacts` tells whether the book
    has contact data at all. `stand_ins` names by case who may go on this day as if she owned it.
    `odds` tell how likely somebody is met: assumptions, or what was learned before the day.
    """

    city: City
    on: date
    zone: tzinfo
    borrowers: Sequence[Borrower]
    cases: Sequence[Case]
    places: Sequence[Place]
    collectors: Sequence[Collector]
    shifts: Sequence[Shift]
    crews: Sequence[Crew] = ()
    pairs: Sequence[Pair] = ()
    past: Sequence[PastVisit] = ()
    dossiers: Mapping[str, Dossier] = field(default_factory=dict)
    knows_contacts: bool = False
    policy: Policy | None = None
    told_at: Mapping[str, datetime] = field(default_factory=dict)
    stand_ins: Mapping[str, frozenset[str]] = field(default_factory=dict)
    odds: Odds = PRIORS

    @property
    def counts_silence(self) -> bool:
        """Whether a borrower of whom no contact is known counts as not contacted.

        Where the book has no contact data at all it tells nothing of her, unless the city is
        strict about it.
        """
        return self.knows_contacts or self.city.is_gate_strict

    def owners_of(self, cases: Iterable[Case]) -> set[str]:
        """Return who counts as an owner of some cases on this day.

        Who stands in does so beside the owner, whose crew may still go; of a case that nobody owns
        she is no owner either, or others could go no more.
        """
        owned = [case for case in cases if case.owner]
        standing = (self.stand_ins.get(case.id, frozenset()) for case in owned)
        return {str(case.owner) for case in owned}.union(*standing)

    def dossier_of(self, borrower_id: str) -> Dossier:
        """Return what is known of a borrower; nothing where nothing is."""
        return self.dossiers.get(borrower_id, NOTHING_KNOWN)
