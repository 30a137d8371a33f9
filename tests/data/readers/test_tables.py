"""Files as they come: encodings, separators, titles above the header, other kinds of file."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.readers.case_columns import CASES
from data.readers.limits import MOST_ROWS
from data.readers.report import FileError
from data.readers.separated import SEPARATORS, read_separated
from data.readers.tables import File, Table, read_table
from tests.data.readers.conftest import csv_text

LIST = [["合同号", "姓名", "家庭地址"], ["A1", "张三", "某路1号"], ["A2", "李四", "某路2号"]]
WITH_COMMAS = [["合同号", "姓名", "家庭地址"], ["A1", "张三", "某路1号, 2楼; 左"]]


def score(row: Sequence[str]) -> int:
    return CASES.score(row, {})


def read(file: File) -> Table:
    return read_table(file, score)


def cells(table: Table) -> list[list[str]]:
    return [list(row) for row in table.cells.itertuples(index=False)]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("合同号,姓名\n" + "A,B\n" * MOST_ROWS, "more than 200,000 rows"),
        # 4,500 columns in each of 4,502 lines are more than 20,000,000 cells.
        ("合同号,姓名\n" + "," * 4_499 + "\n" * 4_500, "more than 20,000,000 cells"),
    ],
)
def test_a_list_without_end_is_refused(
    write_bytes: Callable[..., File], text: str, problem: str
) -> None:
    with pytest.raises(FileError, match=problem):
        read(write_bytes(text.encode()))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
@pytest.mark.parametrize("separator", SEPARATORS)
def test_encodings_and_separators(
    write_bytes: Callable[..., File], encoding: str, separator: str
) -> None:
    table = read(write_bytes(csv_text(LIST, separator).encode(encoding)))
    assert list(table.headers) == LIST[0]
    assert cells(table) == LIST[1:]
    assert list(table.cells.index) == [2, 3]


def test_an_encoding_can_be_named(write_bytes: Callable[..., File]) -> None:
    # The same bytes are valid GB18030, and other characters in it.
    traditional = [["合同號", "contract", "姓名", "address"], ["1", "A1", "陳大文", "中山路"]]
    data = csv_text(traditional).encode("big5")
    assert cells(read(write_bytes(data, encoding="big5"))) == traditional[1:]
    with pytest.raises(FileError, match="'gb18030' or 'big5'"):
        read(write_bytes(data, encoding="klingon"))
    with pytest.raises(FileError, match=r"the text is not utf-8 .* save it as CSV UTF-8"):
        read(write_bytes(data, encoding="utf-8"))


def test_separators_inside_quotes_are_text(write_bytes: Callable[..., File]) -> None:
    for separator in SEPARATORS:
        table = read(write_bytes(csv_text(WITH_COMMAS, separator).encode()))
        assert [row[:3] for row in cells(table)] == WITH_COMMAS[1:]


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_line_endings(write_bytes: Callable[..., File], ending: str) -> None:
    table = read(write_bytes(ending.join(",".join(row) for row in LIST).encode()))
    assert cells(table) == LIST[1:]


def test_titles_above_the_header_and_empty_rows_count_as_lines(
    write_bytes: Callable[..., File],
) -> None:
    rows = [["某行逾期清单"], [], *LIST[:2], [], ["", " ", "\u3000"], *LIST[2:], [], [], []]
    table = read(write_bytes(csv_text(rows).encode()))
    # Lines 1 and 2 are title and nothing, 3 the header, 4 the first case, 7 the second.
    assert list(table.cells.index) == [4, 7]
    assert cells(table) == LIST[1:]


def test_rows_of_uneven_length(write_bytes: Callable[..., File]) -> None:
    table = read(write_bytes("合同号,姓名,地址\nA1,张三\nA2,李四,某路,多,余\n".encode()))
    assert cells(table) == [["A1", "张三", "", "", ""], ["A2", "李四", "某路", "多", "余"]]


@pytest.mark.parametrize("text", ["", " \n \n", "\ufeff"])
def test_empty_files(write_bytes: Callable[..., File], text: str) -> None:
    with pytest.raises(FileError, match=r"empty|no header"):
        read(write_bytes(text.encode()))


def test_a_file_with_nothing_below_its_header(write_bytes: Callable[..., File]) -> None:
    with pytest.raises(FileError, match="headers and no rows"):
        read(write_bytes(csv_text([*LIST[:1], ["", "", ""]]).encode()))


def test_a_file_without_a_header(write_bytes: Callable[..., File]) -> None:
    with pytest.raises(FileError, match=r"no header is understood.*'A1, 张三"):
        read(write_bytes(csv_text(LIST[1:]).encode()))


def test_a_file_that_is_not_there(write_bytes: Callable[..., File]) -> None:
    absent = write_bytes(b"x").path.with_name("absent.csv")
    with pytest.raises(FileError, match=r"absent\.csv cannot be read"):
        read(File(absent))


def archive_of(*names: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name in names:
            archive.writestr(name, "")
    return stream.getvalue()


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"%PDF-1.7 ...", "PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", r"old Excel file.*password.*save it as \.xlsx"),
        (b"\x89PNG\r\n\x1a\n", "picture"),
        (b"\xff\xd8\xff\xe0", "picture"),
        (b"<html><table>", "web page"),
        (b"<?xml version='1.0'?>", "web page or XML"),
        (b"PK\x03\x04 torn off", "damaged"),
        (archive_of("list.csv"), "compressed archive: unpack it"),
        (archive_of("word/document.xml"), "another program"),
        (archive_of("xl/workbook.bin"), "binary workbook"),
        (archive_of("xl/workbook.xml"), "cannot be read"),
        (b"a\0b\0c\0", "no text"),
        (b"\x80\x80\xff\xff,", "save it as CSV UTF-8"),
    ],
)
def test_files_of_another_kind(write_bytes: Callable[..., File], data: bytes, problem: str) -> None:
    with pytest.raises(FileError, match=problem):
        read(write_bytes(data, "list.csv"))


def test_a_quotation_mark_without_its_partner(write_bytes: Callable[..., File]) -> None:
    with pytest.raises(FileError, match="quotation mark"):
        read(write_bytes('合同号,姓名,地址\nA1,"张三,某路\n'.encode()))


TEXT = st.text(st.characters(exclude_categories=("Cc", "Cs")), max_size=8)


@given(st.lists(st.lists(TEXT, min_size=3, max_size=3), min_size=1, max_size=6))
def test_any_cells_come_back_as_written(rows: list[list[str]]) -> None:
    text = csv_text([["合同号", "姓名", "地址"], *rows])
    frame = read_separated(text.encode(), None, score)
    assert [list(row)[:3] for row in frame.iloc[1:].itertuples(index=False)] == rows
