"""The kinds of lists: how each is read, held against the book and taken in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from flask_babel import LazyString

from data.readers.columns import Registry
from data.readers.templates import REGISTRIES
from data.store.imports import scope
from data.store.imports.scope import Scope
from routing.datum import Datum
from scheduler.model import City
from scheduler.ports import BookChange, Writer
from web.language import lazy_t
from web.wiring import Wired

if TYPE_CHECKING:
    from data.readers.report import Progress, ReadResult
    from data.readers.tables import File

Read = Callable[["Asked", "File", "Progress | None"], "ReadResult[Any]"]


@dataclass(frozen=True)
class Asked:
    """For whom a list is read, and what is said of it besides its columns."""

    wired: Wired
    city: City
    now: datetime
    agency: str = ""
    datum: Datum | None = None
    is_whole: bool = False

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.city.zone)

    def collectors(self) -> set[str]:
        """Return the ids of the city's collectors."""
        return {one.id for one in self.wired.store.collectors(self.city.name)}

    def cases(self) -> Mapping[str, str]:
        """Return whose each case of the city is."""
        return self.wired.store.borrowers_by_case(self.city.name)


@dataclass(frozen=True)
class Kind:
    """A kind of list. `scope` takes the records and the contracts that the list closes."""

    label: LazyString
    hint: LazyString
    registry: Registry
    read: Read
    put: Callable[[Writer, Asked, ReadResult[Any]], BookChange]
    scope: Callable[[Any, tuple[str, ...]], Scope]
    takes_datum: bool = False
    takes_agency: bool = False
    can_be_whole: bool = False


def read_cases(asked: Asked, file: File, progress: Progress | None) -> ReadResult[Any]:
    from data.readers.cases import read_cases as read

    return read(
        file, zone=asked.zone, agency=asked.agency, datum=asked.datum,
        key=asked.wired.home.secret(), now=asked.now, progress=progress,
    )  # fmt: skip


def read_collectors(asked: Asked, file: File, progress: Progress | None) -> ReadResult[Any]:
    from data.readers.collectors import read_collectors as read
    from scheduler.service import point_of

    ports, city = asked.wired.ports, asked.city.name
    return read(
        file, agency=asked.agency, datum=asked.datum,
        place=lambda address: point_of(ports, city, address), progress=progress,
    )  # fmt: skip


def read_shifts(asked: Asked, file: File, progress: Progress | None) -> ReadResult[Any]:
    from data.readers.shifts import read_shifts as read

    return read(file, zone=asked.zone, collectors=asked.collectors(), progress=progress)


def read_pairs(asked: Asked, file: File, progress: Progress | None) -> ReadResult[Any]:
    from data.readers.pairs import read_pairs as read

    return read(file, collectors=asked.collectors(), progress=progress)


def read_contacts(asked: Asked, file: File, progress: Progress | None) -> ReadResult[Any]:
    from data.readers.contacts import read_contacts as read

    whose = asked.cases()
    return read(file, zone=asked.zone, now=asked.now, borrowers_by_case=whose, progress=progress)


def read_payments(asked: Asked, file: File, progress: Progress | None) -> ReadResult[Any]:
    from data.readers.payments import read_payments as read

    whose = asked.cases()
    return read(file, zone=asked.zone, now=asked.now, borrowers_by_case=whose, progress=progress)


def put_payments(writer: Writer, asked: Asked, read: ReadResult[Any]) -> BookChange:
    from data.readers.payments import balances_in, payments_in

    told = read.records
    return writer.add_payments(asked.city.name, payments_in(told), balances_in(told))


def read_scores(asked: Asked, file: File, progress: Progress | None) -> ReadResult[Any]:
    from data.readers.scores import read_scores as read

    today = asked.now.astimezone(asked.zone).date()
    return read(file, cases=asked.cases(), today=today, progress=progress)


KINDS: Mapping[str, Kind] = {
    "cases": Kind(
        lazy_t("Cases"),
        lazy_t("Overdue contracts with their borrowers and addresses."),
        REGISTRIES["cases"],
        read_cases,
        lambda writer, asked, read: writer.put_cases(
            asked.city.name, read.records, known=read.known, complete=asked.is_whole
        ),
        scope.of_cases,
        takes_datum=True,
        takes_agency=True,
        can_be_whole=True,
    ),
    "collectors": Kind(
        lazy_t("Collectors"),
        lazy_t("The people who visit, and where they start."),
        REGISTRIES["collectors"],
        read_collectors,
        lambda writer, asked, read: writer.put_collectors(asked.city.name, read.records),
        lambda records, _: scope.of_collectors(records),
        takes_datum=True,
        takes_agency=True,
    ),
    "shifts": Kind(
        lazy_t("Shifts"),
        lazy_t("Who works when, with breaks."),
        REGISTRIES["shifts"],
        read_shifts,
        lambda writer, asked, read: writer.put_shifts(asked.city.name, read.records),
        lambda records, _: scope.of_shifts(records),
    ),
    "pairs": Kind(
        lazy_t("Pairs"),
        lazy_t("Who goes with whom, every day or on one."),
        REGISTRIES["pairs"],
        read_pairs,
        lambda writer, asked, read: writer.put_pairs(asked.city.name, read.records),
        lambda records, _: scope.of_pairs(records),
    ),
    "contacts": Kind(
        lazy_t("Contacts"),
        lazy_t("Calls, messages and letters, with what came of them."),
        REGISTRIES["contacts"],
        read_contacts,
        lambda writer, asked, read: writer.add_contacts(asked.city.name, read.records),
        lambda records, _: scope.of_contacts(records),
    ),
    "payments": Kind(
        lazy_t("Payments"),
        lazy_t("What came in, and what is still overdue. Who has paid is planned no more."),
        REGISTRIES["payments"],
        read_payments,
        put_payments,
        lambda records, _: scope.of_payments(records),
    ),
    "scores": Kind(
        lazy_t("Scores"),
        lazy_t("What a model or a bureau says of cases, with its source and day."),
        REGISTRIES["scores"],
        read_scores,
        lambda writer, asked, read: writer.add_scores(asked.city.name, read.records),
        lambda records, _: scope.of_scores(records),
    ),
}
