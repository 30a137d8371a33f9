"""The use cases, in the order of a day: place, crews, plan, check, explain, publish.

Each reads a snapshot, works on it with no transaction open, and writes what came of it in one
short transaction together with its event.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from routing.gazetteer.private import address_key
from routing.geocoders.chain import tallies
from routing.geocoders.confirmed import ConfirmedGeocoder
from routing.geocoders.online import Tally
from routing.geocoding import GeocodeResult
from routing.point import Point
from routing.travel import Mode, Spot, TravelTimes
from scheduler.build import build_problem
from scheduler.check import check_plan
from scheduler.chosen import EVERYTHING, Choice, narrowed, with_crews
from scheduler.crews import CrewDay, days_together, form_crews
from scheduler.day import Day
from scheduler.engines import DEFAULT
from scheduler.engines.base import OnProgress, StopRule
from scheduler.engines.greedy import GreedyEngine
from scheduler.engines.registry import engine as engine_named
from scheduler.engines.stop_rules import Begun
from scheduler.engines.support import refuse_unsupported
from scheduler.entrusted import employers
from scheduler.errors import ConflictError, NotFoundError, UnlawfulPlanError
from scheduler.explain import Explanation, explain, explain_with_remedies, remedies_of
from scheduler.feeds import feed_notes, feeds_of
from scheduler.forecast import Spreads, spreads_now
from scheduler.kept import Reread, reread, with_closed_visit
from scheduler.locks import LooseLock, fitting
from scheduler.model import City, Place
from scheduler.plan import Plan, Violation
from scheduler.ports import (
    AddressOverride,
    By,
    Cities,
    Clock,
    NewPlan,
    PlanRecord,
    Profiles,
    Store,
    Target,
)
from scheduler.problem import Lock, Problem
from scheduler.remedies import OnTrial, ToldRemedy
from scheduler.reserve.as_usual import as_usual
from scheduler.reserve.asked import NO_RESERVE, refuse_reserve
from scheduler.reserve.most import keeps_locks, most_reserve
from scheduler.rules import RuleSet, contact_first, crew_size, day_info
from scheduler.running.service import as_of_now, to_edit
from scheduler.signing import refuse_unsigned
from scheduler.windows import covers

OnCount = Callable[[int, int], None]
"""Progress of a count: done, of all."""

OnAsked = Callable[[Sequence[Tally]], None]
"""Told at the end what was asked of services outside, if any are switched on."""

OnStep = Callable[[str], None]
"""Told of what is done next, in words."""


@dataclass(frozen=True)
class Ports:
    """What the use cases need from outside, wired once."""

    store: Store
    cities: Cities
    profiles: Profiles
    clock: Clock

    def by(self, actor: str) -> By:
        return By(actor, self.clock())

    def signed_rules(self, city: City) -> RuleSet:
        """Return the rules that a city is planned by.

        Raises
        ------
        UnsignedProfileError
            Where values of its profile are known from memory or a draft, and nobody signed them.
        """
        rules = self.profiles.rules(city.profile)
        refuse_unsigned(rules, city.name, self.store.signatures(city.name))
        return rules


def place_addresses(
    ports: Ports,
    city: str,
    actor: str,
    on_count: OnCount | None = None,
    on_asked: OnAsked | None = None,
    *,
    again: bool = False,
) -> dict[Place, GeocodeResult]:
    """Look up every place of the city that has no position, and keep what is found.

    With `again` those, too, that were found too roughly to send somebody: the map may know more by
    now, or another service. What was found before a geocoder failed, or somebody stopped it, is
    kept too.
    """
    if not again:
        return look_up(ports, city, ports.store.unplaced(city), actor, on_count, on_asked)
    rough = [place for place in ports.store.unconfirmed(city) if not place.is_placed]
    return look_up(ports, city, rough, actor, on_count, on_asked)


def look_up(
    ports: Ports,
    city: str,
    places: Sequence[Place],
    actor: str,
    on_count: OnCount | None = None,
    on_asked: OnAsked | None = None,
) -> dict[Place, GeocodeResult]:
    """Look up some places, as `place_addresses` does all of a city that have no position."""
    if not places:
        return {}
    geocoder = geocoder_of(ports, city)
    found: dict[Place, GeocodeResult] = {}
    try:
        for done, place in enumerate(places, start=1):
            found[place] = geocoder.locate(place.address)
            if on_count:
                on_count(done, len(places))
    finally:
        with ports.store.writing(ports.by(actor)) as writer:
            writer.put_positions(city, found)
        if on_asked:
            on_asked(tallies(geocoder))
    return found


def geocoder_of(ports: Ports, city: str) -> ConfirmedGeocoder:
    """Return what finds addresses in a city: what people have decided comes first."""
    decided = ports.store.overrides(city)
    points = {key: one.point for key, one in decided.items()}
    return ConfirmedGeocoder(points, ports.cities.geocoder(city))


def undo_override(ports: Ports, city: str, id: int, actor: str) -> AddressOverride:
    """Take back where an address was decided to be, and look its places up again at once.

    Raises
    ------
    NotFoundError, DecidedMeanwhileError
        As `Writer.undo_override` says.
    """
    with ports.store.writing(ports.by(actor)) as writer:
        undone = writer.undo_override(city, id)
    unplaced = ports.store.unplaced(city)
    of_text = [one for one in unplaced if address_key(one.address) == undone.address_key]
    look_up(ports, city, of_text, actor)
    return undone


def point_of(ports: Ports, city: str, address: str) -> Point | None:
    """Return where a collector's address is, if it is found closely enough."""
    found = geocoder_of(ports, city).locate(address)
    return found.point if found.is_plannable else None


