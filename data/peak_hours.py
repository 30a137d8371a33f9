"""The peak hours of a city, where somebody has given it a table of them.

Roads are free at all hours unless `peaks.toml` lies in the city's folder: factors of the house
should change no plan unasked. `dayround city add --peaks` puts it there; routing/usual_peaks.toml
explains what stands in it.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from data.toml_text import TomlError, put_text, utf8
from routing.errors import PeaksError
from routing.peak_table import USUAL, read_peaks
from routing.peaks import Peaks
from scheduler.errors import DayroundError

SETTING = "peaks.toml"
HOUSE, NONE = "usual", "none"
"""Words that stand for the house's table, and for no table."""


class PeakSettingError(DayroundError, ValueError):
    """A table of peaks with faults; each line of the message names the file and the key."""


def peaks(folder: Path) -> Peaks | None:
    """Return the peaks of a city's folder; None where it has none.

    Raises
    ------
    PeakSettingError
        Where its table is not understood: no plan is made by half of it.
    """
    file = folder / SETTING
    return _read(f"{folder.name}/{SETTING}", _text(file)) if file.is_file() else None


def chosen_table(said: str) -> str:
    """Return the text of the table that `said` names: a file, `HOUSE`, or `NONE`, which is ''.

    Raises
    ------
    PeakSettingError
        Where it has faults, so that a city is not read for long before they are told.
    """
    if said == NONE:
        return ""
    file = USUAL if said == HOUSE else Path(said)
    text = _text(file)
    _read(file.name, text)
    return text


def put_table(text: str, folder: Path) -> None:
    """Keep a table in a city's folder; an empty one removes what is there."""
    file = folder / SETTING
    if not text:
        file.unlink(missing_ok=True)
    else:
        put_text(file, text)


def _text(file: Path) -> str:
    try:
        return utf8(file.read_bytes())
    except TomlError as error:
        raise PeakSettingError(f"{file.name} {error}") from error
    except FileNotFoundError as error:
        raise PeakSettingError(
            f"there is no file {str(file)!r}; give a table of peaks, or {HOUSE!r} or {NONE!r}"
        ) from error


@cache
def _read(name: str, text: str) -> Peaks:
    """Return what a table tells; the same text is read once."""
    try:
        return read_peaks(text)
    except PeaksError as error:
        lines = str(error).splitlines()
        raise PeakSettingError("\n".join(f"{name}: {line}" for line in lines)) from error
