"""A file for each crew, where phones cannot reach the server: it opens with a passphrase alone.

The passphrases are made for the page that shows them and kept nowhere: the press that downloads
brings them along, so that a file and what opens it are together on the dispatcher's screen alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from io import BytesIO
from urllib.parse import quote

from flask import abort, g, request, send_file
from werkzeug.wrappers import Response

from data.access import Role
from data.exports.day_page.sealing import is_passphrase, new_passphrase
from data.exports.day_page.writing import DayPage, write_page, write_pages
from data.masking import Masking
from data.store.exports import PublishedDay
from scheduler.errors import NotFoundError
from web.auth.access import by, needs
from web.context import wired
from web.dispatch.exports import Choice, crew_choices, find_published
from web.dispatch.room import dispatch, page
from web.phone.day_page.telling import day_of_crew, page_of

FORMAT = "html"
KEY = "passphrase "
"""Begins the name of the field with the passphrase of a crew."""


@dataclass(frozen=True, slots=True)
class CrewFile:
    """A crew whose day can be taken, and the passphrase that its file would open with."""

    crew: Choice
    passphrase: str

    @property
    def field(self) -> str:
        return KEY + self.crew.collector_id


@dispatch.get("/<city>/<day:on>/day-files")
@needs(Role.DISPATCHER)
def day_files(city: str, on: date) -> str:
    """Show the crews of a published day with new passphrases."""
    published = find_published(city, on)
    crews = crew_choices(published) if published else []
    files = [CrewFile(crew, new_passphrase()) for crew in crews]
    return page("day_files", on, files=files, published=published)


@dispatch.post("/<city>/<day:on>/day-files")
@needs(Role.DISPATCHER)
def hand_out_pages(city: str, on: date) -> Response:
    """Send the file of one crew, or those of all as a ZIP."""
    published = find_published(city, on)
    if published is None:
        raise NotFoundError(f"{city} has no published day on {on}: publish it first")
    whose = request.form.get("whose", "")
    crews = [one for one in crew_choices(published) if whose in ("all", one.collector_id)]
    pages = [page_for(on, crew) for crew in crews]
    if not pages:
        abort(404)
    home = wired().home
    content = (
        write_pages(pages, is_made_up=home.is_made_up)
        if whose == "all"
        else write_page(pages[0], is_made_up=home.is_made_up)
    )
    note(published, crews, whose)
    return sent(content, pages[0].name if whose != "all" else named(on, "crews", "zip"))


def page_for(on: date, crew: Choice) -> DayPage:
    """Return what goes into a crew's file; its passphrase comes with the press."""
    passphrase = request.form.get(KEY + crew.collector_id, "")
    if not is_passphrase(passphrase):  # of a person's own choice it would be guessed
        abort(400)
    day = day_of_crew(g.city, on, crew.collector_id)
    if day is None:
        abort(404)
    return DayPage(named(on, day.round.crew.id, FORMAT), page_of(day), passphrase)


def named(on: date, what: str, ending: str) -> str:
    """Return what a file is called; it names no person and no passphrase."""
    made_up = ["made-up"] if wired().home.is_made_up else []
    plain = quote(what, safe="+").replace("%", "_")
    return "-".join([*made_up, g.city.name, str(on), plain]) + f".{ending}"


def note(published: PublishedDay, crews: list[Choice], whose: str) -> None:
    """Keep who has taken which days along, as of any other export."""
    record = published.record
    told = {"format": FORMAT, "rows": sum(crew.visits for crew in crews)}
    told |= {"masking": Masking.MASKED} | ({} if whose == "all" else {"collector": whose})
    subject = f"{record.content.city} {record.content.on} v{record.version}"
    with wired().store.writing(by()) as writer:
        writer.note("plan.exported", subject, city=record.content.city, after=told)


def sent(content: bytes, name: str) -> Response:
    """Send a file that no cache keeps."""
    kind = "application/zip" if name.endswith("zip") else "text/html"
    answer = send_file(BytesIO(content), kind, as_attachment=True, download_name=name)
    answer.headers["Cache-Control"] = "no-store"
    return answer
