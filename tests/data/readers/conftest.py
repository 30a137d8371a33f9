"""Files to read, written on the spot."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from data.readers.tables import File

Rows = Sequence[Sequence[Any]]


def csv_text(rows: Rows, separator: str = ",") -> str:
    stream = io.StringIO()
    csv.writer(stream, delimiter=separator).writerows(rows)
    return stream.getvalue()


@pytest.fixture
def write_csv(tmp_path: Path) -> Callable[..., File]:
    """Write rows, the header first, as CSV in UTF-8."""

    def write(*rows: Sequence[Any], **options: Any) -> File:
        path = tmp_path / "list.csv"
        path.write_text(csv_text(rows), encoding="utf-8")
        return File(path, **options)

    return write


@pytest.fixture
def write_bytes(tmp_path: Path) -> Callable[..., File]:
    def write(data: bytes, name: str = "list.csv", **options: Any) -> File:
        path = tmp_path / name
        path.write_bytes(data)
        return File(path, **options)

    return write


@pytest.fixture
def write_xlsx(tmp_path: Path) -> Callable[..., File]:
    """Write a workbook of one sheet with the cells as given."""
    from openpyxl import Workbook

    def write(*rows: Sequence[Any], **options: Any) -> File:
        book = Workbook()
        for row in rows:
            book.active.append(list(row))
        path = tmp_path / "list.xlsx"
        book.save(path)
        return File(path, **options)

    return write
