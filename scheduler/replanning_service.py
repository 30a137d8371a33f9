"""Planning a running day again: a proposal, kept as a draft that is based on what is published."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from scheduler.absence import LeftCrews, left_crews
from scheduler.check import check_plan
from scheduler.cost import cost
from scheduler.day import Day
from scheduler.engines.base import OnProgress, Result, StopRule
from scheduler.engines.registry import engine as engine_named
from scheduler.engines.search.engine import SearchEngine
from scheduler.engines.stop_rules import Begun
from scheduler.errors import ConflictError, NotFoundError
from scheduler.kept import Reread, reread
from scheduler.model import Crew
from scheduler.plan import Cost, Plan
from scheduler.ports import NewPlan, PlanRecord, PlanStatus
from scheduler.problem import Lock
from scheduler.reached import better_of
from scheduler.replanning import Asked, Terms, asked_anew, to_judge
from scheduler.reserve.as_usual import as_usual
from scheduler.reserve.asked import NO_RESERVE, refuse_reserve
from scheduler.reserve.most import keeps_visits, most_reserve
from scheduler.running import unmade_visits
from scheduler.running.service import running
from scheduler.service import (
    OnStep,
    Ports,
    refuse_unlawful,
    spreads_of,
    targets,
    travel_times,
)


@dataclass(frozen=True)
class Proposed:
    """A proposal, and what it was made from.

    `kept` is what the day costs if nothing is changed but what cannot be kept, by the same facts.
    `given_up` are visits that could not stay where they were, `loosened` locks that hold no more.
    """

    record: PlanRecord
    base: PlanRecord
    kept: Cost
    given_up: frozenset[str]
    loosened: tuple[Lock, ...]


def published_plan(ports: Ports, city: str, on: date) -> PlanRecord:
    """Return the plan of a day that crews drive by; NotFoundError where there is none."""
    found = [one for one in ports.store.plans(city, on) if one.state is PlanStatus.PUBLISHED]
    if not found:
        raise NotFoundError(f"no plan of {city} on {on} is published: publish one first")
    return found[-1]


def replan_day(
    ports: Ports,
    city: str,
    on: date,
    actor: str,
    stop: StopRule,
    terms: Terms,
    *,
    seed: int = 0,
    threads: int = 1,
    begin_with: Plan | None = None,
    job: int | None = None,
    on_progress: OnProgress | None = None,
    on_step: OnStep = lambda _: None,
) -> Proposed:
    """Plan what is left of a running day, and keep it as a draft; nothing is published by it.

    It begins with the best plan of a search that was cut off, if any, where that is still better
    than the day as it runs. `job` is the work that asks for it, which makes one draft and no more:
    where that is kept already, it is returned. Where the terms name no reserve, that of the
    published plan is kept; as far as the day as it runs leaves room for it: for a reserve no visit
    is given up that people know.

    Raises
    ------
    NotFoundError
        Where no plan of the day is published.
    ConflictError
        Where the day is over.
    ReserveError
        Where so much reserve cannot be asked for.
    UnlawfulPlanError
        Where what is found does not pass `check_plan`; it is not kept.
    """
    if terms.reserve is not None:
        refuse_reserve(terms.reserve)
    on_step("reading the day")
    before = _made_by(ports, city, on, job)
    base = _base_of(ports, before) if before else published_plan(ports, city, on)
    asked, read = _asked(ports, base, terms)
    kept = cost(asked.problem, asked.first)
    if before:
        return Proposed(before, base, kept, asked.given_up, asked.loosened)
    on_step("preparing the search")
    wished = base.content.reserve if terms.reserve is None else terms.reserve
    reserve, slower = most_reserve(
        asked.problem, wished, spreads_of(ports, city), keeps_visits(asked.first, asked.locks)
    )
    first = better_of(slower, asked.locks, asked.first, begin_with)
    engine = engine_named(SearchEngine.name, threads)
    result = engine.solve(
        slower, Begun(stop), seed=seed, warm_start=first, locks=asked.locks,
        on_progress=on_progress,
    )  # fmt: skip
    if reserve != NO_RESERVE:
        result = as_usual(asked.problem, result, asked.locks)
    on_step("checking the plan")
    problem, plan = to_judge(asked, result.plan)
    judged = replace(read, problem=problem, plan=plan)
    refuse_unlawful([*judged.violations(), *check_plan(replace(problem, day=None), plan,
                                                       asked.locks)])  # fmt: skip
    new = replace(_new_plan(read, asked, result, plan, seed), reserve=reserve)
    with ports.store.writing(ports.by(actor)) as writer:
        record = writer.add_plan(new, based_on=base.version, job=job)
    return Proposed(record, base, kept, asked.given_up, asked.loosened)


def _made_by(ports: Ports, city: str, on: date, job: int | None) -> PlanRecord | None:
    """Return the draft that a job has made already, if it was cut off before it could say so."""
    plans = ports.store.plans(city, on) if job is not None else ()
    return next((one for one in plans if one.job == job), None)


def _base_of(ports: Ports, made: PlanRecord) -> PlanRecord:
    return ports.store.plan(made.content.city, made.content.on, made.based_on)


def _asked(ports: Ports, base: PlanRecord, terms: Terms) -> tuple[Asked, Reread]:
    content, now = base.content, ports.clock()
    day = ports.store.open_day(content.city, content.on)
    if now.astimezone(day.zone).date() > content.on:
        raise ConflictError(f"{content.on} is over: there is nothing left to plan")
    rules, told = ports.signed_rules(day.city), ports.store.told(content.city, content.on)
    left = left_crews(ports, base, day, now + timedelta(seconds=terms.freeze_s))
    content = left.record.content
    extra = _others(day, base.content, left)
    wider = replace(base, content=replace(content, crews=(*content.crews, *extra)))
    everybody = [borrower.id for borrower in day.borrowers]
    times = travel_times(ports, day.city, content.on)
    read = reread(wider, day, rules, times, everybody, told)
    found = running(read, now)
    shut = unmade_visits(content, told)
    asked = asked_anew(found, terms, gone=left.gone, shut=shut, locks=content.locks)
    return _with_lost(asked, left), read


def _with_lost(asked: Asked, left: LeftCrews) -> Asked:
    """Name what went with people who do not come beside what the search cannot keep."""
    return replace(
        asked,
        given_up=asked.given_up | left.given_up,
        loosened=(*left.loosened, *asked.loosened),
    )


def _others(day: Day, base: NewPlan, left: LeftCrews) -> list[Crew]:
    """Return the day's crews, formed since, of whom nobody is away or on the road with another."""
    crews = left.record.content.crews
    busy = {member for crew in crews if crew.id not in left.gone for member in crew.members}
    known = {crew.id for crew in (*base.crews, *crews)}
    return [
        crew
        for crew in day.crews
        if crew.id not in known and not (busy | left.away) & set(crew.members)
    ]


def _new_plan(read: Reread, asked: Asked, result: Result, plan: Plan, seed: int) -> NewPlan:
    out = {trip.crew_id for trip in plan.itineraries}
    on_duty = {crew.id for crew in asked.problem.crews}
    base = read.record.content
    return replace(
        base,
        plan=plan,
        cost=result.cost,
        crews=tuple(crew for crew in base.crews if crew.id in out | on_duty),
        engine=result.engine,
        status=result.status,
        seed=seed,
        profile=read.day.city.profile,
        rules_version=read.rules.version,
        targets=targets(asked.problem, plan),
        policy_version=read.day.policy.number if read.day.policy else 0,
        locks=asked.locks,
        odds=read.day.odds.basis,
    )
