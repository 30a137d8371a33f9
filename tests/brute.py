"""A second judge, slow and plain on purpose: it lives through a plan second by second.

It shares no code with `scheduler.check` or `scheduler.rules`: it reads the profile's file and the
day's facts by itself, knows sets and lists only, and answers yes or no.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from types import MappingProxyType
from typing import Any

from routing.travel import UNREACHABLE
from scheduler.day import Day
from scheduler.model import Borrower, Case, Place, PlaceKind, StopFlag, Window
from scheduler.plan import Itinerary, Plan, Stop, StopKind
from scheduler.problem import CrewShift, Lock, Problem, Span, Visit

PROFILES = Path(__file__).parent.parent / "data" / "rules"
SPRING_FESTIVALS = {  # eve to day 3
    *(date(2026, 2, day) for day in (16, 17, 18, 19)),
    *(date(2027, 2, day) for day in (5, 6, 7, 8)),
}
NOTHING: Mapping[str, Any] = MappingProxyType({})
ON_THE_CASE_ALONE = {StopFlag.PAID, StopFlag.DISPUTED, StopFlag.LEGAL_HOLD, StopFlag.OTHER}


def is_feasible(
    problem: Problem,
    plan: Plan,
    locks: Sequence[Lock] = (),
    profiles: Sequence[str] = (),
    more: Mapping[str, Any] = NOTHING,
) -> bool:
    """Say whether `plan` holds. The rules are those of `profiles`, the first one's first.

    `more` are rules that none of them has, by their plain values.
    """
    return (
        every_id_is_known(problem, plan)
        and every_visit_stands_once(problem, plan)
        and what_has_begun_stands(problem, plan)
        and all(enough_people_come(problem, plan, visit) for visit in problem.visits)
        and all(can_be_lived(problem, trip) for trip in plan.itineraries)
        and all(is_kept(lock, plan) for lock in locks)
        and is_little_moved(problem, plan)
        and (
            problem.day is None or is_lawful(problem, problem.day, plan, values_of(profiles, more))
        )
    )


def every_id_is_known(problem: Problem, plan: Plan) -> bool:
    crews = [crew.id for crew in problem.crews]
    if any(crews.count(trip.crew_id) != 1 for trip in plan.itineraries):
        return False
    for trip in plan.itineraries:
        rests = [rest.id for rest in crew_of(problem, trip).breaks]
        for stop in trip.stops:
            if stop.kind is StopKind.BREAK and stop.id not in rests:
                return False
            if stop.kind is StopKind.VISIT:
                counts = {visit.id: len(visit.options) for visit in problem.visits}
                if stop.option not in range(counts.get(stop.id, 0)):
                    return False
    return True


def every_visit_stands_once(problem: Problem, plan: Plan) -> bool:
    crews = [trip.crew_id for trip in plan.itineraries]
    served = [stop.id for trip in plan.itineraries for stop in trip.visits]
    for visit in problem.visits:
        if visit.may_meet and served.count(visit.id) == 2:
            served.remove(visit.id)
    left_out = [entry.visit_id for entry in plan.left_out]
    asked = [visit.id for visit in problem.visits] + [entry.visit_id for entry in problem.refused]
    return len(crews) == len(set(crews)) and sorted(served + left_out) == sorted(set(asked))


def what_has_begun_stands(problem: Problem, plan: Plan) -> bool:
    for crew in problem.crews:
        trips = [trip for trip in plan.itineraries if trip.crew_id == crew.id]
        if not trips and any(stop.kind is StopKind.VISIT for stop in crew.begun):
            return False
        for trip in trips:
            if list(trip.stops)[: len(crew.begun)] != list(crew.begun):
                return False
    return True


def enough_people_come(problem: Problem, plan: Plan, visit: Visit) -> bool:
    """One crew that is large enough, or two that need each other and start together."""
    came = [
        (crew_of(problem, trip), stop)
        for trip in plan.itineraries
        for stop in trip.visits
        if stop.id == visit.id
    ]
    sizes = [crew.size for crew, _ in came]
    if len(came) == 1:
        (crew, stop) = came[0]
        return stop in crew.begun or crew.size >= visit.crew_size
    if len(came) == 2:
        (one, first), (other, second) = came
        return (
            visit.may_meet
            and one.id != other.id
            and max(sizes) < visit.crew_size
            and (sum(sizes) >= visit.crew_size or (first in one.begun and second in other.begun))
            and (first.option, first.start_s) == (second.option, second.start_s)
        )
    return not came


def can_be_lived(problem: Problem, trip: Itinerary) -> bool:
    """Live the day of a crew from second to second, and compare with what the plan says."""
    if not trip.stops:
        return True
    crew = crew_of(problem, trip)
    may_choose = (crew.working_price_per_s or crew.max_working_s is not None) and not crew.begun
    if trip.start_s < crew.start_s or (trip.start_s != crew.start_s and not may_choose):
        return False
    clock, here, on_the_road = as_it_was(problem, crew, trip)
    at_rest = sum(stop.end_s - stop.start_s for stop in trip.stops if is_unpaid(crew, stop))
    for stop in trip.stops[len(crew.begun) :]:
        there, seconds, span = what_is_there(problem, crew, stop, here)
        way = seconds_under_way(problem, crew, here, there, clock)
        on_the_road += way
        if way >= UNREACHABLE:
            return False
        for _ in range(way):
            clock += 1
        if clock != stop.arrival_s:
            return False
        while clock < stop.start_s:
            clock += 1
        if clock != stop.start_s or clock not in span:
            return False
        for _ in range(seconds):
            clock += 1
        if clock != stop.end_s:
            return False
        here = there
    way = seconds_under_way(problem, crew, here, crew.end_location, clock)
    if way >= UNREACHABLE or clock + way != trip.end_s:
        return False
    if crew.max_working_s is not None and trip.visits:
        at_work = range(trip.start_s, trip.end_s)
        if len(at_work) - at_rest > crew.max_working_s:
            return False
    if crew.max_travel_s is not None and on_the_road + way > crew.max_travel_s:
        return False
    return trip.end_s <= crew.end_s + crew.max_overtime_s and suits(problem, crew, trip)


def as_it_was(problem: Problem, crew: CrewShift, trip: Itinerary) -> tuple[int, int, int]:
    """Return when and where the crew goes on from what it has begun, and its travel until then."""
    clock, here, on_the_road = trip.start_s, crew.start_location, 0
    for stop in crew.begun:
        if stop.kind is StopKind.VISIT:
            on_the_road += stop.arrival_s - clock
            here = visit_of(problem, stop).options[stop.option].location
        clock = stop.end_s
    while crew.begun and clock < crew.free_s:
        clock += 1
    return clock, here, on_the_road


def seconds_under_way(problem: Problem, crew: CrewShift, here: int, there: int, clock: int) -> int:
    """Drive the way in steps: of each slot its share, until nothing of the way is left."""
    ways = [int(slot[here][there]) for slot in problem.ways(crew)]
    if max(ways) >= UNREACHABLE:
        return UNREACHABLE
    begins = [*problem.travel.slot_starts_s, UNREACHABLE]
    slot = max([0, *(k for k, begin in enumerate(begins) if begin <= clock)])
    left, now = ways[slot], clock
    while now + left > begins[slot + 1]:
        left = (now + left - begins[slot + 1]) * ways[slot + 1] // ways[slot]
        now, slot = begins[slot + 1], slot + 1
    return now + left - clock


def is_unpaid(crew: CrewShift, stop: Stop) -> bool:
    return stop.kind is StopKind.BREAK and any(
        rest.id == stop.id and not rest.is_paid for rest in crew.breaks
    )


def what_is_there(
    problem: Problem, crew: CrewShift, stop: Stop, here: int
) -> tuple[int, int, set[int]]:
    """Return where a stop is, how long it takes and all seconds at which it may start."""
    if stop.kind is StopKind.BREAK:
        rest = next(rest for rest in crew.breaks if rest.id == stop.id)
        return here, rest.duration_s, seconds_of([rest.starts])
    option = visit_of(problem, stop).options[stop.option]
    if stop.place_id and stop.place_id != option.place_id:
        return option.location, option.service_s, set()
    if option.crews is not None and crew.id not in option.crews:
        return option.location, option.service_s, set()
    seconds = option.service_s if here == option.location else option.service_s + option.setup_s
    return option.location, seconds, seconds_of(option.starts)


def suits(problem: Problem, crew: CrewShift, trip: Itinerary) -> bool:
    rests = [stop.id for stop in trip.stops if stop.kind is StopKind.BREAK]
    due = [rest.id for rest in crew.breaks]
    if (trip.visits and sorted(rests) != sorted(due)) or len(rests) != len(set(rests)):
        return False
    if crew.max_visits is not None and len(trip.visits) > crew.max_visits:
        return False
    visits = [visit_of(problem, stop) for stop in trip.visits]
    for kind in range(len(crew.capacity)):
        if sum([*visit.load, 0, 0][kind] for visit in visits) > crew.capacity[kind]:
            return False
    asked = [visit_of(problem, stop) for stop in trip.visits if stop not in crew.begun]
    return all(
        all(skill in crew.skills for skill in visit.skills)
        and (visit.allowed_crews is None or crew.id in visit.allowed_crews)
        for visit in asked
    )


def is_little_moved(problem: Problem, plan: Plan) -> bool:
    if problem.reference is None or problem.reference.most_moves is None:
        return True
    moved = 0
    for visit, known in problem.reference.crews_of.items():
        crews = [trip.crew_id for trip in plan.itineraries for s in trip.visits if s.id == visit]
        moved += 1 if crews == [] else sum(crew not in known for crew in crews)
    return moved <= problem.reference.most_moves


def is_kept(lock: Lock, plan: Plan) -> bool:
    if sum(lock.visit_id in ids_of(trip) for trip in plan.itineraries) != 1:
        return False  # to one crew means to nobody else, two who meet included
    for trip in plan.itineraries:
        earlier: list[str] = []
        for stop in trip.visits:
            if stop.id == lock.visit_id:
                return (
                    trip.crew_id == lock.crew_id
                    and (lock.start_s is None or lock.start_s == stop.start_s)
                    and (lock.after is None or lock.after in earlier)
                )
            earlier.append(stop.id)
    return False


def is_lawful(problem: Problem, day: Day, plan: Plan, values: dict[str, Any]) -> bool:
    trips = [trip for trip in plan.itineraries if trip.visits]
    teams = {crew.id: crew.members for crew in day.crews}
    if problem.rules is None or any(trip.crew_id not in teams for trip in trips):
        return False
    out = [member for trip in trips for member in teams[trip.crew_id]]
    homes = {place.id: place.borrower_id for place in day.places}
    doors = {stop.id: place_of(problem, stop) for trip in trips for stop in trip.visits}
    met = [homes.get(door) for door in doors.values()]
    came = {
        visit_id: [m for trip in trips if visit_id in ids_of(trip) for m in teams[trip.crew_id]]
        for visit_id in doors
    }
    return (
        all(is_one_at_a_time(teams, trips, member) for member in set(out))
        and len(met) == len(set(met))
        and all(may_work(problem, day, m, trip) for trip in trips for m in teams[trip.crew_id])
        and all(
            are_able(problem, day, stop, teams[trip.crew_id])
            and may_visit(problem, day, stop, came[stop.id], values)
            for trip in trips
            for stop in trip.visits
        )
    )


def is_one_at_a_time(teams: Mapping[str, Sequence[str]], trips: list[Itinerary], who: str) -> bool:
    hers = [trip for trip in trips if who in teams[trip.crew_id]]
    seconds = [second for trip in hers for second in range(trip.start_s, trip.end_s)]
    named = [list(teams[trip.crew_id]).count(who) for trip in hers]
    return len(seconds) == len(set(seconds)) and set(named) <= {1}


def may_work(problem: Problem, day: Day, member: str, trip: Itinerary) -> bool:
    known = [collector for collector in day.collectors if collector.id == member]
    if not known:
        return False
    expires = known[0].certificate_expires
    zero = problem.origin.timestamp()
    return (expires is None or day.on <= expires) and any(
        shift.collector_id == member
        and shift.window.start.timestamp() <= zero + trip.start_s
        and zero + trip.end_s <= shift.window.end.timestamp() + shift.max_overtime.total_seconds()
        for shift in day.shifts
    )


def may_visit(
    problem: Problem, day: Day, stop: Stop, team: Sequence[str], values: dict[str, Any]
) -> bool:
    visit = visit_of(problem, stop)
    places = [place for place in day.places if place.id == place_of(problem, stop)]
    cases = [case for case in day.cases if case.id in visit.case_ids]
    if not places or not cases or len(cases) < len(set(visit.case_ids)):
        return False
    place = places[0]
    people = [borrower for borrower in day.borrowers if borrower.id == place.borrower_id]
    if not people or any(case.borrower_id != place.borrower_id for case in cases):
        return False
    if any(needed > len(team) for needed in [visit.crew_size, *(c.crew_size for c in cases)]):
        return False
    employers = [c.agency for c in day.collectors if c.id in team]
    if any(employer != case.agency for employer in employers for case in cases):
        return False
    owners = {case.owner for case in cases} - {None}
    for owned in (case for case in cases if case.owner):
        owners |= day.stand_ins.get(owned.id, set())
    if day.city.owner_policy == "fixed" and owners and not owners & set(team):
        return False
    if not suits_her(problem, day, stop, cases):
        return False
    hers = [case for case in day.cases if case.borrower_id == place.borrower_id]
    stops = set(people[0].stops) | {flag for case in cases for flag in case.stops}
    stops |= {flag for case in hers for flag in case.stops} - ON_THE_CASE_ALONE
    visits = [v for v in day.past if v.borrower_id == place.borrower_id]
    home_failed = any(
        v.was_met is False and v.place_kind in (PlaceKind.HOME, PlaceKind.REGISTERED)
        for v in visits
    )
    days = [v.at.astimezone(day.zone).date() for v in visits]
    told = {case.visited_at.astimezone(day.zone).date() for case in cases if case.visited_at}
    return (
        not stops
        and place.is_valid
        and len(team) >= values.get("crew_size", 1)
        and day.on not in SPRING_FESTIVALS
        and (place.kind is not PlaceKind.WORK or home_failed or place.source in values["workplace"])
        and (
            not day.knows_contacts or is_contacted(day, place.borrower_id, values["contact_first"])
        )
        and not_too_often(day.on, days + sorted(told - set(days)), values)
        and her_life_allows(problem, day, stop, place, cases, days, values)
        and all(
            is_open(problem.at(second), day.on, values)
            for second in range(stop.start_s, stop.end_s)
        )
    )


def her_life_allows(
    problem: Problem,
    day: Day,
    stop: Stop,
    place: Place,
    cases: Sequence[Case],
    visits: Sequence[date],
    values: dict[str, Any],
) -> bool:
    """Say whether her wishes, pauses, consents, places and the contacts so far let her be met."""
    known = day.dossier_of(place.borrower_id)
    contacts = [*visits, *(c.at.astimezone(day.zone).date() for c in known.contacts)]
    week = [day.on - timedelta(days=back) for back in range(7)]
    consents = {consent.rule for consent in known.consents}
    seconds = {problem.at(second).time() for second in range(stop.start_s, stop.end_s)}
    others = [p for p in day.places if p.borrower_id == place.borrower_id and p != place]
    own = [p for p in others if p.is_valid and p.source not in values["third_persons"]]
    chosen = values.get("place_order", {}).get("choice", [])
    return not (
        any(
            (word.kind == "not_today" and word.on == day.on)
            or (word.kind == "not_before" and word.on > day.on)
            for word in known.directives
        )
        or contacts.count(day.on) >= values.get("contacts_a_day", 99)
        or sum(on in week for on in contacts)
        >= values.get("contacts_in_7_days", {}).get("most", 99)
        or any(
            pause.first <= day.on and day.on <= pause.last for pause in known.pauses if pause.last
        )
        or any(
            wish.place_kind in (None, place.kind)
            and (
                not wish.blocked or any(w.start <= s < w.end for s in seconds for w in wish.blocked)
            )
            for wish in known.wishes
        )
        or (place.source in values["third_persons"] and own)
        or (place.source not in chosen and any(p.source in chosen for p in own))
        or (
            (values.get("workplace_on_request") and place.kind == "work")
            and "workplace_on_request" not in consents
        )
        or place.kind not in values.get("place_kinds", {"kinds": list(PlaceKind)})["kinds"]
        or ("product_bound" in values and "product_bound" not in consents)
        or any(case.product not in values.get("product_bound", [case.product]) for case in cases)
    )


def are_able(problem: Problem, day: Day, stop: Stop, team: Sequence[str]) -> bool:
    """Say whether a crew, alone or with another one, has all the skills and a language."""
    visit = visit_of(problem, stop)
    cases = [case for case in day.cases if case.id in visit.case_ids]
    skills = {skill for c in day.collectors if c.id in team for skill in c.skills}
    wanted = {skill for case in cases for skill in case.skills} | set(visit.skills)
    homes = [place.borrower_id for place in day.places if place.id == place_of(problem, stop)]
    people = [borrower for borrower in day.borrowers if borrower.id in homes]
    return wanted <= skills and all(can_talk(borrower, day, team) for borrower in people)


def can_talk(borrower: Borrower, day: Day, team: Sequence[str]) -> bool:
    """A language counts only where both have stated theirs."""
    spoken = [set(c.languages) for c in day.collectors if c.id in team]
    return not borrower.languages or any(not s or s & borrower.languages for s in spoken)


def is_contacted(day: Day, borrower_id: str, gate: dict[str, Any]) -> bool:
    """Say whether the borrower heard of anybody by a channel of the gate in its days."""
    if not day.knows_contacts:
        return True
    contacts = day.dossier_of(borrower_id).contacts
    first = day.on - timedelta(days=gate["within_days"])
    reached = [
        one
        for one in contacts
        if one.reached_her
        and one.channel in gate["channels"]
        and first <= one.at.astimezone(day.zone).date() <= day.on
    ]
    return len(reached) >= int(gate["at_least"])


def not_too_often(on: date, others: Sequence[date], values: dict[str, Any]) -> bool:
    """Every stretch of 7 and of 30 days around `on` is counted out, day by day."""
    for other in others:
        if abs((other - on).days) < values["days_between_visits"]:
            return False
    for length, most in ((7, values["visits_in_7_days"]), (30, values["visits_in_30_days"])):
        for back in range(length):
            stretch = [on + timedelta(days=ahead - back) for ahead in range(length)]
            if sum(other in stretch for other in others) + 1 > most:
                return False
    return True


def is_open(moment: datetime, on: date, values: dict[str, Any]) -> bool:
    """Say whether the second that begins at `moment` lies in all hours, less the margin."""
    if moment.date() != on:
        return False
    for rule in ("hours", "house_hours"):
        if rule in values:
            opens, closes = (time.fromisoformat(t) for t in values[rule]["any"][0].split("-"))
            margin = timedelta(minutes=values["closing_margin_min"])
            last = datetime.combine(on, closes, moment.tzinfo) - margin
            if not opens <= moment.time() < last.time():
                return False
    return True


def suits_her(problem: Problem, day: Day, stop: Stop, cases: Sequence[Case]) -> bool:
    place = next(place for place in day.places if place.id == place_of(problem, stop))
    agreed = [case.appointment for case in cases if case.appointment]
    hers = [w for w in agreed if w.start.astimezone(day.zone).date() == day.on]
    if not hers and not place.windows:
        return True
    zero = problem.origin.timestamp()
    start, end = zero + stop.start_s, zero + stop.end_s
    usual = [w.on(day.on, day.zone) for w in place.windows]
    windows: list[Window] = hers or [w for w in usual if w]
    return any(w.start.timestamp() <= start and end <= w.end.timestamp() for w in windows)


def values_of(profiles: Sequence[str], more: Mapping[str, Any]) -> dict[str, Any]:
    """Return the plain values of the profiles' files; stops of any kind stop everywhere."""
    values = dict(more)
    for profile in (*profiles, "house"):
        text = (PROFILES / f"{profile.lower()}.toml").read_text(encoding="utf-8")
        for rule, line in tomllib.loads(text)["rules"].items():
            values.setdefault(rule, line["value"])
    return values


def crew_of(problem: Problem, trip: Itinerary) -> CrewShift:
    return next(crew for crew in problem.crews if crew.id == trip.crew_id)


def visit_of(problem: Problem, stop: Stop) -> Visit:
    return next(visit for visit in problem.visits if visit.id == stop.id)


def place_of(problem: Problem, stop: Stop) -> str:
    return visit_of(problem, stop).options[stop.option].place_id


def ids_of(trip: Itinerary) -> list[str]:
    return [stop.id for stop in trip.visits]


def seconds_of(spans: Sequence[Span]) -> set[int]:
    return {second for first, last in spans for second in range(first, last + 1)}
