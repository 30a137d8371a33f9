"""The frame of all pages, and the few pages that belong to no role."""

from __future__ import annotations

from flask import Blueprint, abort, redirect, render_template, request, session
from sqlalchemy import text
from werkzeug.wrappers import Response

from web.auth.access import by, current_user, needs, public
from web.auth.back import safe_target
from web.context import wired
from web.language import LANGUAGES
from web.layout.theme import THEMES
from web.menu import entries

layout = Blueprint("layout", __name__, template_folder="templates")


@layout.get("/")
@needs()
def home() -> str | Response:
    """Lead to the person's one place of work, or show the places there are."""
    places = list(entries())
    homes = [url for entry, url in places if not entry.beside]
    if len(homes) == 1:
        return redirect(homes[0])
    return render_template("layout/home.html", places=places)


@layout.post("/preferences")
@public
def choose() -> Response:
    """Keep the language or theme that a person presses, and go back to the page."""
    allowed = {"language": tuple(LANGUAGES), "theme": THEMES}
    chosen = {name: request.form[name] for name in allowed if name in request.form}
    if any(value not in allowed[name] for name, value in chosen.items()):
        abort(400)
    if current_user.is_authenticated and current_user.link is None:
        wired().users.choose(current_user.name, by(), **chosen)
    else:
        session.update(chosen)
    return redirect(safe_target(request.form.get("next")))


@layout.get("/healthz")
@public
def healthz() -> dict[str, str]:
    """Answer that the server runs and its database does."""
    with wired().store.engine.connect() as connection:
        connection.execute(text("SELECT 1"))
    return {"status": "ok"}
