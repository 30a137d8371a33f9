"""Guides as they stand in pages/*.md, one file a language; docs/guide leads to the same files.

Their addresses lie beside /guide/static, so that a picture is found by the link in the file, here
as in a repository.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from flask import Blueprint, abort, g, render_template
from flask_babel import LazyString
from markupsafe import Markup

from data.access import Role
from web.auth.access import current_user, needs
from web.language import chosen_language, lazy_t

FOLDER = Path(__file__).parent / "pages"

guide = Blueprint(
    "guide",
    __name__,
    template_folder="templates",
    static_folder="static",
    static_url_path="/guide/static",
)


@dataclass(frozen=True)
class Guide:
    """A guide: what leads to it, and whose it is."""

    name: str
    label: LazyString
    role: Role

    @property
    def frame(self) -> str:
        """The frame of its reader's other pages."""
        return f"layout/{'phone' if self.role is Role.COLLECTOR else 'desk'}.html"


GUIDES = (
    Guide("dispatcher", lazy_t("Guide: the first morning"), Role.DISPATCHER),
    Guide("collector", lazy_t("Guide: the first day"), Role.COLLECTOR),
    Guide("administrator", lazy_t("Guide: installing"), Role.ADMINISTRATOR),
)


@guide.app_template_global()
def my_guides() -> Iterator[Guide]:
    """Yield the guides for the roles of the person who asks."""
    return (one for one in GUIDES if current_user.can(one.role))


@guide.get("/guide/pages/<name>")
@needs()
def page(name: str) -> str:
    """Show a guide in the reader's language; anybody who has logged in may read them all."""
    found = next((one for one in GUIDES if one.name == name), None)
    if found is None:
        abort(404)
    g.place = f"guide.{name}"
    title, text = read(name, chosen_language())
    return render_template("guide/page.html", guide=found, title=title, text=text)


@cache
def read(name: str, language: str) -> tuple[str, Markup]:
    """Return a guide's title, and the rest of it as HTML; HTML in it is told, not obeyed."""
    from markdown_it import MarkdownIt

    first, _, rest = (FOLDER / f"{name}.{language}.md").read_text(encoding="utf-8").partition("\n")
    text = MarkdownIt("commonmark", {"html": False}).enable("table").render(rest)
    return first.removeprefix("# "), Markup(text)