def form_day_crews(ports: Ports, city: str, on: date, actor: str, seed: int = 0) -> CrewDay:
    """Decide who goes with whom on a day, as its rules ask, and keep it."""
    day = ports.store.open_day(city, on)
    size = crew_size(ports.signed_rules(day.city), on)
    together = days_together(ports.store.recent_crews(city, on))
    formed = form_crews(day, size, meeting_times(ports, day), pair_days=together, seed=seed)
    with ports.store.writing(ports.by(actor)) as writer:
        writer.put_crews(city, on, formed.crews)
    return formed


def travel_times(ports: Ports, city: City, on: date) -> TravelTimes:
    """Return how long ways take in a city on a day: days off have other peaks than days worked."""
    return ports.cities.travel_times(city.name, is_working=is_working(ports, city, on))


def is_working(ports: Ports, city: City, on: date) -> bool:
    """Return whether a day is worked in a city, by the holidays of its profile."""
    return day_info(ports.profiles.rules(city.profile), on).is_working


def meeting_times(ports: Ports, day: Day) -> Callable[[Point, Point, Mode], float]:
    """Return how long it takes from one collector's start to another's, by the roads.

    Where travel differs by the hour, in the slowest: shifts begin and end when roads are full.
    """
    return meetings_by(travel_times(ports, day.city, day.on), day)


def meetings_by(
    times: TravelTimes, day: Day, also: Iterable[Point] = ()
) -> Callable[[Point, Point, Mode], float]:
    """Return what `meeting_times` does, by travel times at hand; between `also`, too."""
    ends = {c.start for c in day.collectors} | {c.end for c in day.collectors}
    points = sorted({*ends, *also}, key=repr)
    modes = sorted({collector.mode for collector in day.collectors})
    seconds = times.matrix([Spot(point) for point in points], modes).seconds
    row = {point: i for i, point in enumerate(points)}
    layer = {mode: i for i, mode in enumerate(modes)}
    slowest_s = seconds.max(axis=1)
    return lambda a, b, mode: float(slowest_s[layer[mode], row[a], row[b]])


@dataclass(frozen=True)
class PlannedDay:
    """A plan that was made and kept, with the problem that it answers.

    `notes` tell what was not known when it was made; `loosened` are locks that cannot hold.
    """

    record: PlanRecord
    problem: Problem
    notes: tuple[str, ...] = ()
    loosened: tuple[LooseLock, ...] = ()


