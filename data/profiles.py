"""The rule profiles: TOML files, those of the installation in `data/rules`.

A file has title, version and country, and under [rules] one line per rule that holds:

    crew_size = { value = 2, seen = "S", effective = 2026-01-30, source = "… art. 22" }

One that `extends` another adds to it: a region to its country. `house.toml` is no profile but
the layer of house defaults that each has. A lender's own files lie in its home.
`draft = true` says that a value stands in a draft of a law only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from data.profile_file import CALL_PARSERS, PARSERS, Parsers, ProfileFile, read_profile
from scheduler.errors import DayroundError, UnknownProfileError
from scheduler.rules import Duty, DutyKind, Fact, Facts, Layer, RuleSet
from scheduler.rules.keeping import KEEPING

FOLDER = Path(__file__).parent / "rules"
HOUSE = "HOUSE"
"""The name of the layer that every profile has: house.toml."""

REQUIRED = ("hours", "house_stops", "valid_place")
"""A profile without these would plan visits at night, to the dead or to wrong doors."""


class InvalidProfileError(DayroundError, ValueError):
    """A profile's file has faults; the message holds a line for each, with file and key."""


@dataclass(frozen=True, slots=True)
class TomlProfiles:
    """The profiles of the installation, `cn.toml` is CN, and those in the folder `own`.

    A `house.toml` in `own` takes the place of the installation's house defaults. No other file
    there may be called as one of the installation: a law is added to, never replaced.
    """

    folder: Path = FOLDER
    own: Path | None = None

    def names(self) -> list[str]:
        """Return the profiles there are, without the house's layer."""
        return sorted({*_files(self.folder), *_files(self.own)} - {HOUSE})

    def rules(self, profile: str) -> RuleSet:
        """Read a profile with all that it extends, and the house's layer.

        Raises
        ------
        UnknownProfileError
            Where there is none of that name.
        InvalidProfileError
            Where its files have faults; all of them are named.
        """
        if profile not in self.names():
            raise UnknownProfileError(
                f"there are no rules for profile {profile!r}, and nothing is planned without; "
                f"known: {', '.join(self.names())}"
            )
        chain = self._chain(profile)
        if faults := list(self._faults(chain)):
            raise InvalidProfileError("\n".join(faults))
        return _rule_set(profile, chain)

    def _chain(self, profile: str) -> list[ProfileFile]:
        """Return the country's file, those that extend it up to `profile`, and the house's."""
        chain: list[ProfileFile] = []
        name = profile
        while name not in {one.name for one in chain} and (file := self._file(name)):
            chain.insert(0, read_profile(name, file))
            name = chain[0].extends
        if house := _files(self.own).get(HOUSE) or _files(self.folder).get(HOUSE):
            chain.append(read_profile(HOUSE, house, is_house=True))
        return chain

    def _file(self, name: str) -> Path | None:
        """Return a profile's file, the installation's first; None where there is none."""
        found = {**_files(self.own), **_files(self.folder)}
        return found.get(name) if name != HOUSE else None

    def _faults(self, chain: Sequence[ProfileFile]) -> Iterator[str]:
        for one in chain:
            yield from (f"{one.file.name}: {fault}" for fault in one.faults)
        yield from self._chain_faults(chain)
        # Where a file is not found that another extends, what that would hold is not missing.
        if not chain[0].extends and all(isinstance(one.raw.get("rules"), dict) for one in chain):
            held = {name for one in chain for name in one.lines}
            asked = chain[-2 if chain[-1].name == HOUSE and len(chain) > 1 else -1].file.name
            missing = (name for name in REQUIRED if name not in held)
            yield from (f"{asked}: rules.{name}: is required" for name in missing)

    def _chain_faults(self, chain: Sequence[ProfileFile]) -> Iterator[str]:
        first = chain[0]
        if first.extends == HOUSE:
            yield f"{first.file.name}: extends: every profile has {HOUSE} already; name a country's"
        elif first.extends in {one.name for one in chain}:
            yield f"{first.file.name}: extends: {first.extends} extends this very profile"
        elif first.extends:
            known = ", ".join(self.names())
            yield f"{first.file.name}: extends: no profile {first.extends!r}; known: {known}"
        for name in sorted((_files(self.own).keys() & _files(self.folder)) - {HOUSE}):
            if name in {one.name for one in chain}:
                yield (
                    f"{_files(self.own)[name]}: {name} is the installation's: take another name "
                    f'and write extends = "{name}"'
                )


def _files(folder: Path | None) -> Mapping[str, Path]:
    found: Iterable[Path] = folder.glob("*.toml") if folder else ()
    return {file.stem.upper(): file for file in found}


def _rule_set(profile: str, chain: Sequence[ProfileFile]) -> RuleSet:
    asked = next(one for one in chain if one.name == profile)
    country = next(one.raw["country"] for one in reversed(chain) if "country" in one.raw)
    return RuleSet(
        profile,
        _version(chain),
        asked.raw["title"],
        _by_layer([one.lines for one in chain], chain, PARSERS),
        country,
        _by_layer([one.calls for one in chain], chain, CALL_PARSERS),
        tuple(_duty(one, depth, line) for depth, one in enumerate(chain) for line in one.duties),
        _by_layer([one.keeping for one in chain], chain, KEEPING),
    )


def _version(chain: Sequence[ProfileFile]) -> str:
    """Return the versions of all files, each once: another one wherever one of them is another."""
    return "+".join(dict.fromkeys(str(one.raw["version"]) for one in reversed(chain)))


def _by_layer(
    tables: Sequence[Mapping[str, Any]], chain: Sequence[ProfileFile], parsers: Parsers
) -> Facts:
    """Return what all files say by each rule, the country's first and the house's last."""
    facts: dict[str, tuple[Fact, ...]] = {}
    for depth, (one, lines) in enumerate(zip(chain, tables, strict=True)):
        for name, line in lines.items():
            told = _fact(one, depth, parsers[name], line)
            facts[name] = (*facts.get(name, ()), told)
    return {
        name: tuple(sorted(found, key=lambda fact: list(Layer).index(fact.layer)))
        for name, found in facts.items()
    }


def _fact(
    one: ProfileFile, depth: int, parse: Callable[[Any], Any], line: Mapping[str, Any]
) -> Fact:
    wider = parse(line["with_consent"]) if "with_consent" in line else None
    return Fact(parse(line["value"]), **_authority(one, depth, line), with_consent=wider)


def _duty(one: ProfileFile, depth: int, line: Mapping[str, Any]) -> Duty:
    kind = DutyKind(line["kind"]) if "kind" in line else None
    return Duty(line["text"], **_authority(one, depth, line), kind=kind)


def _authority(one: ProfileFile, depth: int, line: Mapping[str, Any]) -> dict[str, Any]:
    effective = line.get("effective")
    return {
        "source": line["source"],
        "effective": effective if isinstance(effective, date) else None,
        "seen": line["seen"],
        "is_draft": line.get("draft", False),
        "layer": _layer(depth, line["seen"]),
        "profile": one.name,
        "version": one.raw["version"],
    }


def _layer(depth: int, seen: str) -> Layer:
    """Return whose word a line is: what is no law is the house's, wherever it stands."""
    if seen == "D":
        return Layer.HOUSE
    return Layer.REGION if depth else Layer.COUNTRY
