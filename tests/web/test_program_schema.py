"""The OpenAPI document against the app itself, by schemathesis: it says what is so.

Each operation is asked with data as the document has it and with data as it has not, of a city,
day and plan that there are: no answer is an error of ours, and each has a status, a media type,
headers and a body as the document says.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from data.access import Role
from tests.data.world import TODAY
from tests.web.homes import lawful_home  # noqa: F401
from tests.web.pages import World, opened
from tests.web.programs import ADA, plan_day_of, program
from web.api.openapi import document
from web.api.pace import PACE, Pace
from web.api.rooms import OPERATIONS
from web.app import create_app
from web.settings import Settings

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
THERE: dict[str, list[Any]] = {
    "city": ["Town"], "on": [str(TODAY)], "version": [1, 2, 9], "job": [1, 7], "list": [1, 7],
    "format": ["csv", "ics", "gpx", "pdf", "docx"], "visit": ["B1", "B9"], "case": ["C1", "C9"],
    "collector": ["alice", "nobody"], "directive": [1, 7],
    "stand_in": [1, 7], "gift": [1, 7], "If-Match": ["*"],
}  # fmt: skip
"""What a world as ours has, and what it has not: a made-up city would never be let in."""

FEEDS = [(f"/api/v1/cities/{{city}}/{name}", "post") for name in ("contacts", "payments")]
ALL = [*((f"/api{one.path}", one.method) for one in OPERATIONS), *FEEDS]
ROLES = (Role.DISPATCHER, Role.PLANNER, Role.COMPLIANCE)
FEW, MANY = 5, 40
MODES = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)


@pytest.fixture(scope="module")
def busy(peopled_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """A world with a published day and a draft, whose callers may hurry."""
    with opened(peopled_home, tmp_path_factory.mktemp("busy") / "home") as (wired, clock):
        app = create_app(wired, Settings(wired.home.session_secret()))
        app.extensions[PACE] = Pace(per_s=1e6, most=1e6)
        made = World(app, wired, clock)
        plan_day_of(made)
        yield made


@pytest.fixture(scope="module")
def described(busy: World) -> Any:
    """The document, its parameters among what there is, as schemathesis reads it."""
    told = document()
    for methods in told["paths"].values():
        for operation in methods.values():
            for parameter in operation.get("parameters", ()):
                if parameter["name"] in THERE:
                    parameter["schema"] = {"enum": THERE[parameter["name"]]}
    schema = schemathesis.openapi.from_dict(told)
    schema.app = busy.app
    return schema


@pytest.fixture(scope="module")
def secrets(busy: World) -> dict[Any, str]:
    """A token of each role, and one of the feeds (None)."""
    made: dict[Any, str] = {role: program(busy, role).secret for role in ROLES}
    return made | {None: busy.wired.tokens.add("core", 9, ADA, feeds="Town")}


def conform(described: Any, secret: str, path: str, method: str, most: int) -> None:
    """Ask an operation `most` times, and check every answer."""
    operation = described[path][method]
    headers = {"Authorization": f"Bearer {secret}"}
    cases = st.one_of(*(operation.as_strategy(generation_mode=mode) for mode in MODES))

    @settings(
        max_examples=most,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=cases)
    def ask(case: Any) -> None:
        case.call_and_validate("http://localhost", headers=headers, checks=CHECKS)

    ask()


@pytest.mark.parametrize(("path", "method"), ALL)
def test_what_is_answered_is_what_is_described(
    described: Any, secrets: dict[Any, str], path: str, method: str
) -> None:
    roles = {f"/api{one.path} {one.method}": one.roles for one in OPERATIONS}
    role = next(iter(roles.get(f"{path} {method}", ())), None)
    conform(described, secrets[role], path, method, FEW)


@pytest.mark.slow
@pytest.mark.parametrize("role", [*ROLES, None])
@pytest.mark.parametrize(("path", "method"), ALL)
def test_it_is_so_for_whoever_asks_and_however_often(
    described: Any, secrets: dict[Any, str], path: str, method: str, role: Role | None
) -> None:
    conform(described, secrets[role], path, method, MANY)
