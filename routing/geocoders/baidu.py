"""Baidu (百度): BD-09, a city to narrow the search, an error radius in its confidence."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, ClassVar
from urllib.parse import quote_plus, urlencode

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
from routing.geocoders.level import Level
from routing.geocoders.map_service import MapService, Told
from routing.geocoders.refusal import Refusals, refusal
from routing.geocoding import UNTOLD_RADIUS_M, Precision

GOOD, INTERNAL = "0", "1"
NOTHING_FOUND = "无相关结果"
LONGEST_BYTES = 84
"""Of an address; what is beyond, mostly a room, is not sent."""

REFUSALS: Refusals = {
    "1": GeocoderUnavailable,
    "2": GeocoderQueryError,
    "3": GeocoderAuthenticationFailure,
    "4": GeocoderQuotaExceeded,
    "5": GeocoderAuthenticationFailure,
    "8": GeocoderQueryError,
    "9": GeocoderInsufficientPrivileges,
    "10?": GeocoderAuthenticationFailure,  # 101, 102: no key
    "20?": GeocoderAuthenticationFailure,  # 200 … 203: no such application, or of another type
    "21?": GeocoderInsufficientPrivileges,  # 210: the address of this machine is not allowed
    "211": GeocoderAuthenticationFailure,  # the signature
    "22?": GeocoderInsufficientPrivileges,
    "23?": GeocoderInsufficientPrivileges,
    "24?": GeocoderInsufficientPrivileges,  # 240: the service is not switched on for the key
    "25?": GeocoderAuthenticationFailure,  # 250 … 252: no such account
    "26?": GeocoderInsufficientPrivileges,
    "30?": GeocoderQuotaExceeded,  # 301 for ever, 302 for the day
    "40?": GeocoderRateLimited,  # 401, 402: too many at once
}
ERROR_RADIUS_M = (
    (100, 20), (90, 50), (80, 100), (75, 200), (70, 300), (60, 500), (50, 1_000), (40, 2_000),
    (30, 5_000), (25, 8_000), (20, 10_000),
)  # fmt: skip
"""From which confidence on the point is that close, by the documentation."""

CHANCE = ((100, 0.91), (90, 0.89), (80, 0.88), (70, 0.84), (60, 0.81), (50, 0.79))
"""From which comprehension on the point lies within 100 m how often, by the documentation."""

LEAST_CHANCE, FUZZY_CHANCE = 0.5, 0.5
DOOR_M, STREET_M = 100.0, 1_000.0
DOORS = ("门址",)
STREETS = ("道路", "交叉路口", "桥", "收费站", "收费处/收费站")
AREAS: Mapping[str, Level] = {
    "村庄": level.VILLAGE,
    "商圈": level.VILLAGE,
    "乡镇": level.TOWN,
    "区县": level.DISTRICT,
    "城市": level.CITY,
}


class Baidu(MapService):
    """Geocode by Baidu's web service, version 3.

    geopy's own class has no city and no datum, and tells the level in the place of the address.
    Documentation: https://lbsyun.baidu.com/index.php?title=webapi/guide/webservice-geocoding,
    codes: https://lbsyun.baidu.com/index.php?title=webapi/appendix, signing:
    https://lbsyun.baidu.com/index.php?title=lbscloud/api/appendix
    """

    source: ClassVar[str] = "baidu"
    datum: ClassVar[Datum] = Datum.BD09
    home: ClassVar[str] = "api.map.baidu.com"
    path: ClassVar[str] = "/geocoding/v3/"

    def parameters(self, query: str) -> dict[str, str]:
        address = query.encode()[:LONGEST_BYTES].decode(errors="ignore")
        asked = {"address": address, "output": "json", "ret_coordtype": "bd09ll", "ak": self._key}
        return asked | ({"city": self.city} if self.city else {})

    def signature(self, asked: Mapping[str, str]) -> dict[str, str]:
        """Return the MD5 of path, parameters in the order sent, and secret, encoded once more."""
        if not self._secret:
            return {}
        text = quote_plus(f"{self.path}?{urlencode(asked)}{self._secret}")
        return {"sn": hashlib.md5(text.encode()).hexdigest()}

    def answers(self, page: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
        status = str(page["status"])
        said = str(page.get("msg", "")) + str(page.get("message", ""))
        if status == INTERNAL and NOTHING_FOUND in said:
            return []
        if status != GOOD:
            raise refusal(REFUSALS, status)
        return [page["result"]] if page["result"] else []

    def told(self, query: str, answer: Mapping[str, Any]) -> Told:
        place = answer["location"]
        known = _level(answer)
        beyond = query[len(self.parameters(query)["address"]) :]
        if beyond and not known.unmatched:
            known = replace(known, unmatched=beyond)
        # It repeats nothing of the address: what it understood, only its level says.
        matched = str(answer.get("level", ""))
        return Told(float(place["lat"]), float(place["lng"]), known, matched)


def _level(answer: Mapping[str, Any]) -> Level:
    kind = answer.get("level", "")
    radius_m = _from(ERROR_RADIUS_M, int(answer["confidence"]), UNTOLD_RADIUS_M)
    chance = _from(CHANCE, int(answer["comprehension"]), LEAST_CHANCE)
    if not int(answer["precise"]):
        chance = min(chance, FUZZY_CHANCE)
    if kind in AREAS or not kind or kind == "UNKNOWN":
        area = AREAS.get(kind, level.UNTOLD)
        return replace(area, radius_m=max(area.radius_m, radius_m), confidence=chance)
    precision = Precision.EXACT if kind in DOORS else Precision.COMPOUND
    if kind in STREETS or radius_m > DOOR_M:
        precision = Precision.STREET
    if radius_m > STREET_M:
        precision = Precision.DISTRICT
    return Level(precision, radius_m, chance)


def _from(steps: Sequence[tuple[int, float]], value: int, otherwise: float) -> float:
    """Return what belongs to the first step that `value` reaches."""
    return float(next((told for least, told in steps if value >= least), otherwise))
