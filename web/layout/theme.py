"""Light, dark, or as the machine is set: chosen on the server, so that no script is needed."""

from __future__ import annotations

from flask import Flask, session

from web.auth.access import current_user

THEMES = ("system", "light", "dark")
DARK_MEDIA = {"system": "(prefers-color-scheme: dark)", "dark": "all", "light": "not all"}
"""When the dark colours hold, as a media query of their style sheet."""


def paint(app: Flask) -> None:
    """Let templates ask for the theme."""
    app.jinja_env.globals.update(THEMES=THEMES, theme=theme, dark_media=dark_media)


def theme() -> str:
    """Return what the person who asks has chosen."""
    return str(current_user.theme or session.get("theme") or THEMES[0])


def dark_media() -> str:
    """Return when the dark colours hold on this page."""
    return DARK_MEDIA[theme()]
