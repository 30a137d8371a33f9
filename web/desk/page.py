"""The day itself: map, timeline and list of one plan, and what to do next with it."""

from __future__ import annotations

from datetime import date

from flask import redirect, request, url_for

from data.access import Role
from web.auth.access import needs
from web.context import now
from web.desk.drawing import timeline
from web.desk.figures import against_last, day_figures
from web.desk.grouping import group_lines
from web.dispatch.map_services import asked_last, services_on
from web.dispatch.room import Answer, dispatch, page, zone
from web.dispatch.today import (
    askable,
    failed_job,
    newest_record,
    notes_of,
    seen_board,
    working_day,
)

SHOWN = 8
"""Left-out of one group on the day's page; the others stand on a page of their own."""


@dispatch.get("/<city>/today")
@dispatch.get("/<city>/<day:on>/")
@needs(Role.DISPATCHER)
def today(city: str, on: date | None = None) -> Answer:
    """Show a day; without one, lead to the next on which somebody works."""
    if on is None:
        return redirect(url_for("dispatch.today", city=city, on=working_day(city)))
    record = newest_record(city, on, request.args.get("version", type=int))
    shown = seen_board(record) if record else None
    figures = day_figures(shown) if shown else None
    return page(
        "desk/page",
        on,
        board=shown,
        figures=figures,
        changes=against_last(shown, figures) if shown and figures else {},
        timeline=timeline(shown, zone()) if shown else None,
        failed=failed_job(city, on),
        asked=asked_last(city),
        services_on=services_on(city),
        notes=notes_of(on),
        groups=group_lines(shown, SHOWN) if shown else (),
        askable=askable(on),
        is_today=now().astimezone(zone()).date() == on,
    )
