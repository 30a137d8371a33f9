"""The pages, as a Flask app.

To add a page:
1. Make a package `web/ROOM/` with a `Blueprint` in `pages.py`, its templates in
   `templates/ROOM/`, its scripts and styles in `static/`, and list the blueprint in `blueprints`.
2. Give each view `@needs(Role.…)`; in a view with an argument `city` the role must hold there,
   and `g.city` is that city. Write through `wired().ports` and `wired().store.writing(by())`.
3. Extend `layout/desk.html` or `layout/phone.html` (their blocks are told at their tops), and
   take fields, notices and empty states from `layout/macros.html`.
4. Say every text as `t("…")` and put its Chinese into `translations/zh/ROOM.po`; write money,
   dates and names by the filters of `web.formats`.
5. Add the place to `web/menu.py` if it belongs in the header.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from flask import Blueprint, Flask
from flask_wtf.csrf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from web.addresses import DayConverter, NumberConverter
from web.auth.access import check_doors, watch_doors
from web.context import KEY
from web.errors import answer_errors
from web.files import digest_of
from web.formats import format_for_people
from web.language import speak
from web.layout.links import guide
from web.layout.theme import paint
from web.phone.brought.taker import TAKER, Taker
from web.phrases import speak_for_all
from web.security import protect
from web.settings import Settings
from web.wiring import Wired

MOST_SENT_BYTES = 64 << 20
"""Of a request; the longest lists have a tenth of it."""


def create_app(wired: Wired, settings: Settings) -> Flask:
    """Return the app of an open home."""
    app = Flask("web", static_folder="static")
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    app.extensions[KEY] = wired
    app.extensions[f"{KEY}_settings"] = settings
    app.config.update(configuration(settings))
    app.url_map.converters.update(day=DayConverter, int=NumberConverter)
    app.url_defaults(lambda endpoint, values: add_version(app, endpoint, values))
    app.jinja_env.globals["is_demo"] = wired.home.is_made_up
    protect(app)
    watch_doors(app)
    CSRFProtect(app)
    speak(app)
    format_for_people(app)
    speak_for_all(app)
    paint(app)
    guide(app)
    answer_errors(app)
    for blueprint in blueprints():
        app.register_blueprint(blueprint)
    check_doors(app)
    app.extensions[TAKER] = Taker(app)
    if settings.proxies:
        n = settings.proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=n, x_proto=n, x_host=n)  # type: ignore[method-assign]
    return app


def blueprints() -> list[Blueprint]:
    """Return the rooms of the web, one blueprint each."""
    from web.api.rooms import api
    from web.auth.pages import auth
    from web.borrower.pages import borrower
    from web.compare.pages import compare
    from web.compliance.pages import compliance
    from web.desk.pages import desk
    from web.dispatch.pages import dispatch
    from web.field.pages import field
    from web.figures.pages import figures
    from web.guide.pages import guide as guides
    from web.imports.pages import imports
    from web.layout.pages import layout
    from web.map.pages import day_map
    from web.phone.pages import phone
    from web.policy.pages import policy
    from web.settings_pages.pages import settings as settings_pages
    from web.slots.rooms import slots
    from web.tls.pages import tls

    rooms = [layout, auth, borrower, compliance, dispatch, desk, slots, figures, day_map, phone]
    return [*rooms, settings_pages, guides, tls, api, policy, imports, compare, field]


def configuration(settings: Settings) -> dict[str, Any]:
    """Return what Flask and its extensions are told."""
    return {
        "SECRET_KEY": settings.secret_key,
        # Of this home alone: browsers do not tell the ports of one machine apart.
        "SESSION_COOKIE_NAME": f"dayround-{hashlib.sha256(settings.secret_key).hexdigest()[:8]}",
        "SESSION_COOKIE_SECURE": settings.is_https,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_REFRESH_EACH_REQUEST": False,  # end_idle_session does it, once a minute
        "PERMANENT_SESSION_LIFETIME": max(settings.desk_idle, settings.phone_idle),
        "TRUSTED_HOSTS": settings.trusted_hosts,
        "MAX_CONTENT_LENGTH": MOST_SENT_BYTES,
        "WTF_CSRF_TIME_LIMIT": None,  # as long as the session
    }


def add_version(app: Flask, endpoint: str, values: dict[str, Any]) -> None:
    """Put a file's digest into its address, so that browsers keep it until it changes."""
    if endpoint.split(".")[-1] != "static" or "v" in values:
        return
    owner = app.blueprints[endpoint.rsplit(".", 1)[0]] if "." in endpoint else app
    file = Path(owner.static_folder or "", values["filename"])
    if file.is_file():
        values["v"] = digest_of(file)
