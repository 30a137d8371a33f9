"""Who calls for help stands on every page of her city's desks, until somebody closes it."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, g, make_response, redirect, render_template, request, url_for
from flask_babel import LazyString
from werkzeug.wrappers import Response

from data.access import Role
from data.store.field.alarms import Alarm
from scheduler.field.problems import Problem
from web.auth.access import by, current_user, needs
from web.auth.back import safe_target
from web.context import wired
from web.dispatch.room import seen_agencies, zone
from web.field.alarm_lines import AlarmLine, alarm_lines
from web.field.room import field, seen_people
from web.language import chosen_language, lazy_t, t

ONLY = "X-Fragment"
"""The header of the script that renews the band of an open page."""

LONGEST_NOTE = 500
SHOWN_CLOSED = 50

PROBLEMS: dict[Problem, LazyString] = {
    Problem.NOT_FOUND: lazy_t("cannot find the door"),
    Problem.UNSAFE: lazy_t("it is not safe there"),
    Problem.VEHICLE: lazy_t("the vehicle does not go"),
    Problem.ILL: lazy_t("is ill"),
}


@field.get("/<city>/alarms")
@needs(Role.DISPATCHER)
def alarms(city: str) -> Response:
    """Show who calls for help, and what was done about it before; to the script the band alone."""
    tag = f"{wired().alarms.stamp(city)}-{current_user.name}-{chosen_language()}"
    answer: Response = make_response("", 304)
    if ONLY not in request.headers:
        closed = alarm_lines(wired().alarms.closed(city, SHOWN_CLOSED), seen_people())
        return make_response(render_template("field/alarms.html", closed=closed, zone=zone()))
    if not request.if_none_match.contains_weak(tag):
        answer = make_response(render_template("field/band.html"))
    answer.set_etag(tag, weak=True)
    return answer


@field.post("/<city>/alarms/<key>/seen")
@needs(Role.DISPATCHER)
def see(city: str, key: str) -> Response:
    """Keep that the desk has seen it: her phone tells her."""
    wired().alarms.see(seen_alarm(city, key), by())
    return back(city)


@field.post("/<city>/alarms/<key>/close")
@needs(Role.DISPATCHER)
def close(city: str, key: str) -> Response:
    """Close it, with a word on what was done."""
    told, note = seen_alarm(city, key), request.form.get("note", "").strip()
    if not note or len(note) > LONGEST_NOTE:
        flash(t("Write what was done, in at most %(most)d characters.", most=LONGEST_NOTE))
        return back(city)
    wired().alarms.close(told, note, by())
    return back(city)


def seen_alarm(city: str, key: str) -> Alarm:
    """Return an alarm of somebody whom the dispatcher sees."""
    found = wired().alarms.of_key(city, key)
    if found.collector_id not in seen_people():
        abort(403)
    return found


def back(city: str) -> Response:
    """Lead back to where the button stood."""
    asked = request.form.get("back") or url_for("field.alarms", city=city)
    return redirect(safe_target(asked), 303)


def shows_alarms() -> bool:
    """Whether the page is one of a city whose dispatcher looks at it."""
    here = g.get("city")
    return here is not None and current_user.can(Role.DISPATCHER, here.name)


def standing_alarms() -> list[AlarmLine]:
    """Return the alarms of the page's city that nobody has closed."""
    found = wired().alarms.standing(g.city.name)
    return alarm_lines(found, seen_people()) if found else []


def ways(line: AlarmLine) -> list[tuple[str, str]]:
    """Return where a problem leads on to: what is done there, and its address."""
    at: dict[str, Any] = {"city": line.alarm.city, "on": line.alarm.on}
    is_whole = seen_agencies() is None
    if line.problem in (Problem.ILL, Problem.VEHICLE) and is_whole:
        sick = url_for("desk.sick", collector=line.alarm.collector_id, **at)
        label = t("Call in sick") if line.problem is Problem.ILL else t("Take off the road")
        return [(label, sick), (t("Plan the rest"), url_for("compare.running", **at))]
    about = line.about
    if about is None or about.borrower is None or about.place is None:
        return []
    if line.problem is Problem.NOT_FOUND:
        return [(t("Check the place"), url_for("dispatch.places", place=about.place.id, **at))]
    if line.problem is Problem.UNSAFE:
        hers = url_for("borrower.story", city=g.city.name, id=about.borrower.id)
        return [(t("Say what holds there"), hers)]
    return []


@field.app_context_processor
def name_alarms() -> dict[str, object]:
    """Let every page of the desk show them."""
    return {
        "shows_alarms": shows_alarms,
        "standing_alarms": standing_alarms,
        "PROBLEMS": PROBLEMS,
        "LONGEST_ALARM_NOTE": LONGEST_NOTE,
        "alarm_zone": zone,
        "alarm_ways": ways,
        "alarms_stamp": lambda: wired().alarms.stamp(g.city.name),
        "seen_agencies": seen_agencies,
    }
