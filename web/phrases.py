"""What the inner rooms say in English, in the visitor's language.

Readers, rules and the search say what is wrong in whole sentences with figures in them. Each
sentence stands here as it is translated, with `%(name)s` where it varies; one that is not known
is shown as it is.
"""

from __future__ import annotations

import re

from flask import Flask

PHRASES: tuple[object, ...] = ()
HOLE = re.compile(r"%\\\((\w+)\\\)s|%\((\w+)\)s")


def speak_for_all(app: Flask) -> None:
    """Let templates say what another room said."""
    app.jinja_env.filters["said"] = said


def said(text: str) -> str:
    """Return a sentence of another room in the visitor's language."""
    return text
