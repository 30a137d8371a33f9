"""What every view may ask for: the open home, and who acts."""

from __future__ import annotations

from datetime import datetime
from typing import cast

from flask import current_app

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
