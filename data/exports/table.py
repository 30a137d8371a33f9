"""The columns of a published day, for every table alike: a row per stop."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, time
from decimal import Decimal

from data.exports.day import CrewRows, ExportDay, StopRow
from data.masking import HIDDEN, Masking

Cell = str | int | float | Decimal | time | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its header in each language, and what stands in it."""

    en: str
    zh: str
    cell: Callable[[ExportDay, CrewRows, StopRow], Cell]

    def header(self, language: str) -> str:
        return self.zh if language == "zh" else self.en


def what(day: ExportDay, _: CrewRows, stop: StopRow) -> Cell:
    """Say what a stop is."""
    if not stop.is_visit:
        return day.words.rest
    return day.words.other if stop.is_other else day.words.visit


def place(day: ExportDay, _: CrewRows, stop: StopRow) -> Cell:
    """Say what the place is to the borrower."""
    return day.words.kinds[stop.kind] if stop.kind else None


def overdue(day: ExportDay, _: CrewRows, stop: StopRow) -> Cell:
    """Return the sum that is due; a mark where there is one that is not told."""
    is_hidden = day.masking is Masking.MASKED and stop.is_visit and not stop.is_other
    return HIDDEN if is_hidden else stop.overdue


def currency(day: ExportDay, _: CrewRows, stop: StopRow) -> Cell:
    """Return the currency of the sum."""
    return day.city.currency if stop.overdue is not None else None


def on_time(_: ExportDay, __: CrewRows, stop: StopRow) -> Cell:
    """Return how likely a visit is on time, in whole percent."""
    return None if stop.on_time is None else round(100 * stop.on_time)


def minute(at: datetime) -> time:
    """Return the time of the day, to the minute: no plan is kept to the second."""
    return at.time().replace(second=0, microsecond=0)


COLUMNS = (
    Column("Crew", "小组", lambda _, crew, __: crew.id),
    Column("Collectors", "外访员", lambda _, crew, __: " · ".join(crew.members)),
    Column("Stop", "站", lambda _, __, stop: stop.number),
    Column("From", "开始", lambda _, __, stop: minute(stop.starts)),
    Column("To", "结束", lambda _, __, stop: minute(stop.ends)),
    Column("What", "事项", what),
    Column("Name", "姓名", lambda _, __, stop: stop.name),
    Column("Telephone", "电话", lambda _, __, stop: stop.phone),
    Column("Place", "地点", place),
    Column("Address", "地址", lambda _, __, stop: stop.where),
    Column("Contracts", "合同号", lambda _, __, stop: ", ".join(stop.contracts)),
    Column("Overdue", "逾期金额", overdue),
    Column("Currency", "币种", currency),
    Column(
        "Latitude", "纬度", lambda _, __, stop: round(stop.point.lat, 6) if stop.point else None
    ),
    Column(
        "Longitude", "经度", lambda _, __, stop: round(stop.point.lon, 6) if stop.point else None
    ),
)


ON_TIME = Column("Likely on time, %", "准时可能性（%）", on_time)


def columns(day: ExportDay) -> tuple[Column, ...]:
    """Return the columns of a day; how likely visits are on time only where that is known."""
    is_told = any(stop.on_time is not None for _, stop in day.stops())
    return (*COLUMNS, ON_TIME) if is_told else COLUMNS


def headers(day: ExportDay) -> list[str]:
    """Return the headers in the language asked for."""
    return [column.header(day.language) for column in columns(day)]


def rows(day: ExportDay) -> Iterator[list[Cell]]:
    """Yield the cells of each stop, in the order of the columns."""
    its = columns(day)
    for crew, stop in day.stops():
        yield [column.cell(day, crew, stop) for column in its]
