"""The room's blueprint, who may look, and the frame of its pages."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from flask import Blueprint, g, render_template

from data.access import Role
from web.auth.access import current_user
from web.context import today_here

borrower = Blueprint(
    "borrower",
    __name__,
    template_folder="templates",
    static_folder="static",
    static_url_path="/borrower",
)
MAY_LOOK = (Role.DISPATCHER, Role.COMPLIANCE)


def seen_agencies() -> frozenset[str] | None:
    """Return the agencies whose cases the person sees; None is all of them."""
    seen: frozenset[str] = frozenset()
    for role in MAY_LOOK:
        if current_user.can(role, g.city.name):
            agencies = current_user.agencies(role, g.city.name)
            if agencies is None:
                return None
            seen |= agencies
    return seen


def zone() -> ZoneInfo:
    """Return the zone of the page's city."""
    return ZoneInfo(g.city.zone)


def page(template: str, place: str, **told: Any) -> str:
    """Return a page of the room; `place` is its entry of the menu."""
    g.place = f"borrower.{place}"
    return render_template(
        f"borrower/{template}.html", city=g.city, zone=zone(), today=today_here(), **told
    )
