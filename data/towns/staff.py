"""The collectors of a made-up town, their shifts and fixed pairs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import groupby
from random import Random

from data.towns.ground import Ground
from data.towns.people import AGENCY, VEHICLE_SKILL, Neighbourhood, Row, person_name
from data.towns.writing import Scribe

MODES = {"汽车": 6, "电动车": 4}
HOURS = (("08:30", "17:30"), ("09:00", "18:00"), ("09:00", "18:00"), ("11:30", "20:30"))
BREAKS = {"11:30": "45分钟 16:00-18:30"}  # by the start of the shift, else LUNCH
LUNCH = "60分钟 11:30-14:00"
SKILLS = (VEHICLE_SKILL, "企业主谈判")
SKILLED, EXPIRED, SENIOR, AT_ODDS, ABSENT, IN_FIXED_PAIRS = 0.4, 0.03, 0.45, 0.1, 0.04, 0.3


def make_collectors(
    rng: Random, on: date, count: int, scribe: Scribe, where: Neighbourhood, ground: Ground
) -> tuple[list[Row], list[tuple[str, complex]]]:
    """Return the list of collectors, and where each one starts on the board."""
    rows, starts = [], []
    for number in range(1, count + 1):
        home = where.homes.take(rng)
        [start] = ground.points([home.at])
        row: Row = {
            "id": f"DEMO-K{number:03}",
            "name": person_name(rng),
            "agency": AGENCY,
            "start_address": scribe.write(home),
            "start_lat": start.lat,
            "start_lon": start.lon,
            "datum": "WGS-84",
            "mode": rng.choices(list(MODES), list(MODES.values()))[0],
            "skills": ", ".join(skill for skill in SKILLS if rng.random() < SKILLED),
            "languages": "普通话",
            "certificate_expires": expiry(rng, on).isoformat(),
            "senior": "是" if rng.random() < SENIOR else "否",
            "max_visits": rng.choice((12, 14, 16)),
        }
        if number > 2 and rng.random() < AT_ODDS:
            row["never_with"] = f"DEMO-K{rng.randrange(1, number):03}"
        rows.append(row)
        starts.append((str(row["id"]), home.at))
    return rows, starts


def expiry(rng: Random, on: date) -> date:
    """Return the last day of a certificate; a few have expired."""
    if rng.random() < EXPIRED:
        return on - timedelta(days=rng.randrange(1, 60))
    return on + timedelta(days=rng.randrange(20, 900))


def make_shifts(rng: Random, on: date, until: date, collectors: Sequence[Row]) -> list[Row]:
    """Return one shift a day for each collector, from `on` to `until`; a few are away."""
    rows: list[Row] = []
    for collector in collectors:
        start, end = rng.choice(HOURS)
        row: Row = {
            "collector": collector["id"],
            "date": on.isoformat(),
            "until": until.isoformat(),
            "start": start,
            "end": end,
            "breaks": BREAKS.get(start, LUNCH),
            "overtime": rng.choice((0, 30, 60)),
        }
        if rng.random() >= ABSENT:
            rows.append(row)
    return rows


def make_pairs(rng: Random, collectors: Sequence[Row]) -> list[Row]:
    """Return the pairs that always go together: same mode of travel, and not at odds."""
    rows: list[Row] = []
    by_mode = sorted(collectors, key=lambda collector: str(collector["mode"]))
    for _, alike in groupby(by_mode, key=lambda collector: collector["mode"]):
        for couple in zip(alike, alike, strict=False):  # two by two; the odd one stays
            ids = [str(collector["id"]) for collector in couple]
            odds = {str(collector.get("never_with", "")) for collector in couple}
            if not odds & set(ids) and rng.random() < IN_FIXED_PAIRS:
                rows.append({"first": ids[0], "second": ids[1]})
    return rows
