"""What every view may ask for: the open home, and who acts."""

from __future__ import annotations

from datetime import date, datetime
from typing import cast
from zoneinfo import ZoneInfo

from flask import current_app, g

from scheduler.model import City
from web.settings import Settings
from web.wiring import Wired

KEY = "dayround"


def wired() -> Wired:
    """Return the open home of the app that answers."""
    return cast(Wired, current_app.extensions[KEY])


def settings() -> Settings:
    """Return how the app that answers is served."""
    return cast(Settings, current_app.extensions[f"{KEY}_settings"])


def now() -> datetime:
    """Return the present by the wired clock."""
    return wired().ports.clock()


def today(city: City) -> date:
    """Return the present day of a city."""
    return now().astimezone(ZoneInfo(city.zone)).date()


def today_here() -> date:
    """Return the day that it is in the page's city."""
    return today(g.city)
