"""Reading a table of peaks: TOML, all faults of it told at once.

    [weekday.car]
    "07:00-09:00" = { motorway = 1.5, primary = 1.6, "*" = 1.15 }

usual_peaks.toml explains it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

from routing.errors import PeaksError
from routing.peaks import OTHERS, DayPeaks, Factors, Peak, Peaks
from routing.speeds import HIGHWAYS
from routing.travel import Mode
from routing.units import DAY_S, HOUR_S

USUAL = Path(__file__).with_name("usual_peaks.toml")
"""The table of the house."""

DAYS = ("weekday", "weekend")
MOST = 10
"""Times the free road's time: more is a percentage or a slip."""

_HOURS = re.compile(r"([01]\d|2[0-4]):([0-5]\d)-([01]\d|2[0-4]):([0-5]\d)")


def read_peaks(text: str) -> Peaks:
    """Return the peaks that a table tells.

    Raises
    ------
    PeaksError
        Where it is no table of peaks; the message has a line for each fault, with its key.
    """
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise PeaksError(f"is no TOML: {error}") from error
    if faults := list(_faults(raw)):
        raise PeaksError("\n".join(faults))
    weekday, weekend = (_day(raw.get(day, {})) for day in DAYS)
    return Peaks(weekday, weekend)


def _day(raw: Mapping[str, Any]) -> DayPeaks:
    return DayPeaks(
        {
            Mode(mode): tuple(Peak(*_span(hours), Factors.of(raw[mode][hours])) for hours in lines)
            for mode, lines in raw.items()
        }
    )


def _span(hours: str) -> tuple[int, int]:
    """Return the seconds of the day at which hours begin and end; (0, 0) where they are none."""
    match = _HOURS.fullmatch(hours)
    if match is None:
        return 0, 0
    first_h, first_min, last_h, last_min = map(int, match.groups())
    return first_h * HOUR_S + first_min * 60, last_h * HOUR_S + last_min * 60


def _faults(raw: dict[str, Any]) -> Iterator[str]:
    if not raw:
        yield f"names no peaks: write [{DAYS[0]}.{Mode.CAR}], and a line for each peak below it"
    for day, modes in raw.items():
        if day not in DAYS:
            yield f"{day}: is not known; there are {', '.join(DAYS)}"
        elif not isinstance(modes, dict):
            yield f"{day}: write [{day}.{Mode.CAR}], and a line for each peak below it"
        else:
            for mode, lines in modes.items():
                yield from (f"{day}.{fault}" for fault in _mode_faults(mode, lines))


def _mode_faults(mode: str, lines: Any) -> Iterator[str]:
    if mode not in list(Mode):
        yield f"{mode}: is no mode; there are {', '.join(Mode)}"
    elif not isinstance(lines, dict):
        yield f'{mode}: write a line for each peak, as in "07:00-09:00" = {{ primary = 1.6 }}'
    else:
        for hours, factors in lines.items():
            yield from (f'{mode}."{hours}"{fault}' for fault in _line_faults(hours, factors))
        spans = sorted((*_span(hours), hours) for hours in lines)
        for (_, end_s, one), (start_s, _, other) in pairwise(spans):
            if start_s < end_s:
                yield f'{mode}."{other}": begins before "{one}" ends'


def _line_faults(hours: str, factors: Any) -> Iterator[str]:
    start_s, end_s = _span(hours)
    if not 0 <= start_s < end_s <= DAY_S:
        yield ': hours are as in "07:00-09:30", up to 24:00; those over midnight take two lines'
    if not isinstance(factors, dict) or not factors:
        yield ': write factors by class of road, as in { primary = 1.6, "*" = 1.1 }'
        return
    for road, factor in factors.items():
        if road != OTHERS and road not in HIGHWAYS:
            yield f".{road}: is no class of road; * stands for all that are not named"
        elif isinstance(factor, bool) or not isinstance(factor, int | float):
            yield f".{road}: expected a number such as 1.5, not {factor!r}"
        elif not 1 <= factor <= MOST:
            yield f".{road}: {factor} is not from 1, the free road, to {MOST} times as long"
