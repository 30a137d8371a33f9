"""The way back to where somebody came from, never to another site."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import url_for


def safe_target(asked: str | None) -> str:
    """Return a path of our own to go on to; the home page for anything else."""
    if not asked or not asked.startswith("/") or asked.startswith("//") or "\\" in asked:
        return url_for("layout.home")
    parts = urlsplit(asked)
    is_ours = not parts.scheme and not parts.netloc and asked.isprintable()
    return asked if is_ours else url_for("layout.home")
