"""What the API can do: each operation says once who may, what it takes and what it answers.

From that one place come its route, its guard, the reading of its body, and its description in
OpenAPI (openapi.py). To add one: a function below `@operation(…)` in a module of web/api/v1/.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import wraps
from http import HTTPStatus
from typing import Any, cast

from flask import Blueprint
from pydantic import BaseModel
from werkzeug.wrappers import Response

from data.access import Role
from web.api.entering import enter
from web.api.taking import body_of, query_of
from web.auth.access import DOOR, View

CITY = "/v1/cities/{city}"
CONVERTERS = {
    **{name: f"int:{name}" for name in ("version", "job", "list", "directive", "stand_in", "gift")},
    "on": "day:on",
    "case": "path:case",
    "collector": "path:collector",
}
"""Parameters of addresses that are no plain texts."""

OPERATIONS: list[Operation] = []

READERS = (Role.DISPATCHER, Role.COMPLIANCE)
"""Who sees a plan with its crews and visits, masked."""

COUNTERS = (*READERS, Role.PLANNER)
"""Who sees how many there are, and where about."""


@dataclass(frozen=True)
class Answer:
    """What is answered with a status: a model, or a media type without one."""

    words: str
    model: type[BaseModel] | None = None
    media_types: tuple[str, ...] = ("application/json",)
    headers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Operation:
    """One method of one address."""

    name: str
    method: str
    path: str
    summary: str
    roles: tuple[Role, ...]
    answers: Mapping[int, Answer]
    problems: tuple[int, ...] = ()
    body: type[BaseModel] | None = None
    query: type[BaseModel] | None = None
    headers: Mapping[str, bool] = field(default_factory=dict)
    """Request headers, and whether they must be sent."""

    @property
    def rule(self) -> str:
        """The path as Flask has it."""
        parts = (self._part(part) for part in self.path.split("/"))
        return "/".join(parts)

    @property
    def parameters(self) -> tuple[str, ...]:
        """The parameters of the path."""
        return tuple(part[1:-1] for part in self.path.split("/") if part.startswith("{"))

    def _part(self, part: str) -> str:
        if not part.startswith("{"):
            return part
        name = part[1:-1]
        return f"<{CONVERTERS.get(name, name)}>"


def operation(
    api: Blueprint,
    method: str,
    path: str,
    summary: str,
    *roles: Role,
    answers: Mapping[int, Answer],
    problems: tuple[int, ...] = (),
    body: type[BaseModel] | None = None,
    query: type[BaseModel] | None = None,
    headers: Mapping[str, bool] | None = None,
) -> Callable[[View], View]:
    """Let a view answer a method of an address, for callers who have one of the roles.

    The view gets what the path tells, and as `body` and `query` what was sent, read.
    """

    def put(view: View) -> View:
        name = view.__name__
        made = Operation(
            name, method, path, summary, roles, answers, problems, body, query, headers or {}
        )
        OPERATIONS.append(made)
        api.add_url_rule(made.rule, name, guarded(made, view), methods=[method.upper()])
        return view

    return put


def guarded(made: Operation, view: View) -> View:
    """Return a view that lets in those who may, and reads what they send."""

    @wraps(view)
    def entered(**arguments: Any) -> Any:
        enter(made.roles, arguments.get("city"))
        if made.query is not None:
            arguments["query"] = query_of(made.query)
        if made.body is not None:
            arguments["body"] = body_of(made.body)
        return view(**arguments)

    setattr(entered, DOOR, made.roles)
    return cast(View, entered)


def answer(model: BaseModel, status: int = HTTPStatus.OK, **headers: str) -> Response:
    """Answer a model as JSON; `Location` and others as words, ETag as `ETag`."""
    text = model.model_dump_json(exclude_none=False)
    response = Response(text, status, mimetype="application/json")
    response.headers.update(headers)
    return response
