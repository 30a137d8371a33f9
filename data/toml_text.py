"""TOML as people save it: with a byte order mark, in another encoding, nested without end."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from data.home import OWNER_ONLY


class TomlError(ValueError):
    """A text that is no TOML, in words that go on from the name of its file: "is no TOML: …"."""


def read_toml(file: Path) -> dict[str, Any]:
    """Read a file; TomlError where it is no TOML, OSError where it cannot be read."""
    return parse_toml(utf8(file.read_bytes()))


def utf8(data: bytes) -> str:
    """Return the text of UTF-8, without the mark that Windows puts before it.

    Raises
    ------
    TomlError
        Where it is another encoding.
    """
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise TomlError(f"is not UTF-8 (line {line}): save it as UTF-8") from error


def parse_toml(text: str, parse_float: Callable[[str], Any] = float) -> dict[str, Any]:
    """Return what a text says.

    Raises
    ------
    TomlError
        Where it is no TOML, or nested deeper than anything that is meant.
    """
    try:
        return tomllib.loads(text.removeprefix("\ufeff"), parse_float=parse_float)
    except RecursionError:
        raise TomlError("is no TOML: it is nested too deeply") from None
    except (tomllib.TOMLDecodeError, ValueError) as error:  # a number of 5,000 digits is the latter
        raise TomlError(f"is no TOML: {error}") from error


def put_text(file: Path, text: str) -> None:
    """Keep a text in a home, whole or not at all; its folder is made where there is none."""
    file.parent.mkdir(mode=OWNER_ONLY, exist_ok=True)
    new = file.with_suffix(".new")
    new.write_text(text, encoding="utf-8")
    new.replace(file)


def toml_lines(told: Mapping[str, Any]) -> list[str]:
    """Return a line for each value; what is None is left out."""
    return [f"{name} = {toml_value(value)}" for name, value in told.items() if value is not None]


def toml_value(value: Any) -> str:
    """Return a text, list, number, truth or moment as TOML has it.

    It writes them as JSON does, moments to the second; DEL in a text alone is written otherwise.
    """
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
