"""The API's blueprint with all of its addresses, and the list of its operations."""

from __future__ import annotations

from web.api import feeds
from web.api.operations import OPERATIONS
from web.api.pages import api
from web.api.v1 import (
    comparing,
    directives,
    edits,
    events,
    exports,
    foretold,
    gone,
    handing,
    jobs,
    plans,
    publishing,
    remedies,
    replanning,
    rows,
    slots,
    times,
    urgent,
)

__all__ = [
    "OPERATIONS",
    "api",
    "comparing",
    "directives",
    "edits",
    "events",
    "exports",
    "feeds",
    "foretold",
    "gone",
    "handing",
    "jobs",
    "plans",
    "publishing",
    "remedies",
    "replanning",
    "rows",
    "slots",
    "times",
    "urgent",
]
