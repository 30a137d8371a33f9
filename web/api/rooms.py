"""The API's blueprint with all of its addresses, and the list of its operations."""

from __future__ import annotations

from web.api import feeds
from web.api.operations import OPERATIONS
from web.api.pages import api
from web.api.v1 import (
    comparing,
    edits,
    events,
    exports,
    jobs,
    plans,
    publishing,
    rows,
    slots,
)

__all__ = [
    "OPERATIONS",
    "api",
    "comparing",
    "edits",
    "events",
    "exports",
    "feeds",
    "jobs",
    "plans",
    "publishing",
    "rows",
    "slots",
]
