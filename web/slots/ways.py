"""The few best ways of a visit into the day, with what each does to the others; one is taken."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import uuid4

from flask import flash, g, redirect, request, url_for

from data.access import Role
from data.masking import masked
from scheduler.drafts.opened import OpenDraft
from scheduler.editing.inserting import Inserted
from scheduler.editing.obstacles import ForbiddenEditError, Obstacle
from scheduler.errors import ConflictError, NotFoundError
from scheduler.problem import MILLS
from scheduler.urgent_service import name_of
from web.auth.access import current_user, needs
from web.desk.putting_in import WaysIn, put_in_here, ways_here
from web.dispatch.contacts import LONGEST_KEY, Whose
from web.dispatch.room import Answer, only_for_the_whole_city
from web.language import t
from web.phrases import said
from web.slots.pages import needed_case
from web.slots.room import slots
from web.slots.showing import urgent_page


@dataclass(frozen=True, slots=True)
class Way:
    """A way as it is told: when and who, in minutes and money, and what it does to the others.

    `moved` and `shifted` are the masked names of others with the crew that goes instead, and with
    the minutes that they are visited later.
    """

    name: str
    begins_at: datetime
    crew: str
    minutes: int
    working: int
    money: Decimal
    p_met: float
    moved: tuple[tuple[str, str], ...]
    shifted: tuple[tuple[str, int], ...]
    dropped: tuple[str, ...]


@slots.get("/<city>/<day:on>/desk/urgent/<path:case>")
@needs(Role.DISPATCHER)
def urgent_case(city: str, on: date, case: str) -> Answer:
    """Show where the visit of a case fits best into the day's plan, as it stands now."""
    only_for_the_whole_city()
    return ways_page(on, needed_case(city, case))


@slots.post("/<city>/<day:on>/desk/urgent/<path:case>")
@needs(Role.DISPATCHER)
def put_urgent(city: str, on: date, case: str) -> Answer:
    """Put the visit in where a press says; what was shown is looked at again before."""
    only_for_the_whole_city()
    whose = needed_case(city, case)
    sent = request.form.get("key", "")[:LONGEST_KEY] or uuid4().hex
    key = f"{current_user.name} urgent-{sent}"
    try:
        name = request.form.get("way", "")
        draft, is_new = put_in_here(city, on, whose.borrower_id, name, key)
    except ForbiddenEditError as error:
        return ways_page(on, whose, "; ".join(said(one.text) for one in error.violations)), 422
    except (ConflictError, NotFoundError) as error:
        return ways_page(on, whose, said(str(error))), 409
    if is_new:
        version = draft.record.version
        flash(t("The visit stands in draft %(version)s now. It can be undone.", version=version))
    return redirect(url_for("slots.urgent_case", city=city, on=on, case=whose.case_id))


def ways_page(on: date, whose: Whose, wrong: str = "") -> str:
    """Return the page of a case's ways into the day."""
    told = {"case_id": whose.case_id, "wrong": wrong, "key": uuid4().hex}
    try:
        here = ways_here(g.city.name, on, whose.borrower_id)
    except NotFoundError as error:
        return urgent_page("ways", on, ways=(), no=(said(str(error)),), **told)
    found, problem = here.found, here.draft.problem
    planned = found.planned
    hours = (problem.at(planned.start_s), problem.at(planned.end_s)) if planned else None
    no = tuple(dict.fromkeys(said(one.text) for one in _told(found.forbidden)))
    return urgent_page(
        "ways", on, ways=list(ways_told(here)), no=no, planned=hours,
        version=here.draft.record.version, **told,
    )  # fmt: skip


MOST_TOLD = 5
"""Reasons why nobody can come: each crew may have one of its own."""


def _told(forbidden: tuple[Obstacle, ...]) -> tuple[Obstacle, ...]:
    return forbidden[:MOST_TOLD]


def ways_told(here: WaysIn) -> Iterator[Way]:
    """Yield ways as they are told, people masked and crews by their members."""
    crews, people = _crews(here.draft), _people(here.draft)
    for way in here.found.ways:
        yield _way(here, way, crews, people)


def _way(here: WaysIn, way: Inserted, crews: Mapping[str, str], people: Mapping[str, str]) -> Way:
    effect, problem = way.effect, here.draft.problem
    now = {s.id: t.crew_id for t in way.sheet.plan.itineraries for s in t.visits}
    stops = (s for trip in way.sheet.plan.itineraries for s in trip.visits)
    option = next(stop.option for stop in stops if stop.id == here.found.visit_id)
    return Way(
        name=name_of(way),
        begins_at=problem.at(effect.start_s),
        crew=" · ".join(crews.get(one, one) for one in effect.crew_ids),
        minutes=round(effect.driving_s / 60),
        working=round(effect.working_s / 60),
        money=Decimal(way.price) / MILLS,
        p_met=problem.visit_by_id[here.found.visit_id].options[option].p_met,
        moved=tuple((people.get(id, id), crews.get(now[id], now[id])) for id in effect.moved),
        shifted=tuple((people.get(id, id), round(s / 60)) for id, s in effect.shifted),
        dropped=tuple(people.get(id, id) for id in effect.dropped),
    )


def _crews(draft: OpenDraft) -> dict[str, str]:
    names = {one.id: one.name for one in draft.day.collectors}
    crews = draft.record.content.crews
    return {one.id: " · ".join(masked(names.get(id, id)) for id in one.members) for one in crews}


def _people(draft: OpenDraft) -> dict[str, str]:
    """Return the masked names of borrowers by their visits."""
    people = {one.id: masked(one.name) for one in draft.day.borrowers}
    targets = draft.record.content.targets
    return {id: people.get(target.borrower_id, id) for id, target in targets.items()}
