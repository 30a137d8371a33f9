"""What may stand in a city's geocoders.toml, and what is wrong with what does."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from data.said_of_city import fault_of_texts
from routing.geocoders.services import SERVICES

KNOWN = {
    "addresses_may_leave", "said_by", "said_at", "use", "city", "contact", "nothing_days",
}  # fmt: skip
MOST_SERVICES = 3
"""As many as the page has room for; a fourth would hear of what three do not know."""

OF_A_SERVICE: Mapping[str, tuple[type, ...]] = {
    "url": (str,),
    "every_s": (int, float),
    "a_day": (int,),
    "days": (int,),
}
MOST: Mapping[str, float] = {
    "every_s": 3_600, "a_day": 10_000_000, "days": 3_650, "nothing_days": 3_650,
}  # fmt: skip


def fault_of(raw: Mapping[str, Any]) -> str:
    """Return what is wrong with a setting, in words; empty where nothing is."""
    if unknown := sorted(raw.keys() - KNOWN - SERVICES.keys()):
        return f"{unknown[0]!r} is not known; known: {', '.join(sorted(KNOWN))}, and the services"
    if fault := _fault_of_use(raw.get("use", [])):
        return fault
    if raw.get("use") and raw.get("addresses_may_leave") is not True:
        return "addresses would go to these services; write addresses_may_leave = true if they may"
    if fault := fault_of_texts(raw, "said_by", "city", "contact"):
        return fault
    if "nothing_days" in raw and (fault := _fault_of_number("nothing_days", raw["nothing_days"])):
        return fault
    faults = (_fault_of_service(one, raw[one]) for one in SERVICES if one in raw)
    return next(filter(None, faults), "") or _fault_of_homeless(raw)


def _fault_of_homeless(raw: Mapping[str, Any]) -> str:
    homeless = [one for one in raw.get("use", ()) if not SERVICES[one].home]
    lacking = [one for one in homeless if "url" not in raw.get(one, {})]
    return (
        f"{lacking[0]} is a server of your own: name its url below [{lacking[0]}]"
        if lacking
        else ""
    )


def _fault_of_use(use: Any) -> str:
    if not isinstance(use, list) or not all(isinstance(one, str) for one in use):
        return 'use is no list of services; write it as in ["amap", "nominatim"]'
    if unknown := [one for one in use if one not in SERVICES]:
        return f"there is no service {unknown[0]!r}; there are {', '.join(SERVICES)}"
    if len(use) > MOST_SERVICES:
        return f"use names {len(use)} services; {MOST_SERVICES} are asked at most"
    return f"{use} names a service twice" if len(set(use)) < len(use) else ""


def _fault_of_service(name: str, told: Any) -> str:
    if not isinstance(told, dict):
        return f"{name} is no table; write [{name}], and below it a_day = 1000"
    if unknown := sorted(told.keys() - OF_A_SERVICE):
        return f"{name}.{unknown[0]} is not known; known: {', '.join(OF_A_SERVICE)}"
    for key, value in told.items():
        if key != "url" and (fault := _fault_of_number(key, value)):
            return f"{name}.{fault}"
    if "url" not in told:
        return ""
    if not SERVICES[name].may_move:
        return f"{name}.url cannot be chosen"
    return "" if _is_url(told["url"]) else f"{name}.url should be as in http://127.0.0.1:8080"


def _fault_of_number(key: str, value: Any) -> str:
    kinds = OF_A_SERVICE.get(key, (int,))
    if type(value) in kinds and 0 < value <= MOST[key]:
        return ""
    what = "a number" if float in kinds else "a whole number"
    return f"{key} should be {what} above 0, at most {MOST[key]:,}"


def _is_url(url: Any) -> bool:
    try:
        parts = urlsplit(url)
        is_whole = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except (ValueError, TypeError, AttributeError):
        return False
    return is_whole and not (parts.username or parts.query or parts.fragment)
