"""POST /api/solve: what `dayround solve` does, for programs."""

from __future__ import annotations

from http import HTTPStatus
from typing import cast

from flask import Blueprint, abort, current_app, request
from flask.blueprints import BlueprintSetupState
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, InternalServerError
from werkzeug.wrappers import Response

from data.access import Role
from web.api.answers import CALLERS_FAULT, OUR_FAULT, Answer, fault
from web.api.callers import for_callers
from web.api.options import OptionsError, read_options
from web.api.solver import BusyError, OvertimeError, Solver

api = Blueprint("api", __name__, url_prefix="/api")

MOST_BYTES = 48 << 20
SOLVER = "dayround_solver"


@api.record
def set_up(state: BlueprintSetupState) -> None:
    """Give an app its solver; the token of forms is asked for where a person calls, not always."""
    state.app.extensions[SOLVER] = Solver()
    state.app.extensions["csrf"].exempt(api)


@api.post("/solve")
@for_callers(Role.DISPATCHER, Role.PLANNER, Role.ADMINISTRATOR)
def solve() -> Response:
    """Answer a problem in VROOM's JSON with its solution."""
    request.max_content_length = MOST_BYTES
    if request.mimetype != "application/json" or "Content-Encoding" in request.headers:
        abort(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "send JSON as application/json, not compressed")
    try:
        options = read_options(request.args)
        return as_response(solver().solve(request.get_data(cache=False), options))
    except OptionsError as error:
        told = [{"parameter": name, "problem": text} for name, text in error.faults.items()]
        return as_response(fault(HTTPStatus.BAD_REQUEST, str(error), CALLERS_FAULT, errors=told))
    except BusyError as error:
        busy = "another problem is being solved; send this one again when Retry-After has passed"
        response = as_response(fault(HTTPStatus.SERVICE_UNAVAILABLE, busy, OUR_FAULT))
        response.headers["Retry-After"] = str(error.retry_after_s)
        return response
    except OvertimeError:
        heavy = "it takes more time or memory than there is here: split it, or use dayround solve"
        return as_response(fault(HTTPStatus.UNPROCESSABLE_ENTITY, heavy, CALLERS_FAULT))


@api.errorhandler(CSRFError)
@api.errorhandler(HTTPException)
def http_error(error: HTTPException) -> Response:
    """Answer as JSON what ends a request before its problem is read."""
    status = error.code or InternalServerError.code
    code = OUR_FAULT if status >= InternalServerError.code else CALLERS_FAULT
    response = as_response(fault(status, error.description or error.name, code))
    if status == HTTPStatus.UNAUTHORIZED:
        response.headers["WWW-Authenticate"] = "Bearer"
    return response


def solver() -> Solver:
    """Return the app's one solver."""
    return cast(Solver, current_app.extensions[SOLVER])


def as_response(told: Answer) -> Response:
    return Response(told.body, told.status, mimetype="application/json")
