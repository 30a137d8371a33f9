"""The API's blueprint with all of its addresses."""

from __future__ import annotations

from web.api import feeds
from web.api.pages import api
from web.api.v1 import events, exports, jobs, plans, publishing, rows

__all__ = ["api", "events", "exports", "feeds", "jobs", "plans", "publishing", "rows"]
