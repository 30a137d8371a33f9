"""What stands on route sheets, in English and Chinese."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class SheetWords:
    """The words of one language; `columns` are the heads of the table."""

    columns: tuple[str, ...]
    visits: str
    version: str
    suits: str
    agreed: str
    streets: str
    straight: str


WORDS = {
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
