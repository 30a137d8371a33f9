"""The API's blueprint with all of its addresses, and the list of its operations."""

from __future__ import annotations

from web.api import feeds
from web.api.operations import OPERATIONS
from web.api.pages import api
from web.api.v1 import events, exports, jobs, plans, publishing, rows

__all__ = ["OPERATIONS", "api", "events", "exports", "feeds", "jobs", "plans", "publishing", "rows"]
