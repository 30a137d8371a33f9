"""Route sheets: read again by another program; masked, in both languages, a page per crew."""

from __future__ import annotations

import io
from dataclasses import replace
from time import monotonic

import numpy as np
import pytest
from fpdf import FPDF
from pypdf import PdfReader

from data.exports.day import Box, ExportDay, Street
from data.exports.sheets.fonts import SHIPPED, pen_for, signs_of
from data.exports.sheets.frame import frame_around
from data.exports.sheets.lines import wrapped
from data.exports.sheets.pdf import write_sheets
from routing.point import METRES_PER_DEGREE, Point
from routing.travel import Spot
from tests.data.exports.little_day import FIRST, REST, SECOND, crew, export_day

NOTE = "门禁 1234，2号楼东侧；ring twice"


def pages(day: ExportDay) -> list[str]:
    """Return the text of each page."""
    return [page.extract_text() for page in PdfReader(io.BytesIO(write_sheets(day))).pages]


@pytest.fixture(scope="module")
def told() -> list[str]:
    """The pages of a day of five crews: each has something of its own."""
    first = replace(FIRST, note=NOTE, suits=("18:00–20:00",))
    hidden = replace(FIRST, name="王*", phone="••• 00", overdue=None)
    hidden = replace(hidden, agreed="17:00–19:00", suits=("18:00–20:00",))
    twin = replace(FIRST, number=2, uid="twin@dayround")
    many = [replace(FIRST, number=n, uid=f"{n}@dayround") for n in range(1, 41)]
    crews = (
        crew(first, REST, SECOND),
        crew(hidden, id="masked"),
        crew(FIRST, twin, id="twins"),
        crew(replace(FIRST, spot=None), id="nowhere"),
        crew(*many, id="cat", members=("Cat",)),
    )
    return pages(export_day(*crews))


def test_a_page_has_the_stops_in_order_with_times_windows_and_notes(told: list[str]) -> None:
    page = told[0]
    for text in ("王小明", "中山路 1 号", "13800138000", "suits 18:00–20:00", "Due 1,234.50 CNY"):
        assert text in page
    assert "门禁 1234，2号楼东侧" in page
    assert page.index("09:00–09:20") < page.index("11:00–11:30") < page.index("12:00–12:20")
    assert "break" in page
    assert "Ann · Bea" in page


def test_a_page_per_crew_and_more_where_stops_need_them(told: list[str]) -> None:
    assert ["Cat" in page for page in told] == [False] * 4 + [True] * 2
    assert "40" in told[5]


def test_what_the_reader_may_not_see_is_not_there(told: list[str]) -> None:
    assert "王*" in told[1]
    assert "••• 00" in told[1]
    assert "Due" not in told[1]


def test_an_appointment_stands_above_the_hours_that_suit(told: list[str]) -> None:
    assert "appointment 17:00–19:00" in told[1]
    assert "suits" not in told[1]


def test_stops_at_one_door_are_numbered_side_by_side(told: list[str]) -> None:
    assert "1 2\n" in told[2].split("Streets ©")[0]


def test_a_visit_without_a_place_is_told_and_not_drawn(told: list[str]) -> None:
    assert "王小明" in told[3]
    assert "1\n" not in told[3].split("Streets ©")[0].partition("version 3, 11-23 07:00\n")[2]


def test_a_made_up_day_in_chinese_says_all_in_chinese_and_that_first() -> None:
    (page,) = pages(export_day(language="zh", is_made_up=True))
    assert page.startswith("演示数据 / made-up data")
    for text in ("时间", "地点", "须知", "上门 2 次", "休息", "住址", "第 3 版"):
        assert text in page
    assert "break" not in page


