"""The day's timeline as figures for SVG: what stands there before its script, and without one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from web.dispatch.board import Board, CrewLine, StopLine

HOUR_WIDTH, LABEL_WIDTH, ROW_HEIGHT, HEAD_HEIGHT = 72, 76, 26, 22


@dataclass(frozen=True, slots=True)
class Block:
    """A visit or a break on a crew's row."""

    x: float
    width: float
    stop: StopLine


@dataclass(frozen=True, slots=True)
class Row:
    """A crew's day on the timeline; its line goes from setting off to coming back."""

    crew: CrewLine
    y: float
    x: float
    width: float
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Timeline:
    """All crews' days beside each other, below the hours: (x, hour)."""

    width: float
    height: float
    hours: tuple[tuple[float, int], ...]
    rows: tuple[Row, ...]


def timeline(shown: Board, zone: tzinfo) -> Timeline | None:
    """Return the day's timeline, None where nobody goes anywhere."""
    if not shown.crews:
        return None
    first = min(crew.starts for crew in shown.crews).astimezone(zone)
    first = first.replace(minute=0, second=0, microsecond=0)
    last = max(crew.ends for crew in shown.crews)
    count = -(-(last - first) // timedelta(hours=1))

    def x(instant: datetime) -> float:
        return round(LABEL_WIDTH + (instant - first) / timedelta(hours=1) * HOUR_WIDTH, 1)

    def block(stop: StopLine) -> Block:
        return Block(x(stop.starts), max(2.0, x(stop.ends) - x(stop.starts) - 1), stop)

    rows = tuple(
        Row(
            crew,
            HEAD_HEIGHT + number * ROW_HEIGHT,
            x(crew.starts),
            x(crew.ends) - x(crew.starts),
            tuple(block(stop) for stop in crew.stops),
        )
        for number, crew in enumerate(shown.crews)
    )
    hours = tuple(
        (x(first + timedelta(hours=n)), (first + timedelta(hours=n)).hour) for n in range(count + 1)
    )
    height = HEAD_HEIGHT + len(rows) * ROW_HEIGHT
    return Timeline(LABEL_WIDTH + count * HOUR_WIDTH + 12, height, hours, rows)
