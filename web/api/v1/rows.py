"""Lists as JSON: cases, collectors and shifts, read by the rules of files.

A row's members are the fields of the file's columns. All bad rows are told at once, each by its
JSON pointer, and the good ones are in; what came in can be taken back as a whole.
"""

from __future__ import annotations

import csv
import hashlib
import json
import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from flask import g, request
from pydantic import AfterValidator, Field, create_model
from werkzeug.wrappers import Response

from data import database
from data.access import Role
from data.made_up import refuse_real_people
from data.readers.case_columns import CASES
from data.readers.columns import Registry
from data.readers.report import ReadResult, RowError, with_refused
from data.readers.staff_columns import COLLECTORS, SHIFTS
from data.readers.tables import File
from data.store.imports import batches, scope
from data.store.imports.batches import NewImport
from data.store.imports.scope import Scope
from data.store.store import SqlWriter
from routing.datum import Datum
from scheduler.ports import BookChange
from scheduler.service import point_of
from web.api.entering import only_for_the_whole_city
from web.api.feed_fields import LONGEST_NOTE, words
from web.api.operations import CITY, Answer, answer, operation
from web.api.pages import api
from web.api.problems import ProblemError
from web.api.v1.models import Taken, Told
from web.auth.access import by, current_user
from web.context import now, wired

MOST_ROWS = 100_000
Text = Annotated[str, AfterValidator(words(LONGEST_NOTE))]
Cell = bool | int | float | Text | None
KEYED = {"Idempotency-Key": False}


class Imported(Told):
    """What rows changed. `id` is the list's number, to take it back by."""

    id: int
    new: int
    changed: int
    unchanged: int
    notes: list[str]


class TakenBack(Told):
    """What taking a list back did; `held` are borrowers or collectors on whom something stands."""

    id: int
    counts: dict[str, int] = Field(description="Rows restored, closed and removed.")
    held: list[str]


def row_model(name: str, registry: Registry) -> type[Taken]:
    """Return the model of a row with the fields of a registry."""
    fields: dict[str, Any] = {
        one.field: (Cell if not one.is_required else Text, ... if one.is_required else None)
        for one in registry.columns
    }
    return create_model(f"{name}Row", __base__=Taken, **fields)


def rows_model(name: str, registry: Registry) -> type[Taken]:
    """Return the model of a list: {"rows": […]}, a row with the fields of a registry."""
    row = row_model(name, registry)
    many = Annotated[list[row], Field(min_length=1, max_length=MOST_ROWS)]  # type: ignore[valid-type]
    return create_model(
        f"{name}Rows",
        __base__=Taken,
        rows=(many, ...),
        agency=(Text, Field(default="", description="Of rows that name none.")),
        datum=(Datum | None, Field(default=None, description="Of coordinates of such rows.")),
    )


@dataclass(frozen=True)
class Kind:
    """A kind of list: its fields, how it is read, what it may change, and how it is put."""

    name: str
    read: Callable[[File, Any], ReadResult[Any]]
    scope: Callable[[Sequence[Any]], Scope]
    put: Callable[[SqlWriter, ReadResult[Any]], BookChange]


def read_cases(file: File, body: Any) -> ReadResult[Any]:
    from data.readers.cases import read_cases as read

    more = {"agency": body.agency, "datum": body.datum, "key": wired().home.secret(), "now": now()}
    return read(file, zone=ZoneInfo(g.city.zone), **more)


def read_collectors(file: File, body: Any) -> ReadResult[Any]:
    from data.readers.collectors import read_collectors as read

    def place(address: str) -> Any:
        return point_of(wired().ports, g.city.name, address)

    return read(file, agency=body.agency, datum=body.datum, place=place)


def read_shifts(file: File, _: Any) -> ReadResult[Any]:
    from data.readers.shifts import read_shifts as read

    ids = {one.id for one in wired().store.collectors(g.city.name)}
    return read(file, zone=ZoneInfo(g.city.zone), collectors=ids)


def put_cases(writer: SqlWriter, read: ReadResult[Any]) -> BookChange:
    return writer.put_cases(g.city.name, read.records, known=read.known, complete=False)


def put_collectors(writer: SqlWriter, read: ReadResult[Any]) -> BookChange:
    return writer.put_collectors(g.city.name, read.records)


def put_shifts(writer: SqlWriter, read: ReadResult[Any]) -> BookChange:
    return writer.put_shifts(g.city.name, read.records)


