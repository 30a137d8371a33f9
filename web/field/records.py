"""What phones brought and could not be taken in as it is: a person looks, and decides."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date

from flask import abort, current_app, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from data.access import Role
from data.store.field.records import KeptRecord, PhoneOfDay
from scheduler.errors import DayroundError
from scheduler.field.records import OPEN, RecordState
from web.auth.access import needs
from web.context import wired
from web.dispatch.room import page
from web.field.deciding import keep_what_stands, set_aside, take_what_was_told, try_again
from web.field.record_lines import Lines
from web.field.room import field, seen_people
from web.field.words import DECISIONS
from web.language import t
from web.phone.brought.taker import TAKER
from web.phrases import said

LONGEST_NOTE = 500


@field.get("/<city>/<day:on>/records/")
@needs(Role.DISPATCHER)
def records(city: str, on: date) -> str:
    """Show what waits for a person: to decide, refused, unreadable, waiting; and the phones."""
    people = seen_people()
    lines = Lines(people)
    found = lines.of(wired().records.of_day(city, on, OPEN))
    phones = [one for one in wired().records.phones(city, on) if one.device.collector_id in people]
    return page(
        "field/records",
        on,
        conflicts=[one for one in found if one.kept.state is RecordState.CONFLICT],
        refused=[one for one in found if one.kept.state is RecordState.REFUSED],
        unreadable=[one for one in found if one.kept.state is RecordState.UNREADABLE],
        decided=lines.of(wired().records.of_day(city, on, [RecordState.DECIDED])),
        unrecorded=lines.of(wired().records.unrecorded(city, on)),
        phones=phones,
        gaps=[gap for phone in phones for gap in phone.gaps],
        lines=lines,
        others=other_days(city, on),
        DECISIONS=DECISIONS,
        LONGEST_NOTE=LONGEST_NOTE,
    )


@field.post("/<city>/<day:on>/records/<key>")
@needs(Role.DISPATCHER)
def decide(city: str, on: date, key: str) -> Response:
    """Decide about a record, as the pressed button says."""
    kept = seen_record(city, on, key)
    act = ACTS.get(request.form.get("what", ""))
    if act is None:
        abort(400)
    try:
        flash(act(kept))
    except DayroundError as error:
        flash(said(str(error)))
    return redirect(url_for("field.records", city=city, on=on), 303)


def seen_record(city: str, on: date, key: str) -> KeptRecord:
    """Return a record of somebody whom the dispatcher sees."""
    found = wired().records.of_key(city, key)
    if found.on != on:
        abort(404)
    if found.device.collector_id not in seen_people():
        abort(403)
    return found


def other_days(city: str, on: date) -> dict[date, int]:
    """Return on how many other days how many records wait."""
    people = seen_people()
    found: dict[date, int] = {}
    for day, collector_id, count in wired().records.open_days(city):
        if day != on and collector_id in people:
            found[day] = found.get(day, 0) + count
    return found


def phones_of(city: str, on: date, members: Collection[str]) -> list[PhoneOfDay]:
    """Return the phones of a crew's day."""
    found = wired().records.phones(city, on)
    return [one for one in found if one.device.collector_id in members]


@field.app_context_processor
def name_phones() -> dict[str, object]:
    """Let the sheet of a crew show its phones."""
    return {"phones_of": phones_of}


def _keep(kept: KeptRecord) -> str:
    keep_what_stands(kept)
    return t("What stood stays. The phone is told.")


def _take(kept: KeptRecord) -> str:
    if not take_what_was_told(kept, request.form.get("stood", "")):
        return t("Another result was told meanwhile: look at both again.")
    return t("What this phone told takes the place of what stood, which stays on record.")


def _again(kept: KeptRecord) -> str:
    state = try_again(kept)
    if state is RecordState.WAITING:
        current_app.extensions[TAKER].wake()
        return t("It could be opened, and is taken in now.")
    if state in OPEN:
        return t("It waits still: look at why.")
    return t("It is taken in.")


def _aside(kept: KeptRecord) -> str:
    note = request.form.get("note", "").strip()
    if not note or len(note) > LONGEST_NOTE:
        return t("Write why, in at most %(most)d characters.", most=LONGEST_NOTE)
    set_aside(kept, note)
    return t("It is set aside, and stays on record.")


ACTS: dict[str, Callable[[KeptRecord], str]] = {
    "keep": _keep,
    "take": _take,
    "again": _again,
    "aside": _aside,
}
