"""The kept page at `/my/`, its worker, its words, and how it stands on a home screen."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from flask import Response, abort, jsonify, redirect, render_template, request, url_for

from web.auth.access import public
from web.files import compressed, packed
from web.language import html_lang, t
from web.layout.theme import theme
from web.phone.getting_in.inside import inside_app
from web.phone.room import Answer, phone
from web.phone.shell.files import (
    LATER,
    OWN,
    SHEETS,
    files_version,
    first_scripts,
    map_addresses,
    names,
    packed_file,
    page_version,
)
from web.phone.shell.words import client_words, words_in_page
from web.security import A_YEAR_S

WORKER = OWN / "worker.js"
ICONS = (("icon-192.png", "192x192"), ("icon-512.png", "512x512"))
TYPES = {".js": "text/javascript", ".css": "text/css"}


@phone.get("/my/")
@public
def shell() -> Answer:
    """Show the page that the phone keeps; what it shows comes from the phone's own storage.

    Inside a chat nothing is kept: there she works online.
    """
    if inside_app():
        return redirect(url_for(".day"))
    page = render_template(
        "phone/shell.html",
        version=files_version(),
        scripts=first_scripts(),
        words=words_in_page(client_words()),
    )
    answer = packed(compressed(page.encode()), "text/html")
    # It holds nobody's data: what the browser has just read, the worker need not read again.
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.add_etag()
    return answer.make_conditional(request)


@phone.get("/my/kept/<version>/<path:name>")
@public
def kept(version: str, name: str) -> Response:
    """Return a file of the page; an address names its version, and holds one content for ever."""
    if version != files_version() or name not in names():
        abort(404)
    answer = packed(packed_file(name, version))
    # Short, as a phone asks for so many: browsers read both kinds as UTF-8 here, where the page is.
    answer.headers["Content-Type"] = TYPES[Path(name).suffix]
    answer.headers["Cache-Control"] = f"max-age={A_YEAR_S}, immutable"
    return answer


@phone.get("/my/worker.js")
@public
def worker() -> Response:
    """Return the script that keeps the page, with the list of its files."""
    version, other_looks = files_version(), SHEETS.keys() - {f"look-{theme()}.css"}
    used = [name for name in names() if name not in other_looks]
    all_ = {name: url_for(".kept", version=version, name=name) for name in used}
    known = {
        "version": page_version(),
        "files": [
            *(url_for(".shell"), url_for("static", filename="icon.svg")),
            *(url_for("static", filename="js/element.js"),),
            *(url for name, url in all_.items() if not name.startswith(LATER)),
        ],
        "later": [
            *map_addresses(),
            *(url for name, url in all_.items() if name.startswith(LATER)),
        ],
    }
    text = f"const KEPT = {json.dumps(known)};\n{WORKER.read_text(encoding='utf-8')}"
    return packed(compressed(text.encode()), "text/javascript")


@phone.get("/my/app.webmanifest")
@public
def manifest() -> Response:
    """Return how the page stands on a home screen."""
    told: dict[str, Any] = {
        "id": url_for(".shell"),
        "name": "dayround",
        "short_name": "dayround",
        "description": t("The day's visits, with and without a network."),
        "lang": html_lang(),
        "start_url": url_for(".shell"),
        "scope": url_for(".shell"),
        "display": "standalone",
        "background_color": "#f4f5f2",
        "theme_color": "#0b6b5c",
        "icons": [
            {
                "src": url_for("phone.static", filename=name),
                "sizes": sizes,
                "type": "image/png",
                "purpose": "any maskable",
            }
            for name, sizes in ICONS
        ],
    }
    answer = jsonify(told)
    answer.mimetype = "application/manifest+json"
    return answer
