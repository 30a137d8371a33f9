"""Programs that call the API of the three-person world, with tokens of their own."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from data.access import Grant, Role
from scheduler.ports import By
from tests.data.world import NOON, TODAY
from tests.web.pages import World

ADA = By("ada", NOON)
DAY = f"/api/v1/cities/Town/days/{TODAY}"


@dataclass
class Program:
    """A program with a token; '' has none."""

    app: Flask
    secret: str = ""

    def get(self, path: str, **headers: str) -> TestResponse:
        return self.call("GET", path, **headers)

    def post(self, path: str, told: Any = None, **headers: str) -> TestResponse:
        return self.call("POST", path, {} if told is None else told, **headers)

    def call(self, method: str, path: str, told: Any = None, **headers: str) -> TestResponse:
        """Call an address; `If_Match=…` and its like are headers."""
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if self.secret:
            sent.setdefault("Authorization", f"Bearer {self.secret}")
        more: dict[str, Any] = {"headers": sent}
        if told is not None:
            more |= {"data": json.dumps(told), "content_type": "application/json"}
        return self.app.test_client().open(path, method=method, **more)


def program(
    world: World, role: Role | None = Role.DISPATCHER, agency: str = "", city: str = "Town"
) -> Program:
    """Return a program with a new token of a role, in the city or for one agency of it."""
    if role is None:
        return Program(world.app)
    name = f"{role}.{agency or 'all'}"
    secret = world.wired.tokens.add(name, 9, ADA, grant=Grant(role, city, agency))
    return Program(world.app, secret)


def pointers(answer: TestResponse) -> list[str]:
    return [one["pointer"] for one in answer.get_json()["errors"]]


def plan_day_of(world: World) -> int:
    """Let everybody drive straight and alone, plan the day at six, and return the draft's version.

    This world has no extract; greedy is enough for three visits.
    """
    from routing.sources.straight_line import StraightLineTimes
    from scheduler.service import plan_day

    cities, ports = world.wired.ports.cities, world.wired.ports
    object.__setattr__(cities, "travel_times", lambda city, **_: StraightLineTimes())  # noqa: ARG005
    world.clock.at = NOON - timedelta(hours=6)
    planned = plan_day(ports, "Town", TODAY, "dora", lambda: 1.0, engine="greedy")
    return planned.record.version
