"""A three-person world behind real pages: Alice and Bob of the agency North, Charlie of South.

Each of them visits one borrower alone today. Beside them: dora, dispatcher of the lender, who sees
both agencies; nora, dispatcher of North alone; ada, administrator; nemo, without any role.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from data.access import Grant, Role
from data.cities import CityFiles
from data.home import Home
from data.profiles import TomlProfiles
from data.store import SqlStore, create_store, open_store
from data.store.logins import Logins
from data.store.users import Users
from routing.point import Point
from scheduler.plan import Itinerary, Plan, Stop, StopKind
from scheduler.ports import Target
from scheduler.service import Ports
from tests.data.world import (
    ALICE,
    ALL_KNOWN,
    NOON,
    TODAY,
    TOWN,
    collector,
    crew,
    new_plan,
    record,
    shift,
    with_borrower,
    with_home,
)
from web.settings import Settings
from web.wiring import Wired

PASSWORD = "four words of salt"
BORROWERS = {"alice": "王小明", "bob": "李晓红", "charlie": "John Smith"}
"""Whom each of the three visits today: B1, B2 and B3, in this order."""

GRANTS = {
    "alice": Grant(Role.COLLECTOR, "Town", collector_id="alice"),
    "bob": Grant(Role.COLLECTOR, "Town", collector_id="bob"),
    "charlie": Grant(Role.COLLECTOR, "Town", collector_id="charlie"),
    "dora": Grant(Role.DISPATCHER, "Town"),
    "nora": Grant(Role.DISPATCHER, "Town", "North"),
    "ada": Grant(Role.ADMINISTRATOR),
}
TOKEN = re.compile(r'name="csrf-token" content="([^"]+)"')
TOKENS = re.compile(r'(name="csrf[-_]token" (?:content|value)=")[^"]+')


@dataclass
class Hands:
    """A clock that a test can set."""

    at: datetime = NOON

    def __call__(self) -> datetime:
        return self.at

    def pass_by(self, **time: float) -> None:
        """Let time go by: `pass_by(hours=3)`."""
        self.at += timedelta(**time)


@dataclass
class World:
    """The app of the three-person world, its open home, and its clock."""

    app: Flask
    wired: Wired
    clock: Hands

    def visitor(self, name: str | None = None, **headers: str) -> Visitor:
        """Return a browser, in which the user of that name has logged in."""
        visitor = Visitor(self.app, headers)
        if name:
            user = self.wired.users.find(name)
            assert user is not None
            with visitor.client.session_transaction() as session:
                session["_user_id"] = f"{user.stamp}:{user.name}"
                session["seen"] = self.clock().timestamp()
        return visitor

    def events(self, kind: str) -> list[str]:
        """Return the subjects of all events of a kind, the oldest first."""
        found = self.wired.store.events(limit=1000)
        return [event.subject for event in reversed(found) if event.kind == kind]


@dataclass
class Visitor:
    """A browser: it keeps cookies, and sends a page's token with its forms."""

    app: Flask
    headers: dict[str, str] = field(default_factory=dict)
    base_url: str = "http://localhost"

    def __post_init__(self) -> None:
        self.client = self.app.test_client()

    def get(self, path: str, **options: Any) -> TestResponse:
        return self._open(path, method="GET", **options)

    def page(self, path: str, **options: Any) -> str:
        """Return the text of a page that is there, without tokens: by chance they hold any id."""
        answer = self.get(path, **options)
        assert answer.status_code == 200, f"{path}: {answer.status}\n{answer.text}"
        return TOKENS.sub(r"\1", answer.text)

    def post(self, path: str, data: dict[str, Any] | None = None, **options: Any) -> TestResponse:
        """Send a form with the token of a page."""
        data = {"csrf_token": self.token(), **(data or {})}
        return self._open(path, method="POST", data=data, **options)

    def post_json(self, path: str, told: Any) -> TestResponse:
        """Send JSON, with the token in its header, as our scripts do."""
        return self._open(
            path, method="POST", json=told, headers={"X-CSRFToken": self.token(), **self.headers}
        )

    def token(self) -> str:
        """Return the token of this browser's session, as any page tells it."""
        found = TOKEN.search(self.get("/no-such-page").text)
        assert found is not None
        return found[1]

    def _open(self, path: str, **options: Any) -> TestResponse:
        options = {"headers": self.headers, "base_url": self.base_url, **options}
        return self.client.open(path, **options)


