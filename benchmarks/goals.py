"""The goals that benchmarks are held to, as goals.toml states them."""

from __future__ import annotations

import operator
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

STATED = Path(__file__).with_name("goals.toml")
COMPARISONS = {"<=": operator.le, "<": operator.lt, ">=": operator.ge}


@dataclass(frozen=True, slots=True)
class Goal:
    """A bound in the measure's own unit, as stated: '<= 0.5'."""

    text: str

    def __post_init__(self) -> None:
        sign, _, bound = self.text.partition(" ")
        if sign not in COMPARISONS:
            raise ValueError(f"goal {self.text!r} not understood: write it as '<= 0.5' or '>= 3'")
        float(bound)

    def holds(self, value: float) -> bool:
        sign, _, bound = self.text.partition(" ")
        return bool(COMPARISONS[sign](value, float(bound)))


def stated_goals(file: Path = STATED) -> Mapping[str, Mapping[str, Goal]]:
    """Return the goals of each benchmark, by the name of the measure."""
    tables = tomllib.loads(file.read_text(encoding="utf-8"))
    return {
        benchmark: {measure: Goal(text) for measure, text in goals.items()}
        for benchmark, goals in tables.items()
    }
