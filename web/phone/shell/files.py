"""The files of the kept page, and the version that changes with any of them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from flask import url_for

from web.language import html_lang
from web.layout.theme import theme
from web.phone.shell.words import client_words

STATIC = Path(__file__).parent.parent / "static"
PAGE = STATIC.parent / "templates" / "phone" / "shell.html"
LATER = "my/later"
"""What is kept once the map is first opened: it is too large for the first use."""

MAP_LIBRARIES = (
    "vendor/leaflet/leaflet.js",
    "vendor/leaflet/leaflet.css",
    "vendor/protomaps-leaflet/protomaps-leaflet.js",
)
MAP_FILES = (
    *("day_map.css", "day_map_dark.css", "base_map.js", "ground_layer.js", "ground_style.js"),
    *("level_source.js", "street_name.js", "lines.js", "marks.js", "way.js"),
)
STYLES = ("css/tokens.css", "css/base.css", "css/controls.css", "css/phone.css", "css/dark.css")
COMMON = (*STYLES, "icon.svg", "js/element.js")


def kept() -> list[str]:
    """Return the addresses of all files that the page needs at its first opening."""
    own = ["phone.css", "my.css", *(name for name in scripts() if not name.startswith(LATER))]
    return [*_addresses("static", COMMON), *_addresses("phone.static", own)]


def kept_later() -> list[str]:
    """Return the addresses of the files that the map needs besides: those of the desk's map."""
    own = [name for name in scripts() if name.startswith(LATER)]
    shared = [*_addresses("static", MAP_LIBRARIES), *_addresses("map.static", MAP_FILES)]
    return [*_addresses("phone.static", own), *shared]


def scripts() -> Iterator[str]:
    """Yield the scripts of the page, by their names among the static files."""
    for file in sorted((STATIC / "my").rglob("*")):
        if file.suffix in (".js", ".css"):
            yield file.relative_to(STATIC).as_posix()


def version() -> str:
    """Return what changes with a file of the page, and with the language and colours of it."""
    template = (PAGE.read_text(encoding="utf-8"), html_lang(), theme(), client_words())
    told = [*kept(), *kept_later(), repr(template)]
    return hashlib.sha256("\n".join(told).encode()).hexdigest()[:12]


def _addresses(endpoint: str, names: Iterator[str] | tuple[str, ...] | list[str]) -> list[str]:
    """Return addresses with each file's digest in them; the page finds them without it, too."""
    return [url_for(endpoint, filename=name) for name in names]
