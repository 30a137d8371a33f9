"""The contact rules: data with a source, and one function per rule."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class Fact:
    """A value of a profile, and how it is known.

    `seen` is P the official text, S a secondary source, M memory, D a default of the house,
    which is never shown as law.
    """

    value: Any
    source: str
    effective: date | None
    seen: str

    @property
    def is_law(self) -> bool:
        return self.seen != "D"


@dataclass(frozen=True)
class RuleSet:
    """A profile: the values that hold in a country or region, the house's among them."""

    profile: str
    version: str
    title: str
    facts: Mapping[str, Fact]


@dataclass(frozen=True, slots=True)
class Refusal:
    """A rule's no: which rule, in words, and on what authority."""

    rule: str
    text: str
    source: str
    seen: str
