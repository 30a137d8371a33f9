"""A new urgent case: into the book, placed, and put into the day where it fits best."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

from flask import flash, g, redirect, render_template, request, url_for

from data.access import Role
from data.readers.case_columns import CASES
from data.readers.one_case import read_one_case
from data.readers.report import FileError, RowError
from data.store.review import PlaceToCheck
from routing.datum import Datum, read_position
from scheduler.editing.obstacles import ForbiddenEditError
from scheduler.errors import ConflictError
from scheduler.ports import CaseRecord
from scheduler.problem import MILLS
from scheduler.slots.slot import DaySlots, Slot
from scheduler.slots.urgent import Placed, look_up_urgent, take_urgent, with_point
from web.auth.access import current_user, needs
from web.context import now, wired
from web.dispatch.candidates import Candidate, candidates
from web.dispatch.contacts import LONGEST_KEY
from web.dispatch.room import Answer, day_state, only_for_the_whole_city, zone
from web.language import chosen_language, t
from web.phrases import said
from web.slots.pages import FRAGMENT, needed_case
from web.slots.room import slots
from web.slots.telling import crew_names

FIELDS = (
    *("contract", "name", "phone", "home_address", "overdue", "days_past_due"),
    *("product", "agency", "crew_size"),
)
NEEDED = ("contract", "name", "home_address", "overdue")
LONGEST = 500


@dataclass
class Typed:
    """What was typed, and what is wrong with it: by field, or with all of it."""

    texts: Mapping[str, str] = field(default_factory=dict)
    is_assigned: bool = True
    position: str = ""
    wrong: dict[str, str] = field(default_factory=dict)
    problem: str = ""

    @classmethod
    def read(cls, form: Mapping[str, str]) -> Typed:
        texts = {name: form.get(name, "").strip()[:LONGEST] for name in FIELDS}
        position = form.get("candidate", "") or form.get("position", "")
        return cls(texts, "assigned" in form, position.strip()[:LONGEST])

    def record(self) -> tuple[CaseRecord, frozenset[str]] | None:
        """Return the case and the fields that it tells; None where something is wrong."""
        self.wrong |= {name: t("This is needed.") for name in NEEDED if not self.texts[name]}
        if self.wrong:
            return None
        cells = {**self.texts, "assigned": "yes" if self.is_assigned else "no"}
        try:
            read = read_one_case(cells, zone=zone(), key=wired().home.secret(), now=now())
            point = read_position(self.position, Datum.WGS84) if self.position else None
        except FileError as error:
            self.problem = said(str(error))
            return None
        except ValueError as error:
            self.wrong["position"] = said(str(error))
            return None
        self.wrong |= {_field_of(fault): said(fault.problem) for fault in read.errors}
        if not read.records:
            return None
        (record,) = read.records
        return (with_point(record, point) if point else record), read.known


def _field_of(error: RowError) -> str:
    return next((one.field for one in CASES.columns if one.title == error.column), "contract")


@slots.get("/<city>/<day:on>/desk/urgent")
@needs(Role.DISPATCHER)
def urgent(city: str, on: date) -> Answer:  # noqa: ARG001
    """Show the form of a new urgent case."""
    only_for_the_whole_city()
    return urgent_page("urgent", on, typed=Typed(), choices=[])


@slots.post("/<city>/<day:on>/desk/urgent")
@needs(Role.DISPATCHER)
def take(city: str, on: date) -> Answer:
    """Take the case in once it is clear where it is; else ask a person to choose the place."""
    only_for_the_whole_city()
    typed = Typed.read(request.form)
    told = typed.record()
    if told is None:
        return urgent_page("urgent", on, typed=typed, choices=[]), 400
    record, known = told
    placed = look_up_urgent(wired().ports, city, record)
    if not placed.is_sure:
        return urgent_page("urgent", on, typed=typed, choices=offered(city, record, placed)), 409
    try:
        take_urgent(wired().ports, city, record, known, placed, current_user.name)
    except ConflictError as error:
        typed.problem = said(str(error))
        return urgent_page("urgent", on, typed=typed, choices=[]), 409
    flash(t("%(case)s is in the book.", case=record.case.id))
    return redirect(url_for("slots.urgent_case", city=city, on=on, case=record.case.id))


@slots.get("/<city>/<day:on>/desk/urgent/<path:case>")
@needs(Role.DISPATCHER)
def urgent_case(city: str, on: date, case: str) -> Answer:
    """Show where the visit of a case fits best into the day's plan, as it stands now."""
    whose = needed_case(city, case)
    told = wired().slots.ways(city, on, whose.borrower_id, now())
    return ways_page(on, whose.case_id, told)


