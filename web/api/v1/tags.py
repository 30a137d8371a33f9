"""The ETag of what a caller sees of a day: cheap to ask, another as soon as anything is.

Every change of the book is an event, so the newest event of a city stands for all its facts. A
poll that ends in 304 costs two look-ups by index and reads no plan.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from http import HTTPStatus

from flask import g, request
from werkzeug.datastructures import ETags
from werkzeug.wrappers import Response

from web.api.entering import seen_agencies
from web.api.problems import ProblemError
from web.auth.access import current_user
from web.context import today_here, wired


def tag(*what: object) -> str:
    """Return the ETag of something about the city as the caller sees it now.

    By the role, the agencies and the day: what an agency sees ends with its entrusting.
    """
    agencies = seen_agencies()
    seen = sorted(agencies) if agencies is not None else None
    newest = wired().desk.newest_event(g.city.name)
    facts = (g.city.name, newest, g.role, seen, today_here(), *what)
    return hashlib.blake2b(repr(facts).encode(), digest_size=12).hexdigest()


def unless_known(etag: str, make: Callable[[], Response]) -> Response:
    """Answer 304 where the caller has that already, else what `make` returns, with the ETag."""
    if request.if_none_match.contains(etag):
        response = Response(status=HTTPStatus.NOT_MODIFIED)
    else:
        response = make()
    response.set_etag(etag)
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def refuse_stale(etag: str) -> None:
    """End a writing request that was not thought of against what there is now.

    Raises
    ------
    ProblemError
        428 where it says nothing of what it was thought of against, 412 where that is past.
    """
    told: ETags = request.if_match
    if "If-Match" not in request.headers:
        raise ProblemError(
            HTTPStatus.PRECONDITION_REQUIRED,
            "send If-Match with the ETag of the plan that you have read",
        )
    if not told.contains(etag):
        raise ProblemError(
            HTTPStatus.PRECONDITION_FAILED,
            "the plan or its facts have changed since you read them: read them again, then decide",
            headers={"ETag": f'"{etag}"'},
        )


def who() -> str:
    """Return the caller's name, as events have it."""
    name: str = current_user.name
    return name