@pytest.fixture(scope="session")
def peopled_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the three people, their borrowers, their published day and all users."""
    home = Home(tmp_path_factory.mktemp("peopled") / "home")
    store = create_store(home)
    fill(store)
    add_users(store)
    store.close()
    home.session_secret()
    return home.path


@pytest.fixture
def world(peopled_home: Path, tmp_path: Path) -> Iterator[World]:
    """The three-person world, fresh."""
    from tests.web.compiled import app_of

    with opened(peopled_home, tmp_path / "home") as (wired, clock):
        yield World(app_of(wired, Settings(wired.home.session_secret())), wired, clock)


@pytest.fixture(scope="session")
def still_world(peopled_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """The three-person world for tests that only look: what one changes, all others see."""
    from web.app import create_app

    with opened(peopled_home, tmp_path_factory.mktemp("still") / "home") as (wired, clock):
        yield World(create_app(wired, Settings(wired.home.session_secret())), wired, clock)


@contextmanager
def opened(peopled_home: Path, copy: Path) -> Iterator[tuple[Wired, Hands]]:
    """Open a copy of the home."""
    home = Home(copy)
    shutil.copytree(peopled_home, home.path)
    store, clock = open_store(home), Hands()
    cities = CityFiles(home.cities, store)
    ports = Ports(store, cities, TomlProfiles(), clock)
    yield Wired(home, store, cities, ports, Users(store.engine), Logins(store.engine)), clock
    store.close()


@pytest.fixture
def own_app(world: World) -> Flask:
    """The world's app made anew, which takes other routes."""
    from web.app import create_app

    world.app = create_app(world.wired, Settings(world.wired.home.session_secret()))
    return world.app


def fill(store: SqlStore) -> None:
    """Write the town: who works, whom they visit, and the published plan of today."""
    agencies = {"alice": "North", "bob": "North", "charlie": "South"}
    records = [
        with_home(
            with_borrower(record(number, agency=agencies[who]), name=BORROWERS[who]),
            address=f"中山路 {number} 号",
            point=Point(25.0 + number / 100, 121.5),
        )
        for number, who in enumerate(BORROWERS, start=1)
    ]
    with store.writing(ALICE) as writer:
        writer.put_city(TOWN)
        writer.put_cases("Town", records, known=ALL_KNOWN, complete=True)
        writer.put_collectors("Town", [collector(who, agency=agencies[who]) for who in agencies])
        writer.put_shifts("Town", [shift(who) for who in agencies])
        crews = tuple(crew(who, source="single") for who in agencies)
        writer.put_crews("Town", TODAY, crews)
        trips = tuple(trip(who, f"B{number}") for number, who in enumerate(BORROWERS, start=1))
        targets = {f"B{n}": Target(f"B{n}", (f"C{n}",)) for n in range(1, len(trips) + 1)}
        draft = writer.add_plan(new_plan(plan=Plan(trips, ()), crews=crews, targets=targets))
        writer.publish(draft.id, "")


def trip(who: str, borrower: str) -> Itinerary:
    """Return a day of one visit at ten: 36,000 s after midnight, for 20 minutes."""
    visit = Stop(StopKind.VISIT, borrower, 35_700, 36_000, 37_200, place_id=f"{borrower}-home")
    return Itinerary(who, start_s=34_000, end_s=39_000, stops=(visit,))


def add_users(store: SqlStore) -> None:
    """Let everybody sign in for the first time; all take the same password."""
    users, logins = Users(store.engine), Logins(store.engine)
    for name in (*GRANTS, "nemo"):
        code = users.add(name, [GRANTS[name]] if name in GRANTS else [], ALICE)
        logins.first_sign_in(name, code, PASSWORD, "127.0.0.1", NOON)
