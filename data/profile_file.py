"""One file of rules: what it says, and all that is wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from data.toml_text import TomlError, parse_toml, utf8
from scheduler.calendar import day_info
from scheduler.rules import RULES, DutyKind
from scheduler.rules.dialling import CALL_RULES
from scheduler.rules.keeping import KEEPING

HEAD = ("title", "version")
OPTIONAL = ("country", "extends", "rules", "calls", "keeping", "duties")
AUTHORITY = ("source", "effective", "seen", "draft")
KEYS = ("value", *AUTHORITY, "with_consent")
Parsers = Mapping[str, Callable[[Any], Any]]
PARSERS: Parsers = {name: rule.parse for name, rule in RULES.items()}
CALL_PARSERS: Parsers = {name: rule.parse for name, rule in CALL_RULES.items()}
TABLES: Mapping[str, Parsers] = {"rules": PARSERS, "calls": CALL_PARSERS, "keeping": KEEPING}
SEEN = "PSMD"
OF_HOUSE = ("house", "internal", "内部", "本公司", "我司", "公司规定", "公司制度")
"""Sources that begin so are no law's: what a lender decides must not be shown as one."""

NOT_SEEN = "not seen"
"""In the place of the date of a law of which nobody has seen since when it holds."""


@dataclass(frozen=True, slots=True)
class ProfileFile:
    """What a profile's file says, as TOML gives it; `faults` each begin with their key."""

    name: str
    file: Path
    raw: Mapping[str, Any]
    faults: tuple[str, ...]

    @property
    def extends(self) -> str:
        told = self.raw.get("extends", "")
        return told if isinstance(told, str) else ""

    @property
    def lines(self) -> Mapping[str, Any]:
        """The lines of its rules, by rule name."""
        return _table(self.raw, "rules")

    @property
    def calls(self) -> Mapping[str, Any]:
        """The lines of its rules of calls, by rule name."""
        return _table(self.raw, "calls")

    @property
    def keeping(self) -> Mapping[str, Any]:
        """The lines of how long attachments are kept, by their names."""
        return _table(self.raw, "keeping")

    @property
    def duties(self) -> list[Mapping[str, Any]]:
        """What it tells collectors to do."""
        told: list[Mapping[str, Any]] = self.raw.get("duties", [])
        return told


def read_profile(name: str, file: Path, *, is_house: bool = False) -> ProfileFile:
    """Read a file; `is_house` is the layer that every profile has, of no country."""
    try:
        raw, faults = _understood(file.read_bytes(), is_house)
    except TomlError as error:
        return ProfileFile(name, file, {}, (str(error),))
    return ProfileFile(name, file, raw, faults)


@lru_cache(maxsize=64)
def _understood(data: bytes, is_house: bool) -> tuple[Mapping[str, Any], tuple[str, ...]]:
    """Return what a file says and its faults; kept, as every writing transaction asks for it."""
    raw = parse_toml(utf8(data))
    return MappingProxyType(raw), tuple(_faults(raw, is_house=is_house))


def _faults(raw: Mapping[str, Any], *, is_house: bool) -> Iterator[str]:
    yield from (f"{key}: expected text" for key in HEAD if not _is_text(raw.get(key)))
    yield from (f"{key}: unknown key" for key in raw if key not in (*HEAD, *OPTIONAL))
    yield from _house_faults(raw) if is_house else _country_faults(raw)
    if not isinstance(raw.get("rules"), dict):
        yield "rules: expected a table of rules"
    for table in ("calls", "keeping"):
        if not isinstance(raw.get(table, {}), dict):
            yield f"{table}: expected a table of rules"
    for table, parsers in TABLES.items():
        for name, line in _table(raw, table).items():
            yield from (f"{table}.{name}{fault}" for fault in _line_faults(name, line, parsers))
    yield from _duty_faults(raw.get("duties", []))


def _house_faults(raw: Mapping[str, Any]) -> Iterator[str]:
    for key in ("country", "extends"):
        if key in raw:
            yield f"{key}: the house's rules hold wherever it works; leave it out"
    for table in TABLES:
        for name, line in _table(raw, table).items():
            if isinstance(line, dict) and line.get("seen") in tuple("PSM"):
                yield f"{table}.{name}.seen: the house has defaults (D) alone; a law is a country's"


def _country_faults(raw: Mapping[str, Any]) -> Iterator[str]:
    country, extends = raw.get("country"), raw.get("extends")
    if extends is not None and not _is_text(extends):
        yield f"extends: expected the name of a profile, not {extends!r}"
    if country is None and extends is not None:
        return
    if not _is_text(country):
        yield "country: expected text"
        return
    try:
        day_info(str(country), date(2026, 1, 1))
    except LookupError as error:
        yield f"country: {error}"


def _duty_faults(duties: Any) -> Iterator[str]:
    if not isinstance(duties, list) or not all(isinstance(one, dict) for one in duties):
        yield "duties: expected [[duties]] with text, seen, effective and source"
        return
    for number, one in enumerate(duties, 1):
        unknown = (key for key in one if key not in ("text", "kind", *AUTHORITY))
        yield from (f"duties {number}.{key}: unknown key" for key in unknown)
        if not _is_text(one.get("text")):
            yield f"duties {number}.text: is missing; say what is to be done"
        if one.get("kind", DutyKind.IDENTITY) not in list(DutyKind):
            yield f"duties {number}.kind: expected {' or '.join(DutyKind)}, not {one['kind']!r}"
        yield from (f"duties {number}{fault}" for fault in authority_faults(one))


def _line_faults(name: str, line: Any, parsers: Parsers) -> Iterator[str]:
    if name not in parsers:
        yield f": unknown rule; there are {', '.join(parsers)}"
        return
    if not isinstance(line, dict):
        yield ": expected { value = …, seen = …, effective = …, source = … }"
        return
    yield from (f".{key}: unknown key" for key in line if key not in KEYS)
    yield from authority_faults(line)
    yield from _value_faults(parsers[name], line)


def authority_faults(line: Mapping[str, Any]) -> Iterator[str]:
    """Say what is wrong with where a line stands, how it was seen and since when it holds."""
    if not _is_text(line.get("source")):
        yield ".source: is missing; say where the value stands"
    seen, effective = line.get("seen"), line.get("effective")
    if seen in tuple("PSM") and _is_of_house(line.get("source")):
        yield f".seen: {line['source']!r} is the house's own word: write D, it is no law"
    if seen not in tuple(SEEN):
        yield f".seen: expected one of {', '.join(SEEN)}, not {seen!r}"
    if effective is None and seen in tuple("PSM"):
        yield (
            f'.effective: is missing; write "{NOT_SEEN}" where nobody has seen the date; '
            "only a house default (D) may have none"
        )
    if effective not in (None, NOT_SEEN) and not _is_date(effective):
        yield f".effective: expected a date such as 2026-01-30, not {effective!r}"
    if not isinstance(line.get("draft", False), bool):
        yield f".draft: is true or left out, not {line['draft']!r}"


def _value_faults(parse: Callable[[Any], Any], line: Mapping[str, Any]) -> Iterator[str]:
    if "value" not in line:
        yield ".value: is missing"
    for key in ("value", "with_consent"):
        if key in line:
            try:
                parse(line[key])
            except ValueError as error:
                yield f".{key}: {error}"


def _table(raw: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    told = raw.get(name, {})
    return told if isinstance(told, dict) else {}


def _is_of_house(source: Any) -> bool:
    return _is_text(source) and source.strip().casefold().startswith(OF_HOUSE)


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_date(value: Any) -> bool:
    return isinstance(value, date) and not isinstance(value, datetime)
