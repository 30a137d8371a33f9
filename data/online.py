"""A city's geocoder where services are on: its own map first, then they."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from time import sleep as sleep_s

from data.geocoder_answers import KeptAccounts, KeptAnswers
from data.geocoder_keys import Key, key_of, variable
from data.online_geocoders import (
    OnlineSetting,
    online_setting,
    put_online_setting,
    refuse_faults,
)
from routing.extent import Box
from routing.gazetteer.index import Gazetteer
from routing.geocoders.chain import Chain, Service
from routing.geocoders.limiter import Limiter, Limits
from routing.geocoders.online import KeylessService, OnlineService
from routing.geocoders.services import SERVICES, Access
from routing.geocoding import Geocoder
from scheduler.ports import By, Writer

EVENT = "city.geocoders"


@dataclass(frozen=True)
class Online:
    """The services of one city; `folder` is the city's, and lies below those of a home."""

    folder: Path
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    sleep: Callable[[float], None] = sleep_s
    environ: Mapping[str, str] = field(default_factory=lambda: os.environ, repr=False)

    @property
    def setting(self) -> OnlineSetting:
        return online_setting(self.folder)

    @property
    def answers(self) -> KeptAnswers:
        return KeptAnswers(self.folder, self.setting.lasts, self.clock)

    def after(self, offline: Geocoder, extent: Callable[[], Box]) -> Geocoder:
        """Return a geocoder that asks `offline` first; itself, where no service is on.

        `extent` tells where the city lies, if that has to be known.

        Raises
        ------
        GeocoderSettingError
            Where the city's setting is not understood.
        GeocoderKeyError
            Where the file of keys is not.
        """
        setting = self.setting
        if not setting.use:
            return offline
        return Chain(offline, list(self._services(setting, extent())))

    def choice(self, by: By, use: Sequence[str], called: str | None = None) -> OnlineSetting:
        """Return the city's setting with these services, in this order, or with none of them.

        `called` is what they call the city; None leaves that as it is. Nothing is kept yet.

        Raises
        ------
        GeocoderSettingError
            Where a service is not known, or cannot be asked as it is set up.
        """
        before = self.setting
        city = before.city if called is None else called
        new = replace(before, use=tuple(use), said_by=by.actor, said_at=by.at, city=city)
        refuse_faults(new)
        return new

    def switch(self, writer: Writer, chosen: OnlineSetting) -> None:
        """Let addresses go where it is chosen from now on; that is an event of the book."""
        name = self.folder.name
        before, after = _told(self.setting), _told(chosen)
        writer.note(EVENT, name, city=name, before=before, after=after)
        put_online_setting(chosen, self.folder)

    def lacking(self) -> list[str]:
        """Return the variables of services that are on and have no key."""
        names = (name for name in self.setting.use if SERVICES[name].needs_key)
        return [variable(name) for name in names if not self._key(name).text]

    def _services(self, setting: OnlineSetting, box: Box) -> Iterator[Service]:
        for name in setting.use:
            key = self._key(name)
            if SERVICES[name].needs_key and not key.text:
                yield KeylessService(name, variable(name))
            else:
                yield self._service(name, setting, box, key)

    def _service(self, name: str, setting: OnlineSetting, box: Box, key: Key) -> Service:
        url = setting.of(name, "url")
        access = Access(setting.city, box, key.text, key.secret, url, setting.contact)
        limits = Limits(setting.of(name, "every_s"), setting.of(name, "a_day"))
        ledger = KeptAccounts(self.folder.parent)
        limiter = Limiter(_account(name, key), limits, ledger, self.clock, self.sleep)
        return OnlineService(name, SERVICES[name].make(access), box, limiter, self.answers)

    def _key(self, service: str) -> Key:
        return key_of(service, self.folder.parent.parent, self.environ)


def usual_name(gazetteer: Gazetteer) -> str:
    """Return what a city is called in its own map; '' where that names several, or none."""
    named = [area.name for area in gazetteer.areas.values() if "city" in area.levels]
    return named[0] if len(named) == 1 else ""


def _told(setting: OnlineSetting) -> dict[str, object]:
    return {"use": list(setting.use), "called": setting.city}


def _account(service: str, key: Key) -> str:
    """Return the name of an account: another key has another rate, and another quota."""
    return f"{service} {hashlib.sha256(key.text.encode()).hexdigest()[:8]}" if key.text else service
