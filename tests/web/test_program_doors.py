"""Who may call what: every operation of the API for every role, from its own list."""

from __future__ import annotations

import json
import re

import pytest

from data.access import Role
from tests.data.world import TODAY
from tests.web.pages import World
from tests.web.programs import Program, program
from web.api.operations import Operation
from web.api.rooms import OPERATIONS

NUMBERED = dict.fromkeys(("version", "job", "list", "directive", "stand_in", "gift"), "1")
NAMES = {"city": "Town", "on": str(TODAY), "format": "csv", **NUMBERED}
"""What stands in an address; other parameters are ids of nothing."""


def address(one: Operation) -> str:
    path = one.path
    for name in one.parameters:
        path = path.replace(f"{{{name}}}", NAMES.get(name, "x"))
    return f"/api{path}"


@pytest.fixture(scope="module")
def callers(still_world: World) -> dict[str, Program]:
    """A program of each role that one can have, and one without a token."""
    roles = (Role.DISPATCHER, Role.PLANNER, Role.COMPLIANCE)
    return {"nobody": Program(still_world.app)} | {r: program(still_world, r) for r in roles}


@pytest.mark.parametrize("one", OPERATIONS, ids=lambda one: one.name)
def test_each_operation_is_for_its_roles_alone(
    one: Operation, callers: dict[str, Program], still_world: World
) -> None:
    for who, caller in callers.items():
        answer = caller.call(one.method.upper(), address(one), {"no": "such member"})
        if who == "nobody":
            assert answer.status_code == 401
        elif who in one.roles:
            assert answer.status_code not in (401, 403, 405, 500), answer.text
        else:
            assert answer.status_code == 403, f"{who}: {answer.status}"
    for who in ("alice", "ada", "nemo"):  # a collector, an administrator, nobody's role
        asked = still_world.visitor(who).client.open(address(one), method=one.method.upper())
        assert asked.status_code in (400, 403), f"{who}: {asked.status}"


def test_no_operation_writes_for_who_only_reads() -> None:
    writing = [one for one in OPERATIONS if one.method != "get"]
    assert writing
    assert {role for one in writing for role in one.roles} == {Role.DISPATCHER}


def test_no_operation_is_for_collectors() -> None:
    assert not any(Role.COLLECTOR in one.roles for one in OPERATIONS)


def test_planners_get_nothing_of_anybody() -> None:
    theirs = {one.name for one in OPERATIONS if Role.PLANNER in one.roles}
    # What times tell is of many ways and visits: no crew, no door (test_foretell_commands.py).
    assert theirs == {"list_plans", "read_counts", "read_times"}


def test_the_document_has_every_address_of_the_api(still_world: World) -> None:
    told = still_world.app.test_client().get("/api/v1/openapi.json").get_json()
    assert told["openapi"].startswith("3.1")
    rules = [one for one in still_world.app.url_map.iter_rules() if one.rule.startswith("/api/")]
    for rule in rules:
        path = re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule)
        if path != "/api/v1/openapi.json":
            methods = {name.lower() for name in rule.methods or ()} - {"head", "options"}
            assert methods <= set(told["paths"].get(path, {})), path
    named = set(re.findall(r'"#/components/schemas/(\w+)"', json.dumps(told)))
    assert named <= set(told["components"]["schemas"])
