"""Apps that several tests share: their routes and templates are compiled once a process."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Flask

from web.app import create_app
from web.context import KEY
from web.settings import Settings
from web.wiring import Wired

CHANGED = ("extensions", "config", "view_functions")
"""What a test may change of a shared app; it is put back for the next."""


@dataclass
class Shared:
    """An app, and what was in it at first."""

    app: Flask
    first: dict[str, dict[str, Any]]


APPS: dict[Settings, Shared] = {}


def app_of(wired: Wired, settings: Settings) -> Flask:
    """Return the app of these settings with another home in it, as if it were new.

    One that is to get other routes is made by `create_app`: Flask refuses them to this one.
    """
    if settings not in APPS:
        APPS[settings] = compiled(wired, settings)
    shared = APPS[settings]
    for name, values in shared.first.items():
        held = getattr(shared.app, name)
        held.clear()
        held.update(values)
    shared.app.extensions[KEY] = wired
    shared.app.jinja_env.globals["is_demo"] = wired.home.is_made_up
    return shared.app


def compiled(wired: Wired, settings: Settings) -> Shared:
    """Return an app that has answered once, and takes no other routes from then on."""
    app = create_app(wired, settings)
    app.test_client().get("/no-such-page")
    return Shared(app, {name: dict(getattr(app, name)) for name in CHANGED})
