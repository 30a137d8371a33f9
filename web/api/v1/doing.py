"""What every change by a program shares: its own key, and what forbids it as a problem."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus

from flask import request

from scheduler.editing.obstacles import ForbiddenEditError, GoneError
from scheduler.errors import EditedMeanwhileError
from scheduler.locks import LockError
from web.api.problems import ProblemError
from web.api.v1.edit_models import obstacle_told
from web.auth.access import current_user

NEEDS_KEY = {"Idempotency-Key": True}
LONGEST_KEY = 100


@contextmanager
def as_problems() -> Iterator[None]:
    """Turn what refuses an edit into problems: 412 others were quicker, 409 gone, 422 forbidden."""
    try:
        yield
    except EditedMeanwhileError as error:
        raise ProblemError(HTTPStatus.PRECONDITION_FAILED, str(error)) from None
    except GoneError as error:
        raise ProblemError(HTTPStatus.CONFLICT, str(error)) from None
    except ForbiddenEditError as error:
        raise forbidden(error) from None
    except LockError as error:
        raise ProblemError(HTTPStatus.UNPROCESSABLE_ENTITY, str(error)) from None


def forbidden(error: ForbiddenEditError) -> ProblemError:
    """Return the problem of an edit after which no plan may stand, with all that forbids it."""
    told = [obstacle_told(one).model_dump() for one in error.violations]
    return ProblemError(HTTPStatus.UNPROCESSABLE_ENTITY, str(error), violations=told)


def key_of() -> str:
    """Return the caller's own key of this request."""
    sent = request.headers.get("Idempotency-Key", "").strip()
    if not 0 < len(sent) <= LONGEST_KEY:
        words = f"send an Idempotency-Key of at most {LONGEST_KEY} signs, new for each thing to do"
        faults = [{"header": "Idempotency-Key", "problem": words}]
        raise ProblemError(HTTPStatus.BAD_REQUEST, words, errors=faults)
    return f"{current_user.name} {sent}"
