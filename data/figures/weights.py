"""The weights of scorecards, from a TOML file; a home may have one of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from data.toml_text import TomlError, read_toml
from scheduler.errors import DayroundError
from scheduler.figures.weights import Breach, Part, Weights

SHIPPED = Path(__file__).with_name("weights.toml")
NAME = "scorecard-weights.toml"
"""Of the file in a home's folder that takes the place of the shipped one."""

KEYS = ("version", "source", "weights", "worst")
MOST = 1e6
"""No share is as much; a larger number may be none that a computer counts with."""

K = TypeVar("K", bound=StrEnum)


class InvalidWeightsError(DayroundError, ValueError):
    """A file of weights has faults; the message holds a line for each, with file and key."""


def weights_of(home: Path) -> Weights:
    """Return the weights that hold in a home: its own, or those that are shipped."""
    own = home / NAME
    return read_weights(own if own.is_file() else SHIPPED)


def read_weights(file: Path = SHIPPED) -> Weights:
    """Read weights.

    Raises
    ------
    InvalidWeightsError
        Where the file has faults, or weighs recovered money above half; all of them are named.
    """
    unread, raw = _read(file)
    if unread:
        raise InvalidWeightsError(f"{file.name}: {unread}")
    faults = [f"{key}: unknown key" for key in raw if key not in KEYS]
    faults += [f"{key}: expected text" for key in KEYS[:2] if not isinstance(raw.get(key), str)]
    parts, worst = raw.get("weights"), raw.get("worst")
    faults += [*_table_faults("weights", parts, Part), *_table_faults("worst", worst, Breach)]
    if not faults:
        try:
            shares = _shares(parts, Part), _shares(worst, Breach)
            return Weights(*shares, raw["version"], raw["source"])
        except ValueError as error:
            faults = str(error).splitlines()
    raise InvalidWeightsError("\n".join(f"{file.name}: {fault}" for fault in faults))


def _read(file: Path) -> tuple[str, dict[str, Any]]:
    try:
        return "", read_toml(file)
    except TomlError as error:
        return str(error), {}


def _table_faults(name: str, table: Any, kind: type[StrEnum]) -> Iterator[str]:
    if not isinstance(table, dict):
        yield f"{name}: expected a table of shares"
        return
    known = {one.value for one in kind}
    for key, value in table.items():
        if key not in known:
            yield f"{name}.{key}: unknown; there are {', '.join(kind)}"
        elif isinstance(value, bool) or not isinstance(value, int | float) or abs(value) > MOST:
            yield f"{name}.{key}: expected a number, not {value!r}"


def _shares(table: Any, kind: type[K]) -> Mapping[K, float]:
    return {kind(key): float(value) for key, value in table.items()}
