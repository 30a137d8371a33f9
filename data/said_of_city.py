"""What an administrator has said of a city, in a TOML file of its folder: who said it, and when."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from data.toml_text import TomlError, read_toml
from scheduler.errors import DayroundError


def read_said(
    file: Path, fault_of: Callable[[Mapping[str, Any]], str], wrong: type[DayroundError]
) -> dict[str, Any]:
    """Return what a file says that has no fault; nothing where there is no file.

    Raises
    ------
    wrong
        Where it is not understood; the message names the city's folder, the file and the fault.
    """
    name = f"{file.parent.name}/{file.name}"
    try:
        raw = read_toml(file)
    except FileNotFoundError:
        return {}
    except TomlError as error:
        raise wrong(f"{name} {error}") from error
    if fault := fault_of(raw):
        raise wrong(f"{name}: {fault}")
    return raw


def fault_of_unknown(raw: Mapping[str, Any], known: Iterable[str]) -> str:
    """Return which key is not known, in words; empty where all are."""
    unknown = sorted(raw.keys() - set(known))
    return f"{unknown[0]!r} is not known; known: {', '.join(known)}" if unknown else ""


def fault_of_texts(raw: Mapping[str, Any], *names: str) -> str:
    """Return which of these is no text, or that the time at which it was said is none."""
    for name in names:
        if not isinstance(raw.get(name, ""), str):
            return f"{name} is no text in quotes"
    if "said_at" in raw and not (isinstance(raw["said_at"], datetime) and raw["said_at"].tzinfo):
        return "said_at is no time with its zone, as in 2026-11-23T09:00:00+08:00"
    return ""
