"""The files of the kept page, and the version that changes with any of them."""

from __future__ import annotations

import hashlib
import re
from functools import cache, lru_cache
from pathlib import Path
from time import monotonic

from flask import url_for

from web.files import COMMON, compressed, digest_of
from web.language import html_lang
from web.layout.theme import DARK_MEDIA, theme
from web.phone.shell.words import client_words

PHONE = Path(__file__).parent.parent
OWN = PHONE / "static"
PAGE = PHONE / "templates" / "phone" / "shell.html"
LATER = "my/later/"
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
"""What the map has from the desk's, at addresses of its own."""

LOOK = (
    *(COMMON / "css" / f"{name}.css" for name in ("tokens", "base", "controls", "phone")),
    *(OWN / f"{name}.css" for name in ("phone", "my")),
)
"""What the page looks like, sent as one file: each more costs a slow phone a round trip."""

SHEETS = {f"look-{theme}.css": media for theme, media in DARK_MEDIA.items()}
"""For each theme, when its dark colours hold."""

DARK = COMMON / "css" / "dark.css"
COMMENT = re.compile(r"^[ \t]*(?://.*|/\*(?s:.*?)\*/[ \t]*)$", re.MULTILINE)
"""A comment that has its lines to itself; that no text of ours runs over lines a test says."""

VENDOR = "my/vendor/"
IMPORTED = re.compile(r'^(?:import|export) (?:.* from )?"(\.[^"]+)"', re.MULTILINE)


def names() -> tuple[str, ...]:
    """Return the names of all files of the page, its scripts under `my/`."""
    return _files(int(monotonic()))[0]


def map_addresses() -> list[str]:
    """Return the addresses of the files that the map has from the desk's."""
    libraries = [url_for("static", filename=name) for name in MAP_LIBRARIES]
    return [*libraries, *(url_for("map.static", filename=name) for name in MAP_FILES)]


def files_version() -> str:
    """Return what changes with any of the page's files: it stands in their addresses."""
    return _files(int(monotonic()))[1]


@lru_cache(maxsize=1)
def _files(_second: int) -> tuple[tuple[str, ...], str]:
    """Return the names and the version; a first use asks seventy times, the disk once a second."""
    scripts = [file for file in (OWN / "my").rglob("*") if file.suffix in (".js", ".css")]
    names = (*SHEETS, *sorted(file.relative_to(OWN).as_posix() for file in scripts))
    return names, _short(repr([(name, *map(digest_of, parts(name))) for name in names]))


def page_version() -> str:
    """Return what changes with the page besides: its language, its colours, its words."""
    page = PAGE.read_text(encoding="utf-8")
    look = html_lang(), theme(), client_words()
    return _short(repr((files_version(), map_addresses(), page, look)))


def parts(name: str) -> tuple[Path, ...]:
    """Return the files that are sent under one name."""
    return (*LOOK, DARK) if name in SHEETS else (OWN / name,)


@cache
def packed_file(name: str, _version: str) -> bytes:
    """Return a file of the page, compressed."""
    texts = [part.read_text(encoding="utf-8") for part in parts(name)]
    if not name.startswith(VENDOR):  # what others wrote is sent as it is, licence and all
        texts = [without_comments(text) for text in texts]
    if name in SHEETS:
        texts[-1] = f"@media {SHEETS[name]} {{\n{texts[-1]}\n}}"
    return compressed("\n".join(texts).encode())


def without_comments(text: str) -> str:
    """Return a script or style without its comments: a tenth of a first use; lines keep numbers."""
    return COMMENT.sub(lambda found: "\n" * found[0].count("\n"), text)


def first_scripts() -> tuple[str, ...]:
    """Return the scripts that an opening waits for: the first one, and all that it imports."""
    return tuple(_imported("my/main.js", {}))


def _imported(name: str, found: dict[str, None]) -> dict[str, None]:
    """Add a script and all that it imports, and they in turn."""
    if name not in found:
        found[name] = None
        for path in IMPORTED.findall((OWN / name).read_text(encoding="utf-8")):
            _imported(((OWN / name).parent / path).resolve().relative_to(OWN).as_posix(), found)
    return found


def _short(told: str) -> str:
    return hashlib.sha256(told.encode()).hexdigest()[:12]
