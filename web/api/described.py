"""The whole API in OpenAPI 3.1, from the operations themselves and the pydantic models."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from http import HTTPStatus
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from web.api.operations import OPERATIONS, Answer, Operation
from web.api.problems import MEDIA_TYPE, Problem

JSON = ("application/json",)
PROBLEM = {"$ref": "#/components/schemas/Problem"}
ALWAYS = (400, 401, 403, 404, 429, 500)
"""What any operation may answer: a header nobody can read, a stranger, haste, our fault."""

WHOLE = {"type": "integer", "minimum": 0, "maximum": 2**31 - 1}

PARAMETERS: Mapping[str, dict[str, Any]] = {
    "on": {"type": "string", "format": "date"},
    **dict.fromkeys(("version", "job", "list", "directive"), WHOLE),
}


def paths() -> dict[str, Any]:
    """Return all operations by address and method."""
    found: dict[str, Any] = {}
    for one in OPERATIONS:
        found.setdefault(f"/api{one.path}", {})[one.method] = described(one)
    return found


def schemas() -> dict[str, Any]:
    """Return the schemas of all models that are sent and answered."""
    inward = {one.body for one in OPERATIONS if one.body}
    outward = {a.model for one in OPERATIONS for a in one.answers.values() if a.model}
    modes = [(m, "validation") for m in by_name(inward)]
    modes += [(m, "serialization") for m in by_name({*outward, Problem})]
    _, told = models_json_schema(modes, ref_template="#/components/schemas/{model}")  # type: ignore[arg-type]
    found: dict[str, Any] = told["$defs"]
    return found


def by_name(models: set[type[BaseModel]]) -> list[type[BaseModel]]:
    return sorted(models, key=lambda model: model.__name__)


def described(one: Operation) -> dict[str, Any]:
    """Return an operation as OpenAPI has it."""
    told: dict[str, Any] = {
        "operationId": one.name,
        "summary": one.summary,
        "description": f"For {', '.join(one.roles)}." if one.roles else "For any token of a role.",
        "parameters": list(parameters(one)),
        "responses": dict(responses(one)),
    }
    if one.body is not None:
        content = {"application/json": {"schema": reference(one.body)}}
        told["requestBody"] = {"required": True, "content": content}
    return told


def reference(model: type[BaseModel]) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{model.__name__}"}


def parameters(one: Operation) -> Iterator[dict[str, Any]]:
    for name in one.parameters:
        schema = PARAMETERS.get(name, {"type": "string", "minLength": 1})
        yield {"name": name, "in": "path", "required": True, "schema": schema}
    if one.query is not None:
        told = one.query.model_json_schema()
        for name, schema in told["properties"].items():
            is_needed = name in told.get("required", ())
            yield {"name": name, "in": "query", "required": is_needed, "schema": schema}
    for name, is_needed in one.headers.items():
        told = {"type": "string", "minLength": 1}
        yield {"name": name, "in": "header", "required": is_needed, "schema": told}


def responses(one: Operation) -> Iterator[tuple[str, dict[str, Any]]]:
    for status, answer in one.answers.items():
        yield str(status), response(answer)
    more = (422,) if one.query is not None else ()
    for status in sorted({*ALWAYS, *one.problems, *more}):
        words = HTTPStatus(status).phrase
        yield str(status), {"description": words, "content": {MEDIA_TYPE: {"schema": PROBLEM}}}


def response(answer: Answer) -> dict[str, Any]:
    told: dict[str, Any] = {"description": answer.words}
    if answer.model is not None:
        told["content"] = {"application/json": {"schema": reference(answer.model)}}
    elif answer.media_types != JSON:
        told["content"] = {media_type: {} for media_type in answer.media_types}
    if answer.headers:
        text = {"schema": {"type": "string"}, "required": True}
        told["headers"] = dict.fromkeys(answer.headers, text)
    return told
