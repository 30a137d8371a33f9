"""What a dispatcher decides about an address: where it is, that it is wrong, and taking it back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from flask import abort, flash, g, redirect, request, url_for
from werkzeug.wrappers import Response

from data.access import Role
from data.store.decisions import DecisionKind
from data.store.overrides import key_of
from data.store.review import PlaceToCheck
from routing.datum import Datum, read_position
from routing.gazetteer.own_place import pin_kind
from routing.point import Point, distance_m
from scheduler.errors import DecidedMeanwhileError, NotFoundError
from scheduler.gazetteer import pin_place, remove_own_place
from scheduler.service import undo_override as take_back
from web.auth.access import by, current_user, needs
from web.context import wired
from web.dispatch.places import place_of_form, places_page
from web.dispatch.queue import hidden
from web.dispatch.room import Answer, dispatch, page, seen_agencies
from web.dispatch.words import WRONG_REASONS
from web.language import t, tn

SOURCE = "dispatcher"


@dispatch.post("/<city>/<day:on>/places/confirm")
@needs(Role.DISPATCHER)
def confirm(city: str, on: date) -> Answer:
    """Put an address, with every place of its text, where the dispatcher says."""
    one = place_of_form()
    try:
        point = told_point()
    except ValueError as error:
        return refused(on, str(error))
    known = request.form.get("known", type=int)
    try:
        with wired().store.writing(by()) as writer:
            writer.put_override(city, one.place.address, point, SOURCE, known=known)
    except DecidedMeanwhileError as error:
        return clash(on, one, point, error), 409
    flash(t("Placed: %(address)s", address=hidden(one.place.address)))
    return to_next(on)


@dispatch.post("/<city>/<day:on>/places/compound")
@needs(Role.DISPATCHER)
def pin_compound(city: str, on: date) -> Answer:
    """Put a compound or lane where the dispatcher says, and look its addresses up again."""
    name, district = (request.form.get(part, "") for part in ("name", "district"))
    if not name:
        abort(400)
    try:
        point = told_point()
    except ValueError as error:
        return refused(on, str(error))
    before, radius_m = ids_waiting(city), pin_kind(name).radius_m
    ports, actor = wired().ports, current_user.name
    pin_place(ports, city, name, point, radius_m, actor, district=district)
    placed = len(before - ids_waiting(city))
    flash(
        tn(
            "%(num)d address placed by %(name)s",
            "%(num)d addresses placed by %(name)s",
            placed,
            name=name,
        )
    )
    return to_next(on)


@dispatch.post("/<city>/<day:on>/places/wrong")
@needs(Role.DISPATCHER)
def wrong(city: str, on: date) -> Response:
    """Mark an address as not valid, at every place of hers that has its text and waits."""
    one, reason = place_of_form(), request.form.get("reason", "")
    if reason not in WRONG_REASONS:
        abort(400)
    with wired().store.writing(by()) as writer:
        for id in {one.place.id, *ids_of_text(city, one.place.address)}:
            writer.put_validity(city, id, is_valid=False, reason=reason)
    flash(t("Marked as not valid: %(address)s", address=hidden(one.place.address)))
    return to_next(on)


@dispatch.post("/<city>/<day:on>/places/undo")
@needs(Role.DISPATCHER)
def undo(city: str, on: date) -> Response:
    """Take back a decision that she sees."""
    kind, id = request.form.get("kind", ""), request.form.get("id", "")
    found = wired().decisions.find(city, seen_agencies(), kind, id)
    if found is None:
        raise NotFoundError(f"there is no decision {id!r} to take back")
    UNDO[found.kind](city, id)
    flash(t("Taken back: %(address)s", address=found.text))
    if request.form.get("then") == "decided":
        return redirect(url_for("dispatch.decided", city=city, on=on))
    place = next(iter(ids_of_text(city, found.text)), None)
    return redirect(url_for("dispatch.places", city=city, on=on, place=place))


def undo_override(city: str, id: str) -> None:
    take_back(wired().ports, city, int(id), current_user.name)


def undo_pin(city: str, id: str) -> None:
    remove_own_place(wired().ports, city, int(id), current_user.name)


def undo_wrong(city: str, id: str) -> None:
    with wired().store.writing(by()) as writer:
        writer.put_validity(city, id, is_valid=True)


UNDO: Mapping[DecisionKind, Callable[[str, str], None]] = {
    DecisionKind.ADDRESS: undo_override,
    DecisionKind.COMPOUND: undo_pin,
    DecisionKind.WRONG: undo_wrong,
}


def clash(on: date, one: PlaceToCheck, point: Point, error: DecidedMeanwhileError) -> str:
    """Return the page that shows both decisions: the one that stands, and hers."""
    standing = error.standing
    apart_m = distance_m(standing.point, point) if standing else None
    told = {"one": one, "text": hidden(one.place.address), "point": point}
    return page("clash", on, standing=standing, apart_m=apart_m, **told)


def refused(on: date, text: str) -> tuple[str, int]:
    """Return the page again with what is wrong beside the position."""
    return places_page(on, wrong=text), 400


def told_point() -> Point:
    """Return the candidate that was chosen, else the position by hand.

    Raises
    ------
    ValueError
        In words for her, where it is no position, or lies where the city has no map.
    """
    form = request.form
    try:
        if chosen := form.get("candidate"):
            return read_position(chosen, Datum.WGS84)
        point = read_position(form.get("position", ""), Datum(form.get("datum", "")))
    except ValueError:
        text = t("Write latitude and longitude in degrees, as in 30.2741, 120.1551.")
        raise ValueError(text) from None
    if not wired().cities.holds(g.city.name, point):
        raise ValueError(
            t("This lies outside the city's map. Are the two swapped, or is it another datum?")
        )
    return point


def to_next(on: date) -> Response:
    """Lead to the address that comes after the decided one."""
    place, number = request.form.get("next") or None, request.form.get("page", type=int)
    where = url_for("dispatch.places", city=g.city.name, on=on, place=place, page=number)
    return redirect(where)


def ids_waiting(city: str) -> set[str]:
    return {one.place.id for one in wired().review.waiting(city, seen_agencies())}


def ids_of_text(city: str, address: str) -> list[str]:
    """Return the places of hers that wait and have an address text."""
    waiting, key = wired().review.waiting(city, seen_agencies()), key_of(address)
    return [one.place.id for one in waiting if key_of(one.place.address) == key]
