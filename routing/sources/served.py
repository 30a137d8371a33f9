"""A travel matrix from a server's tables, by the very rules of the matrix by our own roads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from routing.errors import ServerError
from routing.legs import arc_keys, whole_legs
from routing.point import Point
from routing.snapping import SNAP_LIMIT_M
from routing.sources.road_network import MOST_S
from routing.sources.server import Deadline, Server
from routing.travel import UNREACHABLE, Mode, Spot, TravelMatrix

MOST_M = 6_000_000
"""A way that is longer has no room in a leg."""

REMEMBERED = 4
"""Matrices that are not asked for again: a day is looked at many times."""

_DIGITS = 6  # of a degree: 11 cm


@dataclass(frozen=True, slots=True)
class Table:
    """float64[k, m] each: seconds and metres of k × m legs, NaN where no way leads."""

    seconds: NDArray[np.float64]
    metres: NDArray[np.float64]


class Service(Protocol):
    """What a server answers for one mode; every failure is a `ServerError`."""

    server: Server
    block: int
    """How many points a table has on each side, at most."""

    def snap(self, points: Sequence[Point], deadline: Deadline) -> NDArray[np.float64]:
        """Return the metres from each point to the road, infinite where there is none."""
        ...

    def table(
        self, sources: Sequence[Point], targets: Sequence[Point], deadline: Deadline
    ) -> Table:
        """Return the legs between points that have a road."""
        ...


class ServedTimes:
    """Travel times of a server, with access walks, off-road spots and rounding as everywhere.

    Parameters
    ----------
    services
        What answers for each mode.
    snap_limit_m
        A spot farther than this from the server's roads has none.
    matrix_s
        How long a whole matrix may take.
    """

    def __init__(
        self,
        services: Mapping[Mode, Service],
        *,
        matrix_s: float,
        snap_limit_m: float = SNAP_LIMIT_M,
    ) -> None:
        self._services = services
        self._matrix_s = matrix_s
        self._snap_limit_m = snap_limit_m
        self._remembered = lru_cache(maxsize=REMEMBERED)(self._asked)

    @property
    def source(self) -> str:
        """The servers, for people to read."""
        return _names(self._services.values())

    def matrix(self, spots: Sequence[Spot], modes: Sequence[Mode]) -> TravelMatrix:
        """Return the matrix of all `spots`, in their order.

        A spot without a road is `UNREACHABLE` from and to all others, and `off_road` says why.
        Each point is asked for once, and sent to a tenth of a metre. The last `REMEMBERED` matrices
        are not asked for again: they are read, never written to.

        Raises
        ------
        ServerError
            Where the server does not answer in time, refuses, or answers nonsense.
        """
        return self._remembered(tuple(spots), tuple(modes))

    def _asked(self, spots: tuple[Spot, ...], modes: tuple[Mode, ...]) -> TravelMatrix:
        deadline = Deadline(self._matrix_s)
        services = [self._service(mode) for mode in modes]
        shape = (len(modes), 1, len(spots), len(spots))
        seconds, metres = (np.full(shape, UNREACHABLE, np.int32) for _ in range(2))
        off_road: dict[tuple[Mode, int], str] = {}
        for i, (mode, service) in enumerate(zip(modes, services, strict=True)):
            legs = _Legs(spots, service, deadline, self._snap_limit_m)
            legs.fill(seconds[i, 0], metres[i, 0])
            off_road |= {(mode, spot): reason for spot, reason in legs.off_road(mode)}
        for array in (seconds, metres):
            array.setflags(write=False)
        return TravelMatrix(modes, seconds, metres, source=_names(services), off_road=off_road)

    def _service(self, mode: Mode) -> Service:
        if mode is Mode.TRANSIT:
            raise ServerError(
                "no server tells times of public transport: give the collectors who ride another "
                "mode, or take travel.toml away, for the city's own roads know its stops"
            )
        if mode not in self._services:
            known = ", ".join(self._services) or "no mode"
            raise ServerError(f"no server is named for mode {mode}, only for {known}; name one")
        return self._services[mode]


class _Legs:
    """The legs of one mode: asked for between unlike points, told between spots."""

    def __init__(
        self, spots: Sequence[Spot], service: Service, deadline: Deadline, snap_limit_m: float
    ) -> None:
        sent = [(round(spot.point.lat, _DIGITS), round(spot.point.lon, _DIGITS)) for spot in spots]
        place = {pair: i for i, pair in enumerate(dict.fromkeys(sent))}
        self._points = [Point(lat, lon) for lat, lon in place]
        self._at = np.array([place[pair] for pair in sent], dtype=np.int64)
        self._door_m = np.array([spot.access_m for spot in spots], dtype=np.float64)
        self._service, self._deadline, self._limit_m = service, deadline, snap_limit_m
        self._snap_m = self._snapped()

    def off_road(self, mode: Mode) -> Iterator[tuple[int, str]]:
        """Yield the index of each spot without a road, and why."""
        for spot, snap_m in enumerate(self._snap_m[self._at].tolist()):
            if snap_m > self._limit_m:
                yield spot, self._reason(mode, snap_m)

    def fill(self, seconds: NDArray[np.int32], metres: NDArray[np.int32]) -> None:
        """Write the legs between all spots."""
        table = self._asked()
        legs = np.ix_(self._at, self._at)
        is_reached = (table.seconds <= MOST_S) & (table.metres <= MOST_M)
        keys = arc_keys(
            _whole(np.where(is_reached, table.seconds, 0) * 1000),
            _whole(np.where(is_reached, table.metres, 0) * 10),
        )
        snap_m = np.where(np.isfinite(self._snap_m), self._snap_m, 0)
        walks_m = snap_m[:, None] + snap_m
        np.fill_diagonal(walks_m, 0)  # spots at one point need no road between them
        door_m = self._door_m[:, None] + self._door_m
        duration_s, length_m = whole_legs(keys[legs], walks_m[legs] + door_m)
        seconds[:] = np.where(is_reached[legs], duration_s, UNREACHABLE)
        metres[:] = np.where(is_reached[legs], length_m, UNREACHABLE)
        np.fill_diagonal(seconds, 0)
        np.fill_diagonal(metres, 0)

    def _snapped(self) -> NDArray[np.float64]:
        snap_m = np.full(len(self._points), np.inf)
        for block in _blocks(np.arange(len(self._points)), self._service.block):
            snap_m[block] = self._service.snap(self._chosen(block), self._deadline)
        return snap_m

    def _asked(self) -> Table:
        """Return the table of all points; zero on the diagonal of those with a road."""
        whole = Table(*(np.full((len(self._points),) * 2, np.nan) for _ in range(2)))
        on_road = np.flatnonzero(self._snap_m <= self._limit_m)
        size = self._service.block
        for rows in _blocks(on_road, size) if len(on_road) > 1 else ():
            for columns in _blocks(on_road, size):
                table = self._service.table(
                    self._chosen(rows), self._chosen(columns), self._deadline
                )
                whole.seconds[np.ix_(rows, columns)] = table.seconds
                whole.metres[np.ix_(rows, columns)] = table.metres
        whole.seconds[on_road, on_road] = whole.metres[on_road, on_road] = 0
        return whole

    def _chosen(self, which: NDArray[np.int64]) -> list[Point]:
        return [self._points[i] for i in which.tolist()]

    def _reason(self, mode: Mode, snap_m: float) -> str:
        name = self._service.server.name
        if not np.isfinite(snap_m):
            return f"{name} knows no road near it for mode {mode}: check its coordinates"
        return (
            f"it lies {snap_m:,.0f} m from the nearest road for mode {mode} of {name}, farther "
            f"than {self._limit_m:,.0f} m: check its coordinates, or the server's region"
        )


def _names(services: Iterable[Service]) -> str:
    return ", ".join(dict.fromkeys(service.server.name for service in services))


def _blocks(which: NDArray[np.int64], size: int) -> Iterator[NDArray[np.int64]]:
    for first in range(0, len(which), size):
        yield which[first : first + size]


def _whole(values: NDArray[np.float64]) -> NDArray[np.int32]:
    return np.rint(values).astype(np.int32)
