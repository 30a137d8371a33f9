"""What each kind of job does, in the worker process. To add one: a function here, in `WORK`.

Lists are read from the home: web/imports/working.py does that work. Teams are worked in processes
of their own: web/headcount/working.py.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import date
from functools import cache
from itertools import count
from pathlib import Path
from time import monotonic
from typing import Any

from data.jobs import Ended, Job, JobKind, JobState
from data.policy import read_policy
from data.policy.kept_preview import kept_preview
from data.robots.kept import Robots
from data.robots.sending import Sender
from data.store.jobs import Jobs
from routing.errors import RoutingError
from routing.geocoders.online import Tally
from scheduler.chosen import Choice
from scheduler.crews import CrewDay
from scheduler.engines.search.engine import SearchEngine
from scheduler.engines.stop_rules import Cancelled, Elapsed
from scheduler.errors import DayroundError
from scheduler.explain import Explanation
from scheduler.planning_again import plan_again, planned_before
from scheduler.policy import next_number
from scheduler.policy_preview import preview
from scheduler.reached import going_on
from scheduler.replanning import Terms
from scheduler.replanning_service import published_plan, replan_day
from scheduler.service import (
    OnCount,
    Ports,
    explain_case,
    form_day_crews,
    place_addresses,
)
from scheduler.slots.hours import hours_to_agree
from web.headcount.working import simulate_teams
from web.imports.working import BESIDE
from web.jobs.going_on import Telling, reached_by, reached_from
from web.jobs.warming import warming
from web.slots.telling import slot_value
from web.wiring import Wired, wire

TELL_EVERY_S = 0.5


class StoppedError(Exception):
    """Somebody stopped work that then keeps what it has; `result` tells what that is."""

    def __init__(self, result: Mapping[str, Any] | None = None) -> None:
        super().__init__()
        self.result = result or {}


class Beat:
    """Tells how far a job is, at most twice a second, and hears whether it is to stop."""

    def __init__(self, jobs: Jobs, job: Job, runner: str) -> None:
        self._jobs, self._job, self._runner = jobs, job, runner
        self._progress: dict[str, Any] = {}
        self._due = 0.0
        self._is_cancelled = job.is_cancelled

    def tell(self, **progress: Any) -> None:
        """Remember how far the work is; it is written when that is due."""
        self._progress = progress
        self.is_cancelled()

    def keep(self, reached: Mapping[str, Any]) -> None:
        """Keep what the work has reached, for a runner that has to go on with it."""
        self._jobs.keep(self._job.id, self._runner, reached)

    def is_cancelled(self) -> bool:
        """Whether somebody has asked to stop.

        Raises
        ------
        LeaseLostError
            Where the job has been given to another runner: nothing of it is to be kept.
        """
        if monotonic() >= self._due:
            self._due = monotonic() + TELL_EVERY_S
            self._is_cancelled = self._jobs.tell(self._job.id, self._runner, self._progress)
        return self._is_cancelled


def work(folder: Path, job_id: int, runner: str) -> Ended:
    """Do a job of the home in `folder`; LeaseLostError where it is another runner's by now."""
    wired = opened(folder)
    job = wired.jobs.get(job_id)
    beat = Beat(wired.jobs, job, runner)
    try:
        if job.kind is JobKind.SIMULATE:
            result = simulate_teams(wired, job, beat)
        elif job.kind in AT_HOME:
            result = AT_HOME[job.kind](wired, job, counting(beat))
        else:
            result = WORK[job.kind](wired.ports, job, beat)
    except StoppedError as stopped:
        return Ended(JobState.CANCELLED, stopped.result)
    except (DayroundError, RoutingError) as error:
        return Ended(JobState.FAILED, problem=str(error))
    return Ended(JobState.CANCELLED if beat.is_cancelled() else JobState.DONE, result)


@cache
def opened(folder: Path) -> Wired:
    """Open a home, once for all jobs of the process."""
    return wire(folder)


def geocode(ports: Ports, job: Job, beat: Beat) -> Mapping[str, Any]:
    """Look up the city's addresses; what was found before a stop is kept."""
    asked: list[dict[str, Any]] = []

    def on_asked(tallies: Sequence[Tally]) -> None:
        asked.extend(asdict(tally) for tally in tallies)

    try:
        found = place_addresses(
            ports,
            job.city,
            job.made_by,
            counting(beat),
            on_asked,
            again=job.parameters.get("again", False),
        )
    except StoppedError:
        raise StoppedError({"services": asked}) from None
    rough = sum(not result.is_plannable for result in found.values())
    return {"looked_up": len(found), "to_check": rough, "services": asked}


def counting(beat: Beat) -> Callable[[int, int], None]:
    """Return what tells how many are done of how many, and raises where the work is to stop."""

    def on_count(done: int, total: int) -> None:
        beat.tell(done=done, total=total)
        if beat.is_cancelled():
            raise StoppedError

    return on_count


def crews(ports: Ports, job: Job, _: Beat) -> Mapping[str, Any]:
    """Form the day's crews, and remember who is in none and why."""
    return told(form_day_crews(ports, job.city, day_of(job), job.made_by))


def told(formed: CrewDay) -> dict[str, Any]:
    """Return what the page of crews says beside the crews themselves."""
    return {
        "alone": {one.collector_id: one.why for one in formed.alone},
        "notes": [[list(note.members), note.text] for note in formed.notes],
    }


