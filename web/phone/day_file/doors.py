"""From when to when each door is open, so that a phone without a network can say why not."""

from __future__ import annotations

from typing import Any

from scheduler.at_door import UNSIGNED, Closed, door
from scheduler.day import Day
from scheduler.door_hours import door_spans
from scheduler.rules import RuleSet
from scheduler.rules.book import crew_size
from scheduler.signing import UnsignedProfileError
from web.context import wired
from web.phone.room import MyDay
from web.phone.words import SAID_BY_TITLE, closed_words
from web.phrases import said


class Doors:
    """The doors of a round by the facts and rules of now; each reason is told once."""

    def __init__(self, day: MyDay, facts: Day) -> None:
        self._day, self._facts = day, facts
        self.reasons: list[dict[str, Any]] = []
        self._numbers: dict[tuple[object, ...], int] = {}
        self.rules, self._unsigned = signed(day)

    @property
    def unsigned(self) -> int:
        """The number of the reason that rules wait for a signature."""
        return self.numbered(self._told(self._unsigned))

    def people(self, borrower_id: str) -> int:
        """Return how many collectors have to go to a borrower at least."""
        if self.rules is None:
            return 1
        aside = self._facts.dossier_of(borrower_id).set_aside(self._day.on)
        return crew_size(self.rules, self._day.on, aside)

    def spans(self, borrower_id: str, place_id: str) -> list[list[int | None]]:
        """Return [from, to before, number of the reason or None if open], in epoch seconds."""
        if self.rules is None:
            return [[0, 2**40, self.unsigned]]
        crew = self._day.round.crew
        there = door(self._facts, self.rules, borrower_id, place_id, crew)
        return [
            [
                int(span.start.timestamp()),
                int(span.end.timestamp()),
                None if span.closed is None else self.numbered(self._told(span.closed)),
            ]
            for span in door_spans(there, self._day.on, self._day.zone)
        ]

    def numbered(self, told: dict[str, Any]) -> int:
        """Return the number of a reason, which is told once however often it is met."""
        key = tuple(told.values())
        if key not in self._numbers:
            self._numbers[key] = len(self.reasons)
            self.reasons.append(told)
        return self._numbers[key]

    def _told(self, closed: Closed) -> dict[str, Any]:
        title, facts = closed_words(closed, self._day.zone)
        return {
            "why": closed.why,
            "title": title,
            "facts": facts,
            "text": "" if closed.why in SAID_BY_TITLE else str(said(closed.text)),
            "source": closed.source,
            "is_law": closed.is_law,
        }


def signed(day: MyDay) -> tuple[RuleSet | None, Closed]:
    """Return the rules of the city, or why nobody may go anywhere."""
    try:
        return wired().ports.signed_rules(day.city), Closed("", "")
    except UnsignedProfileError as error:
        return None, Closed(UNSIGNED, str(error))
