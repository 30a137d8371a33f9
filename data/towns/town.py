"""A made-up town from a seed: roads and addresses, the people who owe, those who visit."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random

from data.readers.case_columns import CASES
from data.readers.staff_columns import COLLECTORS, PAIRS, SHIFTS
from data.towns.map import Map, make_map
from data.towns.osm_file import write_osm
from data.towns.people import Register, Row, make_neighbourhood
from data.towns.staff import make_collectors, make_pairs, make_shifts
from data.towns.workbooks import write_workbook
from data.towns.writing import Scribe
from routing.point import Point

NODES = 20_000


@dataclass(frozen=True, slots=True)
class Town:
    """A town and its lists; nothing of it exists.

    Parameters
    ----------
    map
        The streets, addresses and areas.
    cases, collectors, shifts, pairs
        Lines of the four files, by the field names of the import.
    truth
        Where each written address lies that can be found, WGS-84.
    is_demo
        Always true: it marks what is made up wherever it goes.
    """

    seed: int
    map: Map
    cases: Sequence[Row]
    collectors: Sequence[Row]
    shifts: Sequence[Row]
    pairs: Sequence[Row]
    truth: Mapping[str, Point]
    is_demo: bool = True


@dataclass(frozen=True, slots=True)
class TownFiles:
    """Where a town was written."""

    extract: Path
    cases: Path
    collectors: Path
    shifts: Path
    pairs: Path


def make_town(
    seed: int,
    on: date,
    *,
    until: date | None = None,
    cases: int = 600,
    collectors: int = 40,
    nodes: int = NODES,
    employment: Callable[[str], str] | None = None,
) -> Town:
    """Make the town of `seed`, which is the same on every machine.

    The map depends on `seed` and `nodes` alone. Shifts are on `on`, or from `on` to `until`;
    promises, appointments and past visits lie about `on`. What a lender knows of the employment of
    the borrower of an id, '' where she knows nothing, comes from outside: no list tells without it.

    Raises
    ------
    ValueError
        Where `nodes` are too few or too many for a town, or nobody works or owes.
    """
    if cases < 1 or collectors < 1:
        raise ValueError(f"a town needs cases and collectors, not {cases} and {collectors}")
    town = make_map(seed, nodes)
    rng = Random(f"{seed}:people")
    district_of = {q: district.name for district in town.districts for q in district.quarters}
    scribe = Scribe(rng, town.book, district_of)
    where = make_neighbourhood(town.directory, town.ground.radius_m)
    staff, starts = make_collectors(rng, on, collectors, scribe, where, town.ground)
    register = Register(rng, on, scribe, where, starts)
    owed, truth = register.cases(cases), register.truth
    for row in owed if employment else ():
        if employment and (known := employment(str(row["client_id"]))):
            row["employment"] = known
    return Town(
        seed=seed,
        map=town,
        cases=owed,
        collectors=staff,
        shifts=make_shifts(rng, on, until or on, staff),
        pairs=make_pairs(rng, staff),
        truth=dict(zip(truth, town.ground.points(list(truth.values())), strict=True)),
    )


def write_town(town: Town, folder: Path, *, extract: str = "town.osm.pbf") -> TownFiles:
    """Write the extract and the four lists into `folder`, which is made where it is absent."""
    folder.mkdir(parents=True, exist_ok=True)
    files = TownFiles(
        extract=folder / extract,
        cases=folder / "cases.xlsx",
        collectors=folder / "collectors.xlsx",
        shifts=folder / "shifts.xlsx",
        pairs=folder / "pairs.xlsx",
    )
    write_osm(town.map.sheet, files.extract)
    write_workbook(town.cases, CASES, files.cases)
    write_workbook(town.collectors, COLLECTORS, files.collectors)
    write_workbook(town.shifts, SHIFTS, files.shifts)
    write_workbook(town.pairs, PAIRS, files.pairs)
    return files
