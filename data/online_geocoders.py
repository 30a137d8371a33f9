"""The map services that a city's addresses may be sent to, where an administrator says so.

Off unless `geocoders.toml` lies in the city's folder and says that addresses may leave:

    addresses_may_leave = true            # the text of addresses goes to these services
    said_by = "li"
    said_at = 2026-11-23T09:00:00+08:00
    use = ["amap", "nominatim"]           # in this order, for what the city's own map lacks
    city = "宁波市"                        # how they call it
    # contact = "ops@lender.example"      # whom a public service may write to
    # nothing_days = 14                   # for how long "nothing found" is kept
    # [amap]
    # every_s = 0.1                       # by your contract: from one question to the next,
    # a_day = 100000                      # questions in 24 hours,
    # days = 365                          # and for how long an answer is kept
    # [nominatim]
    # url = "http://127.0.0.1:8080"       # a server of your own
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from data.home import OWNER_ONLY
from routing.geocoders.services import SERVICES
from scheduler.errors import DayroundError

SETTING = "geocoders.toml"
KNOWN = {
    "addresses_may_leave", "said_by", "said_at", "use", "city", "contact", "nothing_days",
}  # fmt: skip
OF_A_SERVICE: Mapping[str, tuple[type, ...]] = {
    "url": (str,),
    "every_s": (int, float),
    "a_day": (int,),
    "days": (int,),
}
NOTHING_DAYS = 14
MOST: Mapping[str, float] = {
    "every_s": 3_600, "a_day": 10_000_000, "days": 3_650, "nothing_days": 3_650,
}  # fmt: skip

NOTICE = (
    "The text of every address that the city's own map does not tell closely enough will leave "
    "the building. It goes to these services, who may keep it and see who asks: {services}. "
    "Telephone numbers and names that are recognised in an address are taken out before; one "
    "that is not recognised goes along. Ask whoever answers for personal data before you agree."
)


class GeocoderSettingError(DayroundError, ValueError):
    """A geocoders.toml with a fault; the message names the file's city and the key."""


@dataclass(frozen=True, slots=True)
class OnlineSetting:
    """What a city's file says. `own` holds what it says of each service."""

    use: tuple[str, ...] = ()
    said_by: str = ""
    said_at: datetime | None = None
    city: str = ""
    contact: str = ""
    nothing_days: int = NOTHING_DAYS
    own: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def of(self, service: str, name: str) -> Any:
        """Return what holds for a service: what the city says, else what is usual for it."""
        usual = getattr(SERVICES[service], name, "")  # a url has none
        return self.own.get(service, {}).get(name, usual)

    def lasts(self, service: str, is_place: bool) -> timedelta:
        """Return for how long an answer is kept."""
        return timedelta(days=self.of(service, "days") if is_place else self.nothing_days)


def online_setting(folder: Path) -> OnlineSetting:
    """Return what a city's folder says; without a file, nothing is on.

    Raises
    ------
    GeocoderSettingError
        Where it is not understood: addresses go nowhere then.
    """
    name = f"{folder.name}/{SETTING}"
    try:
        raw = tomllib.loads((folder / SETTING).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return OnlineSetting()
    except UnicodeDecodeError as error:
        raise GeocoderSettingError(f"{name} is no UTF-8 text") from error
    except tomllib.TOMLDecodeError as error:
        raise GeocoderSettingError(f"{name} is no TOML: {error}") from error
    if fault := _fault(raw):
        raise GeocoderSettingError(f"{name}: {fault}")
    own = {service: raw[service] for service in SERVICES if service in raw}
    told = {key: raw[key] for key in KNOWN - {"addresses_may_leave", "use"} if key in raw}
    return OnlineSetting(use=tuple(raw.get("use", ())), own=own, **told)


def put_online_setting(setting: OnlineSetting, folder: Path) -> None:
    """Keep what a city says; GeocoderSettingError, and nothing kept, where it has a fault."""
    refuse_faults(setting)
    folder.mkdir(mode=OWNER_ONLY, exist_ok=True)
    new = (folder / SETTING).with_suffix(".new")
    new.write_text(_as_toml(setting), encoding="utf-8")
    new.replace(folder / SETTING)


def refuse_faults(setting: OnlineSetting) -> None:
    """Raise GeocoderSettingError where a setting would not be understood when it is read."""
    if fault := _fault(tomllib.loads(_as_toml(setting))):
        raise GeocoderSettingError(fault)


def notice(setting: OnlineSetting) -> str:
    """Return in plain words what it means that these services are on."""
    return NOTICE.format(services=", ".join(where(setting, one) for one in setting.use))


def where(setting: OnlineSetting, service: str) -> str:
    """Return a service's title, and where it is asked."""
    home = home_of(setting, service)
    return f"{SERVICES[service].title} ({home})" if home else SERVICES[service].title


def home_of(setting: OnlineSetting, service: str) -> str:
    """Return the domain of a service, or the URL of a server of one's own."""
    return str(setting.of(service, "url") or SERVICES[service].home)


def _fault(raw: Mapping[str, Any]) -> str:
    """Return what is wrong with a setting, in words; empty where nothing is."""
    if unknown := sorted(raw.keys() - KNOWN - SERVICES.keys()):
        return f"{unknown[0]!r} is not known; known: {', '.join(sorted(KNOWN))}, and the services"
    if fault := _fault_of_use(raw.get("use", [])):
        return fault
    if raw.get("use") and raw.get("addresses_may_leave") is not True:
        return "addresses would go to these services; write addresses_may_leave = true if they may"
    for key in ("said_by", "city", "contact"):
        if not isinstance(raw.get(key, ""), str):
            return f"{key} is no text in quotes"
    if "said_at" in raw and not (isinstance(raw["said_at"], datetime) and raw["said_at"].tzinfo):
        return "said_at is no time with its zone, as in 2026-11-23T09:00:00+08:00"
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


def _as_toml(setting: OnlineSetting) -> str:
    told: dict[str, Any] = {"addresses_may_leave": bool(setting.use), "use": list(setting.use)}
    told |= {"said_by": setting.said_by, "city": setting.city, "contact": setting.contact}
    lines = [f"{name} = {_value(value)}" for name, value in told.items()]
    if setting.said_at:
        lines.append(f"said_at = {setting.said_at.isoformat(timespec='seconds')}")
    lines.append(f"nothing_days = {setting.nothing_days}")
    for service, own in setting.own.items():
        lines += ["", f"[{service}]", *(f"{name} = {_value(value)}" for name, value in own.items())]
    return "\n".join(lines) + "\n"


def _value(value: Any) -> str:
    # TOML's basic strings, lists, numbers and truths are written as JSON's; DEL alone is not.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
