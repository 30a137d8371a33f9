"""A small town and the lists of its morning: made-up people at doors that stand on its map."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from datetime import date

ALONG = ("中山路", "人民路", "解放路", "建设路")
ACROSS = ("东河路", "西湖路", "南京路", "北京路")
APART = 0.006
"""Of the streets, in degrees: some 600 m."""

DOORS = 40
"""House numbers of a street."""

SOUTH, WEST = 25.0, 121.49
CASES = 24
COLLECTORS = {"W1": "周一", "W2": "吴二", "W3": "郑三", "W4": "王四"}
WRONG_ROW = ("T-BAD", "钱错", f"{ALONG[0]}1号", "-5", "30")
UNKNOWN = {"T-21": "无名弄 3 号", "T-22": "旧厂家属院"}
"""Addresses that nothing on the map is called like, by contract."""


def town() -> str:
    """Return the town as OSM XML: a grid of streets with numbered doors."""
    side = len(ALONG)
    crossings = [
        f'<node id="{1 + row * side + column}" lat="{SOUTH + row * APART:.5f}" '
        f'lon="{WEST + column * APART:.5f}"/>'
        for row in range(side)
        for column in range(side)
    ]
    ways = [
        _way(100 + row, name, range(1 + row * side, 1 + (row + 1) * side))
        for row, name in enumerate(ALONG)
    ]
    ways += [
        _way(200 + column, name, range(1 + column, 1 + side * side, side))
        for column, name in enumerate(ACROSS)
    ]
    return f'<osm version="0.6">{"".join((*crossings, *_doors(), *ways))}</osm>'


def _way(id: int, name: str, nodes: Sequence[int]) -> str:
    refs = "".join(f'<nd ref="{node}"/>' for node in nodes)
    kind = '<tag k="highway" v="tertiary"/>'
    return f'<way id="{id}">{refs}{kind}<tag k="name" v="{name}"/></way>'


def _doors() -> Iterator[str]:
    for row, street in enumerate(ALONG):
        for number in range(1, DOORS + 1):
            lat, lon = door_at(row, number)
            yield (
                f'<node id="{10_000 + 100 * row + number}" lat="{lat:.5f}" lon="{lon:.5f}">'
                f'<tag k="addr:street" v="{street}"/>'
                f'<tag k="addr:housenumber" v="{number}号"/></node>'
            )


def door_at(row: int, number: int) -> tuple[float, float]:
    """Return the latitude and longitude of a door of the street `ALONG[row]`."""
    step = APART * (len(ACROSS) - 1) / (DOORS + 1)
    return SOUTH + row * APART + 0.0001, WEST + number * step


def cases(prefix: str = "T", count: int = CASES, overdue: int = 900) -> bytes:
    """Return a lender's list, whose column of addresses has a title that nobody knows.

    One row of it cannot be taken in, and two addresses stand on no map.
    """
    rows = [
        (
            f"{prefix}-{n:02}",
            f"演示{prefix}{n:02}",
            address_of(f"{prefix}-{n:02}", n),
            overdue + 40 * n,
            30 + n,
        )
        for n in range(1, count + 1)
    ]
    wrong = [WRONG_ROW] if prefix == "T" else []
    return as_csv(("合同号", "姓名", "住在哪里", "逾期金额", "逾期天数"), [*rows, *wrong])


def address_of(contract: str, number: int) -> str:
    """Return where somebody lives: evenly over the streets, or nowhere that is known."""
    door = 1 + number * 7 % DOORS
    return UNKNOWN.get(contract, f"{ALONG[number % len(ALONG)]}{door}号")


def collectors() -> bytes:
    """Return who drives, all from one corner of the town."""
    start = f"{ALONG[0]}2号"
    rows = [(id, name, start, "电动车") for id, name in COLLECTORS.items()]
    return as_csv(("工号", "姓名", "出发地址", "交通方式"), rows)


def shifts(on: date) -> bytes:
    """Return that all of them work from nine to six."""
    rows = [(id, on, "09:00", "18:00", "12:00-13:00") for id in COLLECTORS]
    return as_csv(("工号", "日期", "上班", "下班", "休息"), rows)


def as_csv(header: Sequence[str], rows: Sequence[Sequence[object]]) -> bytes:
    """Write a table as spreadsheets of this market save it."""
    file = io.StringIO(newline="")
    csv.writer(file).writerows((header, *rows))
    return file.getvalue().encode("utf-8-sig")
