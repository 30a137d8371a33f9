"""Templates: every column in both languages, and an example that comes in."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from openpyxl import Workbook, load_workbook

from data.readers.cases import read_cases
from data.readers.collectors import read_collectors
from data.readers.columns import Registry
from data.readers.contacts import read_contacts
from data.readers.gazetteer import read_gazetteer
from data.readers.pairs import read_pairs
from data.readers.payments import read_payments
from data.readers.report import ReadResult
from data.readers.scores import read_scores
from data.readers.shifts import read_shifts
from data.readers.tables import File
from data.readers.templates import REGISTRIES, put_text, template

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 30, tzinfo=ZONE)
BOOK = {"DEMO-0001": "DEMO-C001"}
READERS: dict[str, Callable[[File], ReadResult[Any]]] = {
    "cases": lambda file: read_cases(file, zone=ZONE),
    "collectors": read_collectors,
    "shifts": lambda file: read_shifts(file, zone=ZONE),
    "pairs": read_pairs,
    "gazetteer": read_gazetteer,
    "contacts": lambda file: read_contacts(file, zone=ZONE, now=NOW, borrowers_by_case=BOOK),
    "payments": lambda file: read_payments(file, zone=ZONE, now=NOW, borrowers_by_case=BOOK),
    "scores": lambda file: read_scores(file, cases=BOOK, today=NOW.date()),
}

each_kind = pytest.mark.parametrize("kind", REGISTRIES)


@each_kind
def test_the_example_comes_in_without_a_fault(kind: str, write_bytes: Callable[..., File]) -> None:
    result = READERS[kind](write_bytes(template(kind), f"{kind}.xlsx"))
    assert result.errors == ()
    assert result.records
    # All columns are there, so nothing is left unchecked or unused.
    assert [note for note in result.notes if "made-up row" not in note] == []


def test_an_example_that_was_left_in_is_told(write_bytes: Callable[..., File]) -> None:
    result = READERS["cases"](write_bytes(template("cases"), "cases.xlsx"))
    assert result.notes == ("line 2: looks like the template's made-up row; delete it",)
    assert all(record.case.id.startswith("DEMO-") for record in result.records)


@each_kind
def test_every_field_stands_in_the_template_in_both_languages(kind: str) -> None:
    columns = REGISTRIES[kind].columns
    page, explained = load_workbook(io.BytesIO(template(kind))).worksheets
    headers = [cell.value for cell in page[1]]
    assert len(headers) == len(columns)
    for column, header in zip(columns, headers, strict=True):
        assert column.zh in header
        assert column.en in header
        assert header.endswith("*") == column.is_required
    fields = [row[1] for row in explained.iter_rows(min_row=2, values_only=True)]
    assert fields == [column.field for column in columns]
    for row in explained.iter_rows(min_row=2, max_col=5, values_only=True):
        assert all(row)


@each_kind
def test_choices_are_offered_and_all_cells_are_text(kind: str) -> None:
    page = load_workbook(io.BytesIO(template(kind))).worksheets[0]
    offered = {str(rule.sqref).split("2:")[0] for rule in page.data_validations.dataValidation}
    for number, column in enumerate(REGISTRIES[kind].columns, start=1):
        letter = page.cell(1, number).column_letter
        assert (letter in offered) == bool(column.choices)
        assert page.column_dimensions[letter].number_format == "@"
        # Excel refuses a file whose list is longer.
        assert len(",".join(column.choices)) <= 253


def test_text_never_becomes_a_formula() -> None:
    book = Workbook()
    put_text(book.active["A1"], "=1+1")
    stream = io.BytesIO()
    book.save(stream)
    cell = load_workbook(io.BytesIO(stream.getvalue())).active["A1"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")


def test_an_unknown_kind() -> None:
    with pytest.raises(ValueError, match="no template 'loans'; there are cases, collectors"):
        template("loans")


@each_kind
def test_required_columns_have_an_example(kind: str) -> None:
    registry: Registry = REGISTRIES[kind]
    assert all(column.example for column in registry.columns if column.is_required)
