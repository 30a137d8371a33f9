"""The use cases: find slots in the days ahead, and book one of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from itertools import islice
from zoneinfo import ZoneInfo

from routing.travel import TravelTimes
from scheduler.contacts import Contact
from scheduler.crews import likely_crews
from scheduler.drafts.copying import as_draft
from scheduler.drafts.editing import edit_day
from scheduler.drafts.opened import open_draft
from scheduler.editing.edits import Move
from scheduler.errors import AlreadySoError, ConflictError
from scheduler.last_asked import LastAsked
from scheduler.model import City, Crew, Window
from scheduler.ports import Ahead, BookChange, DayAhead, PlanRecord
from scheduler.rules import RuleSet, crew_size, day_info
from scheduler.service import Ports, meetings_by
from scheduler.slots.day_slots import day_slots, refused
from scheduler.slots.others import Others, others_of
from scheduler.slots.slot import Asked, DaySlots, Slot, best_of

DAYS = 7
BEST = 5
TRIES = 5
KEPT_DAYS = 42
"""Days whose others are kept: some megabytes each."""

TimesOf = Callable[[City, bool], TravelTimes]
"""How long ways take in a city on a day that is worked, or on one that is not."""


class SlotTakenError(ConflictError):
    """Hours that no crew can keep any more; `instead` are the slots of that day by now."""

    def __init__(self, hours: Window, instead: DaySlots) -> None:
        self.instead = instead
        told = f"{hours.start:%Y-%m-%d %H:%M}-{hours.end:%H:%M}"
        super().__init__(
            f"{told} cannot be kept any more: the day has changed meanwhile; offer her another slot"
        )


@dataclass(frozen=True, slots=True)
class Found:
    """The days ahead in their order, and the best slots of all of them, the best first.

    `agreed` is the appointment to come that the cases have by now.
    """

    days: tuple[DaySlots, ...]
    best: tuple[Slot, ...]
    agreed: Window | None = None


@dataclass
class SlotFinder:
    """Finds slots and books them; the others of a day are kept while the book is the same."""

    ports: Ports
    times_of: TimesOf
    kept: LastAsked[tuple[str, date], Others] = field(default_factory=lambda: LastAsked(KEPT_DAYS))

    def find(self, city: str, asked: Asked) -> Found:
        """Return the best slots of today and the next six days. Nothing is written.

        Raises
        ------
        NotFoundError
            Where there is no such city.
        UnsignedProfileError
            Where a compliance officer has to sign values of the city's rules first.
        """
        settings = self.ports.store.city(city)
        rules = self.ports.signed_rules(settings)
        today = local_day(settings, asked.now)
        ahead = self.ports.store.days_ahead(city, asked.borrower_id, today, DAYS)
        days = tuple(self._slots(asked, one, ahead.facts, rules) for one in ahead.days)
        return Found(days, best_of(days, BEST), _agreed(ahead, asked))

    def make_ready(self, city: str) -> bool:
        """Build what all slots of the days ahead stand on, before anybody asks for one.

        Only where one of these days has a plan: the others are not asked about yet. Returns
        whether one has.

        Raises
        ------
        NotFoundError, UnsignedProfileError
            As `find` does.
        """
        now, settings = self.ports.clock(), self.ports.store.city(city)
        ahead = self.ports.store.days_ahead(city, "", local_day(settings, now), DAYS)
        planned = [one for one in ahead.days if one.version is not None]
        if not planned:
            return False
        rules = self.ports.signed_rules(settings)
        for one in ahead.days:
            times = self.times_of(one.day.city, day_info(rules, one.day.on).is_working)
            self._others(one, ahead.facts, rules, times)
        record = self.ports.store.plan(city, planned[0].day.on, planned[0].version)
        for someone in islice(record.content.targets.values(), 1):
            # Machine code is loaded when it is first asked.
            self.find(city, Asked(someone.borrower_id, someone.case_ids, now))
        return True

    def book(self, city: str, asked: Asked, contact: Contact) -> Window:
        """Book the hours that a contact tells were agreed, if a crew can still keep them.

        Sent again by the same key, it is booked once. What others write between the look and the
        booking is looked at, before anything is written.

        Raises
        ------
        SlotTakenError
            Where no crew can keep these hours by now: nothing is written.
        ConflictError
            Where the book refuses the contact, or others write without end.
        """
        hours = contact.appointment
        if hours is None:
            raise ValueError(f"contact {contact.key!r} agrees to no hours")
        if any(one.key == contact.key for one in self._contacts(city, contact)):
            return hours
        asked = replace(asked, contact=contact)
        for _ in range(TRIES):
            newest = self._refuse_taken(city, asked, hours)
            with self.ports.store.writing(self.ports.by(contact.by)) as writer:
                if writer.newest_event(city) != newest:
                    continue
                refuse_untaken(contact, writer.add_contacts(city, [contact]))
            return hours
        raise ConflictError("others write into the book without a pause: book again in a moment")

    def agreed(self, city: str, asked: Asked) -> DaySlots | None:
        """Return how the hours that she has agreed to could be kept; None where she has none."""
        settings = self.ports.store.city(city)
        today = local_day(settings, asked.now)
        ahead = self.ports.store.days_ahead(city, asked.borrower_id, today, 1)
        hours = _agreed(ahead, asked)
        if hours is None:
            return None
        on = local_day(settings, hours.start)
        ahead = self.ports.store.days_ahead(city, asked.borrower_id, on, 1)
        rules = self.ports.signed_rules(settings)
        return self._slots(asked, ahead.days[0], ahead.facts, rules, hours)

    def put_in(self, city: str, asked: Asked, actor: str, key: str) -> PlanRecord:
        """Put her appointment into its day's plan at once, where that costs least.

        A published plan stays as it is: a copy of it, as a draft, has her then. The same key is
        one edit.

        Raises
        ------
        ConflictError
            Where she has no appointment to come, its day no plan, or no crew can keep it.
        ForbiddenEditError, EditedMeanwhileError
            As `edit_day` says.
        """
        day = self.agreed(city, asked)
        if day is None or day.version is None or not day.slots:
            why = day.closed.detail if day and day.closed else "there is no plan to put her into"
            raise ConflictError(f"the visit is not put in: {why}")
        return self.put_at(city, day.slots[0], day.version, asked.borrower_id, actor, key)

    def put_at(
        self, city: str, slot: Slot, version: int, borrower_id: str, actor: str, key: str
    ) -> PlanRecord:
        """Put a visit into a version of a day's plan where `slot` says; raises as `put_in`."""
        (crew_id, *partner) = slot.crew_ids
        edit = Move(borrower_id, crew_id, slot.before, slot.place_id, "".join(partner))
        opened = as_draft(open_draft(self.ports, city, slot.on, version))
        try:
            after, _ = edit_day(self.ports, opened, actor, edit, opened.record.revision, key)
        except AlreadySoError as error:
            return error.record
        return after.record

    def _contacts(self, city: str, contact: Contact) -> list[Contact]:
        return self.ports.store.contacts(city, contact.borrower_id)

    def _refuse_taken(self, city: str, asked: Asked, hours: Window) -> int:
        """Return the last event of the book in which a crew can keep `hours`."""
        settings = self.ports.store.city(city)
        rules = self.ports.signed_rules(settings)
        on = local_day(settings, hours.start)
        ahead = self.ports.store.days_ahead(city, asked.borrower_id, on, 1)
        if not self._slots(asked, ahead.days[0], ahead.facts, rules, hours).slots:
            instead = self._slots(asked, ahead.days[0], ahead.facts, rules)
            raise SlotTakenError(hours, instead)
        return ahead.newest

    def _slots(
        self, asked: Asked, one: DayAhead, facts: int, rules: RuleSet, hours: Window | None = None
    ) -> DaySlots:
        """Return the slots of a day; where nobody may go to her, nothing else is read."""
        if closed := refused(asked, one.day, rules):
            return DaySlots(one.day.on, closed=closed, version=one.version)
        times = self.times_of(one.day.city, day_info(rules, one.day.on).is_working)
        others = self._others(one, facts, rules, times)
        hers = replace(one.day, crews=crews_of(others))
        return day_slots(asked, hers, others, rules, times, hours=hours)

    def _others(self, one: DayAhead, facts: int, rules: RuleSet, times: TravelTimes) -> Others:
        """Return the others of a day as of the last event about its facts, and its plan's edits."""
        stamp = facts, one.version, one.revision
        which = one.day.city.name, one.day.on
        return self.kept.get(which, stamp, lambda: self._read(one, rules, times))

    def _read(self, one: DayAhead, rules: RuleSet, times: TravelTimes) -> Others:
        """Read whom a day's plan visits, or who has agreed to a visit, and build it."""
        store, city, on = self.ports.store, one.day.city.name, one.day.on
        if one.version is not None:
            record = store.plan(city, on, one.version)
            who = {target.borrower_id for target in record.content.targets.values()}
            told = store.told(city, on)
            return others_of(store.day_of(city, on, who), rules, times, record, told=told)
        day = store.day_of(city, on, one.agreed)
        has_crews = bool(day.crews)
        if day.shifts and not has_crews:
            size = crew_size(rules, on)
            day = replace(day, crews=likely_crews(day, size, meetings_by(times, day)))
        return others_of(day, rules, times, has_crews=has_crews)


def _agreed(ahead: Ahead, asked: Asked) -> Window | None:
    hers = (case for case in ahead.days[0].day.cases if case.id in asked.case_ids)
    to_come = (case.appointment for case in hers if case.appointment)
    return next((window for window in to_come if window.end > asked.now), None)


def crews_of(others: Others) -> tuple[Crew, ...]:
    """Return the crews that may be sent to her."""
    return tuple(others.problem.day.crews) if others.problem.day else ()


def local_day(city: City, at: datetime) -> date:
    """Return the day that it is in a city at an instant."""
    return at.astimezone(ZoneInfo(city.zone)).date()


def refuse_untaken(contact: Contact, change: BookChange) -> None:
    """Raise ConflictError where the book has not taken a contact: all that was written goes."""
    told = [no.problem for no in change.refused]
    told += ["the book holds another one by its key" for _ in change.clashing]
    if told:
        raise ConflictError(f"contact {contact.key!r} was not taken: {'; '.join(told)}")
