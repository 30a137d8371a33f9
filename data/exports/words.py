"""What exports and route sheets call things, in English and Chinese."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from scheduler.model import PlaceKind


@dataclass(frozen=True)
class Words:
    """The words of one language; `stop` takes its number, `due` a sum and its currency."""

    visit: str
    rest: str
    other: str
    stop: str
    due: str
    cancelled: str
    start: str
    end: str
    kinds: Mapping[PlaceKind, str]


WORDS = {
    "en": Words(
        visit="visit",
        rest="break",
        other="another agency's visit",
        stop="Stop {number}",
        due="Due {amount} {currency}",
        cancelled="Cancelled visit",
        start="start",
        end="end",
        kinds={
            PlaceKind.HOME: "home",
            PlaceKind.REGISTERED: "household register",
            PlaceKind.WORK: "work",
            PlaceKind.OTHER: "another place",
        },
    ),
    "zh": Words(
        visit="上门",
        rest="休息",
        other="其他机构的上门",
        stop="第 {number} 站",
        due="逾期 {amount} {currency}",
        cancelled="已取消的上门",
        start="出发",
        end="结束",
        kinds={
            PlaceKind.HOME: "住址",
            PlaceKind.REGISTERED: "户籍地",
            PlaceKind.WORK: "单位",
            PlaceKind.OTHER: "其他地点",
        },
    ),
}


@dataclass(frozen=True)
class SheetWords:
    """What stands on route sheets in one language; `columns` are the heads of the table."""

    columns: tuple[str, ...]
    visits: str
    version: str
    suits: str
    agreed: str
    streets: str
    straight: str


SHEETS = {
    "en": SheetWords(
        columns=("", "Time", "Whom", "Where", "To know"),
        visits="{visits} visits",
        version="version {version}, {at}",
        suits="suits {hours}",
        agreed="appointment {hours}",
        streets="Streets © OpenStreetMap contributors",
        straight="{legs} legs are straight: no road is known",
    ),
    "zh": SheetWords(
        columns=("", "时间", "对象", "地点", "须知"),
        visits="上门 {visits} 次",
        version="第 {version} 版，{at}",
        suits="方便时段 {hours}",
        agreed="预约 {hours}",
        streets="道路 © OpenStreetMap 贡献者",
        straight="{legs} 段为直线：没有已知道路",
    ),
}
