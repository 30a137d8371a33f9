"""Views that the side sheet opens: a whole page when opened directly, else only what it holds."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from web.dispatch import words
from web.dispatch.room import Step, day_state, zone

ONLY = "X-Fragment"
"""The header of whoever wants the piece alone."""


def fragment(template: str, title: str, on: date, **told: Any) -> str:
    """Return a piece of the desk, in a page of its own unless it is asked for alone."""
    g.place = "dispatch.today"
    piece = f"desk/{template}.html"
    told = {
        **{"day": day_state(on), "city": g.city, "on": on, "zone": zone(), "words": words},
        **{
            "Step": Step,
            "PLACE_KINDS": words.PLACE_KINDS,
            "title": title,
            "piece": piece,
            "is_alone": is_asked_alone(),
            **told,
        },
    }
    return render_template(piece if is_asked_alone() else "desk/whole.html", **told)


def is_asked_alone() -> bool:
    """Whether the side sheet asks, which has a frame of its own."""
    return request.headers.get(ONLY) == "1"


def piece_of(view: str, visit: str, on: date) -> str:
    """Return the address of another piece about a visit, of the version that was asked for."""
    version = request.args.get("version")
    return url_for(f"desk.{view}", city=g.city.name, on=on, visit=visit, version=version)


def back_to(endpoint: str, **where: Any) -> Response:
    """Lead back to the piece whose button was pressed."""
    return redirect(url_for(endpoint, **where), code=303)
