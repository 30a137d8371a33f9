"""Errors as RFC 9457 has them, application/problem+json: what is wrong, and what to do."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from flask import request
from pydantic import BaseModel, ConfigDict, Field
from werkzeug.exceptions import HTTPException, InternalServerError
from werkzeug.wrappers import Response

from web.api.answers import CALLERS_FAULT, OUR_FAULT, members

MEDIA_TYPE = "application/problem+json"
PREFIX = "/api/"

ADVICE: Mapping[int, str] = {
    HTTPStatus.NOT_FOUND: "there is nothing at this address: /api/v1/openapi.json has them all",
    HTTPStatus.METHOD_NOT_ALLOWED: "this address takes other methods: the header Allow names them",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "too large: split it, and send the parts",
    HTTPStatus.INTERNAL_SERVER_ERROR: "something broke on our side; nothing of it was kept",
}
"""Said where an error brings no words of ours."""


class Fault(BaseModel):
    """One thing that is wrong with what was sent, by its JSON pointer, parameter or header."""

    model_config = ConfigDict(extra="forbid")

    pointer: str | None = None
    parameter: str | None = None
    header: str | None = None
    problem: str


class Problem(BaseModel):
    """What every error answers. `code` and `error` are VROOM's: 1 our fault, 2 the caller's."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    errors: list[Fault] | None = Field(default=None, description="Each thing that is wrong.")
    code: int
    error: str


class ProblemError(Exception):
    """Ends a request with a problem; `headers` go along, `more` are further members."""

    def __init__(
        self,
        status: HTTPStatus,
        detail: str,
        *,
        errors: Sequence[Mapping[str, str]] = (),
        headers: Mapping[str, str] | None = None,
        **more: Any,
    ) -> None:
        super().__init__(detail)
        self.status, self.detail = status, detail
        self.headers = dict(headers or {})
        self.more = more | ({"errors": list(errors)} if errors else {})


def is_asked() -> bool:
    """Tell whether a program asks the API, wherever the address leads."""
    return request.path.startswith(PREFIX)


def problem(status: int, detail: str, **more: Any) -> Response:
    """Answer a problem."""
    code = OUR_FAULT if status >= HTTPStatus.INTERNAL_SERVER_ERROR else CALLERS_FAULT
    text = json.dumps(members(status, detail, code, **more), ensure_ascii=False)
    response = Response(text, status, mimetype=MEDIA_TYPE)
    if status == HTTPStatus.UNAUTHORIZED:
        response.headers["WWW-Authenticate"] = "Bearer"
    return response


def of_problem(error: ProblemError) -> Response:
    """Answer what one of our views raised."""
    response = problem(error.status, error.detail, **error.more)
    response.headers.update(error.headers)
    return response


def of_http(error: HTTPException) -> Response:
    """Answer an error of HTTP: in our words where there are some."""
    status = error.code or InternalServerError.code
    is_plain = error.description == type(error).description
    words = ADVICE.get(status) if is_plain else None
    response = problem(status, words or error.description or error.name)
    for name, value in error.get_headers():
        if name.lower() not in ("content-type", "content-length", "www-authenticate"):
            response.headers[name] = value
    return response
