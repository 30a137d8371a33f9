"""A small made-up list of a city: enough to plan a first day, gone again when it is taken back.

Its borrowers stand in the middle of streets, at points of the road network: no made-up debt is
written to a real door.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np

from data.readers.templates import REGISTRIES, put_text
from routing.point import Point, distances_m
from scheduler.model import City
from web.wiring import Wired

SAMPLED = ("cases", "collectors", "shifts")
CASES, COLLECTORS = 24, 4
NAMES = ("赵", "钱", "孙", "李", "周", "吴", "郑", "王", "冯", "陈", "褚", "卫")
STAFF = ("甲示例", "乙示例", "丙示例", "丁示例")
SPREAD_M = 4_000
"""How far from each other they are at most: a first day is planned in a blink."""


def sample_list(wired: Wired, city: City, on: date, kind: str) -> bytes:
    """Return a workbook of a kind in `SAMPLED`, the same for a city and day each time.

    Raises
    ------
    NotFoundError
        Where the city has no roads.
    """
    where = street_points(wired, city.name, CASES + COLLECTORS)
    called = called_on(on, wired.ports.clock().astimezone(ZoneInfo(city.zone)).date())
    rows = {
        "cases": lambda: [
            _case(number, point, called) for number, point in enumerate(where[:CASES])
        ],
        "collectors": lambda: [_collector(i, where[CASES + i]) for i in range(COLLECTORS)],
        "shifts": lambda: [_shift(i, on) for i in range(COLLECTORS)],
    }[kind]()
    return workbook(kind, rows)


def street_points(wired: Wired, city: str, count: int) -> list[Point]:
    """Return points of the city's streets, around the middle of its network."""
    roads = wired.cities.roads(city)
    middle = np.median(roads.lat), np.median(roads.lon)
    far = distances_m(roads.lat, roads.lon, *middle)
    near = np.argsort(far)[: max(count, int((far < SPREAD_M).sum()))]
    random = Random(city)
    chosen = (int(random.choice(near)) for _ in range(count))
    return [Point(float(roads.lat[i]), float(roads.lon[i])) for i in chosen]


def called_on(on: date, today: date) -> date:
    """Return the day on which a sample's borrowers were called: a contact lies in the past."""
    return min(on, today) - timedelta(days=1)


def _case(number: int, at: Point, called: date) -> dict[str, str]:
    name = NAMES[number % len(NAMES)]
    return {
        "contract": f"DEMO-S{number + 1:03}",
        "client_id": f"DEMO-B{number + 1:03}",
        "name": f"{name}示例",
        "phone": "00000000000",
        "product": "示例",
        "principal": str(6_000 + 500 * number),
        "overdue": str(800 + 150 * number),
        "days_past_due": str(20 + 7 * number),
        "stop": "否",
        "assigned": "是",
        "last_contact": f"{called} 10:20",
        "last_contact_result": "接通",
        "home_address": f"示例地址 {number + 1}",
        "home_lat": f"{at.lat:.6f}",
        "home_lon": f"{at.lon:.6f}",
        "datum": "WGS-84",
    }


def _collector(number: int, at: Point) -> dict[str, str]:
    return {
        "id": f"DEMO-K{number + 1:02}",
        "name": STAFF[number],
        "start_lat": f"{at.lat:.6f}",
        "start_lon": f"{at.lon:.6f}",
        "datum": "WGS-84",
    }


def _shift(number: int, on: date) -> dict[str, str]:
    return {
        "collector": f"DEMO-K{number + 1:02}",
        "date": f"{on}",
        "start": "09:00",
        "end": "18:00",
        "breaks": "12:00-13:00",
    }


def workbook(kind: str, rows: Sequence[dict[str, str]]) -> bytes:
    """Return rows as a workbook with the titles of their kind."""
    from openpyxl import Workbook

    registry = REGISTRIES[kind]
    book = Workbook()
    sheet: Any = book.active
    for at, name in enumerate(rows[0], start=1):
        put_text(sheet.cell(1, at), registry.by_field[name].title)
        for line, row in enumerate(rows, start=2):
            put_text(sheet.cell(line, at), row[name])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()
