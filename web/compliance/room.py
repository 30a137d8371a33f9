"""The room's blueprint, and the frame of its pages."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from zoneinfo import ZoneInfo

from flask import Blueprint, abort, g, render_template
from werkzeug.wrappers import Response

from data.access import AgenciesOn, Role
from data.store.refusals import Refusals
from web.auth.access import current_user
from web.context import today_here, wired

compliance = Blueprint(
    "compliance",
    __name__,
    template_folder="templates",
    static_folder="static",
    static_url_path="/compliance",
)
Answer = str | Response | tuple[str, int]
LOOKS_ON = (Role.COMPLIANCE, Role.DISPATCHER)
"""Who asks for overrides and decides about them: each for the agencies they look after."""


def page(template: str, section: str, **told: Any) -> str:
    """Return a page of the room; `section` is the entry of its list that the page belongs to."""
    g.place = "compliance.overview" if is_officer() else "dispatch.today"
    frame = {"section": section, "is_officer": is_officer(), "zone": zone(), "today": today_here()}
    return render_template(f"compliance/{template}.html", **frame, **told)


def is_officer() -> bool:
    """Whether who asks is a compliance officer of the page's city."""
    return current_user.can(Role.COMPLIANCE, g.city.name)


def seen_agencies() -> Collection[str] | None:
    """Return the agencies whose work the person sees here by any role of the room; None is all."""
    found: set[str] = set()
    for role in LOOKS_ON:
        if current_user.can(role, g.city.name):
            names = current_user.agencies(role, g.city.name)
            if names is None:
                return None
            found |= names
    return AgenciesOn(found, today_here())


def only_for_the_whole_city() -> None:
    """Refuse what binds every agency to the officer of one."""
    if not current_user.can(Role.COMPLIANCE, g.city.name, ""):
        abort(403)


def refusals() -> Refusals:
    """Return what is asked of the book about refusals."""
    return Refusals(wired().store.engine)


def zone() -> ZoneInfo:
    """Return the zone of the page's city."""
    return ZoneInfo(g.city.zone)
