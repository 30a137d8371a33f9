"""A new urgent case: into the book, placed on the map or as its address is found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import uuid4

from flask import flash, g, redirect, request, url_for

from data.access import Role
from data.made_up import refuse_real_people
from data.readers.case_columns import CASES
from data.readers.one_case import read_one_case
from data.readers.report import FileError, RowError
from data.store.imports.urgent import list_of_one, take_urgent
from data.store.review import PlaceToCheck
from routing.datum import Datum, read_position
from scheduler.errors import ConflictError
from scheduler.ports import CaseRecord
from scheduler.slots.urgent import Placed, look_up_urgent, with_point
from web.auth.access import by, current_user, needs
from web.context import now, wired
from web.dispatch.candidates import candidates
from web.dispatch.contacts import LONGEST_KEY
from web.dispatch.room import Answer, only_for_the_whole_city, zone
from web.language import chosen_language, t
from web.phrases import said
from web.slots.room import slots
from web.slots.showing import urgent_page

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
    key: str = field(default_factory=lambda: uuid4().hex)
    wrong: dict[str, str] = field(default_factory=dict)
    problem: str = ""

    @classmethod
    def read(cls, form: Mapping[str, str]) -> Typed:
        texts = {name: form.get(name, "").strip()[:LONGEST] for name in FIELDS}
        position = (form.get("candidate", "") or form.get("position", "")).strip()[:LONGEST]
        key = form.get("key", "")[:LONGEST_KEY] or uuid4().hex
        return cls(texts, "assigned" in form, position, key)

    @property
    def cells(self) -> dict[str, str]:
        """The texts as a list has them."""
        return {**self.texts, "assigned": "yes" if self.is_assigned else "no"}

    def record(self) -> tuple[CaseRecord, frozenset[str]] | None:
        """Return the case and the fields that it tells; None where something is wrong."""
        self.wrong |= {name: t("This is needed.") for name in NEEDED if not self.texts[name]}
        if self.wrong:
            return None
        try:
            read = read_one_case(self.cells, zone=zone(), key=wired().home.secret(), now=now())
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
    return form_page(on, Typed())


@slots.post("/<city>/<day:on>/desk/urgent")
@needs(Role.DISPATCHER)
def take(city: str, on: date) -> Answer:
    """Take the case in once it is clear where it is; else ask a person to choose the place.

    Pressed *look up*, it only shows where the address may be.
    """
    only_for_the_whole_city()
    typed = Typed.read(request.form)
    told = typed.record()
    if told is None:
        return form_page(on, typed), 400
    record, known = told
    placed = look_up_urgent(wired().ports, city, record)
    if "look_up" in request.form:
        return form_page(on, typed, offered(city, record, placed), is_looked_up=True)
    if not placed.is_sure:
        return form_page(on, typed, offered(city, record, placed), is_rough=True), 409
    try:
        refuse_real_people(wired().home, [record])
        new = list_of_one(typed.cells, f"{current_user.name} {typed.key}", wired().home.secret())
        take_urgent(wired().store, by(), city, record, known, placed, new)
    except ConflictError as error:
        typed.problem = said(str(error))
        return form_page(on, typed), 409
    flash(t("%(case)s is in the book.", case=record.case.id))
    return redirect(url_for("slots.urgent_case", city=city, on=on, case=record.case.id))


def offered(city: str, record: CaseRecord, placed: Placed) -> dict[str, Any]:
    """Return where the address may be, for a person to choose from, and why nobody could say."""
    (place, *_) = record.places
    asked = PlaceToCheck(
        place, record.borrower, (record.case.id,), record.case.overdue, placed.found.matched, ""
    )
    found, problem = candidates(city, asked)
    return {"candidates": found, "unasked": problem}


def form_page(
    on: date,
    typed: Typed,
    found: Mapping[str, Any] | None = None,
    *,
    is_rough: bool = False,
    is_looked_up: bool = False,
) -> str:
    """Return the form with what was typed, and with where its address may be."""
    columns, is_chinese = {one.field: one for one in CASES.columns}, chosen_language() == "zh"
    labels = {name: columns[name].zh if is_chinese else columns[name].en for name in FIELDS}
    told = {"candidates": [], "unasked": "", **(found or {})}
    return urgent_page(
        "urgent", on, typed=typed, labels=labels, needed=NEEDED, is_rough=is_rough,
        is_looked_up=is_looked_up, extent=wired().review.extent(g.city.name), **told,
    )  # fmt: skip
