"""The blueprint of what phones bring, as the dispatcher sees it."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint, g

from scheduler.model import Collector
from web.context import wired
from web.dispatch.room import seen_agencies

field = Blueprint(
    "field",
    __name__,
    template_folder="templates",
    static_folder="static",
    static_url_path="/static/field",
)


def seen_people() -> Mapping[str, Collector]:
    """Return the collectors of the page's city whom the dispatcher sees, by their ids."""
    agencies = seen_agencies()
    everybody = wired().store.collectors(g.city.name)
    return {one.id: one for one in everybody if agencies is None or one.agency in agencies}
