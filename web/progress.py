"""How far work is, as a piece of a page that a script asks for again and again."""

from __future__ import annotations

from flask import render_template, request
from werkzeug.wrappers import Response


def progress_piece(template: str, *, is_over: bool, **told: object) -> Response:
    """Answer with a piece of the page; 304 where nothing has changed since it was asked last.

    That the work is over is always told in full: the piece may be the one that was shown before.
    """
    response = Response(render_template(template, **told), mimetype="text/html")
    response.headers["X-Is-Over"] = "yes" if is_over else "no"
    if not is_over:
        response.add_etag()
    return response.make_conditional(request)
