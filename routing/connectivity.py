"""How an extract's roads hang together: the report that a new city is read by."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from routing.cut_off import EXPLANATIONS, CutOff, ModeStreets
from routing.roads import GUESSED, RoadNetwork
from routing.speeds import MODES
from routing.travel import Mode


@dataclass(frozen=True, slots=True)
class ModeReport:
    """How one mode's roads hang together.

    `strong_parts` can each be toured by the rules of the road; `weak_parts` hang together only
    without them. `cut_off` lists the longest pieces, `unlisted` counts the rest.
    """

    mode: Mode
    km: float
    main_km: float
    strong_parts: int
    weak_parts: int
    cut_off: tuple[CutOff, ...]
    unlisted: int


@dataclass(frozen=True, slots=True)
class RidesReport:
    """What is ridden in mode transit: lines, their stops, and stops that no known line serves."""

    lines: int
    stops: int
    guessed_stops: int

    def __str__(self) -> str:
        if not self.stops + self.guessed_stops:
            return f"public transport: no stops by a street; mode {Mode.TRANSIT} walks"
        return (
            f"public transport: lines {self.lines:,}, their stops {self.stops:,}; other stops "
            f"{self.guessed_stops:,}, between which rides are guessed"
        )


@dataclass(frozen=True, slots=True)
class ConnectivityReport:
    """How the roads of `source` hang together by mode, forbidden ways over junctions, and rides."""

    source: str
    modes: tuple[ModeReport, ...]
    bans: Mapping[Mode, int]
    rides: RidesReport

    def lines(self) -> Iterator[str]:
        """Yield the report as lines of text."""
        for report in self.modes:
            if twin := self._twin(report):
                yield f"{report.mode}: the same streets as {twin}"
                continue
            share = report.main_km / report.km if report.km else 0
            yield (
                f"{report.mode}: {report.main_km:,.1f} of {report.km:,.1f} km ({share:.0%}) in the "
                f"main part; {report.strong_parts:,} parts by the rules of the road, "
                f"{report.weak_parts:,} without them"
            )
            for part in report.cut_off:
                streets = ", ".join(part.streets) or "streets without a name"
                yield (
                    f"  cut off: {part.km:,.1f} km of {streets} near {part.at.lat:.5f}, "
                    f"{part.at.lon:.5f}: {EXPLANATIONS[part.cause]}"
                )
            if report.unlisted:
                yield f"  and {report.unlisted:,} smaller ones"
        told = ", ".join(f"{count:,} for {mode}" for mode, count in self.bans.items() if count)
        yield f"turn restrictions: {told or 'none'}"
        yield str(self.rides)

    def _twin(self, report: ModeReport) -> Mode | None:
        """Return an earlier mode of which all the same is to be told."""
        earlier = self.modes[: self.modes.index(report)]
        return next((one.mode for one in earlier if replace(one, mode=report.mode) == report), None)


def connectivity_report(network: RoadNetwork, *, most: int = 10) -> ConnectivityReport:
    """Return which streets of each mode are cut off from the main part, and why.

    At most `most` pieces are listed per mode, the longest first.
    """
    modes = tuple(_mode_report(network, mode, most) for mode in MODES)
    bans = {mode: len(network.bans(mode)) for mode in MODES}
    return ConnectivityReport(network.source, modes, bans, _rides_report(network))


def _rides_report(network: RoadNetwork) -> RidesReport:
    line = network.way_id[network.way]
    is_line = ~network.is_street & (line != GUESSED)
    is_guess = ~network.is_street & (line == GUESSED)
    return RidesReport(
        len(np.unique(line[is_line])), _stop_count(network, is_line), _stop_count(network, is_guess)
    )


def _stop_count(network: RoadNetwork, rides: NDArray[np.bool_]) -> int:
    """Return at how many places one boards or gets off by some of the rides."""
    ends = np.concatenate((network.tail[rides], network.head[rides]))
    stops = ends[~network.on_street[ends]]
    return len(np.unique(np.column_stack((network.lat[stops], network.lon[stops])), axis=0))


def _mode_report(network: RoadNetwork, mode: Mode, most: int) -> ModeReport:
    streets = ModeStreets(network, mode)
    cut_off = streets.cut_off()
    strong_parts, weak_parts = streets.part_counts()
    return ModeReport(
        mode=mode,
        km=streets.main_km + sum(part.km for part in cut_off),
        main_km=streets.main_km,
        strong_parts=strong_parts,
        weak_parts=weak_parts,
        cut_off=tuple(cut_off[:most]),
        unlisted=max(0, len(cut_off) - most),
    )
