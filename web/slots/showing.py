"""The pages of an urgent case: whole, or only the body where a script asks for it."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import g, render_template, request

from web.dispatch.room import day_state, zone
from web.slots.pages import FRAGMENT


def urgent_page(template: str, on: date, **told: Any) -> str:
    """Return a page of the urgent case."""
    told |= {"city": g.city, "on": on, "zone": zone()}
    if request.headers.get(FRAGMENT):
        return render_template(f"slots/{template}_body.html", is_fragment=True, **told)
    g.place = "dispatch.today"
    return render_template(f"slots/{template}.html", day=day_state(on), **told)
