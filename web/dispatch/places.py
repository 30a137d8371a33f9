"""Places to check: the queue of addresses that wait, and the one that is looked at."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask import g, redirect, request, url_for

from data.access import Role
from data.store.review import PlaceToCheck
from routing.datum import Datum
from scheduler.errors import NotFoundError
from web.auth.access import current_user, needs
from web.context import wired
from web.dispatch.candidates import candidates
from web.dispatch.queue import Group, Waiting, page_of, queue
from web.dispatch.room import Answer, dispatch, page, seen_agencies
from web.dispatch.today import working_day
from web.dispatch.understood import understood

PER_PAGE, MOST_PAGES = 50, 100_000
DATUMS = {
    Datum.WGS84: "WGS-84 (GPS)",
    Datum.GCJ02: "GCJ-02 (高德, 腾讯)",
    Datum.BD09: "BD-09 (百度)",
}


@dispatch.get("/<city>/places")
@dispatch.get("/<city>/<day:on>/places")
@needs(Role.DISPATCHER)
def places(city: str, on: date | None = None) -> Answer:
    """Show the queue, worst value first, and one address of it; beside the day worked on."""
    if on is None:
        return redirect(url_for("dispatch.places", city=city, on=working_day(city)))
    return places_page(on)


@dispatch.get("/<city>/<day:on>/places/decided")
@needs(Role.DISPATCHER)
def decided(city: str, on: date) -> str:
    """Show who decided what about addresses, the newest first."""
    number = page_number()
    first = (number - 1) * PER_PAGE
    found = wired().decisions.newest(city, seen_agencies(), first, PER_PAGE + 1)
    more = len(found) > PER_PAGE
    return page("decided", on, decisions=found[:PER_PAGE], has_more=more, number=number)


def places_page(on: date, **more: Any) -> str:
    """Return the page with the address that is asked for, or else the worst of its part."""
    city, agencies = g.city.name, seen_agencies()
    groups = queue(wired().review.waiting(city, agencies))
    texts = [text for group in groups for text in group.texts]
    number = min(page_number(), -(-len(texts) // PER_PAGE) or 1)
    shown = page_of(groups, (number - 1) * PER_PAGE, PER_PAGE)
    on_page = [text for _, part in shown.groups for text in part]
    chosen = _chosen(texts) or next(iter(on_page), None)
    told = case_told(city, groups, chosen) if chosen else {}
    return page(
        "places",
        on,
        queue=shown,
        number=number,
        has_more=shown.has_more,
        waiting=len(texts),
        chosen=chosen,
        next_id=_after(on_page, chosen),
        extent=wired().review.extent(city),
        last=wired().decisions.last_of(city, agencies, current_user.name),
        **{**told, **more},
    )


def case_told(city: str, groups: Sequence[Group], chosen: Waiting) -> dict[str, Any]:
    """Return what the page tells of one address."""
    found, problem = candidates(city, chosen.first)
    return {
        "problem": problem,
        "group": next(group for group in groups if chosen in group.texts),
        "candidates": found,
        "pieces": list(understood(chosen.text, chosen.first.matched)),
        "known": wired().store.overrides(city).get(chosen.key),
        "datums": DATUMS,
    }


def place_of_form() -> PlaceToCheck:
    """Return the place that a form is about; NotFoundError where she may see none of that id."""
    id = request.form.get("place", "")
    found = wired().review.place(g.city.name, id, seen_agencies())
    if found is None:
        raise NotFoundError(f"there is no place {id!r} to check")
    return found


def page_number() -> int:
    """Return which part of a list is asked for, from 1 on."""
    return min(max(1, request.values.get("page", 1, type=int)), MOST_PAGES)


def _chosen(texts: Sequence[Waiting]) -> Waiting | None:
    asked = request.values.get("place")
    return next((text for text in texts if any(p.place.id == asked for p in text.places)), None)


def _after(texts: Sequence[Waiting], chosen: Waiting | None) -> str:
    """Return the id of what comes after the chosen address, or before the last one."""
    ids = [text.id for text in texts]
    if chosen is None or chosen.id not in ids or len(ids) < 2:
        return ""
    at = ids.index(chosen.id)
    return ids[at + 1] if at + 1 < len(ids) else ids[at - 1]
