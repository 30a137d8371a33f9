"""The description of the API for programs: OpenAPI 3.1, made of what is read and answered."""

from __future__ import annotations

from typing import Any

from web.api import described
from web.api.feed_fields import BALANCE, CONTACT, PAYMENT, Field
from web.api.problems import MEDIA_TYPE

VERSION = "1"
COUNTS = {"new": {"type": "integer"}, "unchanged": {"type": "integer"}}


def document() -> dict[str, Any]:
    """Return the whole description."""
    return {
        "openapi": "3.1.0",
        "info": {"title": "dayround", "version": VERSION},
        "security": [{"token": []}],
        "paths": {
            "/api/v1/cities/{city}/contacts": path(
                "Take contacts in", {"contacts": row(CONTACT)}, ["contacts"]
            ),
            "/api/v1/cities/{city}/payments": path(
                "Take payments and balances in",
                {"payments": row(PAYMENT), "balances": row(BALANCE)},
                [],
            ),
            "/api/solve": {"post": solving()},
            **described.paths(),
        },
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "schemas": {"Taken": taken(), "Faults": faults(), **described.schemas()},
        },
    }


def path(summary: str, lists: dict[str, Any], required: list[str]) -> dict[str, Any]:
    """Return the description of one address."""
    properties = {name: {"type": "array", "items": items} for name, items in lists.items()}
    schema = {
        "type": "object",
        "properties": properties,
        "required": required,
        "minProperties": 1,
        "additionalProperties": False,
    }
    return {
        "post": {
            "summary": summary,
            "parameters": [
                {"name": "city", "in": "path", "required": True, "schema": {"type": "string"}}
            ],
            "requestBody": {"required": True, "content": {"application/json": {"schema": schema}}},
            "responses": {
                "200": answer("All rows are in.", "Taken"),
                "400": problem("No JSON, or not the lists of this address."),
                "401": problem("No token of this city's feeds."),
                "403": problem("Plain http, or a page of another site."),
                "409": problem("Nothing was taken: what it names is not there any more."),
                "413": problem("Too large."),
                "415": problem("Not application/json, or compressed."),
                "422": problem("Some rows are wrong; the others are in."),
            },
        }
    }


def solving() -> dict[str, Any]:
    """Return the description of VROOM's format: its own documents have the members."""
    anything = {"type": "object"}
    told = {"type": "object", "properties": {"code": {"const": 0}}, "required": ["code"]}
    solution = {"application/json": {"schema": told}}
    names = {
        **{"engine": "string", "seconds": "number", "seed": "integer", "threads": "integer"},
        **{"all_required": "boolean", "problem": "boolean"},
    }
    return {
        "summary": "Solve a problem in VROOM's JSON",
        "description": "For a plain token, a person, or a program of the server's own machine.",
        "parameters": [
            {"name": name, "in": "query", "required": False, "schema": {"type": kind}}
            for name, kind in names.items()
        ],
        "requestBody": {"required": True, "content": {"application/json": {"schema": anything}}},
        "responses": {
            "200": {"description": "A solution.", "content": solution},
            "400": problem("No JSON, or an option that is not understood."),
            "401": problem("Who calls is not known."),
            "403": problem("Who calls may not, or calls over plain http."),
            "413": problem("Too large."),
            "415": problem("Not application/json, or compressed."),
            "422": problem("Not understood, too large, or beyond the engine."),
            "500": problem("Our fault."),
            "503": problem("Another problem is being solved: Retry-After says when to ask again."),
        },
    }


def row(fields: tuple[Field, ...]) -> dict[str, Any]:
    """Return the schema of a row."""
    return {
        "type": "object",
        "properties": {one.name: dict(one.schema) for one in fields},
        "required": [one.name for one in fields if one.is_required],
        "additionalProperties": False,
    }


def answer(description: str, schema: str, media_type: str = "application/json") -> dict[str, Any]:
    reference = {"$ref": f"#/components/schemas/{schema}"}
    return {"description": description, "content": {media_type: {"schema": reference}}}


def problem(description: str) -> dict[str, Any]:
    return answer(description, "Faults", MEDIA_TYPE)


def taken() -> dict[str, Any]:
    return {"type": "object", "properties": COUNTS, "required": list(COUNTS)}


def faults() -> dict[str, Any]:
    one = {"pointer": {"type": "string"}, "problem": {"type": "string"}}
    errors = {"type": "array", "items": {"type": "object", "properties": one}}
    told = {"code": {"type": "integer"}, "error": {"type": "string"}, "errors": errors}
    return {"type": "object", "properties": {**told, **COUNTS}, "required": ["code", "error"]}
