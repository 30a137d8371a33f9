"""The way from a page to its twins: in another city, on another day, and back to itself."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Flask, request, url_for

from web.auth.roles import role_name
from web.menu import bar, beyond_bar, entries, places_to_check


def guide(app: Flask) -> None:
    """Let templates point to other pages."""
    helpers = {"here": here, "in_city": in_city, "on_day": on_day, "menu": entries}
    header = {"bar": bar, "beyond_bar": beyond_bar, "places_to_check": places_to_check}
    app.jinja_env.globals.update(helpers, **header, role_name=role_name)


def here() -> str:
    """Return the address of this page, to come back to."""
    return request.full_path.rstrip("?") if request.method == "GET" else request.path


def in_city(city: str) -> str:
    """Return the address of this page for another city."""
    return _twin(city=city)


def on_day(days: int) -> str:
    """Return the address of this page so many days later."""
    return _twin(on=(request.view_args or {})["on"] + timedelta(days=days))


def _twin(**changes: Any) -> str:
    return url_for(request.endpoint or "layout.home", **{**(request.view_args or {}), **changes})
