"""What compliance and the policy keep: versions, signatures, restraints, overrides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from scheduler.overriding import AskedOverride
from scheduler.policy import Policy
from scheduler.ports.changes import BookChange, By
from scheduler.restraints import Consent, Pause, Wish
from scheduler.scores import Score


@dataclass(frozen=True, slots=True)
class PolicyVersion:
    """A version of a city's policy, which holds from a day on once a second person approved it."""

    number: int
    valid_from: date
    policy: Policy
    note: str
    digest: str
    made: By
    approved: By | None = None


class RuleWriter(Protocol):
    """Writes what the rules and the policy ask: versions, signatures, restraints, overrides."""

    def add_scores(self, city: str, told: Sequence[Score]) -> BookChange:
        """Keep scores of cases, one for a case, a source and a day.

        Another one of the same source and day is named as clashing. NotFoundError where the city
        has no such case.
        """
        ...

    def put_policy(self, city: str, policy: Policy, valid_from: date, note: str) -> PolicyVersion:
        """Keep the next version of a city's policy, which waits to be approved.

        ConflictError where the newest version says the same, from the same day.
        """
        ...

    def approve_policy(self, city: str, number: int) -> PolicyVersion:
        """Let a version hold from its day on.

        Raises
        ------
        NotFoundError
            Where the city has no such version.
        ConflictError
            Where it is approved already, by whoever made it, or its day is past.
        """
        ...

    def sign_profile(
        self, city: str, profile: str, version: str, digest: str, rules: Sequence[str]
    ) -> None:
        """Keep that the actor signed these values of a profile; twice the same is once."""
        ...

    def put_pause(self, city: str, pause: Pause) -> Pause:
        """Keep days on which a borrower is not visited; its `id` is the book's to give.

        Raises
        ------
        NotFoundError
            Where the city has no such borrower.
        ConflictError
            Where it contradicts itself, or nobody is named who said so.
        """
        ...

    def put_wish(self, city: str, wish: Wish) -> Wish:
        """Keep what a borrower does not want; raises as `put_pause`."""
        ...

    def put_consent(self, city: str, consent: Consent) -> Consent:
        """Keep a borrower's consent; raises as `put_pause`, also where its evidence is missing.

        Its rule is one that the city's profile lets a consent widen or meet; another is refused.
        """
        ...

    def end_pause(self, city: str, id: int) -> Pause:
        """End a pause; NotFoundError where there is none. One that has ended stays as it is."""
        ...

    def end_wish(self, city: str, id: int) -> Wish:
        """End a wish, as `end_pause`."""
        ...

    def end_consent(self, city: str, id: int) -> Consent:
        """End a consent, as `end_pause`: it was withdrawn."""
        ...

    def ask_override(
        self,
        city: str,
        borrower_id: str,
        rule: str,
        on: date,
        reason: str,
        key: str | None = None,
    ) -> AskedOverride:
        """Keep that the actor asks to set a house rule aside for a borrower on a day.

        `key` is the asker's own, so that asking twice by it asks once.

        Raises
        ------
        NotFoundError
            Where the city has no such borrower.
        ConflictError
            Where the day has passed, the same was asked already, or something else by that key.
        """
        ...

    def decide_override(
        self, city: str, id: int, *, is_allowed: bool, note: str = ""
    ) -> AskedOverride:
        """Allow or decline what another person asked.

        Raises
        ------
        NotFoundError
            Where the city has no such override.
        ConflictError
            Where the actor asked it, it is decided already, or its day has passed.
        """
        ...

    def withdraw_override(self, city: str, id: int) -> AskedOverride:
        """Take back what was asked or allowed; ConflictError where it is neither any more."""
        ...
