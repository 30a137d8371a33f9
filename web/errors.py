"""Errors as pages: what is wrong and what to do, never a traceback."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Flask, jsonify, render_template
from flask_babel import LazyString
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DataError
from werkzeug.exceptions import HTTPException, InternalServerError, SecurityError
from werkzeug.wrappers import Response

from data.errors import DatabaseError
from routing.errors import RoutingError
from scheduler.errors import ConflictError, DayroundError, NotFoundError, UnlawfulPlanError
from scheduler.signing import UnsignedProfileError
from web.api import problems
from web.auth.access import wants_json
from web.language import lazy_t, t
from web.phrases import said

STATUS: tuple[tuple[type[Exception], int], ...] = (
    (NotFoundError, 404),
    (ConflictError, 409),
    (UnlawfulPlanError, 409),
    (UnsignedProfileError, 409),
    (DatabaseError, 500),
)
"""The status of our own errors; 400 for the others."""

UNKEEPABLE: tuple[type[Exception], ...] = (OverflowError, DataError)
"""What databases raise at a number of thirty digits, or at a text that PostgreSQL cannot hold."""


@dataclass(frozen=True)
class Words:
    """What a person is told: what is wrong, and what to do."""

    title: LazyString
    advice: LazyString


WORDS = {
    400: Words(
        lazy_t("This could not be read"),
        lazy_t("Go back, check what was typed, and send it again."),
    ),
    401: Words(lazy_t("Please log in"), lazy_t("Log in, then open the page again.")),
    403: Words(
        lazy_t("This page is not yours to open"),
        lazy_t("Your roles do not include it. An administrator can grant a role per city."),
    ),
    404: Words(
        lazy_t("There is nothing here"),
        lazy_t("The address may be mistyped, or what stood here is gone."),
    ),
    405: Words(lazy_t("This cannot be done here"), lazy_t("Go back and use the page's buttons.")),
    409: Words(
        lazy_t("It has changed meanwhile"),
        lazy_t("Look at the page again; it shows how things are now. Then decide anew."),
    ),
    410: Words(
        lazy_t("This way into the day has ended"),
        lazy_t(
            "The shift is over, or the desk has taken the link back. What this phone has recorded "
            "can still be sent. Ask your dispatcher if you need the day once more."
        ),
    ),
    413: Words(
        lazy_t("The file is too large"),
        lazy_t("At most 64 MB are taken at once. Split it, and send the parts."),
    ),
    429: Words(lazy_t("Too much at once"), lazy_t("Wait a moment and try again.")),
    500: Words(
        lazy_t("Something broke on our side"),
        lazy_t(
            "Nothing of what you just sent was kept. Try once more; if it stays, tell whoever "
            "looks after the server: the log holds the cause."
        ),
    ),
}


def answer_errors(app: Flask) -> None:
    """Answer all errors of an app with a page in the visitor's language."""
    app.register_error_handler(CSRFError, stale_page)
    app.register_error_handler(HTTPException, http_error)
    app.register_error_handler(DayroundError, own_error)
    app.register_error_handler(RoutingError, own_error)
    for kind in UNKEEPABLE:
        app.register_error_handler(kind, unkeepable)


def stale_page(_: CSRFError) -> Response:
    """Answer a form whose page is older than the session."""
    if problems.is_asked():
        return problems.problem(400, "the token of our forms is missing or too old: X-CSRFToken")
    text = t("This page was open for too long, or the session has ended. Open it again.")
    return answer(400, str(WORDS[400].title), text)


def http_error(error: HTTPException) -> Response:
    """Answer an error by its status; one that answers by itself, such as a redirect, may."""
    if error.response is not None:
        return error.get_response()
    if problems.is_asked():
        return problems.of_http(error)
    if isinstance(error, SecurityError):  # a foreign host name: no address of ours can be built
        return Response(t("This server has another name."), 400, mimetype="text/plain")
    status = error.code or InternalServerError.code
    words = WORDS.get(status, WORDS[500 if status >= 500 else 400])
    return answer(status, str(words.title), str(words.advice))


def unkeepable(_: Exception) -> Response:
    """Answer what no database takes as what could not be read: nobody types it by mistake."""
    if problems.is_asked():
        return problems.problem(400, "something in it is larger than any book holds")
    return answer(400, str(WORDS[400].title), str(WORDS[400].advice))


def own_error(error: Exception) -> Response:
    """Answer an error of ours in its own words, as the visitor says them, beside what to do."""
    status = next((status for kind, status in STATUS if isinstance(error, kind)), 400)
    if problems.is_asked():
        return problems.problem(status, str(error))
    words = WORDS[status]
    return answer(status, str(words.title), str(words.advice), detail=said(str(error)))


def answer(status: int, title: str, advice: str, detail: str = "") -> Response:
    """Return the page, or the same as JSON for a script."""
    told = {"status": status, "title": title, "advice": advice, "detail": detail}
    response: Response
    if wants_json():
        response = jsonify(told)
    else:
        response = Response(render_template("layout/error.html", **told), mimetype="text/html")
    response.status_code = status
    return response
