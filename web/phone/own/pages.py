"""Her own pages: `GET /my/own.json` for the client, `/my/own` for phones without it."""

from __future__ import annotations

import hashlib
import json
from datetime import date, datetime
from zoneinfo import ZoneInfo

from flask import Response, abort, make_response, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from data.access import Role
from web.auth.access import by, needs, with_log_in
from web.context import now, wired
from web.formats import day_short, money, span
from web.phone.own.telling import book, own_told
from web.phone.room import my_work, phone
from web.phone.visits import SHOWN_S

SHOWN_FIELDS = ["name", "amount"]


@phone.get("/my/own.json")
@needs(Role.COLLECTOR)
def own_file() -> Response:
    """Return her own work and help as one file; 304 where the phone has it as it is.

    Who came in by a link has help alone: her `works` are null.
    """
    text = json.dumps(own_told(), ensure_ascii=False, separators=(",", ":"))
    answer = Response(text, mimetype="application/json")
    answer.headers["X-Now"] = str(now().timestamp())
    answer.set_etag(hashlib.sha256(text.encode()).hexdigest()[:20], weak=True)
    answer.make_conditional(request)
    return answer


@phone.get("/my/own")
@needs(Role.COLLECTOR)
@with_log_in
def own() -> str:
    """Show her own work on one page that needs no script."""
    return own_page()


@phone.post("/my/own/<city>/promises/<int:id>")
@needs(Role.COLLECTOR)
@with_log_in
def show_promise(city: str, id: int) -> AnyResponse:
    """Show whose a promise was and its sum for a while, and note who has seen them."""
    for mine, collector_id in my_work():
        found = book().promise(mine.name, collector_id, id, now()) if mine.name == city else None
        if found and found.borrower:
            with wired().store.writing(by()) as writer:
                told = {"fields": SHOWN_FIELDS, "promise": id}
                writer.note("borrower.shown", found.borrower.id, city=city, after=told)
            amount = money(found.promise.amount, mine.currency)
            return for_a_while(own_page({id: (found.borrower.name, amount)}))
    abort(404)


def for_a_while(text: str) -> AnyResponse:
    """Return a page that hides again what it shows, without a script too."""
    answer = make_response(text)
    answer.headers["Refresh"] = f"{SHOWN_S}; url={url_for('.own')}"
    return answer


def own_page(shown: dict[int, tuple[str, str]] | None = None) -> str:
    """Return the page; `shown` are names and sums of promises that are not masked now."""
    return render_template(
        "phone/own.html",
        told=own_told(),
        shown=shown or {},
        seconds=SHOWN_S,
        day_of=lambda text: day_short(date.fromisoformat(text)),
        date_of=date.fromisoformat,
        hours_of=hours_of,
    )


def hours_of(start: int, end: int, zone: str) -> str:
    """Write from when to when two instants in epoch seconds are, in a zone."""
    here = ZoneInfo(zone)
    return span(datetime.fromtimestamp(start, here), datetime.fromtimestamp(end, here), here)
