"""From a plan in seconds to the rows of an export, masked on the way."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

from data.exports.day import CancelledStop, CrewRows, StopRow
from data.exports.sight import Sight
from data.exports.street import street_of
from data.masking import Masking, masked, masked_phone
from data.store.exports import PublishedDay
from data.store.plan_rows import clock
from scheduler.model import Borrower, Case, Crew, Place
from scheduler.plan import Itinerary, Stop, StopKind
from scheduler.ports import PlanRecord, Target

UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""Characters that neither XML nor a workbook can hold."""


@dataclass(frozen=True)
class Rows:
    """A published day as far as somebody may see it. `secret` keys the ids in calendars.

    `on_time` tells of visits, by their ids, how likely they are on time.
    """

    day: PublishedDay
    sight: Sight
    secret: bytes
    on_time: Mapping[str, float] = field(default_factory=dict)

    def crews(self) -> tuple[CrewRows, ...]:
        """Return the crews by their id, each with her stops in order."""
        return tuple(self._crew(crew, trip) for crew, trip in self._trips(self.day.record))

    def cancelled(self) -> tuple[CancelledStop, ...]:
        """Return the visits of superseded plans, and suspended ones, that are not made any more."""
        found = {
            stop.id: CancelledStop(
                self._uid(stop.id), *self._hours(record, stop), self.day.turns.get(stop.id, 0)
            )
            for record in (*self.day.superseded, self.day.record)
            for _, trip in self._trips(record)
            for stop in trip.visits
        }
        now = {stop.id for _, trip in self._trips(self.day.record) for stop in trip.visits}
        kept = now - self.day.record.suspended.keys()
        return tuple(stop for id, stop in sorted(found.items()) if id not in kept)

    def _trips(self, record: PlanRecord) -> Iterator[tuple[Crew, Itinerary]]:
        crews = {crew.id: crew for crew in record.content.crews if self._may_see(crew)}
        for trip in sorted(record.content.plan.itineraries, key=lambda trip: trip.crew_id):
            if trip.crew_id in crews:
                yield crews[trip.crew_id], trip

    def _may_see(self, crew: Crew) -> bool:
        is_hers = self.sight.collector_id in (None, *crew.members)
        return is_hers and not self.day.facts.collectors.keys().isdisjoint(crew.members)

    def _crew(self, crew: Crew, trip: Itinerary) -> CrewRows:
        return CrewRows(
            id=clean(crew.id),
            members=tuple(self._collector(id) for id in crew.members),
            mode=crew.mode,
            starts=self._at(self.day.record, trip.start_s),
            ends=self._at(self.day.record, trip.end_s),
            start=crew.start,
            end=crew.end,
            stops=tuple(self._stops(trip)),
        )

    def _stops(self, trip: Itinerary) -> Iterator[StopRow]:
        numbers = count(1)
        for stop in trip.stops:
            bare = StopRow("", None, *self._hours(self.day.record, stop))
            if stop.kind is StopKind.BREAK:
                yield bare
                continue
            visit = self._visit(bare, stop, next(numbers))  # numbered as on the phone
            if stop.id not in self.day.record.suspended:
                yield visit

    def _visit(self, bare: StopRow, stop: Stop, number: int) -> StopRow:
        target = self.day.record.content.targets[stop.id]
        borrower = self.day.facts.borrowers.get(target.borrower_id)
        uid, turns = self._uid(stop.id), self.day.turns.get(stop.id, 0)
        visit = replace(bare, uid=uid, number=number, is_other=borrower is None, turns=turns)
        if borrower is None:
            return visit
        place = self.day.facts.places.get(stop.place_id)
        told = {**self._where(place), **self._whom(borrower, target)}
        return replace(visit, on_time=self.on_time.get(stop.id), **told)

    def _collector(self, id: str) -> str:
        known = self.day.facts.collectors.get(id)
        return self._name(known.name) if known else clean(id)

    def _where(self, place: Place | None) -> dict[str, Any]:
        """Return where a visit is; nothing where the place is in the book no more."""
        if place is None:
            return {}
        if self.sight.masking is Masking.STREET:
            return {"kind": place.kind, "where": clean(street_of(place.address))}
        on = self.day.record.content.on.weekday()
        suits = (hours for hours in place.windows if on in hours.weekdays)
        return {
            "kind": place.kind,
            "where": clean(place.address),
            "spot": place.spot,
            "note": clean(place.access_note),
            "suits": tuple(f"{hours.start:%H:%M}–{hours.end:%H:%M}" for hours in suits),
        }

    def _whom(self, borrower: Borrower, target: Target) -> dict[str, Any]:
        """Return whom a visit is to; nothing where streets alone are told."""
        if self.sight.masking is Masking.STREET:
            return {}
        cases = [self.day.cases[id] for id in target.case_ids if id in self.day.cases]
        is_full = self.sight.masking is Masking.FULL
        return {
            "agreed": self._agreed(cases),
            "name": self._name(borrower.name),
            "phone": clean(borrower.phone) if is_full else masked_phone(borrower.phone),
            "contracts": tuple(clean(case.id) for case in cases),
            "overdue": sum((case.overdue for case in cases), Decimal()) if is_full else None,
        }

    def _agreed(self, cases: Iterable[Case]) -> str:
        """Return the hours of an appointment on the day, '' where there is none."""
        zone, on = ZoneInfo(self.day.city.zone), self.day.record.content.on
        agreed = (case.appointment for case in cases if case.appointment)
        hours = [(one.start.astimezone(zone), one.end.astimezone(zone)) for one in agreed]
        return next((f"{a:%H:%M}–{b:%H:%M}" for a, b in hours if a.date() == on), "")

    def _name(self, name: str) -> str:
        return clean(name) if self.sight.masking is Masking.FULL else masked(clean(name))

    def _hours(self, record: PlanRecord, stop: Stop) -> tuple[datetime, datetime]:
        return self._at(record, stop.start_s), self._at(record, stop.end_s)

    def _at(self, record: PlanRecord, second: int) -> datetime:
        return clock(record.content.origin)(second).astimezone(ZoneInfo(self.day.city.zone))

    def _uid(self, stop_id: str) -> str:
        """Name a stop of the day, so that nobody without the home's key learns whose it is."""
        new = self.day.record.content
        told = f"{new.city}\n{new.on}\n{stop_id}".encode()
        digest = hashlib.blake2b(told, key=self.secret, digest_size=16, person=b"dayround stop")
        return f"{digest.hexdigest()}@dayround"


def clean(text: str) -> str:
    """Return a text without the characters that no format can hold."""
    return UNWRITABLE.sub("", text)
