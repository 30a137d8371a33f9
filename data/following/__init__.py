"""What follows from the results of visits: the house's table, and a lender's own lines over it."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from data.toml_text import TomlError, read_toml
from scheduler.errors import DayroundError
from scheduler.following import FollowPolicy, read_policy

HOUSE = Path(__file__).parent / "house.toml"


class InvalidPolicyError(DayroundError, ValueError):
    """A table of consequences has faults; the message holds a line for each."""


@cache
def house_policy() -> FollowPolicy:
    """Return the house's defaults."""
    return _read(_raw(HOUSE), HOUSE.name)


def policy_of(file: Path) -> FollowPolicy:
    """Return the house's table with the lines of a lender's own file in their place, if it exists.

    Its version is the house's and the file's: what was recorded by which table stays known.

    Raises
    ------
    InvalidPolicyError
        Where the file has faults; all of them are named.
    """
    if not file.exists():
        return house_policy()
    house, own = _raw(HOUSE), _raw(file)
    version = f"{house['version']}+{own.get('version', '')}" if own.get("version") else ""
    merged = {**house, **own, "version": version}
    codes = own.get("codes", {})
    merged["codes"] = {**house["codes"], **codes} if isinstance(codes, dict) else codes
    return _read(merged, file.name)


def _raw(file: Path) -> dict[str, Any]:
    try:
        return read_toml(file)
    except TomlError as error:
        raise InvalidPolicyError(f"{file.name}: {error}") from error


def _read(raw: dict[str, Any], name: str) -> FollowPolicy:
    try:
        return read_policy(raw)
    except ValueError as error:
        lines = (f"{name}: {fault}" for fault in str(error).splitlines())
        raise InvalidPolicyError("\n".join(lines)) from error
