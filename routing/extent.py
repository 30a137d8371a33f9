"""Where a city lies: a box of degrees, or the outline of a boundary."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

WIDEST_DEG = 90
"""Of a box over 180°: with its sides mixed up, it would be nearly all around the world."""

HOW_TO_WRITE = "write west,south,east,north in degrees, as in 121.4,29.7,121.7,30.0"


@dataclass(frozen=True, slots=True)
class Box:
    """Degrees of WGS-84 between which a city lies; its edges belong to it.

    Where a city lies on both sides of 180°, its west is the greater number, as in RFC 7946.

    Raises
    ------
    ValueError
        Where a degree is none, or the box is upside down.
    """

    west: float
    south: float
    east: float
    north: float

    def __post_init__(self) -> None:
        if fault := self._fault():
            raise ValueError(f"{self} is no box: {fault}; {HOW_TO_WRITE}")

    def _fault(self) -> str:
        if not (-180 <= self.west <= 180 and -180 <= self.east <= 180):
            return "longitudes are between -180 and 180"
        if not (-90 <= self.south <= 90 and -90 <= self.north <= 90):
            return "latitudes are between -90 and 90"
        if self.south >= self.north:
            return f"its south, {self.south:g}, is not below its north, {self.north:g}"
        if self.west == self.east or (
            self.is_over_180 and self.east + 360 - self.west > WIDEST_DEG
        ):
            return f"its west, {self.west:g}, is not left of its east, {self.east:g}"
        return ""

    def __str__(self) -> str:
        return ",".join(f"{degrees:.7g}" for degrees in self.bounds)

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        return self.west, self.south, self.east, self.north

    @property
    def is_over_180(self) -> bool:
        return self.west > self.east

    @property
    def spanned(self) -> tuple[float, float, float, float]:
        """The bounds with the west below the east, as a file's header wants them."""
        return (-180, self.south, 180, self.north) if self.is_over_180 else self.bounds

    @property
    def box(self) -> Box:
        return self

    def contains(self, lat: float, lon: float) -> bool:
        if not self.south <= lat <= self.north:
            return False
        if self.is_over_180:
            return lon >= self.west or lon <= self.east
        return self.west <= lon <= self.east

    def meets(self, other: Box) -> bool:
        """Whether the two have a point in common."""
        if self.south > other.north or other.south > self.north:
            return False
        ours, theirs = self._longitudes(), other._longitudes()
        return any(a <= d and c <= b for a, b in ours for c, d in theirs)

    def _longitudes(self) -> list[tuple[float, float]]:
        if self.is_over_180:
            return [(self.west, 180), (-180, self.east)]
        return [(self.west, self.east)]


def read_box(text: str) -> Box:
    """Read degrees as in 121.4,29.7,121.7,30.0: west, south, east, north.

    Raises
    ------
    ValueError
        Where the text is something else.
    """
    try:
        west, south, east, north = map(float, text.split(","))
    except ValueError as error:
        raise ValueError(f"{text!r} is no box: {HOW_TO_WRITE}") from error
    return Box(west, south, east, north)


class Extent(Protocol):
    """What can be cut out of an extract."""

    @property
    def box(self) -> Box: ...

    def contains(self, lat: float, lon: float) -> bool: ...


class Outline:
    """A city within its boundary, holes left out; `shape` is shapely's, in lon and lat."""

    def __init__(self, name: str, shape: Any) -> None:
        import shapely  # type: ignore[import-untyped]

        shapely.prepare(shape)
        self.name = name
        self.box = Box(*shape.bounds)
        self._shape, self._intersects = shape, shapely.intersects_xy

    def __str__(self) -> str:
        return self.name

    def contains(self, lat: float, lon: float) -> bool:
        """Whether a point lies inside or on the outline; the box tells of most, and quickly."""
        return self.box.contains(lat, lon) and bool(self._intersects(self._shape, lon, lat))
