"""What the list's search finds among the left-out: it looks for cases, whoever is sent to them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask import jsonify, request
from werkzeug.wrappers import Response

from data.access import Role
from scheduler.left_out_groups import Group
from scheduler.plan import LeftOut
from web.auth.access import needs
from web.context import wired
from web.desk.facts import facts_of
from web.desk.grouping import entries_of, groups_by_visit
from web.desk.question_words import GROUPS
from web.desk.room import desk, version_here
from web.desk.searching import Known
from web.dispatch.room import seen_agencies
from web.dispatch.today import seen_board

MOST, LONGEST = 12, 100


@desk.post("/<city>/<day:on>/desk/look")
@needs(Role.DISPATCHER)
def look(city: str, on: date) -> Response:
    """Return how many of the left-out fit, by id, masked name or street, and the first of them.

    What is looked for may be a name: it is sent, so that no address holds it.
    """
    asked = str((request.get_json(silent=True) or {}).get("q", "")).strip()[:LONGEST]
    shown = seen_board(wired().store.plan(city, on, version_here(city, on)))
    known = Known(facts_of(city, on), seen_agencies() is None)
    found = [one for one in entries_of(shown) if asked and known.fits(one, asked)]
    groups = groups_by_visit(shown)
    told = [found_told(known, one, groups) for one in found[:MOST]]
    return jsonify({"count": len(found), "found": told})


def found_told(known: Known, entry: LeftOut, groups: Mapping[str, str]) -> Mapping[str, Any]:
    """Return one of the left-out as the list shows it: masked, and no door."""
    whose = known.borrower(entry)
    return {
        "id": entry.visit_id,
        "cases": list(entry.case_ids),
        "name": known.names.get(whose, ""),
        "streets": list(known.streets.get(whose, ())),
        "group": str(GROUPS[Group(groups[entry.visit_id])][0]),
    }
