"""A published day as its reader may see it: what every format is written from.

People are masked before any row is made, so that no format can tell more than another.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from zoneinfo import ZoneInfo

from data.exports.words import WORDS, Words
from data.masking import Masking
from routing.lines import Line
from routing.paths import Leg, LegPath
from routing.point import Point
from routing.travel import Mode, Spot
from scheduler.model import City, PlaceKind

BAND = "演示数据 / made-up data"
"""What every export of a made-up home says."""

Draw = Callable[[Sequence[Leg], Mode, Sequence[int]], Sequence[LegPath | None]]
"""Finds the way of each leg along the roads, None where none leads."""


Box = tuple[float, float, float, float]
"""West, south, east, north, in degrees of WGS-84."""


@dataclass(frozen=True, slots=True)
class Street:
    """A piece of a street of one kind (data/maps/kinds.py), its name or '', and its line."""

    kind: str
    name: str
    line: Line


Ground = Callable[[Box], Sequence[Street]]
"""Finds the streets inside a box, those of least importance first."""


@dataclass(frozen=True, slots=True)
class StopRow:
    """A visit, with its number, or a break. What its reader may not see is empty.

    `uid` names the visit in calendars, in every version alike. `where` is the address, or the
    street alone. `is_other` is another agency's visit, which the crew makes on its way. `turns`
    counts how often it was suspended or resumed since its plan was published. `note` says how to
    get in, `suits` which hours of the day suit her there: none tell that any lawful hour does.
    `agreed` are those of an appointment on that day, which stand above them. `on_time` is how
    likely it begins on time, 0 … 1; None where that is not told.
    """

    uid: str
    number: int | None
    starts: datetime
    ends: datetime
    is_other: bool = False
    name: str = ""
    phone: str = ""
    kind: PlaceKind | None = None
    where: str = ""
    spot: Spot | None = None
    contracts: tuple[str, ...] = ()
    overdue: Decimal | None = None
    turns: int = 0
    note: str = ""
    suits: tuple[str, ...] = ()
    agreed: str = ""
    on_time: float | None = None

    @property
    def is_visit(self) -> bool:
        return self.number is not None

    @property
    def point(self) -> Point | None:
        return self.spot.point if self.spot else None

    @property
    def hours(self) -> str:
        return f"{self.starts:%H:%M}–{self.ends:%H:%M}"


@dataclass(frozen=True, slots=True)
class CrewRows:
    """A crew's day; `members` are the names of the collectors."""

    id: str
    members: tuple[str, ...]
    mode: Mode
    starts: datetime
    ends: datetime
    start: Point
    end: Point
    stops: tuple[StopRow, ...]

    @property
    def visits(self) -> tuple[StopRow, ...]:
        return tuple(stop for stop in self.stops if stop.is_visit)


@dataclass(frozen=True, slots=True)
class CancelledStop:
    """A visit that is not made any more, when it would have been; `turns` as of a `StopRow`."""

    uid: str
    starts: datetime
    ends: datetime
    turns: int = 0


@dataclass(frozen=True)
class ExportDay:
    """A published day; all times are aware, in the city's zone."""

    city: City
    on: date
    version: int
    published_at: datetime
    masking: Masking
    crews: tuple[CrewRows, ...]
    cancelled: tuple[CancelledStop, ...]
    language: str
    is_made_up: bool
    draw: Draw
    ground: Ground = lambda _: ()

    @property
    def words(self) -> Words:
        return WORDS[self.language]

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.city.zone)

    @property
    def title(self) -> str:
        """What the export is of; in a made-up home it says so first."""
        return " · ".join((*self.bands, f"{self.city.name} {self.on}"))

    @property
    def bands(self) -> tuple[str, ...]:
        """What stands before everything else: the band of a made-up home."""
        return (BAND,) if self.is_made_up else ()

    @cached_property
    def visits(self) -> int:
        return sum(len(crew.visits) for crew in self.crews)

    def stops(self) -> Iterator[tuple[CrewRows, StopRow]]:
        """Yield every stop with its crew, in the order of the day."""
        return ((crew, stop) for crew in self.crews for stop in crew.stops)