@slots.post("/<city>/<day:on>/desk/urgent/<path:case>")
@needs(Role.DISPATCHER)
def put_urgent(city: str, on: date, case: str) -> Answer:
    """Put the visit in where a press says; what was shown is looked at again before."""
    only_for_the_whole_city()
    whose = needed_case(city, case)
    key = f"urgent-{request.form.get('key', '')[:LONGEST_KEY] or uuid4().hex}"
    told = wired().slots.ways(city, on, whose.borrower_id, now())
    chosen = next((one for one in told.slots if name_of(one) == request.form.get("way")), None)
    if told.planned:  # pressed twice
        return redirect(url_for("slots.urgent_case", city=city, on=on, case=whose.case_id))
    if chosen is None or told.version is None:
        wrong = t("That place is gone: the day has changed. Choose another.")
        return ways_page(on, whose.case_id, told, wrong=wrong), 409
    try:
        record = wired().slots.put_at(
            city, chosen, told.version, whose.borrower_id, current_user.name, key
        )
    except ForbiddenEditError as error:
        wrong = "; ".join(said(one.text) for one in error.violations)
        return ways_page(on, whose.case_id, told, wrong=wrong), 422
    except ConflictError as error:
        return ways_page(on, whose.case_id, told, wrong=said(str(error))), 409
    flash(t("The visit stands in draft %(version)s now.", version=record.version))
    return redirect(url_for("slots.urgent_case", city=city, on=on, case=whose.case_id))


def name_of(slot: Slot) -> str:
    """Return what a form calls a way: the crews that come, and before which visit."""
    return "/".join((*slot.crew_ids, slot.before or "", slot.place_id))


def offered(city: str, record: CaseRecord, placed: Placed) -> list[Candidate]:
    """Return where the address may be, for a person to choose from."""
    (place, *_) = record.places
    asked = PlaceToCheck(
        place, record.borrower, (record.case.id,), record.case.overdue, placed.found.matched, ""
    )
    found, _ = candidates(city, asked)
    return found


def ways_page(on: date, case_id: str, told: DaySlots, wrong: str = "") -> str:
    """Return the page of a case's ways into the day."""
    names = {one.id: one.name for one in wired().store.collectors(g.city.name)}
    ways = [
        (
            one,
            name_of(one),
            crew_names(one, names),
            round(one.driving_s / 60),
            Decimal(one.cost) / MILLS,
        )
        for one in told.slots
    ]
    return urgent_page(
        "ways", on, case_id=case_id, told=told, ways=ways, wrong=wrong, key=uuid4().hex
    )


def urgent_page(template: str, on: date, **told: Any) -> str:
    """Return a page of the urgent case; only the body where a script asks for it."""
    columns = {one.field: one for one in CASES.columns}
    is_chinese = chosen_language() == "zh"
    labels = {name: columns[name].zh if is_chinese else columns[name].en for name in FIELDS}
    told |= {"city": g.city, "on": on, "zone": zone(), "labels": labels, "needed": NEEDED}
    if request.headers.get(FRAGMENT):
        return render_template(f"slots/{template}_body.html", is_fragment=True, **told)
    g.place = "dispatch.today"
    return render_template(f"slots/{template}.html", day=day_state(on), **told)
