"""What is answered to a problem: the solution, or what is wrong with it, as JSON.

It runs in the process that solves. `code` and `error` are those of VROOM: 0 for a solution, 1 for
our own fault, 2 for what was told wrongly; `errors` adds each fault with its JSON pointer.
"""

from __future__ import annotations

import json
import logging
import traceback
from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from time import monotonic
from typing import Any

from data.vroom.fields import FieldError, FieldsError, NoJsonError
from data.vroom.matrices import with_matrices
from data.vroom.reading import parsed, read
from data.vroom.solving import solve
from data.vroom.writing import Written
from scheduler.engines.registry import engine
from scheduler.engines.stop_rules import Elapsed
from scheduler.errors import UnsupportedError
from web.api.options import Options

OUR_FAULT, CALLERS_FAULT = 1, 2
MOST_JOBS, MOST_VEHICLES = 2_000, 200
MOST_PLACES = 3_000  # of all jobs: matrices grow with their square
TITLES = {one.value: one.phrase for one in HTTPStatus}

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Answer:
    """An HTTP status and its body, which is JSON."""

    status: int
    body: bytes


def answer(problem: bytes, options: Options) -> Answer:
    """Solve a problem as it was sent; whatever goes wrong is an answer, too."""
    try:
        return said(HTTPStatus.OK, solution(problem, options))
    except NoJsonError as error:
        return refusal(HTTPStatus.BAD_REQUEST, error.errors)
    except FieldsError as error:
        return refusal(HTTPStatus.UNPROCESSABLE_ENTITY, error.errors)
    except UnsupportedError as error:
        return refusal(HTTPStatus.UNPROCESSABLE_ENTITY, [FieldError("", str(error))])
    except Exception as error:  # noqa: BLE001 the next problem is not to suffer from this one
        # The message may quote the problem, which is nobody's to read.
        frames = "".join(traceback.format_tb(error.__traceback__))
        log.error("a problem failed with %s\n%s", type(error).__name__, frames)
        return fault(HTTPStatus.INTERNAL_SERVER_ERROR, "something broke on our side", OUR_FAULT)


def solution(problem: bytes, options: Options) -> Written:
    """Return what `dayround solve` writes."""
    began = monotonic()
    told = parsed(problem)
    refuse_large(told)
    instance = read(told, all_required=options.all_required)
    loading_s = monotonic() - began
    stop = Elapsed(options.seconds, monotonic)
    chosen = engine(options.engine, options.threads)
    solved = solve(instance, chosen, stop, monotonic, seed=options.seed, loading_s=loading_s)
    if options.problem:
        solved["problem"] = with_matrices(instance) if instance.points else told
    return solved


def refuse_large(told: Any) -> None:
    """Refuse what would take the machine's time or memory from others, before it is read."""
    jobs, vehicles = items(told, "jobs"), items(told, "vehicles")
    places = sum(max(1, len(items(job, "places"))) for job in jobs[:MOST_JOBS])
    sizes = (
        ("/jobs", len(jobs), MOST_JOBS),
        ("/jobs", places, MOST_PLACES),
        ("/vehicles", len(vehicles), MOST_VEHICLES),
    )
    problem = "{:,} are too many here, {:,} are the most: split them, or use dayround solve"
    errors = [FieldError(at, problem.format(n, most)) for at, n, most in sizes if n > most]
    if errors:
        raise FieldsError(errors)


def items(told: Any, key: str) -> list[Any]:
    """Return the list under a key, empty where there is none: what it should be is told later."""
    found = told.get(key) if isinstance(told, dict) else None
    return found if isinstance(found, list) else []


def refusal(status: HTTPStatus, errors: Sequence[FieldError]) -> Answer:
    """Answer what is wrong with a problem, each fault by its JSON pointer."""
    told = [{"pointer": error.pointer, "problem": error.problem} for error in errors]
    return fault(status, "\n".join(map(str, errors)), CALLERS_FAULT, errors=told)


def fault(status: int, error: str, code: int, **more: Any) -> Answer:
    """Answer what is wrong in one text, as RFC 9457 and VROOM do."""
    return said(status, members(status, error, code, **more))


def members(status: int, error: str, code: int, **more: Any) -> Written:
    """Return the members of a problem: those of RFC 9457, and those of VROOM beside them."""
    title = TITLES.get(status, "Error")
    head = {"type": "about:blank", "title": title, "status": status, "detail": error}
    return {**head, "code": code, "error": error, **more}


def said(status: int, told: Written) -> Answer:
    return Answer(status, json.dumps(told, ensure_ascii=False).encode())
