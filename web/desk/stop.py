"""A stop of a plan: why this crew at this time, and every other place where it could stand."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import redirect, request

from data.access import Role
from data.masking import masked
from scheduler.day import Day
from scheduler.drafts.opened import OpenDraft
from scheduler.errors import DayroundError, NotFoundError
from scheduler.hour_bounds import HourBound, hour_bounds
from scheduler.ports import PlanRecord
from scheduler.problem import Lock
from scheduler.value import Value
from scheduler.value.of_day import value_on
from web.auth.access import needs
from web.compliance.words import rule_title
from web.context import wired
from web.desk.elsewhere import best_places, elsewhere
from web.desk.facts import facts_of
from web.desk.far import far_of
from web.desk.foretelling import foretellings
from web.desk.fragments import fragment, piece_of
from web.desk.grouping import entries_of
from web.desk.opened import opened
from web.desk.question_words import HOUR_WORDS
from web.desk.room import desk
from web.desk.saying import standing_of
from web.dispatch.board import Board, CrewLine, StopLine
from web.dispatch.room import Answer, seen_agencies
from web.dispatch.today import rules_here, seen_board
from web.dispatch.value import lines
from web.settings_pages.words import SEEN


@dataclass(frozen=True, slots=True)
class Stood:
    """A stop with the crew that makes it, and the lock that holds it there, if one does."""

    crew: CrewLine
    stop: StopLine
    lock: Lock | None

    @property
    def hold(self) -> str:
        """The edit that keeps it with its crew."""
        return _held({"visit_id": self.stop.id, "crew_id": self.crew.id})

    def hold_at(self, start_s: int) -> str:
        """Return the edit that keeps it with its crew, at its hour."""
        return _held({"visit_id": self.stop.id, "crew_id": self.crew.id, "start_s": start_s})

    @property
    def release(self) -> str:
        """The edit that takes its lock away."""
        return json.dumps([{"kind": "release", "visit_ids": [self.stop.id]}])

    @property
    def take_off(self) -> str:
        """The edit that leaves it out."""
        return json.dumps([{"kind": "take_off", "visit_id": self.stop.id}])


@desk.get("/<city>/<day:on>/desk/stop/<path:visit>")
@needs(Role.DISPATCHER)
def stop(city: str, on: date, visit: str) -> Answer:
    """Say why a visit stands where it does, and where else it could; why not, once it is off."""
    record = wired().store.plan(city, on, request.args.get("version", type=int))
    shown, facts = seen_board(record), facts_of(city, on)
    stood = _stood(shown, visit)
    if stood is None and visit in {one.visit_id for one in entries_of(shown)}:
        return redirect(piece_of("left_out", visit, on))
    if stood is None or stood.stop.borrower is None:
        raise NotFoundError(f"version {record.version} of {on} makes no visit {visit!r}")
    is_of_all = seen_agencies() is None
    draft, problem = _open(record) if is_of_all else (None, "")
    start_s = round((stood.stop.starts - record.content.origin).total_seconds())
    her, value = stood.stop.borrower, _value(facts, draft, stood.stop)
    places = elsewhere(draft, visit, shown.names, _names(shown)) if draft else []
    return fragment(
        "stop", f"{masked(her.name)} {stood.stop.number}", on,
        stood=stood, record=record, borrower=her, case_ids=stood.stop.case_ids,
        said_of=standing_of(city, her.id, on) if is_of_all else (), start_s=start_s,
        bounds=_bounds(facts, stood.stop), HOUR_WORDS=HOUR_WORDS, seen=SEEN, rule_title=rule_title,
        value=value, value_lines=lines(value.terms) if value else (), names=shown.names,
        is_must=bool(draft and visit in draft.problem.visit_by_id
                     and draft.problem.visit_by_id[visit].is_required),
        problem=problem, morning=foretellings().beside((city, on, record.version)),
        far=far_of(city, on, her.id, visit),
        elsewhere=places, best=best_places(places, stood.crew.id, stood.stop.starts),
    )  # fmt: skip


def _open(record: PlanRecord) -> tuple[OpenDraft | None, str]:
    """Open a plan to be quoted from; where it cannot be, say why."""
    content = record.content
    try:
        return opened(content.city, content.on, record.version), ""
    except DayroundError as error:
        return None, str(error)


def _stood(shown: Board, visit: str) -> Stood | None:
    locks = {lock.visit_id: lock for lock in shown.record.content.locks}
    for crew in shown.crews:
        for one in crew.stops:
            if one.is_visit and one.id == visit:
                return Stood(crew, one, locks.get(visit))
    return None


def _names(shown: Board) -> dict[str, str]:
    """Return whom visits are to, masked and with their numbers."""
    return {
        one.id: f"{one.number} {masked(one.borrower.name)}" if one.borrower else str(one.number)
        for crew in shown.crews
        for one in crew.stops
        if one.is_visit
    }


def _value(facts: Day, draft: OpenDraft | None, stood: StopLine) -> Value | None:
    """Return what the visit is worth at its hour; None for who may not see all of her cases."""
    visit = draft.problem.visit_by_id.get(stood.id) if draft else None
    if draft is None or visit is None:
        return None
    placed = (one for trip in draft.plan.itineraries for one in trip.visits if one.id == stood.id)
    option = next((one.option for one in placed), 0)
    cases = [case for case in facts.cases if case.id in visit.case_ids]
    if not cases or option not in range(len(visit.options)):
        return None
    past = [one for one in facts.past if one.borrower_id == cases[0].borrower_id]
    return value_on(facts, cases, visit.options[option].p_met, past)


def _bounds(facts: Day, stood: StopLine) -> Sequence[HourBound]:
    rules = rules_here()
    cases = [case for case in facts.cases if case.id in stood.case_ids]
    place = next((one for one in facts.places if stood.place and one.id == stood.place.id), None)
    return hour_bounds(facts, rules, place, cases) if rules and place else ()


def _held(lock: dict[str, Any]) -> str:
    return json.dumps([{"kind": "hold", "locks": [lock]}])
