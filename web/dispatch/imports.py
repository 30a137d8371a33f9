"""Lists in: the good rows are taken, and every bad one is told at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, TypeVar

from flask import abort, g, request, send_file
from flask_babel import LazyString
from werkzeug.wrappers import Response

from data.access import Role
from data.made_up import refuse_real_people
from routing.datum import Datum
from scheduler.errors import DayroundError
from scheduler.ports import BookChange, Writer
from web.auth.access import by, needs
from web.context import now, today_here, wired
from web.dispatch.places import DATUMS
from web.dispatch.room import Answer, dispatch, only_for_the_whole_city, page, zone
from web.language import lazy_t, t

if TYPE_CHECKING:
    from data.readers.report import ReadResult
    from data.readers.tables import File

T = TypeVar("T")

ROWS_SHOWN = 300
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Kind:
    """A kind of list: how it is read, and how its rows are kept."""

    label: LazyString
    hint: LazyString
    read: Callable[[File], ReadResult[Any]]
    put: Callable[[Writer, ReadResult[Any]], BookChange]


@dispatch.get("/<city>/<day:on>/import")
@needs(Role.DISPATCHER)
def imports(city: str, on: date) -> str:  # noqa: ARG001
    """Ask for a list."""
    only_for_the_whole_city()
    return import_page(on)


@dispatch.post("/<city>/<day:on>/import")
@needs(Role.DISPATCHER)
def take_in(city: str, on: date) -> Answer:  # noqa: ARG001
    """Read a list, keep its good rows in one transaction, and tell all there is to tell."""
    only_for_the_whole_city()
    from data.readers.report import with_refused

    kind, upload = KINDS.get(request.form.get("kind", "")), request.files.get("file")
    if kind is None:
        abort(400)
    if upload is None or not upload.filename:
        return import_page(on, wrong=t("Choose a file first.")), 400
    try:
        read = read_upload(kind.read, upload.filename, upload.save)
        refuse_real_people(wired().home, read.records)
        with wired().store.writing(by()) as writer:
            change = kind.put(writer, read)
            writer.note("file.imported", upload.filename, city=g.city.name, after=counts(change))
    except DayroundError as error:
        return import_page(on, wrong=str(error)), 400
    taken = {
        "name": upload.filename,
        "change": change,
        "read": with_refused(read, change.refused),
    }
    return import_page(on, taken=taken)


def import_page(on: date, **told: Any) -> str:
    """Return the page with its form, and above it what came of a file."""
    chosen = request.form.get("kind") or request.args.get("kind") or "cases"
    return page(
        "import", on, kinds=KINDS, datums=DATUMS, rows_shown=ROWS_SHOWN, chosen=chosen, **told
    )


def read_upload(
    read: Callable[[File], ReadResult[T]], name: str, save: Callable[[Path], None]
) -> ReadResult[T]:
    """Read an uploaded file, which lies in the home only as long as that takes."""
    from data.readers.tables import File

    with TemporaryDirectory(dir=wired().home.path, prefix=".upload-") as folder:
        path = Path(folder) / f"list{Path(name).suffix.lower()}"
        save(path)
        return read(File(path, sheet=request.form.get("sheet") or None))


def counts(change: BookChange) -> dict[str, int]:
    """Return how many rows are new, changed, unchanged and gone."""
    return {name: len(getattr(change, name)) for name in ("new", "changed", "unchanged", "gone")}


def datum() -> Datum | None:
    """Return what the form says of coordinates in the file."""
    told = request.form.get("datum")
    return Datum(told) if told in set(Datum) else None


def read_cases(file: File) -> ReadResult[Any]:
    from data.readers.cases import read_cases as read

    agency = request.form.get("agency", "").strip()
    return read(
        file, zone=zone(), agency=agency, datum=datum(), key=wired().home.secret(), now=now()
    )


def read_collectors(file: File) -> ReadResult[Any]:
    from data.readers.collectors import read_collectors as read
    from scheduler.service import point_of

    ports, city = wired().ports, g.city.name
    agency = request.form.get("agency", "").strip()
    return read(
        file, agency=agency, datum=datum(), place=lambda address: point_of(ports, city, address)
    )


def read_shifts(file: File) -> ReadResult[Any]:
    from data.readers.shifts import read_shifts as read

    return read(file, zone=zone(), collectors=collector_ids())


def read_pairs(file: File) -> ReadResult[Any]:
    from data.readers.pairs import read_pairs as read

    return read(file, collectors=collector_ids())


def read_contacts(file: File) -> ReadResult[Any]:
    from data.readers.contacts import read_contacts as read

    whose = wired().store.borrowers_by_case(g.city.name)
    return read(file, zone=zone(), now=now(), borrowers_by_case=whose)


def read_payments(file: File) -> ReadResult[Any]:
    from data.readers.payments import read_payments as read

    whose = wired().store.borrowers_by_case(g.city.name)
    return read(file, zone=zone(), now=now(), borrowers_by_case=whose)


def put_payments(writer: Writer, read: ReadResult[Any]) -> BookChange:
    from data.readers.payments import balances_in, payments_in

    told = read.records
    return writer.add_payments(g.city.name, payments_in(told), balances_in(told))


def read_scores(file: File) -> ReadResult[Any]:
    from data.readers.scores import read_scores as read

    return read(file, cases=wired().store.borrowers_by_case(g.city.name), today=today_here())


def collector_ids() -> set[str]:
    """Return the ids of the city's collectors."""
    return {one.id for one in wired().store.collectors(g.city.name)}


KINDS: Mapping[str, Kind] = {
    "cases": Kind(
        lazy_t("Cases"),
        lazy_t("Overdue contracts with their borrowers and addresses."),
        read_cases,
        lambda writer, read: writer.put_cases(
            g.city.name, read.records, known=read.known, complete=False
        ),
    ),
    "collectors": Kind(
        lazy_t("Collectors"),
        lazy_t("The people who visit, and where they start."),
        read_collectors,
        lambda writer, read: writer.put_collectors(g.city.name, read.records),
    ),
    "shifts": Kind(
        lazy_t("Shifts"),
        lazy_t("Who works when, with breaks."),
        read_shifts,
        lambda writer, read: writer.put_shifts(g.city.name, read.records),
    ),
    "pairs": Kind(
        lazy_t("Pairs"),
        lazy_t("Who goes with whom, every day or on one."),
        read_pairs,
        lambda writer, read: writer.put_pairs(g.city.name, read.records),
    ),
    "contacts": Kind(
        lazy_t("Contacts"),
        lazy_t("Calls, messages and letters, with what came of them."),
        read_contacts,
        lambda writer, read: writer.add_contacts(g.city.name, read.records),
    ),
    "payments": Kind(
        lazy_t("Payments"),
        lazy_t("What came in, and what is still overdue. Who has paid is planned no more."),
        read_payments,
        put_payments,
    ),
    "scores": Kind(
        lazy_t("Scores"),
        lazy_t("What a model or a bureau says of cases, with its source and day."),
        read_scores,
        lambda writer, read: writer.add_scores(g.city.name, read.records),
    ),
}


@dispatch.get("/<city>/template/<kind>.xlsx")
@needs(Role.DISPATCHER)
def list_template(city: str, kind: str) -> Response:  # noqa: ARG001
    """Send a workbook to fill in."""
    from data.readers.templates import REGISTRIES, template

    if kind not in REGISTRIES:
        abort(404)
    return send_file(
        BytesIO(template(kind)), XLSX, as_attachment=True, download_name=f"{kind}.xlsx"
    )
