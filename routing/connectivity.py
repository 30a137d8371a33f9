"""How an extract's roads hang together: the report that a new city is read by."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from routing.cut_off import EXPLANATIONS, CutOff, ModeStreets
from routing.roads import RoadNetwork
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
class ConnectivityReport:
    """How the roads of `source` hang together, by mode."""

    source: str
    modes: tuple[ModeReport, ...]

    def lines(self) -> Iterator[str]:
        """Yield the report as lines of text."""
        for report in self.modes:
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


def connectivity_report(network: RoadNetwork, *, most: int = 10) -> ConnectivityReport:
    """Return which streets of each mode are cut off from the main part, and why.

    At most `most` pieces are listed per mode, the longest first.
    """
    return ConnectivityReport(
        network.source, tuple(_mode_report(network, mode, most) for mode in MODES)
    )


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
