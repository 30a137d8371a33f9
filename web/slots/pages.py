"""The page of slots, whole or as the body of the desk's side sheet; booking by one press."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

from flask import abort, flash, g, redirect, render_template, request, url_for

from data.access import Role
from data.exports.street import street_of
from scheduler.editing.obstacles import ForbiddenEditError
from scheduler.errors import ConflictError
from scheduler.slots.finding import SlotTakenError
from scheduler.slots.slot import Asked
from web.auth.access import current_user, needs
from web.compliance.words import rule_title
from web.contact_words import CHANNELS, DIRECTIONS, PARTIES
from web.context import now, wired
from web.desk.facts import facts_of
from web.dispatch.contacts import LONGEST_KEY, Whose, case_of
from web.dispatch.room import Answer, day_state, only_for_the_whole_city, seen_agencies, zone
from web.formats import day_short, span
from web.language import t
from web.map.words import PLACE_KINDS
from web.phrases import said
from web.slots.booking import Agreed
from web.slots.room import slots
from web.slots.telling import booking, told_days

FRAGMENT = "X-Fragment"


@slots.get("/<city>/<day:on>/desk/slots/<path:case>")
@needs(Role.DISPATCHER)
def of_case(city: str, on: date, case: str) -> Answer:
    """Show the best slots of the next seven days for the borrower of a case."""
    return slots_page(on, needed_case(city, case), Agreed(key=uuid4().hex))


@slots.post("/<city>/<day:on>/desk/slots/<path:case>")
@needs(Role.DISPATCHER)
def book(city: str, on: date, case: str) -> Answer:
    """Book hours that were agreed; where no crew can keep them any more, show what is left."""
    whose = needed_case(city, case)
    agreed = Agreed.read(request.form)
    if agreed.hours is None or agreed.hours.start < now():
        abort(400)
    who, key = asked(whose), agreed.key_of_hours
    try:
        hours = wired().slots.book(city, who, agreed.contact(who, current_user.name, key))
    except SlotTakenError:
        told = span_of(agreed)
        wrong = t("%(hours)s cannot be kept any more: the day has changed.", hours=told)
        return slots_page(on, whose, agreed, wrong=wrong), 409
    except ConflictError as error:
        return slots_page(on, whose, agreed, wrong=said(str(error))), 409
    agreed.hours = hours
    flash(t("Booked: %(hours)s.", hours=span_of(agreed)))
    if "put_in" in request.form:
        return into_plan(city, on, whose)
    return redirect(url_for("slots.of_case", city=city, on=on, case=whose.case_id))


@slots.post("/<city>/<day:on>/desk/slots/<path:case>/plan")
@needs(Role.DISPATCHER)
def put_in(city: str, on: date, case: str) -> Answer:
    """Put what was booked into its day's plan at once; a published one is copied first."""
    return into_plan(city, on, needed_case(city, case))


def into_plan(city: str, on: date, whose: Whose) -> Answer:
    """Put her appointment into its day's plan, and show what came of it."""
    only_for_the_whole_city()
    key = f"slot-{request.form.get('key', '')[:LONGEST_KEY] or uuid4().hex}"
    try:
        record = wired().slots.put_in(city, asked(whose), current_user.name, key)
    except ForbiddenEditError as error:
        wrong = "; ".join(said(one.text) for one in error.violations)
        return slots_page(on, whose, Agreed(key=uuid4().hex), wrong=wrong), 422
    except ConflictError as error:
        return slots_page(on, whose, Agreed(key=uuid4().hex), wrong=said(str(error))), 409
    flash(t("The visit stands in draft %(version)s now.", version=record.version))
    return redirect(url_for("slots.of_case", city=city, on=on, case=whose.case_id))


def needed_case(city: str, case: str) -> Whose:
    """Return a case that she may see; no page where there is none."""
    return case_of(city, case) or abort(404)


def asked(whose: Whose) -> Asked:
    return Asked(whose.borrower_id, (whose.case_id,), now())


def slots_page(on: date, whose: Whose, agreed: Agreed, *, wrong: str = "") -> str:
    """Return the slots of a case; only the body where a script asks for it."""
    found = wired().slots.find(g.city.name, asked(whose))
    names = {one.id: one.name for one in wired().store.collectors(g.city.name)}
    told: dict[str, Any] = {
        "city": g.city, "on": on, "whose": whose, "zone": zone(), "agreed": agreed, "wrong": wrong,
        "days": told_days(found, names, streets_of(on, whose)), "booked": booking(found, zone()),
        "channels": CHANNELS, "directions": DIRECTIONS, "parties": PARTIES, "kinds": PLACE_KINDS,
        "rule_title": rule_title, "may_put_in": seen_agencies() is None,
    }  # fmt: skip
    if request.headers.get(FRAGMENT):
        return render_template("slots/body.html", is_fragment=True, **told)
    g.place = "dispatch.today"
    return render_template("slots/slots.html", day=day_state(on), **told)


def streets_of(on: date, whose: Whose) -> dict[str, str]:
    """Return the streets of her places by their ids; none for who sees some agencies alone."""
    if seen_agencies() is not None:
        return {}
    places = facts_of(g.city.name, on).places
    hers = (place for place in places if place.borrower_id == whose.borrower_id)
    return {place.id: street_of(place.address) for place in hers}


def span_of(agreed: Agreed) -> str:
    """Write the hours with their day."""
    assert agreed.hours is not None
    start, end = agreed.hours.start.astimezone(zone()), agreed.hours.end
    return f"{day_short(start.date())} {span(start, end, zone())}"
