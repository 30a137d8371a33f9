"""The kept page at `/my/`, its worker, its words, and how it stands on a home screen."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from flask import Response, jsonify, redirect, render_template, url_for

from web.auth.access import public
from web.language import html_lang, t
from web.phone.getting_in.inside import inside_app
from web.phone.room import Answer, phone
from web.phone.shell.files import STATIC, kept, kept_later, version
from web.phone.shell.words import client_words

WORKER = STATIC / "worker.js"
ICONS = (("icon-192.png", "192x192"), ("icon-512.png", "512x512"))


@phone.get("/my/")
@public
def shell() -> Answer:
    """Show the page that the phone keeps; what it shows comes from the phone's own storage.

    Inside a chat nothing is kept: there she works online.
    """
    if inside_app():
        return redirect(url_for(".day"))
    return render_template("phone/shell.html")


@phone.get("/my/worker.js")
@public
def worker() -> Response:
    """Return the script that keeps the page, with the list of its files."""
    known = {
        "version": version(),
        "files": [url_for(".shell"), url_for(".words"), *kept()],
        "later": kept_later(),
    }
    text = f"const KEPT = {json.dumps(known)};\n{Path(WORKER).read_text(encoding='utf-8')}"
    return Response(text, mimetype="text/javascript")


@phone.get("/my/words.json")
@public
def words() -> Response:
    """Return what the page's scripts say, in the visitor's language."""
    return jsonify(language=html_lang(), words=client_words())


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
