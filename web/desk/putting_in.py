"""A visit that a day's plan leaves out is put into it: its ways, and the press that takes one.

What the page tells and what a program is told is worked out here, by the open day; the same open
day is asked for it once.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from scheduler.drafts.opened import OpenDraft
from scheduler.urgent_service import Ways, chosen_of, put_in, ways_of
from web.auth.access import current_user
from web.context import wired
from web.desk.editing import stay_open, to_edit
from web.desk.opened import Which, open_drafts
from web.desk.room import version_here


@dataclass(frozen=True)
class WaysIn:
    """An open plan, and the ways of a visit into it."""

    draft: OpenDraft
    found: Ways


def ways_here(city: str, on: date, visit_id: str) -> WaysIn:
    """Return the ways of a visit into the day's newest plan, as it stands now.

    Raises
    ------
    NotFoundError
        Where the day has no plan, or nobody knows the visit.
    """
    return _ways((city, on, version_here(city, on)), visit_id)


def _ways(which: Which, visit_id: str) -> WaysIn:
    drafts = open_drafts()
    draft = drafts.get(wired(), which)

    def work() -> Ways:
        return ways_of(draft, visit_id, drafts.quoter(which, draft))

    return WaysIn(draft, drafts.worked_out(which, draft, ("ways", visit_id), work))


def put_in_here(city: str, on: date, visit_id: str, name: str, key: str) -> tuple[OpenDraft, bool]:
    """Take the way of that name as one edit, which can be undone; of a published plan, of its copy.

    Return the draft, and whether it is new in it: what is planned already was pressed twice.
    Nothing is copied where the way is gone.

    Raises
    ------
    ConflictError
        Where there is no such way by now.
    ForbiddenEditError, EditedMeanwhileError
        As `edit_day` says.
    """
    here = ways_here(city, on, visit_id)
    if here.found.planned:
        return here.draft, False
    chosen_of(here.found, name)
    draft = to_edit(here.draft)
    done, _ = put_in(wired().ports, draft, here.found, name, current_user.name, key)
    stay_open(draft, done)
    return done, True
