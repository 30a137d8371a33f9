"""Figures to take along: what is unknown stays empty, what looks like a formula stays text."""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from typing import Any

import pytest
from openpyxl import load_workbook

from data.exports.figures import WRITERS, Sheet, coverage_sheet, figure_sheet
from scheduler.figures import Covered, FigureTable, Group, Line, Share, Tally

FORMULA = "=1+1"
SOME = Tally(visits=4, met=3, promises=1, costed=4, costed_met=3, cost=Decimal(100))
TABLE = FigureTable(Group.PRODUCT, (Line(FORMULA, SOME), Line("card", Tally(not_made=1))), SOME)


def rows_of(sheet: Sheet) -> dict[str, dict[str, Any]]:
    return {str(row[0]): dict(zip(sheet.headers, row, strict=True)) for row in sheet.rows}


def test_rates_are_shares_and_what_is_unknown_is_empty() -> None:
    told = rows_of(figure_sheet(TABLE, "en"))
    assert told[FORMULA]["Met rate"] == 0.75
    assert told[FORMULA]["Crew-hour cost per visit"] == Decimal("25.00")
    assert told[FORMULA]["Crew-hour cost per met borrower"] == Decimal("33.33")
    assert told["card"]["Met rate"] is None
    assert told["card"]["Crew-hour cost per visit"] is None
    assert told["Total"]["Visits"] == 4


def test_coverage_tells_counts_beside_shares() -> None:
    covered = Covered("M2", 4, (Share(1, 4), Share(3, 4)), 1)
    sheet = coverage_sheet([covered], Group.BUCKET, "zh")
    assert list(sheet.rows) == [["M2", 4, 1, 0.25, 3, 0.75, 1]]
    assert sheet.title == "覆盖率：按逾期阶段"


@pytest.mark.parametrize("language", ["en", "zh"])
def test_csv_guards_what_would_be_a_formula(language: str) -> None:
    notes = ["@assumed"]
    written = WRITERS["csv"][1]([figure_sheet(TABLE, language, notes)])
    assert written.startswith(b"\xef\xbb\xbf")
    lines = list(csv.reader(io.StringIO(written.decode("utf-8-sig"))))
    assert lines[0] == ["'@assumed"]
    assert lines[2][0] == f"'{FORMULA}"


def test_a_workbook_keeps_text_as_text_and_figures_as_figures() -> None:
    sheets = [figure_sheet(TABLE, "en"), coverage_sheet([], Group.DISTRICT, "en")]
    book = load_workbook(io.BytesIO(WRITERS["xlsx"][1](sheets)))
    assert book.sheetnames == ["Product", "Coverage by district"]
    cell = book["Product"]["A2"]
    assert (cell.value, cell.data_type) == (FORMULA, "s")
    assert book["Product"]["B2"].value == 4