def plan(ports: Ports, job: Job, beat: Beat) -> Mapping[str, Any]:
    """Plan the day; a search that is stopped keeps its best plan."""
    on, seconds = day_of(job), float(job.parameters["seconds"])
    if job.parameters["engine"] == SearchEngine.name:
        await_search(beat)
    made: dict[str, Any] = {}
    if not ports.store.open_day(job.city, on).crews:
        made = told(form_day_crews(ports, job.city, on, job.made_by))
    reached = reached_by(ports, job)
    if before := planned_before(ports, job.city, on, job.id, reached):
        return {"version": before.version, **made}
    telling = Telling(beat.tell, beat.keep, job.reached)
    telling.begin(reached)
    left = going_on(Elapsed(seconds * reached.left, monotonic), reached)
    planned = plan_again(
        ports, job.city, on, job.made_by, Cancelled(left, beat.is_cancelled), reached,
        engine=job.parameters["engine"],
        choice=choice_of(job.parameters.get("choice", {})),
        reserve=job.parameters.get("reserve"),
        job=job.id,
        on_progress=telling.on_progress,
    )  # fmt: skip
    return {"version": planned.record.version, **made}


def choice_of(told: Mapping[str, Any]) -> Choice:
    """Return what a plan was asked for, as its job keeps it in plain values."""
    sets = ("buckets", "agencies", "owners", "cases", "crews")
    due_by = told.get("due_by")
    return Choice(
        **{name: frozenset(told.get(name, ())) for name in sets},
        due_by=date.fromisoformat(due_by) if due_by else None,
        district=told.get("district", ""),
    )


def replan(ports: Ports, job: Job, beat: Beat) -> Mapping[str, Any]:
    """Plan what is left of a running day; a search that is stopped keeps its best plan."""
    await_search(beat)
    told = job.parameters
    terms = Terms(int(told["freeze_min"]) * 60, told["most_moves"], reserve=told.get("reserve"))
    reached = reached_from(published_plan(ports, job.city, day_of(job)), job)
    telling = Telling(beat.tell, beat.keep, job.reached if reached.days else None)
    telling.begin(reached)
    left = going_on(Elapsed(float(told["seconds"]) * reached.left, monotonic), reached)
    made = replan_day(
        ports, job.city, day_of(job), job.made_by, Cancelled(left, beat.is_cancelled), terms,
        begin_with=reached.plan,
        job=job.id,
        on_progress=telling.on_progress,
    )  # fmt: skip
    return {
        "version": made.record.version,
        "base": made.base.version,
        "kept": [made.kept.missed_must_visits, made.kept.total],
        "given_up": sorted(made.given_up),
        "loosened": sorted({lock.visit_id for lock in made.loosened}),
    }


def remedies(ports: Ports, job: Job, beat: Beat) -> Mapping[str, Any]:
    """Try what would make room for a case; of what is stopped, nothing is kept."""
    await_search(beat)
    numbers = count(1)

    def on_trial() -> None:
        beat.tell(tried=next(numbers))
        if beat.is_cancelled():
            raise StoppedError

    case_id, version = job.parameters["case"], job.parameters["version"]
    return remedies_told(
        explain_case(
            ports, job.city, day_of(job), case_id, version, with_remedies=True, on_trial=on_trial
        )
    )


def remedies_told(told: Explanation) -> dict[str, Any]:
    """Return what the page of remedies shows; `left_out` is None where it is planned by now."""
    entry = told.left_out
    return {
        "visit": told.visit_id,
        "value": told.value and float(told.value.total),
        "left_out": entry and {"reason": entry.reason, "rule": entry.rule, "detail": entry.detail},
        "is_tried": bool(entry and entry.remedy),
        "untried": told.untried,
        "remedies": [
            {
                "kind": one.kind,
                "what": one.what,
                "crew": one.crew_id,
                "at": f"{one.starts:%H:%M}",
                "cost": one.cost,
                "overtime": one.overtime,
                "before": one.before,
                "given_up": list(one.given_up),
                "place": one.place_id,
                "edge": one.edge,
                "seconds": one.seconds,
                "visits": one.visits,
                "hours": slot_value(hours_to_agree(one.starts, one.ends)),
            }
            for one in told.remedies
        ],
    }


def policy_preview(ports: Ports, job: Job, beat: Beat) -> Mapping[str, Any]:
    """Say what another policy would change; of what is stopped, nothing is kept."""
    day = ports.store.open_day(job.city, day_of(job))
    rules = ports.profiles.rules(day.city.profile)
    number = next_number(each.number for each in ports.store.policy_versions(job.city))
    told = replace(read_policy(job.parameters["policy"]), number=number)
    return kept_preview(preview(day, rules, told, counting(beat)))


def robot(wired: Wired, job: Job, _: OnCount) -> Mapping[str, Any]:
    """Tell the city's group that its day has changed; where its robot is off by now, nobody."""
    found = Robots(wired.home.path).of(job.city)
    return {"tries": Sender().send(found) if found else 0}


def await_search(beat: Beat) -> None:
    """Wait until the search is compiled: none of a plan's time is spent on it."""
    while not warming().is_over(TELL_EVERY_S):
        if functions := warming().functions:
            beat.tell(compiling=functions)
        if beat.is_cancelled():
            raise StoppedError


def day_of(job: Job) -> date:
    """Return the day that a job is about."""
    assert job.on is not None, f"{job.kind} is about a day"
    return job.on


AT_HOME = {**BESIDE, JobKind.ROBOT: robot}
"""Kinds that need what lies in the home beside the book, too."""

WORK: dict[JobKind, Callable[[Ports, Job, Beat], Mapping[str, Any]]] = {
    JobKind.GEOCODE: geocode,
    JobKind.CREWS: crews,
    JobKind.PLAN: plan,
    JobKind.REPLAN: replan,
    JobKind.REMEDIES: remedies,
    JobKind.PREVIEW: policy_preview,
}
