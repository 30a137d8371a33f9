"""Handing out a published day as a file."""

from __future__ import annotations

from io import BytesIO

from flask import send_file
from flask_babel import get_locale
from werkzeug.wrappers import Response

from data.exports.exporter import Asked
from web.auth.access import by
from web.context import wired


def download(asked: Asked) -> Response:
    """Export a day, and send it to be kept by the browser's owner and by no cache."""
    made = wired().exporter.export(asked, by())
    answer = send_file(
        BytesIO(made.content), made.media_type, as_attachment=True, download_name=made.name
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer


def my_language() -> str:
    """Return the language of the person who asks, for what stands in the file."""
    return str(get_locale() or "en")
