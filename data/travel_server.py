"""A server that a city takes its travel times from, where an administrator has named one.

Off unless `travel.toml` lies in the city's folder. It names one server or the other, and says that
its writer knows what leaves the building:

    positions_leave = true                    # doors' and collectors' positions go to this server
    valhalla = "http://127.0.0.1:8002"
    # or: osrm = { car = "http://127.0.0.1:5000", walk = "http://127.0.0.1:5001" }
    # block = 50                              # points on each side of a matrix, if it takes fewer
    # wait_s = 60                             # for a whole matrix
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from data.toml_text import TomlError, parse_toml, utf8
from routing.sources.osrm import PROFILES, OsrmTimes
from routing.sources.served import ServedTimes
from routing.sources.server import Patience
from routing.sources.valhalla import ValhallaTimes
from routing.travel import Mode
from scheduler.errors import DayroundError

SETTING = "travel.toml"
KNOWN = {"positions_leave", "osrm", "valhalla", "block", "wait_s"}
MOST_BLOCK, MOST_WAIT_S = 10_000, 600


class TravelSettingError(DayroundError, ValueError):
    """A travel.toml with a fault; the message names the file's city and the key."""


def travel_server(folder: Path) -> ServedTimes | None:
    """Return the server that a city's folder names; None where it names none.

    Raises
    ------
    TravelSettingError
        Where its setting is not understood: positions go nowhere then.
    ServerError
        Where a URL in it is none.
    """
    try:
        text = utf8((folder / SETTING).read_bytes())
    except FileNotFoundError:
        return None
    except TomlError as error:
        raise TravelSettingError(f"{folder.name}/{SETTING} {error}") from error
    return _server(folder.name, text)


@cache
def _server(city: str, text: str) -> ServedTimes:
    """Return what a setting names; the same text is the same server, with what it remembers."""
    try:
        raw = parse_toml(text)
    except TomlError as error:
        raise TravelSettingError(f"{city}/{SETTING} {error}") from error
    if fault := _fault(raw):
        raise TravelSettingError(f"{city}/{SETTING}: {fault}")
    more: dict[str, Any] = {"block": raw["block"]} if "block" in raw else {}
    if "wait_s" in raw:
        more["patience"] = Patience(matrix_s=raw["wait_s"])
    if "valhalla" in raw:
        return ValhallaTimes(raw["valhalla"], **more)
    return OsrmTimes({Mode(mode): url for mode, url in raw["osrm"].items()}, **more)


def _fault(raw: dict[str, Any]) -> str:
    """Return what is wrong with a setting, in words; empty where nothing is."""
    if unknown := sorted(raw.keys() - KNOWN):
        return f"{unknown[0]!r} is not known; known: {', '.join(sorted(KNOWN))}"
    if ("osrm" in raw) == ("valhalla" in raw):
        return "name either osrm or valhalla"
    if raw.get("positions_leave") is not True:
        return (
            "the positions of all doors and collectors would go to this server; write "
            "positions_leave = true if they may"
        )
    if "valhalla" in raw and not isinstance(raw["valhalla"], str):
        return 'valhalla is no URL; write it as in "http://127.0.0.1:8002"'
    if "osrm" in raw and not _is_by_mode(raw["osrm"]):
        known = ", ".join(PROFILES)
        return f'osrm has no URL by mode ({known}); write it as in {{ car = "http://…" }}'
    for key, most in (("block", MOST_BLOCK), ("wait_s", MOST_WAIT_S)):
        if key in raw and not (type(raw[key]) is int and 0 < raw[key] <= most):
            return f"{key} should be a whole number from 1 to {most:,}"
    return ""


def _is_by_mode(urls: Any) -> bool:
    return (
        isinstance(urls, dict)
        and bool(urls)
        and all(mode in PROFILES and isinstance(url, str) for mode, url in urls.items())
    )