def plan_day(
    ports: Ports,
    city: str,
    on: date,
    actor: str,
    stop: StopRule,
    *,
    engine: str = DEFAULT,
    seed: int = 0,
    threads: int = 1,
    locks: Sequence[Lock] = (),
    choice: Choice = EVERYTHING,
    reserve: int = NO_RESERVE,
    based_on: int | None = None,
    begin_with: Plan | None = None,
    job: int | None = None,
    on_progress: OnProgress | None = None,
    on_step: OnStep = lambda _: None,
) -> PlannedDay:
    """Plan a day, or what is chosen of it, and keep the plan as its newest draft.

    It is `based_on` the version that had `locks`, and begins with the best plan of a search that
    was cut off, if any. `job` is the work that asks for it, which makes one plan and no more.
    It is searched with as much `reserve` as its locks leave room for, and told at usual times.

    A whole first plan is made whatever `stop` answers, so that a search cancelled at once still
    keeps a day that can be driven. `threads` are how many the engine uses at most.

    Raises
    ------
    NotFoundError
        Where nobody is on shift, the book is empty, or a case or crew is chosen that is not there.
    LockError
        Where locks of no earlier version cannot hold.
    UnlawfulPlanError
        Where the engine's plan does not pass `check_plan`; it is not kept.
    UnsignedProfileError
        Where a compliance officer has to sign values of the city's rules first.
    UnsupportedError
        Where the day asks for something that the engine cannot honour.
    ReserveError
        Where so much reserve cannot be asked for.
    """
    refuse_reserve(reserve)
    solver = engine_named(engine, threads)
    on_step("reading the day")
    day = day_to_plan(ports, city, on, actor, seed, on_step)
    on_step("finding travel times")
    rules = ports.signed_rules(day.city)
    problem = build_problem(with_crews(day, choice), rules, travel_times(ports, day.city, on))
    problem = narrowed(problem, day, choice)
    loosened: tuple[LooseLock, ...] = ()
    if based_on is not None:
        locks, loosened = fitting(problem, locks)
    refuse_unsupported(solver, problem, locks)
    on_step("preparing the search")
    reserve, slower = most_reserve(problem, reserve, spreads_of(ports, city), keeps_locks(locks))
    first = begin_with
    if solver.begins_whole:
        stop = Begun(stop)
    else:
        first = first_plan(slower, locks, on_progress)
    result = solver.solve(
        slower, stop, seed=seed, warm_start=first, locks=locks, on_progress=on_progress
    )
    if reserve != NO_RESERVE:
        result = as_usual(problem, result, locks)
    on_step("checking the plan")
    refuse_unlawful(check_plan(problem, result.plan, locks))
    new = NewPlan(
        city=city,
        on=on,
        agency="",
        origin=problem.origin,
        plan=result.plan,
        cost=result.cost,
        crews=tuple(day.crews),
        engine=result.engine,
        status=result.status,
        seed=seed,
        profile=day.city.profile,
        rules_version=problem.rules.version if problem.rules else "",
        targets=targets(problem, result.plan),
        policy_version=day.policy.number if day.policy else 0,
        locks=tuple(locks),
        odds=day.odds.basis,
        reserve=reserve,
    )
    with ports.store.writing(ports.by(actor)) as writer:
        record = writer.add_plan(new, based_on, job)
    return PlannedDay(record, problem, notes_on(day, rules, ports.clock()), loosened)


def notes_on(day: Day, rules: RuleSet, now: datetime) -> tuple[str, ...]:
    """Return what whoever plans a day should know of the book's contacts and balances."""
    gate = bool(rules.of(contact_first.name, day.on))
    return feed_notes(feeds_of(day, now), day.city, asks_for_contacts=gate)


def spreads_of(ports: Ports, city: str) -> Spreads:
    """Return how far true times of a city lie around those of plans: learned, or else assumed."""
    return spreads_now(ports.store.times_decisions(city)).spreads


def first_plan(problem: Problem, locks: Sequence[Lock], on_progress: OnProgress | None) -> Plan:
    """Return a whole plan for an engine to begin with that makes none of its own."""
    greedy = GreedyEngine(improves=False)
    told = before_search(on_progress)
    return greedy.solve(problem, lambda: 0.0, locks=locks, on_progress=told).plan


def before_search(on_progress: OnProgress | None) -> OnProgress | None:
    """Return what tells of the first plan: none of the search's budget is spent on it."""
    if on_progress is None:
        return None
    return lambda progress: on_progress(replace(progress, share=0.0))


def day_to_plan(ports: Ports, city: str, on: date, actor: str, seed: int, on_step: OnStep) -> Day:
    """Return the day with its crews, forming them where nobody has yet."""
    day = ports.store.open_day(city, on)
    if not day.cases:
        raise NotFoundError(f"{city} has no open cases: import some first")
    if not day.shifts:
        raise NotFoundError(f"nobody is on shift in {city} on {on}: import shifts first")
    if day.crews:
        refuse_stale_crews(day)
        return day
    on_step("forming crews")
    return replace(day, crews=form_day_crews(ports, city, on, actor, seed).crews)


def refuse_stale_crews(day: Day) -> None:
    """Raise ConflictError where crews fit neither their members' shifts nor one agency."""
    shifts = {shift.collector_id: shift.window for shift in day.shifts}
    stale = [
        crew.id
        for crew in day.crews
        for window in map(shifts.get, crew.members)
        if window is None or not covers(window, crew.window.start, crew.window.end)
    ]
    if stale:
        raise ConflictError(
            f"crews {', '.join(sorted(set(stale)))} no longer fit the shifts of {day.on}: "
            "form the crews again"
        )
    if mixed := [crew.id for crew in day.crews if len(employers(day, crew)) > 1]:
        raise ConflictError(
            f"crews {', '.join(sorted(mixed))} hold collectors who work for different agencies by "
            "now: form the crews again"
        )


def targets(problem: Problem, plan: Plan) -> dict[str, Target]:
    """Say of each planned visit whom it is to, and for which cases."""
    found = {}
    for stop in (stop for trip in plan.itineraries for stop in trip.visits):
        visit = problem.visit_by_id[stop.id]
        found[stop.id] = Target(visit.id, visit.case_ids)
    return found


