"""POST /api/solve: what `dayround solve` does, for programs."""

from __future__ import annotations

from http import HTTPStatus
from typing import cast

from flask import Blueprint, Flask, abort, current_app, request
from flask.blueprints import BlueprintSetupState
from werkzeug.wrappers import Response

from data.access import Role
from web.api.answers import CALLERS_FAULT, OUR_FAULT, Answer, fault
from web.api.callers import for_callers
from web.api.entering import know_tokens
from web.api.options import OptionsError, read_options
from web.api.pace import PACE, Pace
from web.api.problems import MEDIA_TYPE, ProblemError, of_problem
from web.api.solver import BusyError, OvertimeError, Solver

api = Blueprint("api", __name__, url_prefix="/api")

MOST_BYTES = 48 << 20
SOLVER = "dayround_solver"


@api.record
def set_up(state: BlueprintSetupState) -> None:
    """Give an app its solver; the token of forms is asked for where a person calls, not always."""
    state.app.extensions[SOLVER] = Solver()
    state.app.extensions[PACE] = Pace()
    state.app.extensions["csrf"].exempt(api)
    know_tokens(cast(Flask, state.app))


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


@api.errorhandler(ProblemError)
def refused(error: ProblemError) -> Response:
    """Answer what one of our views found wrong."""
    return of_problem(error)


def solver() -> Solver:
    """Return the app's one solver."""
    return cast(Solver, current_app.extensions[SOLVER])


def as_response(told: Answer) -> Response:
    is_problem = told.status >= HTTPStatus.BAD_REQUEST
    media_type = MEDIA_TYPE if is_problem else "application/json"
    return Response(told.body, told.status, mimetype=media_type)
