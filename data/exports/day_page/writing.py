"""The page as a file: words, style and script in one, and nothing of a person in the open."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import zipfile
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from data.exports.day import BAND
from data.exports.day_page.sealing import GROUP, GROUPS, PURPOSE, sealed
from data.exports.day_page.words import PAGE_WORDS

AT_ONCE = 4
"""Deriving a key takes a quarter of a second, and lets other threads run meanwhile."""


@dataclass(frozen=True, slots=True)
class DayPage:
    """A crew's day to be sealed: its file's name, what is told by language, its passphrase."""

    name: str
    told: Mapping[str, Any]
    passphrase: str


def write_page(page: DayPage, *, is_made_up: bool = False) -> bytes:
    """Return one file that opens in a browser by itself, with the passphrase alone."""
    text = json.dumps(page.told, ensure_ascii=False, separators=(",", ":"))
    kept = asdict(sealed(text, page.passphrase))
    kept |= {"purpose": PURPOSE.decode(), "digits": GROUPS * GROUP}
    band = f'<p class="band">{BAND}</p>' if is_made_up else ""
    parts = {"SEALED": in_script(kept), "WORDS": in_script(PAGE_WORDS), "BAND": band, **frame()}
    filled = part("page.html")
    for name, value in parts.items():
        filled = filled.replace(f"@{name}@", value)
    return filled.encode()


def write_pages(pages: list[DayPage], *, is_made_up: bool = False) -> bytes:
    """Return the files of several crews as a ZIP."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        written = list(pool.map(lambda one: write_page(one, is_made_up=is_made_up), pages))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for page, content in zip(pages, written, strict=True):
            archive.writestr(page.name, content)
    return packed.getvalue()


@cache
def frame() -> dict[str, str]:
    """Return script and style with the hashes by which the page allows them and no others."""
    script, style = part("page.js"), part("page.css")
    return {
        "SCRIPT": script,
        "STYLE": style,
        "SCRIPT_HASH": source_hash(script),
        "STYLE_HASH": source_hash(style),
    }


def part(name: str) -> str:
    """Return a part of the page as it lies beside this module."""
    return files(__package__ or "").joinpath(name).read_text(encoding="utf-8")


def source_hash(text: str) -> str:
    """Return the hash of an inline script or style, as a policy names it (CSP 3, 2.3.1)."""
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def in_script(value: Any) -> str:
    """Return a value as JSON in which no tag can end the element that it stands in."""
    return json.dumps(value, ensure_ascii=False).replace("<", "\\u003c")
