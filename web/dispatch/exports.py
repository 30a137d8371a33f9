"""The published day to take along: which formats, whose day, and how people are told in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask_babel import LazyString
from werkzeug.wrappers import Response

from data.access import Role
from data.exports.exporter import Asked
from data.exports.registry import FORMATS
from data.exports.sight import WHOLE_DAY, sight_of
from data.masking import Masking, masking_for
from data.store.exports import PublishedDay, published_day
from scheduler.errors import ConflictError, NotFoundError
from web.auth.access import current_user, needs
from web.context import wired
from web.desk.foretelling import on_time
from web.dispatch.room import dispatch, page, zone
from web.dispatch.today import working_day
from web.downloads import download, my_language
from web.formats import masked
from web.language import lazy_t, t

FORMAT_WORDS = {
    "xlsx": (lazy_t("Workbook (XLSX)"), lazy_t("For Excel and its kind: a row per stop.")),
    "csv": (lazy_t("Table (CSV)"), lazy_t("For other programs: a row per stop.")),
    "ics": (lazy_t("Calendar (ICS)"), lazy_t("Published anew and taken in again, it is updated.")),
    "pdf": (
        lazy_t("Route sheets (PDF)"),
        lazy_t("To print: a street map and the stops, a page per crew."),
    ),
    "gpx": (lazy_t("Navigation (GPX)"), lazy_t("A point per visit and a route per crew.")),
    "geojson": (lazy_t("Map (GeoJSON)"), lazy_t("Visits, and the ways along the roads.")),
}


@dataclass(frozen=True)
class Choice:
    """A crew whose day can be taken by itself, by the id of one of its collectors."""

    collector_id: str
    names: tuple[str, ...]
    visits: int


@dispatch.get("/<city>/export")
@needs(*WHOLE_DAY)
def exporting(city: str) -> Response:
    """Lead to the next day on which somebody works."""
    return redirect(url_for("dispatch.exports", city=city, on=working_day(city)))


@dispatch.get("/<city>/<day:on>/export")
@needs(*WHOLE_DAY)
def exports(city: str, on: date) -> str:
    """Show what of a day can be taken along; a day that is not published says so."""
    published = find_published(city, on)
    told = {
        "published": published,
        "crews": crew_choices(published) if published else [],
        "formats": my_formats(),
        "may_see_names": masking_for(g.role, asked=True) is Masking.FULL,
    }
    if g.role is Role.DISPATCHER:
        return page("exports", on, frame="dispatch/day.html", **told)
    g.place = "dispatch.exporting"
    return render_template(
        "dispatch/exports.html", frame="layout/desk.html", on=on, zone=zone(), **told
    )


@dispatch.post("/<city>/<day:on>/export")
@needs(*WHOLE_DAY)
def hand_out(city: str, on: date) -> Response:
    """Send the published day as a file, as far as the role sees it."""
    form = request.form
    if form.get("format") not in FORMATS:
        abort(400)
    sight = sight_of(
        current_user, city, collector_id=form.get("whose") or None, in_full="full" in form
    )
    try:
        asked = Asked(city, on, form["format"], sight, my_language(), on_time(city, on))
        return download(asked)
    except (ConflictError, NotFoundError):
        flash(t("This could not be exported. The page shows how the day is now."))
        return redirect(url_for("dispatch.exports", city=city, on=on))


def find_published(city: str, on: date) -> PublishedDay | None:
    """Return the published day as far as the person may see it, None where it is none."""
    agencies = current_user.agencies(g.role, city)
    try:
        return published_day(wired().store.engine, city, on, agencies)
    except (ConflictError, NotFoundError):
        return None


def crew_choices(published: PublishedDay) -> list[Choice]:
    """Return the crews that the person may see, in the order of their ids."""
    people, new = published.facts.collectors, published.record.content
    visits = {trip.crew_id: len(trip.visits) for trip in new.plan.itineraries}
    return [
        Choice(known[0], tuple(masked(people[id].name) for id in known), visits[crew.id])
        for crew in sorted(new.crews, key=lambda crew: crew.id)
        if crew.id in visits and (known := [id for id in crew.members if id in people])
    ]


def my_formats() -> dict[str, tuple[LazyString, LazyString]]:
    """Return the formats for the person who asks: maps are for those who are shown doors."""
    sees_doors = masking_for(g.role) is not Masking.STREET
    return {
        name: words
        for name, words in FORMAT_WORDS.items()
        if sees_doors or not FORMATS[name].is_map
    }
