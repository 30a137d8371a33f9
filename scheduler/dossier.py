"""All that is known of one borrower besides her cases, places and visits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from scheduler.contacts import Contact
from scheduler.directives import Directive
from scheduler.follow_ups import FollowUp
from scheduler.payments import Payment
from scheduler.promises import Promise
from scheduler.restraints import Consent, Override, Pause, Wish
from scheduler.scores import Score
from scheduler.told_paid import ToldPaid


@dataclass(frozen=True, slots=True)
class Dossier:
    """What rules, policy and value ask of a borrower's story; each list in the order of time."""

    contacts: tuple[Contact, ...] = ()
    payments: tuple[Payment, ...] = ()
    promises: tuple[Promise, ...] = ()
    follow_ups: tuple[FollowUp, ...] = ()
    pauses: tuple[Pause, ...] = ()
    wishes: tuple[Wish, ...] = ()
    consents: tuple[Consent, ...] = ()
    overrides: tuple[Override, ...] = ()
    scores: tuple[Score, ...] = ()
    told_paid: tuple[ToldPaid, ...] = ()
    directives: tuple[Directive, ...] = ()

    def set_aside(self, on: date) -> frozenset[str]:
        """Return the names of the house rules that somebody set aside for her on a day."""
        return frozenset(one.rule for one in self.overrides if one.on == on)


NOTHING_KNOWN = Dossier()
