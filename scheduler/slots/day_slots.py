"""The slots of one day, or why it has none: screening, the day as it stands, and what fits."""

from __future__ import annotations

from dataclasses import replace

from routing.travel import TravelTimes
from scheduler.day import Day
from scheduler.model import PlaceKind, Window
from scheduler.plan import Itinerary, LeftOut, Reason
from scheduler.problem import Problem, Span
from scheduler.rules import RuleSet
from scheduler.screening import screen
from scheduler.slots.hours import offered_hours
from scheduler.slots.offers import Offer, offers, why_none
from scheduler.slots.others import Others, without_her
from scheduler.slots.slot import Asked, DaySlots, Slot
from scheduler.slots.standing import (
    Standing,
    is_begun,
    standing,
    stop_of,
    with_appointment,
)
from scheduler.timesheet import travelled_s

A_DAY = 3
"""Slots that a day offers at most: they share no hour."""


def day_slots(
    asked: Asked,
    hers: Day,
    others: Others,
    rules: RuleSet,
    times: TravelTimes,
    *,
    most: int = A_DAY,
    hours: Window | None = None,
) -> DaySlots:
    """Return the best slots of a day for a borrower, who agrees to them now.

    She is screened as if she had an appointment on that day: it takes the place of her usual
    hours, and waits for nothing but what rules and promises ask. `hers` is the day of her alone,
    with the crews of `others`, whose plan does not visit her, or does and she is put in anew.
    With `hours` it is told whether these can be kept.
    """
    told = _about(hers, others)
    if closed := refused(asked, hers, rules):
        return replace(told, closed=closed)
    if not hers.crews:
        return replace(told, closed=LeftOut(asked.borrower_id, Reason.NO_CREW_FITTING, NO_CREW))
    record = others.record
    if record and (planned := stop_of(record, asked.borrower_id)):
        second = others.problem.second(asked.now)
        window = _window(others.problem, (planned.start_s, planned.end_s))
        told = replace(told, planned=window)
        if is_begun(others, planned, second):
            return replace(told, closed=LeftOut(asked.borrower_id, Reason.NOT_TODAY, BEGUN))
        others = without_her(others, asked.borrower_id)
    stands = standing(asked, with_appointment(hers, asked), others, rules, times)
    return _told(asked, told, stands, most, hours)


BEGUN = "A crew has been sent to her on this day already."
NO_CREW = "No crew is on shift."
PASSED = "Her hours of this day have passed."


def _about(hers: Day, others: Others) -> DaySlots:
    version = others.record.version if others.record else None
    return DaySlots(hers.on, version=version, has_crews=others.has_crews)


def refused(asked: Asked, hers: Day, rules: RuleSet) -> LeftOut | None:
    """Return why nobody may go to her for any of the cases on that day, None where one may."""
    screened = screen(with_appointment(hers, asked), rules)
    going = {id for candidate in screened.candidates for id in candidate.case_ids}
    if going & set(asked.case_ids):
        return None
    about = [one for one in screened.left_out if set(one.case_ids) & set(asked.case_ids)]
    gone = LeftOut(asked.borrower_id, Reason.NOT_ENTRUSTED, "none of the cases is open any more")
    return next(iter((*about, *screened.left_out)), gone)


def _told(
    asked: Asked, told: DaySlots, stands: Standing, most: int, only_at: Window | None
) -> DaySlots:
    problem, id_ = stands.problem, stands.visit_id
    visit = problem.visit_by_id.get(id_)
    if visit is None:
        refused = next((one for one in problem.refused if one.visit_id == id_), None)
        return replace(told, closed=refused or _behind_others(id_))
    since_s = max(0, problem.second(asked.now))
    hours = offered_hours(visit.options, since_s)
    if only_at is not None:
        asked_for = problem.second(only_at.start), problem.second(only_at.end)
        hours = [asked_for] if asked_for[0] >= since_s else []
    found = offers(stands, hours, most)
    if found:
        return replace(told, slots=tuple(_slot(told, stands, offer) for offer in found))
    if not hours and since_s:
        return replace(told, closed=LeftOut(id_, Reason.NO_LAWFUL_WINDOW, PASSED))
    return replace(told, closed=why_none(stands))


def _behind_others(borrower_id: str) -> LeftOut:
    """Say that the screening of the day as it is planned has not let her through."""
    return LeftOut(borrower_id, Reason.NOT_CHOSEN, "another visit of hers comes first")


def _slot(told: DaySlots, stands: Standing, offer: Offer) -> Slot:
    problem, insertion = stands.problem, offer.insertion
    visits = insertion.itinerary.visits
    at = next(k for k, stop in enumerate(visits) if stop.id == stands.visit_id)
    option = problem.visit_by_id[stands.visit_id].options[insertion.option]
    days = [day for day in (insertion.itinerary, insertion.partner) if day is not None]
    return Slot(
        on=told.on,
        window=_window(problem, offer.hours),
        place_id=option.place_id,
        place_kind=_kind(problem, option.place_id),
        crew_ids=tuple(day.crew_id for day in days),
        begins_at=problem.at(visits[at].start_s),
        ends_at=problem.at(visits[at].end_s),
        driving_s=sum(_more_driving_s(stands, day) for day in days),
        cost=insertion.extra_cost,
        gain=insertion.gain,
        p_met=option.p_met,
        before=visits[at + 1].id if at + 1 < len(visits) else None,
    )


def _more_driving_s(stands: Standing, day: Itinerary) -> int:
    """Return what a crew drives more than by the plan without her; an empty day drives nothing."""
    crew = stands.problem.crew_by_id[day.crew_id]
    return travelled_s(crew, day) - stands.driven_s.get(day.crew_id, 0)


def _kind(problem: Problem, place_id: str) -> PlaceKind:
    places = problem.day.places if problem.day else ()
    return next(place.kind for place in places if place.id == place_id)


def _window(problem: Problem, hours: Span) -> Window:
    return Window(problem.at(hours[0]), problem.at(hours[1]))
