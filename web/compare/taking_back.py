"""A published plan taken back: by a person, with a reason; crews see at once that it is gone."""

from __future__ import annotations

from datetime import date

from flask import flash, redirect, request, url_for

from data.access import Role
from scheduler.errors import ConflictError
from scheduler.replanning_service import published_plan
from web.auth.access import by, needs
from web.compare.room import compare
from web.context import wired
from web.dispatch.room import Answer, only_for_the_whole_city, page
from web.language import t
from web.robots import tell_changed

LONGEST_REASON = 500


@compare.get("/<city>/<day:on>/take-back")
@needs(Role.DISPATCHER)
def taking_back(city: str, on: date) -> str:
    """Say what crews will see, and ask why."""
    only_for_the_whole_city()
    return taking_back_page(city, on)


def taking_back_page(city: str, on: date, refused: str = "") -> str:
    """Return the page that asks for the reason."""
    record = published_plan(wired().ports, city, on)
    return page("compare/taking_back", on, record=record, refused=refused)


@compare.post("/<city>/<day:on>/take-back")
@needs(Role.DISPATCHER)
def take_back(city: str, on: date) -> Answer:
    """Take back the version that she looked at."""
    only_for_the_whole_city()
    store, reason = wired().store, request.form.get("reason", "").strip()[:LONGEST_REASON]
    record = store.plan(city, on, request.form.get("version", type=int))
    if not reason:
        return taking_back_page(city, on, t("Say why it is taken back.")), 422
    try:
        with store.writing(by()) as writer:
            gone = writer.withdraw(record.id, reason)
    except ConflictError as error:
        flash(str(error))
        return redirect(url_for("dispatch.versions", city=city, on=on))
    tell_changed(wired(), gone, by())
    flash(t("Version %(version)d is taken back. Nobody is sent by it.", version=record.version))
    return redirect(url_for("dispatch.versions", city=city, on=on))
