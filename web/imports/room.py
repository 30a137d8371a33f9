"""The room's blueprint, and what its pages share."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Blueprint, abort, g

from scheduler.errors import NotFoundError
from web.auth.access import current_user
from web.context import wired
from web.dispatch.room import only_for_the_whole_city, page
from web.imports.kinds import KINDS, Kind
from web.imports.uploads import Upload, find

imports = Blueprint(
    "imports",
    __name__,
    template_folder="templates",
    static_folder="static",
    static_url_path="/imports",
)


def a_page(name: str, on: date, **told: Any) -> str:
    """Return a page of the room, below the strip that says how the day stands."""
    return page(f"imports/{name}", on, **told)


def its_upload(city: str, token: str) -> Upload:
    """Return a list that the person has sent; 404 where it is here no more."""
    only_for_the_whole_city()
    try:
        return find(wired().home, city, current_user.name, token)
    except NotFoundError:
        abort(404)


def kind_of(upload: Upload) -> Kind:
    """Return the kind of a list."""
    return KINDS[upload.kind]


def here() -> str:
    """Return the name of the page's city."""
    return str(g.city.name)
