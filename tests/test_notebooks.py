"""Notebooks hold: their cells run, and print what stands below them, but for the figures."""

from __future__ import annotations

import io
import json
import re
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT

NOTEBOOKS = sorted((ROOT / "docs" / "notebooks").glob("*.ipynb"))
FIGURES = re.compile(r"[\d.%#±\s]+")
"""What moves with every step of the search or the model; how it is told does not."""


def text(cell: dict[str, Any], name: str) -> str:
    return "".join(cell[name])


def words(printed: str) -> list[str]:
    return [FIGURES.sub(" ", line) for line in printed.splitlines()]


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_each_cell_prints_what_stands_below_it(notebook: Path) -> None:
    """In one namespace and in order, as a notebook's program does who restarts it and runs all."""
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    names: dict[str, Any] = {"__name__": "__main__"}
    for cell in cells:
        if cell["cell_type"] == "code":
            printed = io.StringIO()
            with redirect_stdout(printed):
                exec(compile(text(cell, "source"), f"{notebook.name} {cell['id']}", "exec"), names)
            outputs = "".join(text(one, "text") for one in cell["outputs"])
            assert words(printed.getvalue()) == words(outputs)
    assert names["answer"].smallest is not None
