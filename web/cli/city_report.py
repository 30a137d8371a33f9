"""What an extract gave, told to a person or to a program."""

from __future__ import annotations

from typing import TYPE_CHECKING

from web.cli.common import answer, escaped

if TYPE_CHECKING:
    from data.cities import CityReport
    from scheduler.model import City

DEGREES_PER_HOUR = 15
MOST_HOURS_APART = 4  # Urumqi, on Beijing time, is two and a half


def is_far_from(zone: str, report: CityReport) -> bool:
    """Whether the sun says another time than the zone, by hours: a city under wrong settings."""
    from datetime import UTC, datetime
    from zoneinfo import ZoneInfo

    offset = datetime.now(UTC).astimezone(ZoneInfo(zone)).utcoffset()
    hours = offset.total_seconds() / 3600 if offset is not None else 0.0
    apart = abs(hours - float(report.roads.lon.mean()) / DEGREES_PER_HOUR) % 24
    return min(apart, 24 - apart) > MOST_HOURS_APART


def show(settled: City, report: CityReport) -> None:
    """Print what the extract gave, for a person."""
    answer(
        f"[bold]{settled.name}[/]  rules {settled.profile}, {settled.zone}, {settled.currency}, "
        f"owners {settled.owner_policy}"
    )
    found = report.addresses
    answer(
        f"addresses: {found.houses:,} house numbers, {found.streets:,} streets, "
        f"{found.compounds:,} compounds and places, {found.areas:,} districts"
    )
    answer(escaped("\n".join(report.connectivity.lines())))


def as_plain(report: CityReport) -> dict[str, object]:
    """Return the report for a program."""
    from dataclasses import asdict

    return {
        "nodes": len(report.roads),
        "addresses": asdict(report.addresses),
        "connectivity": asdict(report.connectivity),
    }
