"""The rule profiles: one TOML file each, in `data/rules`.

A file has title, version and country, and under [rules] one line per rule that holds:

    crew_size = { value = 2, seen = "S", effective = 2026-01-30, source = "… art. 22" }

`draft = true` says that the value stands in a draft of a law only.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from scheduler.calendar import day_info
from scheduler.errors import DayroundError, UnknownProfileError
from scheduler.rules import RULES, Fact, RuleSet

FOLDER = Path(__file__).parent / "rules"
HEAD = ("title", "version", "country")
KEYS = ("value", "source", "effective", "seen", "draft")
SEEN = "PSMD"
REQUIRED = ("hours", "house_stops", "valid_place")
"""A profile without these would plan visits at night, to the dead or to wrong doors."""


class InvalidProfileError(DayroundError, ValueError):
    """A profile's file has faults; the message holds a line for each, with file and key."""


@dataclass(frozen=True, slots=True)
class TomlProfiles:
    """The profiles that lie in a folder: `cn.toml` is CN."""

    folder: Path = FOLDER

    def names(self) -> list[str]:
        return sorted(file.stem.upper() for file in self.folder.glob("*.toml"))

    def rules(self, profile: str) -> RuleSet:
        """Read a profile.

        Raises
        ------
        UnknownProfileError
            Where there is none of that name.
        InvalidProfileError
            Where its file has faults; all of them are named.
        """
        if profile not in self.names():
            raise UnknownProfileError(
                f"there are no rules for profile {profile!r}, and nothing is planned without; "
                f"known: {', '.join(self.names())}"
            )
        file = self.folder / f"{profile.lower()}.toml"
        faults, raw = _read(file)
        faults = faults or list(_faults(raw))
        if faults:
            raise InvalidProfileError("\n".join(f"{file.name}: {fault}" for fault in faults))
        facts = {name: _fact(name, line) for name, line in raw["rules"].items()}
        return RuleSet(profile, raw["version"], raw["title"], facts, raw["country"])


def _read(file: Path) -> tuple[list[str], dict[str, Any]]:
    try:
        return [], tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        return [f"is no TOML: {error}"], {}


def _fact(name: str, line: dict[str, Any]) -> Fact:
    value = RULES[name].parse(line["value"])
    is_draft = line.get("draft", False)
    return Fact(value, line["source"], line.get("effective"), line["seen"], is_draft)


def _faults(raw: dict[str, Any]) -> Iterator[str]:
    """Say all that is wrong with a profile, each beginning with its key."""
    yield from (f"{key}: expected text" for key in HEAD if not _is_text(raw.get(key)))
    yield from (f"{key}: unknown key" for key in raw if key not in (*HEAD, "rules"))
    yield from _country_faults(raw.get("country"))
    rules = raw.get("rules")
    if not isinstance(rules, dict):
        yield "rules: expected a table of rules"
        return
    for name, line in rules.items():
        yield from (f"rules.{name}{fault}" for fault in _line_faults(name, line))
    yield from (f"rules.{name}: is required" for name in REQUIRED if name not in rules)


def _country_faults(country: Any) -> Iterator[str]:
    if _is_text(country):
        try:
            day_info(country, date(2000, 1, 1))
        except LookupError as error:
            yield f"country: {error}"


def _line_faults(name: str, line: Any) -> Iterator[str]:
    if name not in RULES:
        yield f": unknown rule; there are {', '.join(RULES)}"
        return
    if not isinstance(line, dict):
        yield ": expected { value = …, seen = …, effective = …, source = … }"
        return
    yield from (f".{key}: unknown key" for key in line if key not in KEYS)
    yield from _authority_faults(line)
    yield from _value_faults(name, line)


def _authority_faults(line: dict[str, Any]) -> Iterator[str]:
    if not _is_text(line.get("source")):
        yield ".source: is missing; say where the value stands"
    seen, effective = line.get("seen"), line.get("effective")
    if seen not in tuple(SEEN):
        yield f".seen: expected one of {', '.join(SEEN)}, not {seen!r}"
    if effective is None and seen in tuple("PSM"):
        yield ".effective: is missing; only a house default (D) may have none"
    if not isinstance(draft := line.get("draft", False), bool):
        yield f".draft: expected true or false, not {draft!r}"
    if effective is not None and not _is_date(effective):
        yield f".effective: expected a date such as 2026-01-30, not {effective!r}"


def _value_faults(name: str, line: dict[str, Any]) -> Iterator[str]:
    if "value" not in line:
        yield ".value: is missing"
        return
    try:
        RULES[name].parse(line["value"])
    except ValueError as error:
        yield f".value: {error}"


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_date(value: Any) -> bool:
    return isinstance(value, date) and not isinstance(value, datetime)
