"""Every GET of the API for every role: no name in full, no address, no number of anybody."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import pytest
from sqlalchemy import update

from data import database, tables
from data.access import Role
from data.exports.registry import FORMATS
from data.store.directives import Words
from scheduler.contacts import Channel, Contact, ContactResult, Direction, Party
from scheduler.directives import DirectiveKind
from tests.data.world import ALICE, NOON, TODAY
from tests.web.compiled import app_of
from tests.web.homes import lawful_home  # noqa: F401
from tests.web.pages import BORROWERS, World, opened
from tests.web.programs import DAY, Program, plan_day_of, program
from web.api.operations import Operation
from web.api.rooms import OPERATIONS
from web.settings import Settings

PHONE, HER_PHONE = "13800138000", "13900139000"
NOTE = "她住在中山路"
WHO = [(Role.DISPATCHER, ""), (Role.DISPATCHER, "North"), (Role.COMPLIANCE, ""), (Role.PLANNER, "")]
IDS = {
    "city": ["Town"], "on": [str(TODAY)], "version": ["1", "2"], "case": ["C1", "C2", "C3"],
    "collector": ["alice", "charlie"], "format": sorted(FORMATS.keys() - {"pdf"}),
}  # fmt: skip
"""What there is. The text of a PDF is compressed: tests/web/test_exports.py reads it."""

QUERIES = {
    "quote_visit": ["?visit=B1", "?visit=B3"],
    "compare_plans": ["?to=1", "?to=2"],
    "list_events": ["?limit=1000"],
}
CITY = "/api/v1/cities/Town"
REMEDY = {
    "kind": "insert", "what": "As things are", "crew": "alice", "at": "10:00", "place": "B2-home",
    "cost": -1.0, "overtime": 0.0, "seconds": 0, "edge": None, "given_up": [], "visits": 1,
    "before": None,
}  # fmt: skip
READ = [one for one in OPERATIONS if one.method == "get"]


@dataclass
class Walk:
    """A world full of what must not be told, and a program of each role."""

    callers: dict[tuple[Role, str], Program]
    jobs: list[str]

    def addresses(self, one: Operation) -> Iterator[str]:
        """Yield the addresses of an operation for all that there is."""
        known = {**IDS, "job": self.jobs}
        for told in product(*(known[name] for name in one.parameters)):
            path = one.path
            for name, value in zip(one.parameters, told, strict=True):
                path = path.replace(f"{{{name}}}", value)
            yield from (f"/api{path}{query}" for query in QUERIES.get(one.name, [""]))


@pytest.fixture(scope="module")
def walk(peopled_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Walk]:
    with opened(peopled_home, tmp_path_factory.mktemp("masks") / "home") as (wired, clock):
        world = World(app_of(wired, Settings(wired.home.session_secret())), wired, clock)
        with wired.store.writing(ALICE) as writer:
            for table, phone in ((tables.borrower, PHONE), (tables.collector, HER_PHONE)):
                writer._tx.connection.execute(update(table).values(phone=phone))
            how = Channel.CALL, Direction.OUT, Party.BORROWER, ContactResult.REFUSED
            writer.add_contacts("Town", [Contact("c1", "B1", *how, NOON, note=NOTE)])
            writer.put_directives("Town", Words(DirectiveKind.MUST, TODAY, ["B1"], NOTE, "d"))
        plan_day_of(world)
        callers = {(role, of): program(world, role, agency=of) for role, of in WHO}
        mine = callers[Role.DISPATCHER, ""]
        etag = mine.get(f"{DAY}/plans/2").headers["ETag"]
        off = {"edit": {"kind": "take_off", "visit_id": "B2"}}
        mine.post(f"{DAY}/plans/2/edits", off, If_Match=etag, Idempotency_Key="k")
        trial = mine.post(f"{DAY}/plans/2/remedies", {"case": "C2"}).get_json()["id"]
        mine.post(f"{CITY}/jobs/{trial}/cancel")
        result = {"visit": "B2", "remedies": [REMEDY]}
        values = update(tables.job).where(tables.job.c.id == trial).values(result=result)
        with database.writing(wired.store.engine) as connection:
            connection.execute(values)
        job = mine.post(f"{DAY}/plans", {"seconds": 1}).get_json()["id"]
        yield Walk(callers, [str(job), str(trial)])


@pytest.mark.parametrize("one", READ, ids=lambda one: one.name)
def test_nothing_of_anybody_is_told_unmasked(one: Operation, walk: Walk) -> None:
    answered = 0
    for (role, of), caller in walk.callers.items():
        for path in walk.addresses(one):
            answer = caller.get(path)
            assert answer.status_code in (200, 403, 404, 409), f"{path}: {answer.text}"
            answered += answer.status_code == 200
            is_file = one.name == "export_day" and answer.status_code == 200
            for text in texts_of(answer.data):
                found = [word for word in secrets(role, of, is_file=is_file) if word in text]
                assert not found, f"{role} {of} {path}: {found}"
    assert answered


def secrets(role: Role, of: str, *, is_file: bool) -> Iterator[str]:
    """Yield what must stand in no answer; a file that crews drive by holds the doors."""
    yield from (*BORROWERS.values(), PHONE, HER_PHONE, NOTE)
    if not is_file:
        yield "中山路"
    if role is Role.PLANNER:
        yield from ('"B1"', '"C1"', '"alice"', "王*", "J. S.")
    if of == "North":
        yield "J. S."


def texts_of(data: bytes) -> Iterator[str]:
    """Yield the text of an answer; of a workbook that of its parts."""
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            yield from (book.read(name).decode("utf-8", "replace") for name in book.namelist())
    else:
        yield data.decode("utf-8", "replace")
