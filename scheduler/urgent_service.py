"""The use case of an urgent visit: its ways into a day's plan as it stands, and one of them taken.

Each way has a name that stays the same as long as it leads to the same: it is worked out anew when
it is taken, and what is gone by then is not taken.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING

from scheduler.drafts.editing import edit_day
from scheduler.drafts.opened import OpenDraft
from scheduler.editing.edits import Retake, steps_of
from scheduler.editing.inserting import Inserted, ways_in
from scheduler.editing.log import KeptEdit
from scheduler.editing.obstacles import ForbiddenEditError, Obstacle
from scheduler.errors import ConflictError
from scheduler.plan import Stop
from scheduler.service import Ports

if TYPE_CHECKING:
    from scheduler.editing.quoting import Quoter


@dataclass(frozen=True, slots=True)
class Ways:
    """The ways of a visit into a plan, the cheapest first; or why there is none.

    `planned` is its stop where the plan makes it already.
    """

    visit_id: str
    ways: tuple[Inserted, ...] = ()
    planned: Stop | None = None
    forbidden: tuple[Obstacle, ...] = ()


def ways_of(at: OpenDraft, visit_id: str, laid: Quoter | None = None) -> Ways:
    """Return how a visit could be put into an open plan; `laid` is the plan laid out for quotes.

    Raises
    ------
    NotFoundError
        Where nobody knows the visit on that day.
    """
    stops = (stop for trip in at.plan.itineraries for stop in trip.visits)
    if planned := next((stop for stop in stops if stop.id == visit_id), None):
        return Ways(visit_id, planned=planned)
    try:
        return Ways(visit_id, tuple(ways_in(at.problem, at.sheet, visit_id, laid=laid)))
    except ForbiddenEditError as error:
        return Ways(visit_id, forbidden=error.violations)


def name_of(way: Inserted) -> str:
    """Return a short name of a way, by what it makes of the days that it touches."""
    if not isinstance(way.edit, Retake):
        told: object = steps_of(way.edit)
    else:
        crews = set(way.effect.changed)
        trips = (trip for trip in way.edit.plan.itineraries if trip.crew_id in crews)
        told = [(t.crew_id, [(s.id, s.option) for s in t.visits]) for t in trips]
    return blake2b(repr(told).encode(), digest_size=8).hexdigest()


def put_in(
    ports: Ports, at: OpenDraft, found: Ways, name: str, actor: str, key: str
) -> tuple[OpenDraft, KeptEdit]:
    """Take the way of that name into an open draft, as one edit; the same key is one edit.

    Raises
    ------
    ConflictError
        Where there is no such way by now, or the plan is no draft.
    ForbiddenEditError, EditedMeanwhileError
        As `edit_day` says.
    """
    if again := next((row for row in at.log if row.key == key), None):
        return at, again
    chosen = chosen_of(found, name)
    return edit_day(ports, at, actor, chosen.edit, at.record.revision, key)


def chosen_of(found: Ways, name: str) -> Inserted:
    """Return the way of that name; ConflictError where it is gone."""
    for way in found.ways:
        if name_of(way) == name:
            return way
    raise ConflictError("that place is gone: the day has changed. Choose another")
