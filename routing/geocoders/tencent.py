"""Tencent (腾讯): GCJ-02, the city in the address, a level in figures and a reliability."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, ClassVar

from geopy.exc import (
    GeocoderAuthenticationFailure,
    GeocoderInsufficientPrivileges,
    GeocoderQueryError,
    GeocoderQuotaExceeded,
    GeocoderRateLimited,
    GeocoderUnavailable,
)

from routing.datum import Datum
from routing.geocoders import level
from routing.geocoders.level import Level, of_number
from routing.geocoders.map_service import MapService, Told
from routing.geocoders.refusal import Refusals, refusal

GOOD, NOTHING_FOUND = "0", "347"
REFUSALS: Refusals = {
    "110": GeocoderInsufficientPrivileges,  # the origin is not allowed
    "111": GeocoderAuthenticationFailure,  # the signature
    "112": GeocoderInsufficientPrivileges,  # the address of this machine is not allowed
    "113": GeocoderInsufficientPrivileges,  # the function is not
    "120": GeocoderRateLimited,  # per second
    "121": GeocoderQuotaExceeded,  # per day
    "190": GeocoderAuthenticationFailure,  # no such key
    "199": GeocoderInsufficientPrivileges,  # the key is not for the web service
    "3??": GeocoderQueryError,  # 301 … 396: parameters
    "311": GeocoderAuthenticationFailure,  # the key has another form
    "4??": GeocoderQueryError,
    "5??": GeocoderUnavailable,  # 500 … 510: the server behind it
}
LEVELS: Mapping[int, Level] = {
    11: level.BUILDING,  # a point of interest
    10: level.COMPOUND,  # a compound or a tower
    9: level.DOOR,
    8: level.CROSSING,
    7: level.STREET,
    6: level.VILLAGE,  # a business quarter
    5: level.TOWN,  # a development zone
    4: level.VILLAGE,
    3: level.TOWN,
    2: level.DISTRICT,
    1: level.CITY,
}


class Tencent(MapService):
    """Geocode by Tencent's location service.

    Documentation: https://lbs.qq.com/service/webService/webServiceGuide/address/Geocoder, codes:
    https://lbs.qq.com/service/webService/webServiceGuide/status, signing:
    https://lbs.qq.com/faq/serverFaq/webServiceKey

    The address has to name its city. A reliability from 7 (of 10) counts as rather accurate there,
    and as sure here.
    """

    source: ClassVar[str] = "tencent"
    datum: ClassVar[Datum] = Datum.GCJ02
    home: ClassVar[str] = "apis.map.qq.com"
    path: ClassVar[str] = "/ws/geocoder/v1/"

    def parameters(self, query: str) -> dict[str, str]:
        return {"address": self.in_city(query), "key": self._key, "output": "json"}

    def signature(self, asked: Mapping[str, str]) -> dict[str, str]:
        """Return the MD5 of path, sorted parameters as they are before encoding, and secret."""
        if not self._secret:
            return {}
        text = "&".join(f"{name}={asked[name]}" for name in sorted(asked))
        return {"sig": hashlib.md5(f"{self.path}?{text}{self._secret}".encode()).hexdigest()}

    def answers(self, page: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
        status = str(page["status"])
        if status == NOTHING_FOUND:
            return []
        if status != GOOD:
            raise refusal(REFUSALS, status)
        return [page["result"]]

    def told(self, query: str, answer: Mapping[str, Any]) -> Told:
        place, parts = answer["location"], answer["address_components"]
        known = LEVELS.get(int(answer["level"]), level.UNTOLD)
        sure = replace(known, confidence=min(known.confidence, _chance(int(answer["reliability"]))))
        names = ("province", "city", "district", "street", "street_number")
        matched = "".join(dict.fromkeys(parts.get(name) or "" for name in names))
        asked = of_number(sure, query, parts.get("street_number") or "")
        return Told(float(place["lat"]), float(place["lng"]), asked, matched)


def _chance(reliability: int) -> float:
    """Return 0.65 for a reliability of 7, and 0.1 more or less for each step."""
    return max(0.05, min(0.95, reliability / 10 - 0.05))
