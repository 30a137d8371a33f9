"""The slots of one day, or why it has none: screening, the day as it stands, and what fits."""

from __future__ import annotations

from dataclasses import replace

from routing.travel import TravelTimes
from scheduler.day import Day
from scheduler.kept import only
from scheduler.model import Window
from scheduler.plan import Itinerary, LeftOut, Reason
from scheduler.ports import PlanRecord
from scheduler.problem import Problem, Span
from scheduler.rules import RuleSet
from scheduler.screening import screen
from scheduler.slots.hours import offered_hours
from scheduler.slots.offers import Offer, offers, why_none
from scheduler.slots.slot import Asked, DaySlots, Slot
from scheduler.slots.standing import Standing, bare_standing, planned_standing, with_appointment
from scheduler.timesheet import travelled_s

A_DAY = 3
"""Slots that a day offers at most: they share no hour."""


def day_slots(
    asked: Asked,
    day: Day,
    rules: RuleSet,
    times: TravelTimes,
    record: PlanRecord | None = None,
    *,
    most: int = A_DAY,
) -> DaySlots:
    """Return the best slots of a day for a borrower, who agrees to them now.

    She is screened as if she had an appointment on that day: it takes the place of her usual
    hours, and waits for nothing but what rules and promises ask. `day` has her, the borrowers
    of the plan `record`, or, where there is none, those with an appointment on that day; and
    crews, without which there is none.
    """
    told = DaySlots(day.on, version=record.version if record else None)
    if closed := _refused(asked, day, rules):
        return replace(told, closed=closed)
    if record:
        standing = planned_standing(asked, day, rules, times, record)
        told = replace(told, planned=_planned(standing))
    else:
        standing = bare_standing(asked, day, rules, times)
    if standing.is_begun:
        return replace(told, closed=LeftOut(asked.borrower_id, Reason.NOT_TODAY, BEGUN))
    return _told(asked, told, standing, most)


BEGUN = "A crew has been sent to her on this day already."
PASSED = "Her hours of this day have passed."


def _refused(asked: Asked, day: Day, rules: RuleSet) -> LeftOut | None:
    """Return why nobody may go to her for any of the cases on that day, None where one may."""
    hers = with_appointment(only(day, {asked.borrower_id}), asked)
    screened = screen(hers, rules)
    going = {id for candidate in screened.candidates for id in candidate.case_ids}
    if going & set(asked.case_ids):
        return None
    about = [one for one in screened.left_out if set(one.case_ids) & set(asked.case_ids)]
    gone = LeftOut(asked.borrower_id, Reason.NOT_ENTRUSTED, "none of the cases is open any more")
    return next(iter((*about, *screened.left_out)), gone)


def _told(asked: Asked, told: DaySlots, standing: Standing, most: int) -> DaySlots:
    problem, id_ = standing.problem, standing.visit_id
    visit = problem.visit_by_id.get(id_)
    if visit is None:
        refused = next((one for one in problem.refused if one.visit_id == id_), None)
        return replace(told, closed=refused or _behind_others(id_))
    since_s = max(0, problem.second(asked.now))
    hours = offered_hours(visit.options, since_s)
    found = offers(problem, standing.plan, id_, hours, most)
    if found:
        return replace(told, slots=tuple(_slot(told, standing, offer) for offer in found))
    if not hours and since_s:
        return replace(told, closed=LeftOut(id_, Reason.NO_LAWFUL_WINDOW, PASSED))
    return replace(told, closed=why_none(problem, standing.plan, id_))


def _behind_others(borrower_id: str) -> LeftOut:
    """Say that the screening of the day as it is planned has not let her through."""
    return LeftOut(borrower_id, Reason.NOT_CHOSEN, "another visit of hers comes first")


def _slot(told: DaySlots, standing: Standing, offer: Offer) -> Slot:
    problem, insertion = standing.problem, offer.insertion
    visits = insertion.itinerary.visits
    at = next(k for k, stop in enumerate(visits) if stop.id == standing.visit_id)
    option = problem.visit_by_id[standing.visit_id].options[insertion.option]
    days = [day for day in (insertion.itinerary, insertion.partner) if day is not None]
    return Slot(
        on=told.on,
        window=_window(problem, offer.hours),
        place_id=option.place_id,
        crew_ids=tuple(day.crew_id for day in days),
        begins_at=problem.at(visits[at].start_s),
        ends_at=problem.at(visits[at].end_s),
        driving_s=sum(_more_driving_s(standing, day) for day in days),
        cost=insertion.extra_cost,
        gain=insertion.gain,
        p_met=option.p_met,
        before=visits[at + 1].id if at + 1 < len(visits) else None,
    )


def _more_driving_s(standing: Standing, day: Itinerary) -> int:
    """Return what a crew drives more than by the plan without her; an empty day drives nothing."""
    crew = standing.problem.crew_by_id[day.crew_id]
    return travelled_s(crew, day) - standing.driven_s.get(day.crew_id, 0)


def _window(problem: Problem, hours: Span) -> Window:
    return Window(problem.at(hours[0]), problem.at(hours[1]))


def _planned(standing: Standing) -> Window | None:
    stop = standing.planned
    return _window(standing.problem, (stop.start_s, stop.end_s)) if stop else None
