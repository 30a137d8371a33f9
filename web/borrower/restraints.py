"""Pauses, wishes and consents on a borrower's page: noted, and ended."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, time

from flask import abort, flash, g, redirect, request, url_for
from werkzeug.wrappers import Response

from data.access import Role
from scheduler.contacts import Channel
from scheduler.errors import ConflictError
from scheduler.model import DailyWindow, PlaceKind, StopFlag
from scheduler.ports import Writer
from scheduler.restraints import Consent, Pause, PauseKind, Restraint, Wish, WishBy
from web.auth.access import by, current_user, needs
from web.borrower.room import borrower
from web.borrower.story import needed_story, story_page
from web.context import today_here, wired
from web.language import t
from web.phrases import said
from web.told_days import day_of

Form = Mapping[str, str]


@borrower.post("/<city>/restraints/<any(pause, wish, consent):kind>")
@needs(Role.DISPATCHER)
def add_restraint(city: str, kind: str) -> Response | tuple[str, int]:
    """Note a pause, a wish or a consent; what is wrong is told above the form."""
    found = needed_story(city, request.form.get("borrower", ""))
    if kind == "consent":
        only_for_the_whole_city()
    try:
        with wired().store.writing(by()) as writer:
            keep(writer, city, READ[kind](found.borrower.id, request.form))
    except ConflictError as error:
        return story_page(found, is_shown=False, wrong=said(str(error)), opened=kind), 400
    except ValueError:
        wrong = t("Nothing was noted: fill in every field of which it is asked.")
        return story_page(found, is_shown=False, wrong=wrong, opened=kind), 400
    flash(t("It is noted, and planned visits are judged anew."))
    return redirect(url_for("borrower.story", city=city, id=found.borrower.id))


@borrower.post("/<city>/restraints/<any(pause, wish, consent):kind>/<int:number>/end")
@needs(Role.DISPATCHER)
def end_restraint(city: str, kind: str, number: int) -> Response:
    """End a pause, a wish or a consent of the borrower whose page it stands on."""
    only_for_the_whole_city()
    found = needed_story(city, request.form.get("borrower", ""))
    told = found.dossier
    hers: Mapping[str, Sequence[Restraint]] = {
        "pause": told.pauses, "wish": told.wishes, "consent": told.consents,
    }  # fmt: skip
    if number not in {one.id for one in hers[kind]}:
        abort(404)
    with wired().store.writing(by()) as writer:
        end = {"pause": writer.end_pause, "wish": writer.end_wish, "consent": writer.end_consent}
        end[kind](city, number)
    flash(t("It is ended, and planned visits are judged anew."))
    return redirect(url_for("borrower.story", city=city, id=found.borrower.id))


@borrower.post("/<city>/restraints/stop/lift")
@needs(Role.DISPATCHER)
def lift_stop(city: str) -> Response:
    """Lift a stop that was told at the door of the borrower whose page it stands on."""
    only_for_the_whole_city()
    found = needed_story(city, request.form.get("borrower", ""))
    told = (request.form.get("case", ""), request.form.get("flag", ""))
    if told not in found.told_stops:
        abort(404)
    with wired().store.writing(by()) as writer:
        writer.lift_stop(city, found.borrower.id, StopFlag(told[1]), told[0])
    flash(t("The stop told at the door is lifted; one on the lender's list stays."))
    return redirect(url_for("borrower.story", city=city, id=found.borrower.id))


def keep(writer: Writer, city: str, new: Restraint) -> None:
    """Keep what was typed."""
    match new:
        case Pause():
            writer.put_pause(city, new)
        case Wish():
            writer.put_wish(city, new)
        case Consent():
            writer.put_consent(city, new)


def only_for_the_whole_city() -> None:
    """Refuse what lets more visits be made to the dispatcher of one agency."""
    if not is_of_the_whole_city():
        abort(403)


def is_of_the_whole_city() -> bool:
    """Whether who asks is a dispatcher of every agency."""
    return current_user.can(Role.DISPATCHER, g.city.name, "")


@borrower.context_processor
def name_whole_city() -> dict[str, Callable[[], bool]]:
    return {"is_of_the_whole_city": is_of_the_whole_city}


def read_pause(borrower_id: str, form: Form) -> Pause:
    """Read a pause from what was typed; raises ValueError where a field is none."""
    return Pause(
        0, borrower_id, PauseKind(form.get("kind", "")), read_day(form, "first") or today_here(),
        read_day(form, "last"), form.get("source", "").strip(),
    )  # fmt: skip


def read_wish(borrower_id: str, form: Form) -> Wish:
    """Read a wish from what was typed; raises as `read_pause`."""
    place, channel = form.get("place_kind", ""), form.get("channel", "")
    return Wish(
        0, borrower_id, form.get("source", "").strip(), read_hours(form),
        PlaceKind(place) if place else None, "", Channel(channel) if channel else None,
        read_day(form, "first"), read_day(form, "last"),
        WishBy.EMPLOYER if form.get("by") == WishBy.EMPLOYER else WishBy.BORROWER,
    )  # fmt: skip


def read_consent(borrower_id: str, form: Form) -> Consent:
    """Read a consent from what was typed; raises as `read_pause`."""
    if not form.get("rule"):
        raise ValueError("no rule")
    return Consent(
        0, borrower_id, form["rule"], form.get("scope", "").strip(),
        read_day(form, "given_on") or today_here(), form.get("evidence", "").strip(),
        read_day(form, "expires"), case_id=form.get("case_id", ""),
    )  # fmt: skip


READ: Mapping[str, Callable[[str, Form], Restraint]] = {
    "pause": read_pause,
    "wish": read_wish,
    "consent": read_consent,
}


def read_day(form: Form, name: str) -> date | None:
    """Read a day, None where nothing stands there."""
    return day_of(form[name]) if form.get(name) else None


def read_hours(form: Form) -> tuple[DailyWindow, ...]:
    """Read the hours that are not wanted, if any are told."""
    start, end = form.get("from", ""), form.get("to", "")
    if not (start or end):
        return ()
    return (DailyWindow(time.fromisoformat(start), time.fromisoformat(end)),)
