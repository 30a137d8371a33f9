"""The stops of a round as the phone shows them: who is masked stays so until she asks."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from data.masking import masked
from data.navigators import allowed
from data.secured import known_secured
from data.store.field.earlier import warning_results
from data.store.field.presences import presences_of
from data.store.rounds import RoundStop
from routing.navigation import links
from scheduler.build import break_id
from scheduler.day import Day
from scheduler.field.company import company
from scheduler.field.flags import flags
from scheduler.plan import StopKind
from scheduler.visit_needs import people_needed
from web.context import wired
from web.formats import money
from web.phone.day_file.calls import Calls
from web.phone.day_file.doors import Doors
from web.phone.room import MyDay
from web.phone.told_paid import unpaid_in
from web.phone.words import PLACE_KINDS, suspended_words, why_closed


class Stops:
    """Tells the stops of a round, by what the book knows of those who are visited."""

    def __init__(self, day: MyDay, facts: Day, doors: Doors) -> None:
        self._day, self._facts, self._doors = day, facts, doors
        self._calls = Calls(day, facts, doors)
        self._navigators = allowed(wired().cities.path(day.city.name))
        self._secured = known_secured(wired().cities.path(day.city.name))
        ids = [one.borrower.id for one in day.round.visits if one.borrower]
        begin = datetime.combine(day.on, datetime.min.time(), day.zone)
        engine = wired().store.engine
        rests = enumerate(day.round.crew.breaks, start=1)
        self._rests = {break_id(number): rest for number, rest in rests}
        self._earlier = warning_results(engine, day.city.name, ids, begin)
        self._present = presences_of(engine, day.city.name, day.on)

    def told(self) -> list[dict[str, Any]]:
        """Return all stops in their order."""
        return [self._stop(stop) for stop in self._day.round.stops]

    def _stop(self, stop: RoundStop) -> dict[str, Any]:
        when = {
            "id": stop.id,
            "kind": stop.kind.value,
            "number": stop.number,
            "arrival": seconds(stop.arrives_at),
            "start": int(stop.starts_at.timestamp()),
            "end": int(stop.ends_at.timestamp()),
        }
        more = self._break(stop) if stop.kind is StopKind.BREAK else self._visit(stop)
        return {**when, **more}

    def _break(self, stop: RoundStop) -> dict[str, Any]:
        """Return between which seconds a break may begin, where the crew has it still."""
        rest = self._rests.get(stop.id)
        if rest is None:
            return {}
        last = rest.window.end - rest.duration
        return {"begins": [seconds(rest.window.start), seconds(last)]}

    def _visit(self, stop: RoundStop) -> dict[str, Any]:
        """Return a visit; of one whose borrower or place is gone neither is told."""
        who, place = stop.borrower, stop.place
        state = self._day.states[stop.number]
        told: dict[str, Any] = {
            "name": masked(who.name) if who else "",
            "contracts": len(stop.cases),
            "collateral": self._secured.may_be_secured(one.product for one in stop.cases),
            "place": self._place(stop),
            "standing": self._standing(stop),
            "arrived": seconds(state.arrived),
            "left": seconds(state.left),
            "result": self._result(stop),
        }
        if who and place:
            told |= {
                "people": self._people(stop),
                "company": self._company(stop),
                "hours": self._doors.spans(who.id, place.id),
                "contacted": self._contacted(who.id),
                "flags": self._flags(stop),
                "full": self._full(stop),
                "unpaid": [one.case_id for one in unpaid_in(self._facts, stop, self._day.on)],
                "phone": who.phone,
                "call": self._calls.told(who.id) if who.phone else None,
            }
        return told

    def _place(self, stop: RoundStop) -> dict[str, Any] | None:
        place = stop.place
        if place is None:
            return None
        mode = self._day.round.crew.mode
        return {
            "kind": place.kind.value,
            "kind_words": str(PLACE_KINDS[place.kind]),
            "address": place.address,
            "note": place.access_note,
            "at": [round(place.point.lat, 6), round(place.point.lon, 6)] if place.point else None,
            "radius_m": round(place.radius_m),
            "links": links(self._navigators, place.point, mode) if place.point else {},
        }

    def _standing(self, stop: RoundStop) -> dict[str, Any] | None:
        """Return what was found against a visit since its plan was published."""
        standing = stop.standing
        if standing is None:
            return None
        return {
            "why": why_closed(standing),
            "words": suspended_words(standing),
            "source": standing.source,
            "is_law": standing.is_law,
            "was_begun": standing.was_begun,
            "since": int(standing.since.timestamp()),
        }

    def _result(self, stop: RoundStop) -> dict[str, Any] | None:
        outcome = self._day.states[stop.number].outcome
        if outcome is None:
            return None
        return {"key": outcome.key, "code": outcome.code, "at": int(outcome.at.timestamp())}

    def _contacted(self, borrower_id: str) -> bool:
        """Whether the borrower herself was reached before, as far as the book knows."""
        return any(one.reached_her for one in self._facts.dossier_of(borrower_id).contacts)

    def _people(self, stop: RoundStop) -> int:
        """Return how many go in together: as the rules ask, the policy, and her contracts."""
        assert stop.borrower is not None
        law = self._doors.people(stop.borrower.id)
        return people_needed(self._facts, stop.cases, law) if stop.cases else law

    def _company(self, stop: RoundStop) -> dict[str, Any]:
        """Return who is confirmed at the door, and since when the visit may have begun."""
        members = self._day.round.crew.members
        told = company(members, self._people(stop), self._present.get(stop.id, ()))
        return {"confirmed": list(told.confirmed), "began": seconds(told.began)}

    def _flags(self, stop: RoundStop) -> list[str]:
        assert stop.borrower is not None
        assert stop.place is not None
        people = self._people(stop)
        earlier = self._earlier.get(stop.borrower.id, set())
        return [flag.value for flag in flags(people, stop.place.access_note, earlier)]

    def _full(self, stop: RoundStop) -> dict[str, Any]:
        """Return what shows on a press, for seconds."""
        assert stop.borrower is not None
        currency = self._day.city.currency
        due = sum((one.overdue for one in stop.cases), Decimal())
        return {
            "name": stop.borrower.name,
            "due": money(due, currency),
            "cases": [[one.id, one.product, money(one.overdue, currency)] for one in stop.cases],
        }


def seconds(at: datetime | None) -> int | None:
    """Return an instant in epoch seconds."""
    return None if at is None else int(at.timestamp())
