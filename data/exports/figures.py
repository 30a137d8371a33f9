"""Figures as CSV and XLSX, in English or Chinese: rates as shares of 1, nothing where unknown."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal

from data.exports.separated import guarded
from data.exports.table import Cell
from data.exports.workbook import put_rows, shape
from scheduler.figures import Covered, FigureTable, Group, Line, Mean, Share, Tally

CENT = Decimal("0.01")
SHARE_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table with its title, and what is assumed in it."""

    title: str
    headers: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    notes: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class FigureColumn:
    """A column of figures: its header in each language, and what stands in it."""

    en: str
    zh: str
    cell: Callable[[Tally], Cell]

    def header(self, language: str) -> str:
        return self.zh if language == "zh" else self.en


def rate(share: Share) -> Cell:
    return None if share.rate is None else round(share.rate, SHARE_DIGITS)


def bound(share: Share, end: int) -> Cell:
    return None if share.interval is None else round(share.interval[end], SHARE_DIGITS)


def money(amount: Decimal | None) -> Cell:
    return None if amount is None else amount.quantize(CENT, ROUND_HALF_EVEN)


def mean(told: Mean) -> Cell:
    return money(told.value)


COLUMNS = (
    FigureColumn("Visits", "上门次数", lambda one: one.visits),
    FigureColumn("Not made", "未成行", lambda one: one.not_made),
    FigureColumn("Met", "见到本人", lambda one: one.met),
    FigureColumn("Met rate", "见面率", lambda one: rate(one.met_rate)),
    FigureColumn("Met rate, 95% from", "见面率95%下限", lambda one: bound(one.met_rate, 0)),
    FigureColumn("Met rate, 95% to", "见面率95%上限", lambda one: bound(one.met_rate, 1)),
    FigureColumn("Promises", "承诺", lambda one: one.promises),
    FigureColumn("Promise rate", "承诺率", lambda one: rate(one.promise_rate)),
    FigureColumn("Promises due", "到期承诺", lambda one: one.due),
    FigureColumn("Promises kept", "兑现承诺", lambda one: one.kept),
    FigureColumn("Kept rate", "兑现率", lambda one: rate(one.kept_rate)),
    FigureColumn("Complaints", "投诉", lambda one: one.complaints),
    FigureColumn("Turned away", "被拒于门外", lambda one: one.turned_away),
    FigureColumn("Crew-hour cost", "工时成本", lambda one: money(one.cost)),
    FigureColumn(
        "Crew-hour cost per visit", "每次上门工时成本", lambda one: mean(one.cost_per_visit)
    ),
    FigureColumn(
        "Crew-hour cost per met borrower", "每次见面工时成本", lambda one: mean(one.cost_per_met)
    ),
    FigureColumn("Recovered", "回款", lambda one: money(one.recovered)),
    FigureColumn("Recovered per visit", "每次上门回款", lambda one: mean(one.recovered_per_visit)),
)
TOTAL = {"en": "Total", "zh": "合计"}
GROUPS = {
    Group.DAY: ("Day", "日"),
    Group.WEEK: ("Week from", "周起始"),
    Group.MONTH: ("Month from", "月起始"),
    Group.BUCKET: ("Bucket", "逾期阶段"),
    Group.DISTRICT: ("District", "区县"),
    Group.PRODUCT: ("Product", "产品"),
    Group.AGENCY: ("Agency", "机构"),
    Group.CREW: ("Crew", "小组"),
}
COVERAGE_HEADERS = (
    ("Open cases", "在办案件"),
    ("Visited within 14 days", "14天内上门"),
    ("Share", "占比"),
    ("Visited within 30 days", "30天内上门"),
    ("Share", "占比"),
    ("Never visited", "从未上门"),
)
TOGETHER = {"en": "small ones, together", "zh": "小项合计"}
COVERAGE = {"en": "Coverage by {group}", "zh": "覆盖率：按{group}"}


def told_group(group: Group, language: str) -> str:
    """Return what a group is called."""
    return GROUPS[group][language == "zh"]


def named(one: Line | Covered, language: str) -> str:
    """Return what the line of a group begins with."""
    return TOGETHER[language] if one.is_together else one.key


def figure_sheet(table: FigureTable, language: str, notes: Sequence[str] = ()) -> Sheet:
    """Return figures as a sheet; the total stands last."""
    headers = [told_group(table.group, language), *(one.header(language) for one in COLUMNS)]
    rows = [[named(line, language), *cells(line.tally)] for line in table.lines]
    rows.append([TOTAL[language], *cells(table.total)])
    return Sheet(told_group(table.group, language), headers, rows, notes)


def cells(tally: Tally) -> Iterator[Cell]:
    """Yield the cells of a line behind its key."""
    return (column.cell(tally) for column in COLUMNS)


def coverage_sheet(groups: Sequence[Covered], group: Group, language: str) -> Sheet:
    """Return how many open cases were visited of late, as a sheet."""
    headers = [told_group(group, language)]
    headers += [names[language == "zh"] for names in COVERAGE_HEADERS]
    rows: list[list[Cell]] = []
    for one in groups:
        shares = [cell for share in one.shares for cell in (share.hits, rate(share))]
        rows.append([named(one, language), one.cases, *shares, one.never])
    title = COVERAGE[language].format(group=headers[0].lower())
    return Sheet(title, headers, rows)


def sheets_csv(sheets: Sequence[Sheet]) -> bytes:
    """Return sheets one below the other, in UTF-8 as Excel opens it."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    for number, sheet in enumerate(sheets):
        if number:
            writer.writerow([])
        writer.writerows([guarded(note)] for note in sheet.notes)
        writer.writerow([guarded(header) for header in sheet.headers])
        writer.writerows([guarded(cell) for cell in row] for row in sheet.rows)
    return stream.getvalue().encode("utf-8-sig")


def sheets_workbook(sheets: Sequence[Sheet]) -> bytes:
    """Return sheets as a workbook; text is text, whatever it begins with."""
    from openpyxl import Workbook

    book = Workbook()
    book.properties.creator = "dayround"
    book.remove(book.active)
    for sheet in sheets:
        page = book.create_sheet(sheet.title)
        put_rows(page, [*([note] for note in sheet.notes), sheet.headers, *sheet.rows])
        shape(page, header=1 + len(sheet.notes))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


WRITERS: dict[str, tuple[str, Callable[[Sequence[Sheet]], bytes]]] = {
    "csv": ("text/csv", sheets_csv),
    "xlsx": (
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        sheets_workbook,
    ),
}
"""Media type and writer by the ending of the file."""
