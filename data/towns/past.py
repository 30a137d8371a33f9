"""The past of a made-up town: weeks in which people were called and visited, and paid.

All of it goes through the use cases and the store, by the clock of its day.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from data.towns.answers import Answers, longest_overdue
from data.towns.lived_days import lived
from scheduler.contacts import Contact
from scheduler.engines.stop_rules import Iterations
from scheduler.lifecycle import MET, Code
from scheduler.model import Case
from scheduler.plan import Stop
from scheduler.ports import By, Mark, MarkKind, Outcome, PlanRecord
from scheduler.service import PlannedDay, Ports, plan_day, publish_day

BEGAN_DAYS_AGO = 38
VISITED_DAYS_AGO = (33, 12, 5)
"""A month ago and lately, so that two spans can be compared; three days and more before today."""

MESSAGED_DAYS_AGO, CALLED_DAYS_AGO = (36, 3), (20, 8, 2)
CALLED = 0.5
MORNING, OFFICE_OPENS, PLANNED_AT, OFFICE_CLOSES = time(8), time(9, 10), time(17), time(20)
OFFICE_MINUTES = 8 * 60


Results = dict[str, tuple[Code, dict[str, Any]]]
"""What came of visits, by their ids, with what each result asks for."""


@dataclass(frozen=True)
class Lived:
    """A visit as it truly was, and what came of it."""

    stop: Stop
    crew: tuple[str, ...]
    case: Case
    arrived: datetime
    left: datetime
    code: Code
    told: dict[str, Any]


@dataclass
class Past:
    """A city's weeks before `today`, told in the order of time."""

    ports: Ports
    city: str
    today: date
    seed: int

    def __post_init__(self) -> None:
        self.zone = ZoneInfo(self.ports.store.city(self.city).zone)
        self.answers = Answers(Random(f"{self.seed}:past"))

    def tell(self) -> None:
        """Let happen what happened between the first list and this morning's."""
        happened: dict[date, Callable[[date], None]] = {}
        happened |= {self._ago(days): self.message_all for days in MESSAGED_DAYS_AGO}
        happened |= {self._ago(days): self.call_some for days in CALLED_DAYS_AGO}
        happened |= {self._ago(days): self.visit for days in VISITED_DAYS_AGO}
        for on in sorted(happened):
            happened[on](on)
        self.pay(self._at(self.today, time()))

    def message_all(self, on: date) -> None:
        """Let the lender text everybody whom nothing keeps from being asked."""
        self.pay(self._at(on, MORNING))
        self._contacts(on, [self.answers.message(*one) for one in self._times(on, share=1)])

    def call_some(self, on: date) -> None:
        """Let the lender call some of them."""
        self.pay(self._at(on, MORNING))
        self._contacts(on, [self.answers.call(*one) for one in self._times(on, share=CALLED)])

    def message_new(self) -> None:
        """Let those who came with this morning's list have had a message yesterday."""
        day, on = self.ports.store.open_day(self.city, self.today), self._ago(1)
        new = [
            (case, at)
            for case, at in self._times(on, share=1)
            if not day.dossier_of(case.borrower_id).contacts
        ]
        told = [self.answers.message(case, at) for case, at in new]
        self._contacts(on, told, self.ports.clock())

    def visit(self, on: date) -> None:
        """Plan and publish a day the evening before, and let its crews make all of its visits."""
        planned_at = self._at(on - timedelta(days=1), PLANNED_AT)
        self.pay(planned_at)
        eve = self._ports(planned_at)
        greedy = Iterations(1)
        planned = plan_day(eve, self.city, on, "demo", greedy, engine="greedy", seed=self.seed)
        record = publish_day(eve, self.city, on, "demo", note="made-up data")
        owing = longest_overdue(self.ports.store.open_day(self.city, on).cases)
        for visit in sorted(self._lived(planned, owing), key=lambda one: (one.left, one.crew)):
            self._make(record, visit)

    def _lived(self, planned: PlannedDay, owing: Mapping[str, Case]) -> Iterator[Lived]:
        """Yield the visits of a planned day as they truly were."""
        content = planned.record.content
        rng = Random(f"{self.seed}:times:{content.on}")
        members = {crew.id: crew.members for crew in content.crews}
        for trip in content.plan.itineraries:
            results: Results = {}

            def meets(stop: Stop, at_s: int, results: Results = results) -> bool:
                at = content.origin + timedelta(seconds=at_s)
                results[stop.id] = self.answers.door(owing[stop.id], at.astimezone(self.zone))
                return results[stop.id][0] in MET

            for stood in lived(planned.problem, trip, rng, meets):
                arrived, left = (
                    (content.origin + timedelta(seconds=s)).astimezone(self.zone)
                    for s in (stood.arrived_s, stood.left_s)
                )
                crew, case = members[trip.crew_id], owing[stood.stop.id]
                yield Lived(stood.stop, crew, case, arrived, left, *results[stood.stop.id])

    def pay(self, now: datetime) -> None:
        """Let the money come in that was paid before `now`."""
        paid = [one for one in self.answers.owed if one.at < now]
        self.answers.owed = [one for one in self.answers.owed if one.at >= now]
        if paid:
            with self.ports.store.writing(By("demo", now)) as writer:
                writer.add_payments(self.city, paid)

    def _make(self, record: PlanRecord, visit: Lived) -> None:
        stop, crew, left = visit.stop, visit.crew, visit.left
        key = f"demo {stop.id} {record.content.on}"
        came, went = (
            Mark(f"{key} {kind}", record.content.on, record.id, crew, kind, at, stop.id)
            for kind, at in ((MarkKind.ARRIVE, visit.arrived), (MarkKind.LEAVE, left))
        )
        outcome = Outcome(
            *(key, stop.id, stop.place_id, left, visit.code, crew),
            was_met=visit.code in MET,
            plan_id=record.id,
            case_id=visit.case.id,
            **visit.told,
        )
        with self.ports.store.writing(By(crew[0], left)) as writer:
            writer.put_mark(self.city, came)
            writer.record_outcome(self.city, outcome)
            writer.put_mark(self.city, went)

    def _contacts(self, on: date, told: list[Contact], now: datetime | None = None) -> None:
        with self.ports.store.writing(By("demo", now or self._at(on, OFFICE_CLOSES))) as writer:
            writer.add_contacts(self.city, told)

    def _times(self, on: date, share: float) -> Iterator[tuple[Case, datetime]]:
        """Yield whom to contact on a day, and when: none who is stopped or has promised."""
        day = self.ports.store.open_day(self.city, on)
        kept_off = {one.borrower_id for one in day.cases if is_kept_off(one, on)}
        asked = longest_overdue([one for one in day.cases if one.borrower_id not in kept_off])
        for number, (_, case) in enumerate(sorted(asked.items())):
            if self.answers.rng.random() < share:
                minutes = OFFICE_MINUTES * number // len(asked)
                yield case, self._at(on, OFFICE_OPENS) + timedelta(minutes=minutes)

    def _ports(self, now: datetime) -> Ports:
        return replace(self.ports, clock=lambda: now)

    def _ago(self, days: int) -> date:
        return self.today - timedelta(days=days)

    def _at(self, on: date, when: time) -> datetime:
        return datetime.combine(on, when, self.zone)


def visited_on(today: date) -> list[date]:
    """Return the days of the past on which visits were made."""
    return [today - timedelta(days=days) for days in VISITED_DAYS_AGO]


def is_kept_off(case: Case, on: date) -> bool:
    """Whether nobody asks for its money on a day: it is stopped, or promised for later."""
    return bool(case.stops) or (case.promise_due is not None and case.promise_due > on)
