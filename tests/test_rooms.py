"""Four rooms, one direction: routing <- scheduler <- data <- web."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ROOMS = ("routing", "scheduler", "data", "web")
FORBIDDEN_IN_SCHEDULER = {"sqlalchemy", "flask", "typer", "alembic", "pandas", "requests"}


def imported_packages(source: str) -> set[str]:
    """Return the top-level packages that `source` imports, also inside functions."""
    packages: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            packages |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "relative imports hide the room"
            packages.add((node.module or "").split(".")[0])
    return packages


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_imports_only_rooms_to_its_left(room: str) -> None:
    to_the_right = set(ROOMS[ROOMS.index(room) + 1 :]) | {"tests", "benchmarks"}
    for file in (ROOT / room).rglob("*.py"):
        wrong = imported_packages(file.read_text(encoding="utf-8")) & to_the_right
        assert not wrong, f"{file.relative_to(ROOT)} imports {sorted(wrong)}"


def test_the_scheduler_is_pure() -> None:
    for file in (ROOT / "scheduler").rglob("*.py"):
        wrong = imported_packages(file.read_text(encoding="utf-8")) & FORBIDDEN_IN_SCHEDULER
        assert not wrong, f"{file.relative_to(ROOT)} imports {sorted(wrong)}"


def test_the_scheduler_has_no_clock_of_its_own() -> None:
    for file in (ROOT / "scheduler").rglob("*.py"):
        text = file.read_text(encoding="utf-8")
        for clock in ("datetime.now", "time.time(", "date.today", "perf_counter", "monotonic"):
            assert clock not in text, f"{file.relative_to(ROOT)} reads the clock with {clock}"


def test_a_wrong_import_would_be_seen() -> None:
    assert imported_packages("def f():\n    import web.app\n    from data import x") == {
        "web",
        "data",
    }
