"""When each borrower may be called, so that a phone without a network can say why not."""

from __future__ import annotations

from typing import Any

from scheduler.call_hours import call_caps, call_spans, lawful_hours
from scheduler.contacts import Channel
from scheduler.day import Day
from scheduler.kept import only
from scheduler.rules import Refusal, RuleSet
from scheduler.rules.dialling import CallAttempt, call_hours
from web.formats import span
from web.language import lazy_t, t
from web.phone.day_file.doors import Doors
from web.phone.room import MyDay
from web.phone.words import CLOSED
from web.phrases import said

REFUSED = {
    "call_hours": lazy_t("Outside the hours of calls"),
    "dials_a_day": lazy_t("Called too often today without an answer"),
    "effective_calls_a_day": lazy_t("Talked to often enough today"),
    "unwanted_channels": lazy_t("The borrower does not want calls at this hour"),
}
ELSE_REFUSED = lazy_t("A rule does not allow this call now")


class Calls:
    """The calls of a round by the facts and rules of now; its reasons stand beside the doors'."""

    def __init__(self, day: MyDay, facts: Day, doors: Doors) -> None:
        self._day, self._facts, self._doors = day, facts, doors

    def told(self, borrower_id: str) -> dict[str, Any]:
        """Return the day's spans, what rules that count leave, and which calls they know of.

        Spans are as those of doors; a cap is [what came of the calls that count, how many of them
        may still be made, number of the reason].
        """
        rules = self._doors.rules
        if rules is None:
            return {"hours": [[0, 2**40, self._doors.unsigned]], "caps": [], "counted": []}
        call, on, zone = self._attempt(borrower_id), self._day.on, self._day.zone
        return {
            "hours": [
                [int(one.start.timestamp()), int(one.end.timestamp()), self._no(rules, one.refusal)]
                for one in call_spans(rules, call, on, zone)
            ],
            "caps": [
                [list(one.results), one.left, self._no(rules, one.refusal)]
                for one in call_caps(rules, call, on, zone)
            ],
            "counted": self._counted(call),
        }

    def _attempt(self, borrower_id: str) -> CallAttempt:
        """Return a call to her, by all that is known of her."""
        hers, day = only(self._facts, {borrower_id}), self._day
        return CallAttempt(
            next(one for one in hers.borrowers if one.id == borrower_id),
            tuple(hers.cases),
            day.round.starts_at.astimezone(day.zone),
            past=tuple(hers.past),
            dossier=hers.dossier_of(borrower_id),
        )

    def _counted(self, call: CallAttempt) -> list[str]:
        """Return the keys of today's calls that the book has: a phone must not count them again."""
        zone, on = self._day.zone, self._day.on
        return [
            one.key
            for one in call.dossier.contacts
            if one.channel is Channel.CALL and one.at.astimezone(zone).date() == on
        ]

    def _no(self, rules: RuleSet, refusal: Refusal | None) -> int | None:
        return None if refusal is None else self._doors.numbered(self._told(rules, refusal))

    def _told(self, rules: RuleSet, refusal: Refusal) -> dict[str, Any]:
        is_of_hours = refusal.rule == call_hours.name
        title = REFUSED.get(refusal.rule) or CLOSED.get(refusal.rule, ELSE_REFUSED)
        return {
            "why": refusal.rule,
            "title": str(title),
            "facts": self._hours(rules) if is_of_hours else "",
            "text": "" if is_of_hours else str(said(refusal.text)),  # its words name one minute
            "source": refusal.source,
            "is_law": refusal.is_law,
        }

    def _hours(self, rules: RuleSet) -> str:
        zone = self._day.zone
        windows = lawful_hours(rules, self._day.on, zone)
        spans = dict.fromkeys(span(one.start, one.end, zone) for one in windows)
        return t("Today: %(hours)s.", hours=t(", ").join(spans) or t("none"))
