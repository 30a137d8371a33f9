"""The second of a crew at the door, on phones without the client: her own press, or her code."""

from __future__ import annotations

from datetime import date

from flask import abort, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from data.access import Role
from data.store.field.presences import WRONG, wrong_codes
from data.store.rounds import RoundStop
from scheduler.field.company import How, Presence
from web.auth.access import by, current_user, needs
from web.context import wired
from web.language import t, tn
from web.phone.marks import only_today, sent_key, told_at
from web.phone.room import MyDay, needed_day, phone
from web.phone.visits import PATH

TRIES = 5
"""Wrong codes of a mate that a phone may tell on one day."""


@phone.post(f"{PATH}/confirm")
@needs(Role.COLLECTOR)
def confirm(on: date, version: int, number: int) -> Response:
    """Confirm that she is at the door too, or her mate who types his code into her phone."""
    day = needed_day(on, version)
    only_today(day)
    visit = day.visit(number)
    who = request.form.get("by") or day.collector_id
    if who not in day.round.crew.members:
        abort(404)
    if who == day.collector_id:
        keep(day, visit, who, How.PHONE)
    elif may_try(day, who):
        take_code(day, visit, who)
    return redirect(url_for(".visit", on=on, version=version, number=number))


def take_code(day: MyDay, visit: RoundStop, who: str) -> None:
    """Confirm by a code that was typed, or say how often it may be tried again."""
    typed = "".join(request.form.get("code", "").split())
    code = wired().day_code(day.city.name, day.on, who)
    if typed == code.code:
        keep(day, visit, who, How.CODE)
        return
    with wired().store.writing(by()) as writer:
        writer.note(WRONG, who, city=day.city.name, after=about(day, visit))
    left = TRIES - tried(day, who)
    flash(tn("That is not today's code. %(num)d try is left.",
             "That is not today's code. %(num)d tries are left.", left))  # fmt: skip


def may_try(day: MyDay, who: str) -> bool:
    """Whether somebody's code may still be tried on her mate's phone; says so where not."""
    if tried(day, who) < TRIES:
        return True
    flash(t("The code was wrong too often today. Confirm by the other phone, or call the desk."))
    return False


def tried(day: MyDay, who: str) -> int:
    """Return how many wrong codes of somebody she has told today."""
    return wrong_codes(wired().store.engine, day.city.name, day.on, who, current_user.name)


def keep(day: MyDay, visit: RoundStop, who: str, how: How) -> None:
    """Keep that somebody is at the door."""
    at = told_at(day)
    with wired().store.writing(by()) as writer:
        if writer.put_presence(day.city.name, day.on, Presence(visit.id, who, at, how)):
            told = {"at": at, "key": sent_key(), "collector": who, "how": how.value}
            after = about(day, visit) | told
            subject = visit.borrower.id if visit.borrower else visit.id
            writer.note("visit.confirmed", subject, city=day.city.name, after=after)


def about(day: MyDay, visit: RoundStop) -> dict[str, object]:
    return {"on": day.on.isoformat(), "visit": visit.id}
