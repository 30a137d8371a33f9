"""Wall time of every stage of a day, on made-up towns of 80, 600 and 2,000 cases."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from benchmarks.measure import Figures, Measure, NotHereError, Run, Series
from benchmarks.stages import (
    build,
    first_plan,
    judge_and_publish,
    place_and_pair,
    saving_by_command,
    saving_by_ortools,
)
from benchmarks.temporary import temporary_desk

ON = date(2026, 11, 23)  # a Monday, and a working day by both profiles
SEED = 7
SEARCH_S = 10.0
BOOK_ROWS = 50_000
BOOK_UNITS = {"read CSV": "s", "put": "s", "put again": "s", "new": "", "new again": ""}
HELP_TIMES = 5

IMPORTED_FIRST = (
    *("pandas", "openpyxl", "osmium", "networkx", "scipy.sparse.csgraph", "sqlalchemy"),
    *("ortools.sat.python.cp_model", "ortools.constraint_solver.pywrapcp"),
)
"""Libraries that take seconds, which would count for whichever stage needs them first."""

STAGES = (
    *("city add", "reading roads", "reading addresses", "looking for what is cut off"),
    "roads load again",
    *("import collectors", "import shifts", "import pairs", "import cases", "geocode", "crews"),
    *("snapshot", "screen and build", "travel matrix", "first plan"),
    *("plan beyond its search", "check"),
    *("explain a planned case", "explain a case left out", "publish"),
)
BY_GREEDY, BY_ORTOOLS = "saved by greedy", "saved by OR-Tools"
COUNTS = ("visits to choose from", "visits in the first plan", "spots")
UNITS = (
    dict.fromkeys(STAGES, "s")
    | dict.fromkeys(COUNTS, "")
    | dict.fromkeys((BY_GREEDY, BY_ORTOOLS), "money")
)


@dataclass(frozen=True, slots=True)
class Size:
    """How large a day is, and whether the rules send collectors in pairs (CN) or not (US)."""

    profile: str
    cases: int
    collectors: int
    in_quick: bool = False
    nodes: int = 20_000

    def __str__(self) -> str:
        return f"{self.profile} {self.cases}"


SIZES = (
    Size("CN", 80, 12),
    Size("CN", 600, 40, in_quick=True),
    Size("US", 600, 40),
    Size("CN", 2000, 130),
)


def measures() -> Iterator[Measure]:
    yield Measure("help, warm", "s", Series("help", (Run("dayround --help", help_time),)))
    for size in SIZES:
        runs = (Run(str(size), partial(day, size, SEARCH_S), SEED, SEARCH_S, size.in_quick),)
        for figure, unit in UNITS.items():
            yield Measure(f"{size} {figure}", unit, Series(figure, runs))
    book = (Run(f"book of {BOOK_ROWS}", partial(import_book, BOOK_ROWS), SEED, in_quick=False),)
    for figure, unit in BOOK_UNITS.items():
        yield Measure(f"{BOOK_ROWS} rows {figure}", unit, Series(figure, book))


def help_time() -> Figures:
    """Return the least wall time of `dayround --help`, once its modules are compiled and read."""
    command = shutil.which("dayround", path=Path(sys.executable).parent)
    if command is None:
        raise NotHereError("`dayround` is not installed beside this Python")
    times_s = []
    with TemporaryDirectory() as compiled:
        env = os.environ | {"PYTHONPYCACHEPREFIX": compiled, "PYTHONDONTWRITEBYTECODE": ""}
        for _ in range(1 + HELP_TIMES):
            began = perf_counter()
            subprocess.run([command, "--help"], check=True, capture_output=True, env=env)
            times_s.append(perf_counter() - began)
    return {"help": min(times_s[1:])}


def import_libraries() -> None:
    for library in IMPORTED_FIRST:
        import_module(library)


def day(size: Size, search_s: float) -> Figures:
    """Work a day from its files to the published plan."""
    from data.towns.town import make_town, write_town

    import_libraries()
    with temporary_desk(size.profile) as desk:
        town = make_town(SEED, ON, cases=size.cases, collectors=size.collectors, nodes=size.nodes)
        files = write_town(town, desk.wired.home.path / "town")
        desk.add_roads(files.extract)
        desk.import_lists(files)
        place_and_pair(desk, ON)
        problem = build(desk, ON)
        first = first_plan(desk, problem)
        besides = {
            "visits to choose from": len(problem.visits),
            "visits in the first plan": len(first.plan.served),
            "spots": problem.travel.seconds.shape[-1],
            BY_GREEDY: saving_by_command(desk, ON, first, search_s),
            BY_ORTOOLS: saving_by_ortools(problem, first, search_s),
        }
        judge_and_publish(desk, ON)
        return besides | desk.watch.seconds


def import_book(cases: int) -> Figures:
    """Take in a lender's whole book from a CSV file, and the same file again."""
    import csv

    from data.readers.case_columns import CASES
    from data.towns.town import make_town

    import_libraries()
    rows = make_town(SEED, ON, cases=cases, collectors=2).cases
    with temporary_desk("CN") as desk:
        file = desk.wired.home.path / "book.csv"
        with file.open("w", encoding="utf-8-sig", newline="") as stream:
            writer = csv.DictWriter(stream, [column.field for column in CASES.columns])
            writer.writeheader()
            writer.writerows(rows)
        with desk.watch.stage("read CSV"):
            read = desk.read_cases(file)
        with desk.watch.stage("put"):
            new = desk.put_cases(read).new
        with desk.watch.stage("put again"):
            again = desk.put_cases(read).new
        return {"new": len(new), "new again": len(again)} | desk.watch.seconds