def kept_plan(
    ports: Ports, city: str, on: date, version: int | None = None, also: Iterable[str] = ()
) -> Reread:
    """Return a kept plan, the newest by default, against the facts of now."""
    record = ports.store.plan(city, on, version)
    day = ports.store.open_day(city, on)
    rules = ports.profiles.rules(day.city.profile)
    told = ports.store.told(city, on)
    return reread(record, day, rules, travel_times(ports, day.city, on), also, told)


def plan_to_judge(ports: Ports, city: str, on: date, version: int | None = None) -> Reread:
    """Return a kept plan as `kept_plan` does, as it runs by now.

    What crews have made of it is a fact: it is not judged by when it was planned. One that was
    published on a day that is over is judged as it was planned.
    """
    kept, now = kept_plan(ports, city, on, version), ports.clock()
    is_over = now.astimezone(kept.day.zone).date() > on
    return kept if is_over and kept.record.published else as_of_now(kept, now)


def explain_case(
    ports: Ports,
    city: str,
    on: date,
    case_id: str,
    version: int | None = None,
    *,
    with_remedies: bool = False,
    on_trial: OnTrial | None = None,
) -> Explanation:
    """Say why a case is planned as it is, or why it is left out, and on request what would help.

    `on_trial` is called before each remedy that is tried; what it raises ends the trying.

    Raises
    ------
    NotFoundError
        Where the city has no such open case, or the day no plan.
    """
    kept, borrower_id = kept_for_case(ports, city, on, case_id, version)
    return explain_kept(ports, kept, borrower_id, with_remedies=with_remedies, on_trial=on_trial)


def explain_kept(
    ports: Ports,
    kept: Reread,
    borrower_id: str,
    *,
    with_remedies: bool = False,
    on_trial: OnTrial | None = None,
) -> Explanation:
    """Do what `explain_case` does, of a plan that was read with the borrower already."""
    if with_remedies:
        kept = _for_remedies(ports, kept, borrower_id)
        return explain_with_remedies(kept, borrower_id, on_trial=on_trial)
    return explain(kept, borrower_id)


def remedies_for(
    ports: Ports, city: str, on: date, case_id: str, version: int | None = None
) -> tuple[ToldRemedy, ...]:
    """Say what would make room for a case that is left out, by the facts of now; cheapest first.

    Empty where it is planned, a rule keeps it out, or nothing that was tried works.

    Raises
    ------
    NotFoundError
        Where the city has no such open case, or the day no plan.
    """
    kept, borrower_id = kept_for_case(ports, city, on, case_id, version)
    return remedies_of(_for_remedies(ports, kept, borrower_id), borrower_id)


def kept_for_case(
    ports: Ports, city: str, on: date, case_id: str, version: int | None = None
) -> tuple[Reread, str]:
    """Return a kept plan read with the borrower of a case, and her id.

    Raises
    ------
    NotFoundError
        Where the city has no such open case, or the day no plan.
    """
    cases = ports.store.open_day(city, on).cases
    case = next((case for case in cases if case_id in (case.id, case.borrower_id)), None)
    if case is None:
        raise NotFoundError(f"{city} has no open case {case_id!r}")
    return kept_plan(ports, city, on, version, also=[case.borrower_id]), case.borrower_id


def _for_remedies(ports: Ports, kept: Reread, borrower_id: str) -> Reread:
    """Return a plan with hours that can be moved where the borrower's are not lawful.

    Of a day that runs, what is made or begun stays as it is.
    """
    times = travel_times(ports, kept.day.city, kept.day.on)
    return to_edit(with_closed_visit(kept, borrower_id, times), ports.clock())


def publish_day(
    ports: Ports, city: str, on: date, actor: str, *, version: int | None = None, note: str = ""
) -> PlanRecord:
    """Publish a draft, the newest by default, if it is still lawful by the facts of now.

    Raises
    ------
    UnlawfulPlanError
        Where `check_plan` finds a violation.
    UnsignedProfileError
        Where a compliance officer has to sign values of the city's rules first.
    ConflictError
        Where the plan is no draft, or a newer one is published already.
    """
    ports.signed_rules(ports.store.city(city))
    kept = plan_to_judge(ports, city, on, version)
    refuse_unlawful(kept.violations())
    with ports.store.writing(ports.by(actor)) as writer:
        return writer.publish(kept.record.id, note)


def refuse_unlawful(violations: Iterable[Violation]) -> None:
    """Raise UnlawfulPlanError that names every violation, if there is one."""
    if texts := [f"{v.kind} at {v.id}: {v.text}" for v in violations]:
        raise UnlawfulPlanError("the plan is not lawful:\n  " + "\n  ".join(texts))