CaseRows = rows_model("Case", CASES)
CollectorRows = rows_model("Collector", COLLECTORS)
ShiftRows = rows_model("Shift", SHIFTS)
KINDS = {
    CaseRows: Kind("cases", read_cases, scope.of_cases, put_cases),
    CollectorRows: Kind("collectors", read_collectors, scope.of_collectors, put_collectors),
    ShiftRows: Kind("shifts", read_shifts, scope.of_shifts, put_shifts),
}
TOOK = {200: Answer("All rows are in.", Imported)}
REFUSED = (409, 413, 415, 422)


@operation(
    *(api, "post", f"{CITY}/cases", "Take cases in", Role.DISPATCHER),
    answers=TOOK,
    problems=REFUSED,
    body=CaseRows,
    headers=KEYED,
)
def import_cases(city: str, body: Any) -> Response:  # noqa: ARG001
    """Take contracts in, with their borrowers and places."""
    return take_in(body)


@operation(
    *(api, "post", f"{CITY}/collectors", "Take collectors in", Role.DISPATCHER),
    answers=TOOK,
    problems=REFUSED,
    body=CollectorRows,
    headers=KEYED,
)
def import_collectors(city: str, body: Any) -> Response:  # noqa: ARG001
    """Take in who visits, and where they start."""
    return take_in(body)


@operation(
    *(api, "post", f"{CITY}/shifts", "Take shifts in", Role.DISPATCHER),
    answers=TOOK,
    problems=REFUSED,
    body=ShiftRows,
    headers=KEYED,
)
def import_shifts(city: str, body: Any) -> Response:  # noqa: ARG001
    """Take in who works when, with breaks."""
    return take_in(body)


@operation(
    *(api, "post", f"{CITY}/imports/{{list}}/take-back", "Take a list back", Role.DISPATCHER),
    answers={200: Answer("As far as nothing stands on it.", TakenBack)},
)
def take_back_import(city: str, list: int) -> Response:
    """Take a list back; what something else stands on stays, and is named."""
    only_for_the_whole_city()
    with wired().store.writing(by()) as writer:
        told = writer.take_back_import(city, list)
    return answer(TakenBack(id=told.batch.id, counts=told.counts, held=sorted(told.held)))


def take_in(body: Any) -> Response:
    """Read rows, keep the good ones in one transaction, and answer what is wrong with others."""
    only_for_the_whole_city()
    kind = KINDS[type(body)]
    told = [row.model_dump(exclude_none=True) for row in body.rows]
    read = read_as_file(kind, told, body)
    refuse_real_people(wired().home, read.records)
    with wired().store.writing(by()) as writer:
        id, change = writer.take_in(
            g.city.name,
            new_import(kind, told),
            kind.scope(read.records),
            lambda writer: kind.put(writer, read),
        )
    counts = kept_counts(id)
    if errors := with_refused(read, change.refused).errors:
        faults = [fault_told(error) for error in errors]
        words = f"{len(faults)} faults; their rows are not taken, the others are"
        more: dict[str, Any] = {"id": id, **counts}
        raise ProblemError(HTTPStatus.UNPROCESSABLE_ENTITY, words, errors=faults, **more)
    return answer(Imported(id=id, **counts, notes=list(read.notes)))


def kept_counts(id: int) -> dict[str, int]:
    """Return what a list changed when it was first sent."""
    with database.reading(wired().store.engine) as connection:
        counts = batches.get_batch(connection, g.city.name, id).counts
    return {name: counts[name] for name in ("new", "changed", "unchanged")}


def read_as_file(kind: Kind, told: Sequence[Mapping[str, Any]], body: Any) -> ReadResult[Any]:
    """Read rows as the file that they would be, which lies in the home only for that long."""
    with TemporaryDirectory(dir=wired().home.path, prefix=".upload-") as folder:
        path = Path(folder) / "list.csv"
        headers = list(dict.fromkeys(name for row in told for name in row))
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, quoting=csv.QUOTE_ALL)
            writer.writerow(headers)
            writer.writerows([cell(row.get(name)) for name in headers] for row in told)
        return kind.read(File(path), body)


def cell(value: Cell) -> str:
    """Return a value as a file has it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)


def new_import(kind: Kind, told: Iterable[Mapping[str, Any]]) -> NewImport:
    """Return what is kept of a list: digests, and the sender's key if it has one."""
    text = json.dumps(list(told), sort_keys=True).encode()
    secret = wired().home.secret()
    content = hashlib.blake2b(text, key=secret, digest_size=16).hexdigest()
    sent = request.headers.get("Idempotency-Key", "")
    key = f"{current_user.name} {sent}" if sent else secrets.token_hex(16)
    return NewImport(key, kind.name, "", content)


def fault_told(error: RowError) -> dict[str, str]:
    """Return a fault by its JSON pointer, without the value: the first row is line 2."""
    return {"pointer": f"/rows/{error.line - 2}/{error.column}", "problem": error.problem}
