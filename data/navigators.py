"""The navigators that collectors of a city may open, where an administrator says so.

Whoever opens the way to a door in such a service tells it where the door is. None is allowed unless
`navigators.toml` lies in the city's folder and says that doors may leave:

    doors_may_leave = true            # the position of a door goes to the service that is opened
    said_by = "li"
    said_at = 2026-11-23T09:00:00+08:00
    use = ["amap", "apple"]           # of which a collector chooses one
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from data.said_of_city import fault_of_texts, fault_of_unknown, read_said
from data.toml_text import put_text, toml_lines
from routing.navigation import NAVIGATORS
from scheduler.errors import DayroundError
from scheduler.ports import By, Writer

SETTING = "navigators.toml"
EVENT = "city.navigators"
KNOWN = ("doors_may_leave", "said_by", "said_at", "use")


class NavigatorSettingError(DayroundError, ValueError):
    """A navigators.toml with a fault, or a navigator that is none; the message says which."""


@dataclass(frozen=True, slots=True)
class NavigatorSetting:
    """Which navigators are allowed, who said so and when."""

    use: tuple[str, ...] = ()
    said_by: str = ""
    said_at: datetime | None = None


def navigator_setting(folder: Path) -> NavigatorSetting:
    """Return what a city's folder says; without a file, none is allowed.

    Raises
    ------
    NavigatorSettingError
        Where it is not understood: doors go nowhere then.
    """
    raw = read_said(folder / SETTING, fault_of, NavigatorSettingError)
    use = tuple(raw.get("use", ()))
    return NavigatorSetting(use, raw.get("said_by", ""), raw.get("said_at"))


def allowed(folder: Path) -> tuple[str, ...]:
    """Return the navigators that a city allows: none where its file is not understood."""
    try:
        return navigator_setting(folder).use
    except NavigatorSettingError:
        return ()


def allow(folder: Path, writer: Writer, by: By, use: Sequence[str]) -> NavigatorSetting:
    """Let doors go to these navigators from now on; that is an event of the book.

    Raises
    ------
    NavigatorSettingError
        Where one of them is not known; nothing is kept then.
    """
    chosen = NavigatorSetting(tuple(dict.fromkeys(use)), by.actor, by.at)
    if fault := _fault_of_use(list(chosen.use)):
        raise NavigatorSettingError(fault)
    before = {"navigators": list(allowed(folder))}
    after = {"navigators": list(chosen.use)}
    writer.note(EVENT, folder.name, city=folder.name, before=before, after=after)
    put_text(folder / SETTING, _as_toml(chosen))
    return chosen


def fault_of(raw: Mapping[str, Any]) -> str:
    """Return what is wrong with a setting, in words; empty where nothing is."""
    if fault := fault_of_unknown(raw, KNOWN):
        return fault
    if fault := _fault_of_use(raw.get("use", [])):
        return fault
    if raw.get("use") and raw.get("doors_may_leave") is not True:
        return "doors would go to these navigators; write doors_may_leave = true if they may"
    return fault_of_texts(raw, "said_by")


def _fault_of_use(use: Any) -> str:
    if not isinstance(use, list) or not all(isinstance(one, str) for one in use):
        return 'use is no list of navigators; write it as in ["amap", "apple"]'
    if unknown := [one for one in use if one not in NAVIGATORS]:
        return f"there is no navigator {unknown[0]!r}; there are {', '.join(NAVIGATORS)}"
    return ""


def _as_toml(setting: NavigatorSetting) -> str:
    told = {"doors_may_leave": bool(setting.use), "said_by": setting.said_by}
    told |= {"use": list(setting.use), "said_at": setting.said_at}
    return "\n".join(toml_lines(told)) + "\n"
