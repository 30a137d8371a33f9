"""What the pages of a day share: its plan as far as it may be seen, its left-out, its versions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from flask import g, request
from werkzeug.wrappers import Response

from data.access import Role
from data.jobs import Job, JobKind, JobState
from data.profiles import InvalidProfileError
from scheduler.errors import NotFoundError, UnknownProfileError
from scheduler.feeds import feed_notes
from scheduler.model import City
from scheduler.plan import Reason
from scheduler.ports import PlanRecord
from scheduler.rules import RuleSet, contact_first
from web.auth.access import needs
from web.context import now, wired
from web.dispatch.board import Board, LeftOutGroup, board
from web.dispatch.room import dispatch, page, seen_agencies, zone
from web.progress import progress_piece

PER_PAGE = 200


def notes_of(on: date) -> tuple[str, ...]:
    """Return what is not known of contacts, or old of balances, for a plan of the day."""
    rules = rules_here()
    asks = rules is not None and bool(rules.of(contact_first.name, on))
    known = wired().desk.feeds(g.city, now(), seen_agencies())
    return feed_notes(known, g.city, asks_for_contacts=asks)


def rules_here() -> RuleSet | None:
    """Return the rules of the page's city; None where their file is unknown or broken."""
    try:
        return wired().ports.profiles.rules(g.city.profile)
    except (UnknownProfileError, InvalidProfileError):
        return None


def working_day(city: str) -> date:
    """Return today if somebody works, else the next day with a shift, else tomorrow."""
    here = now().astimezone(zone()).date()
    return wired().desk.next_shift(city, here) or here + timedelta(days=1)


def newest_record(city: str, on: date, version: int | None = None) -> PlanRecord | None:
    """Return a version of the day's plan; None where there is none and none is asked for."""
    try:
        return wired().store.plan(city, on, version)
    except NotFoundError:
        if version is not None:
            raise
        return None


def seen_board(record: PlanRecord) -> Board:
    """Return a plan as far as the dispatcher may see it."""
    desk, city, agencies = wired().desk, record.content.city, seen_agencies()
    cases = (id for entry in record.content.plan.left_out for id in entry.case_ids)
    visible = desk.visible_cases(city, cases, agencies)
    return board(record, desk.facts(record, agencies), visible)


def failed_job(city: str, on: date) -> Job | None:
    """Return the newest work on the day or its city, if it failed; last a message to its group."""
    kinds = (JobKind.PLAN, JobKind.REPLAN, JobKind.CREWS)
    newest = (
        wired().jobs.newest(city, on, *kinds),
        wired().jobs.newest(city, None, JobKind.GEOCODE),
        wired().jobs.newest(city, on, JobKind.ROBOT),
    )
    return next((job for job in newest if job and job.state is JobState.FAILED), None)


@dataclass(frozen=True, slots=True)
class Work:
    """What a page is told that asks again and again how far the work on a day is."""

    city: City
    job: Job | None


@dispatch.get("/<city>/<day:on>/progress")
@needs(Role.DISPATCHER)
def progress(city: str, on: date) -> Response:
    """Answer how far the work is, as a piece of the page; 304 where nothing has changed."""
    work = Work(g.city, wired().jobs.alive(city, on))
    template, is_over = "dispatch/progress.html", work.job is None
    return progress_piece(template, is_over=is_over, day=work)


@dispatch.get("/<city>/<day:on>/left-out/<reason>")
@needs(Role.DISPATCHER)
def left_out(city: str, on: date, reason: str) -> str:
    """List all that is left out for one reason."""
    record = wired().store.plan(city, on, request.args.get("version", type=int))
    shown = seen_board(record)
    group = group_of(shown, reason)
    number = max(1, request.args.get("page", 1, type=int))
    first = (number - 1) * PER_PAGE
    entries = group.entries[first : first + PER_PAGE]
    has_more = first + PER_PAGE < len(group.entries)
    return page(
        "left_out", on, record=record, group=group, entries=entries, number=number,
        has_more=has_more, names=shown.names, askable=askable(on),
    )  # fmt: skip


def askable(on: date) -> frozenset[str]:
    """Return the rules whose values on a day are the house's alone: what a law says stands."""
    rules = rules_here()
    if rules is None:  # the page says so elsewhere
        return frozenset()
    in_force = {name: rules.of(name, on) for name in rules.facts}
    return frozenset(
        name for name, those in in_force.items() if those and not any(one.is_law for one in those)
    )


def group_of(shown: Board, reason: str) -> LeftOutGroup:
    """Return the left-out of a reason; NotFoundError where there is none."""
    found = next((group for group in shown.left_out if group.reason == reason), None)
    if found is None:
        known = ", ".join(Reason)
        raise NotFoundError(f"nothing is left out for {reason!r}; reasons are: {known}")
    return found


@dispatch.get("/<city>/<day:on>/versions")
@needs(Role.DISPATCHER)
def versions(city: str, on: date) -> str:
    """List all plans of the day, the newest first."""
    records = wired().store.plans(city, on)
    return page("versions", on, records=records[::-1])
