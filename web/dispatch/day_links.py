"""Links and QR codes by which crews come into a published day: made, shown once, taken back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

import segno
from flask import abort, flash, redirect, request, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response

from data.access import Role
from scheduler.errors import ConflictError
from web.auth.access import by, needs
from web.context import now, settings, wired
from web.dispatch.exports import find_published
from web.dispatch.room import dispatch, page
from web.dispatch.ways_in import WayIn, ways_in
from web.language import t, tn
from web.settings import is_local

QUIET = 4
"""Modules of white around a QR code: scanners need them (ISO/IEC 18004, 6.3.8)."""


@dataclass(frozen=True, slots=True)
class Card:
    """What is handed to a collector: her link, and the same as a picture."""

    way: WayIn
    url: str

    @property
    def code(self) -> Markup:
        """The QR code as a drawing, dark on white in any colours of the page."""
        made = segno.make(self.url, micro=False, error="m")
        drawn = made.svg_inline(
            border=QUIET, dark="#000", light="#fff", omitsize=True, svgclass="qr", lineclass=None
        )
        return Markup(drawn)


@dispatch.get("/<city>/<day:on>/links")
@needs(Role.DISPATCHER)
def links(city: str, on: date) -> str:
    """Show who of a published day comes in by what."""
    ways = ways_of(city, on)
    return page("links", on, ways=ways or [], is_published=ways is not None, phone_host=host())


@dispatch.post("/<city>/<day:on>/links")
@needs(Role.DISPATCHER)
def make_links(city: str, on: date) -> str | Response:
    """Make links: of one collector, of all who can come in by nothing, or of all.

    What is answered holds them, and nothing else does: they cannot be shown again.
    """
    chosen = [way for way in needed_ways(city, on) if is_chosen(way)]
    ends = {way.collector.id: way.shift_ends for way in chosen}
    if not ends:
        flash(t("No link was made: all who drive on this day come in already."))
        return redirect(url_for("dispatch.links", city=city, on=on))
    if max(ends.values()) < now():
        raise ConflictError(t("This day is over: a link into it would open nothing."))
    made = wired().links.add(city, on, ends, by())
    cards = [Card(way, address_of(made[way.collector.id].token)) for way in chosen]
    return page("links_made", on, cards=cards, phone_host=host())


@dispatch.post("/<city>/<day:on>/links/take-back")
@needs(Role.DISPATCHER)
def take_back_links(city: str, on: date) -> Response:
    """Take back the link of one collector, or all: who came in by them is out at once."""
    ways = needed_ways(city, on)
    whom = request.form.get("whom", "")
    ids = [way.collector.id for way in ways if way.has_link and whom in ("all", way.collector.id)]
    count = wired().links.take_back(city, on, by(), ids)
    flash(tn("%(num)d link was taken back.", "%(num)d links were taken back.", count))
    return redirect(url_for("dispatch.links", city=city, on=on))


def is_chosen(way: WayIn) -> bool:
    """Tell whether the button that was pressed means a collector."""
    whom = request.form.get("whom", "")
    return {"none": way.has_none, "all": True}.get(whom, whom == way.collector.id)


def ways_of(city: str, on: date) -> list[WayIn] | None:
    """Return how those come in whom the dispatcher may see; None where nothing is published."""
    published = find_published(city, on)
    if published is None:
        return None
    return ways_in(published.record, published.facts.collectors)


def needed_ways(city: str, on: date) -> list[WayIn]:
    """Return the same; no page where nothing is published."""
    found = ways_of(city, on)
    if found is None:
        abort(404)
    return found


def address_of(token: str) -> str:
    """Return the address that a phone opens."""
    base = settings().public_url or request.url_root
    return base.rstrip("/") + url_for("phone.link", token=token)


def host() -> str:
    """Return under which name phones would look for the server; '' where they can find it."""
    name = urlsplit(settings().public_url or request.url_root).netloc
    return name if is_local(name) else ""
