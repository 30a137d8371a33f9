"""What can be told of a plan before its day begins: worked out beside the pages, then kept."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from flask import current_app, jsonify
from werkzeug.wrappers import Response

from data.access import Role
from data.store.drafts import draft_head
from scheduler.errors import DayroundError
from scheduler.forecast import ASSUMED_SPREADS, SpreadsNow, spreads_now
from scheduler.last_asked import LastAsked
from scheduler.staffing.foretelling import LOW, Foretelling, foretell
from web.auth.access import needs
from web.context import wired
from web.desk.opened import Which, open_drafts
from web.desk.room import desk, version_here
from web.dispatch.board import Board, seen_stops
from web.dispatch.today import seen_board

KEY = "desk_foretellings"
MOST = 16
"""Plans of which it is kept, some kilobytes each."""


@dataclass(frozen=True, slots=True)
class Morning:
    """What is told of a plan. None is told of a day that has begun: its true times tell more."""

    told: Foretelling | None = None
    by: SpreadsNow = ASSUMED_SPREADS
    is_waiting: bool = False


@dataclass
class Foretellings:
    """What was worked out last, by plan; anew once the plan or a fact of its city has changed."""

    kept: LastAsked[Which, Morning] = field(default_factory=lambda: LastAsked(MOST))

    def get(self, which: Which) -> Morning:
        """Return what is told of a plan as it stands now; who asks first works it out.

        Raises
        ------
        NotFoundError
            Where there is no such plan.
        """
        return self.kept.get(which, *_question(which))

    def beside(self, which: Which) -> Morning:
        """Return the same where it is known; else it is worked out, and nobody waits for it."""
        stamp, work = _question(which)
        self.kept.beside(which, stamp, work)
        known = self.kept.of_stamp(which, stamp)
        return known or Morning(is_waiting=True)


def _question(which: Which) -> tuple[Hashable, Callable[[], Morning]]:
    """Return what an answer stands on, and what finds it: in any thread."""
    home, drafts = wired(), open_drafts()
    head = draft_head(home.store.engine, *which)
    by = spreads_now(home.store.times_decisions(which[0]))

    def work() -> Morning:
        draft = drafts.get(home, which)
        if draft.told:
            return Morning(by=by)
        return Morning(foretell(draft.problem, draft.plan, by), by)

    return (head.id, head.revision, head.newest_event, by), work


def foretellings() -> Foretellings:
    """Return what the app that answers has worked out last."""
    kept: Foretellings = current_app.extensions.setdefault(KEY, Foretellings())
    return kept


def on_time(city: str, on: date) -> Callable[[int], Mapping[str, float]]:
    """Return what tells of a version of a day how likely its visits are on time, for an export."""

    def of_version(version: int) -> Mapping[str, float]:
        try:
            told = foretellings().get((city, on, version)).told
        except DayroundError:
            return {}  # a city without roads, say: the day is handed out all the same
        return told.told.on_time if told else {}

    return of_version


@desk.get("/<city>/<day:on>/desk/foretold.json")
@needs(Role.DISPATCHER)
def foretold(city: str, on: date) -> Response:
    """Return how likely visits are on time and when crews are home, as far as she sees them."""
    which = (city, on, version_here(city, on))
    found = foretellings().get(which)
    shown = seen_board(wired().store.plan(*which))
    return jsonify(foretold_told(shown, found))


def foretold_told(shown: Board, found: Morning) -> dict[str, Any]:
    """Return what the desk's scripts draw: nothing of stops and crews that are not seen."""
    told, record = found.told, shown.record
    crews = {crew.id: told.of_crew(crew.id) for crew in shown.crews} if told else {}
    visits = sorted(seen_stops(shown)) if told else []
    return {
        "plan": {"id": record.id, "revision": record.revision},
        "low": LOW,
        "is_assumed": found.by.is_assumed,
        "legs": found.by.legs,
        "visits": found.by.visits,
        "crews": {id: asdict(one) for id, one in crews.items() if one},
        "on_time": {id: told.told.on_time[id] for id in visits if told and id in told.told.on_time},
    }
