"""What a program sends: its body and its query, read with all faults at once."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import Any, TypeVar

from flask import request
from pydantic import BaseModel, ValidationError

from web.api.problems import ProblemError

M = TypeVar("M", bound=BaseModel)
MOST_BYTES = 48 << 20


def json_body() -> Any:
    """Return the request's JSON; end the request where it is none.

    Raises
    ------
    ProblemError
        415 where it is said to be something else, 400 where it is no JSON.
    """
    request.max_content_length = MOST_BYTES
    if request.mimetype != "application/json" or "Content-Encoding" in request.headers:
        raise ProblemError(
            HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "send JSON as application/json, not compressed"
        )
    try:
        return json.loads(request.get_data(cache=False))
    except (ValueError, RecursionError):
        raise ProblemError(HTTPStatus.BAD_REQUEST, "the body is no JSON") from None


def body_of(model: type[M]) -> M:
    """Return the request's body as a model; 422 names each fault by its JSON pointer."""
    try:
        return model.model_validate(json_body())
    except ValidationError as error:
        found = faults_of(error)
        faults = [{"pointer": pointer(one["loc"]), "problem": words(one)} for one in found]
        raise wrong("the body", faults, HTTPStatus.UNPROCESSABLE_ENTITY) from None


def query_of(model: type[M]) -> M:
    """Return what stands behind the address's question mark; 422 names each fault."""
    try:
        return model.model_validate(request.args.to_dict())
    except ValidationError as error:
        faults = [
            {"parameter": ".".join(map(str, one["loc"])), "problem": words(one)}
            for one in faults_of(error)
        ]
        raise wrong("the query", faults, HTTPStatus.UNPROCESSABLE_ENTITY) from None


def wrong(what: str, faults: list[dict[str, str]], status: HTTPStatus) -> ProblemError:
    counted = f"{len(faults)} faults" if len(faults) != 1 else "1 fault"
    return ProblemError(status, f"{what} has {counted}: mend them and send it again", errors=faults)


def faults_of(error: ValidationError) -> Iterable[Mapping[str, Any]]:
    """Return what is wrong, without the values that were sent: they may be somebody's."""
    return error.errors(include_url=False, include_context=False, include_input=False)


def words(fault: Mapping[str, Any]) -> str:
    """Return what is wrong in a few words."""
    told = str(fault["msg"])
    return told[:1].lower() + told[1:]


def pointer(where: Iterable[Any]) -> str:
    """Return a JSON pointer (RFC 6901)."""
    return "".join(f"/{str(part).replace('~', '~0').replace('/', '~1')}" for part in where)
