"""The room's blueprint, and the frame of its pages."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from flask import Blueprint, g, render_template
from werkzeug.wrappers import Response

from data.access import Role
from data.store.office import Office
from web.auth.access import current_user, my_cities
from web.context import wired

settings = Blueprint(
    "settings",
    __name__,
    url_prefix="/settings",
    template_folder="templates",
    static_folder="static",
)
Answer = str | Response | tuple[str, int]


def page(template: str, section: str, **told: Any) -> str:
    """Return a page of the room; `section` is the entry of its list that the page belongs to."""
    is_office = current_user.can(Role.ADMINISTRATOR)
    g.place = "settings.people" if is_office else "settings.events"
    frame = {"section": section, "is_office": is_office, "zone": my_zone()}
    return render_template(f"settings_pages/{template}.html", **frame, **told)


def my_zone() -> ZoneInfo:
    """Return the zone that times are told in: of the page's city, else of the person's first."""
    cities = [g.city] if "city" in g else my_cities()
    return ZoneInfo(next((city.zone for city in cities), "UTC"))


def office() -> Office:
    """Return what the administrator asks of the book."""
    return Office(wired().store.engine)
