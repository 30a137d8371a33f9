"""What a lender's book holds of days that were driven, and what is learned from it.

Of each visit phones tell when it began and ended and whether it met the borrower: nothing of why,
nothing of other hours, nothing of other replications.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, tzinfo
from itertools import pairwise

from routing.travel import Spot
from scheduler.availability import (
    PRIORS,
    Asked,
    Attempt,
    Basis,
    Curve,
    Odds,
    Told,
    is_stated,
    learned_odds,
    segment_of,
)
from scheduler.availability.odds import MeetingOdds, stated_slots
from scheduler.day import Day
from scheduler.forecast import DrivenDay, Learned, ToldVisit, learn, recorded
from scheduler.grouped import Grouped
from scheduler.headcount.book import Book, Made
from scheduler.headcount.weeks import SimulatedDay
from scheduler.headcount.windows_alone import WindowsAlone
from scheduler.model import Case, DailyWindow, Place, PlaceKind
from scheduler.plan import Itinerary, Stop, StopKind
from scheduler.problem import Problem
from scheduler.rules import RuleSet, day_info
from scheduler.staffing.fates import NOT_THEN, Fate
from scheduler.staffing.results import Drive
from scheduler.windows import Span


@dataclass(frozen=True)
class Windows:
    """One chance of meeting for all hours that are open: the mean of what is assumed for them.

    In hours that she named herself it is what is assumed of such words, as it is for every way.
    """

    assumed: MeetingOdds = PRIORS

    @property
    def basis(self) -> Basis:
        return WindowsAlone(self.assumed).basis

    def curve(self, asked: Asked) -> Curve:
        """Return one level for the day, and one for hours that she named; failures change none."""
        usual, odds = WindowsAlone(self.assumed).curve(asked), self.assumed.kinds[asked.kind]
        word = odds.valid.value * self.assumed.stated.value * odds.answers.value
        named = stated_slots(asked.stated)
        return tuple(max(p, word) if slot in named else p for slot, p in enumerate(usual))


@dataclass(frozen=True)
class Ledger(Book):
    """A book each of whose mornings is planned by odds; by learned ones, where it `learns`."""

    odds: Odds = PRIORS
    rules: RuleSet | None = None

    @property
    def learns(self) -> bool:
        return self.rules is not None

    def on(self, day: date) -> Day:
        """Return the book on a morning, with the odds of all that was visited before it."""
        morning = super().on(day)
        odds = learned_odds(self.attempts(self.rules), day) if self.rules else self.odds
        return replace(morning, odds=odds)

    def attempts(self, rules: RuleSet) -> list[Attempt]:
        """Return the visits as odds are learned from them."""
        cases: Grouped[Case] = Grouped(self.first.cases)
        own = {(one.borrower_id, one.kind): one.windows for one in self.first.places}
        return [
            _attempt(one, cases.of_id(one.visit.borrower_id), own, rules, self.first.zone)
            for one in self.made
        ]


def _attempt(
    made: Made,
    cases: Sequence[Case],
    own: Mapping[tuple[str, PlaceKind], Sequence[DailyWindow]],
    rules: RuleSet,
    zone: tzinfo,
) -> Attempt:
    visit, at = made.visit, made.visit.at.astimezone(zone)
    assert visit.place_kind is not None, "a simulated visit knows where it was"
    second = at.hour * 3600 + at.minute * 60 + at.second
    told = _told_of(made)
    who, day = visit.borrower_id, day_info(rules, made.on).kind
    windows = own.get((who, visit.place_kind), ())
    agreed = next((one.appointment for one in cases if one.appointment), None)
    named = is_stated(windows, agreed, at, zone)
    return Attempt(made.on, second, who, visit.place_kind, segment_of(cases), day, told, named)


def _told_of(made: Made) -> Told:
    if made.wrong_place:
        return Told.WRONG_ADDRESS
    return Told.MET if made.visit.was_met else Told.NOT_MET


def learned_times(days: Iterable[SimulatedDay], rules: RuleSet, usual_s: int) -> Learned:
    """Return the times that plans would keep after such days, of which one replication came."""
    driven = [one for day in days for one in driven_days(day, rules)]
    return learn(recorded(driven), usual_s)


def driven_days(day: SimulatedDay, rules: RuleSet) -> Iterator[DrivenDay]:
    """Yield the crews' days as phones told of them in the first replication."""
    drive, problem = day.drive, day.problem
    if drive is None or problem is None:
        return
    is_working = day_info(rules, day.on).is_working
    places = {one.id: one for one in day.book.places}
    at = {(row.crew_id, row.id): number for number, row in enumerate(drive.rows)}
    for trip in drive.plan.itineraries:
        mode = problem.travel.modes[problem.crew_by_id[trip.crew_id].mode]
        rests = tuple((s.start_s, s.end_s) for s in trip.stops if s.kind is StopKind.BREAK)
        visits = tuple(
            _told(
                before,
                stop,
                places[stop.place_id],
                drive,
                at[trip.crew_id, stop.id],
                _hours(problem, stop),
            )
            for before, stop in _with_before(trip)
            if stop.kind is StopKind.VISIT
        )
        yield DrivenDay(day.on, trip.crew_id, mode, is_working, visits, rests)


def _with_before(trip: Itinerary) -> Iterator[tuple[Stop | None, Stop]]:
    for before, stop in pairwise((None, *trip.stops)):
        assert stop is not None, "only the first is none"
        yield before, stop


def _hours(problem: Problem, stop: Stop) -> Sequence[Span]:
    """Return the hours that a visit was planned in, as its crew knows them."""
    return problem.visit_by_id[stop.id].options[stop.option].starts


def _told(
    before: Stop | None, stop: Stop, place: Place, drive: Drive, row: int, hours: Sequence[Span]
) -> ToldVisit:
    came_s, left_s = int(drive.arrival_s[row, 0]), int(drive.end_s[row, 0])
    is_made = bool(drive.made[row, 0])
    is_after = before is not None and before.kind is StopKind.VISIT
    return ToldVisit(
        place_id=stop.place_id,
        kind=place.kind,
        district="",
        spot=None if place.point is None else Spot(place.point),
        planned_after=before.place_id if before is not None and is_after else "",
        planned_leg_s=stop.arrival_s - (before.end_s if before is not None else stop.arrival_s),
        planned_arrival_s=stop.arrival_s,
        planned_start_s=stop.start_s,
        planned_end_s=stop.end_s,
        arrived_s=None if came_s == NOT_THEN else came_s,
        left_s=None if left_s == NOT_THEN else left_s,
        was_made=is_made,
        was_met=bool(drive.fate[row, 0] == Fate.MET) if is_made else None,
        opens_s=next((max(came_s, first) for first, last in hours if came_s <= last), None),
    )