def test_every_sign_of_our_words_and_of_common_chinese_is_shipped() -> None:
    shipped = set().union(*map(signs_of, SHIPPED.values()))
    # GB 2312: the signs in which nearly all Chinese names and addresses are written.
    common = bytes(
        byte for high in range(0xB0, 0xF8) for low in range(0xA1, 0xFF) for byte in (high, low)
    ).decode("gb2312", errors="ignore")
    assert set(common) <= shipped
    assert set("ABCxyz0189 ·–—…¥€•éß→©台灣號樓") <= shipped


def test_each_sign_is_written_in_a_font_that_has_it() -> None:
    pdf = FPDF()
    pen = pen_for(pdf)
    assert [font for font, _ in pen._runs("王 1号")] == ["signs", "letters", "signs"]
    assert pen.width("王1") == pytest.approx(pen.width("王") + pen.width("1"))
    assert pen.fitting("中山路中山路", pen.width("中山路…")) == "中山路…"


@pytest.mark.parametrize(
    ("text", "last", "lines"),
    [
        ("中山路某某花园三期12栋", "期", ["中山路某某花园三期", "12栋"]),
        ("ring twice", "twi", ["ring", "twice"]),
        ("0123456789", "5", ["012345", "6789"]),
    ],
)
def test_a_line_breaks_between_signs_or_before_a_word(
    text: str, last: str, lines: list[str]
) -> None:
    pen = pen_for(FPDF())
    full = text[: text.index(last) + len(last)]
    # As wide as the text to `last` and half a sign more: what follows does not fit.
    assert wrapped(pen, text, pen.width(full) + 1.5 + pen.width("1") / 2) == lines


# The map


def test_a_frame_holds_all_lines_in_true_proportion() -> None:
    line = np.array([[25.0, 121.5], [25.02, 121.5], [25.02, 121.53]])
    frame = frame_around([line], 12, 40, 186, 118)
    placed = frame.placed(line)
    assert (placed[:, 0] > 12).all()
    assert (placed[:, 0] < 198).all()
    assert (placed[:, 1] > 40).all()
    assert (placed[:, 1] < 158).all()
    assert placed[0, 1] > placed[1, 1]  # north is above
    # 0.02 degrees of latitude are 2.2 km; as much to the east is as long on paper.
    up_mm = placed[0, 1] - placed[1, 1]
    assert up_mm * frame.metres_per_mm == pytest.approx(0.02 * METRES_PER_DEGREE)
    right_m = 0.03 * METRES_PER_DEGREE * np.cos(np.radians(25.01))
    assert (placed[2, 0] - placed[1, 0]) * frame.metres_per_mm == pytest.approx(right_m, rel=1e-3)


def test_one_door_is_shown_with_the_streets_around_it() -> None:
    here = np.array([[25.0, 121.5], [25.0, 121.5]])
    frame = frame_around([here], 0, 0, 100, 60)
    assert frame.metres_per_mm * 60 > 600


def grid(box: Box) -> list[Street]:
    """Return streets across a box, ten each way."""
    west, south, east, north = box
    lats, lons = np.linspace(south, north, 10), np.linspace(west, east, 10)
    across = [np.array([[lat, west], [lat, east]]) for lat in lats]
    up = [np.array([[south, lon], [north, lon]]) for lon in lons]
    return [
        *(Street("street", "", line) for line in up),
        *(Street("primary", f"{n} 号大街", line) for n, line in enumerate(across)),
    ]


def test_twenty_crews_on_their_streets_take_seconds() -> None:
    spots = [Spot(Point(25.0 + n / 500, 121.5 + (n * 7 % 10) / 400)) for n in range(10)]
    stops = [
        replace(FIRST, number=n + 1, uid=f"{n}@dayround", spot=spot, note=NOTE)
        for n, spot in enumerate(spots)
    ]
    day = export_day(*(crew(*stops, id=f"c{n}") for n in range(20)), ground=grid)
    began = monotonic()
    content = write_sheets(day)
    assert monotonic() - began < 10
    found = PdfReader(io.BytesIO(content)).pages
    assert len(found) == 20
    assert "号大街" in found[0].extract_text()  # the longest streets are named
