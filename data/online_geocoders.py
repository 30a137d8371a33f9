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

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from data.geocoder_faults import KNOWN, fault_of
from data.said_of_city import read_said
from data.toml_text import parse_toml, put_text, toml_lines
from routing.geocoders.services import SERVICES
from scheduler.errors import DayroundError

SETTING = "geocoders.toml"
NOTHING_DAYS = 14

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
    raw = read_said(folder / SETTING, fault_of, GeocoderSettingError)
    own = {service: raw[service] for service in SERVICES if service in raw}
    told = {key: raw[key] for key in KNOWN - {"addresses_may_leave", "use"} if key in raw}
    return OnlineSetting(use=tuple(raw.get("use", ())), own=own, **told)


def put_online_setting(setting: OnlineSetting, folder: Path) -> None:
    """Keep what a city says; GeocoderSettingError, and nothing kept, where it has a fault."""
    refuse_faults(setting)
    put_text(folder / SETTING, _as_toml(setting))


def refuse_faults(setting: OnlineSetting) -> None:
    """Raise GeocoderSettingError where a setting would not be understood when it is read."""
    if fault := fault_of(parse_toml(_as_toml(setting))):
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


def _as_toml(setting: OnlineSetting) -> str:
    told: dict[str, Any] = {"addresses_may_leave": bool(setting.use), "use": list(setting.use)}
    told |= {"said_by": setting.said_by, "city": setting.city, "contact": setting.contact}
    told |= {"said_at": setting.said_at, "nothing_days": setting.nothing_days}
    services = [["", f"[{service}]", *toml_lines(own)] for service, own in setting.own.items()]
    return "\n".join(sum(services, toml_lines(told))) + "\n"
