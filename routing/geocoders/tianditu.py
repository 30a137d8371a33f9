"""Tianditu (天地图), the national service: CGCS2000, the city in the address, a score."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, ClassVar

from geopy.exc import GeocoderQueryError

from routing.datum import Datum
from routing.geocoders import level
from routing.geocoders.level import Level
from routing.geocoders.map_service import MapService, Told
from routing.geocoders.refusal import Refusals, refusal

GOOD, NOTHING_FOUND = "0", "101"
REFUSALS: Refusals = {"1": GeocoderQueryError, "404": GeocoderQueryError}
LEVELS: Mapping[str, Level] = {
    "门址": level.DOOR,
    "门牌号": level.DOOR,
    "兴趣点": level.BUILDING,
    "小区": level.COMPOUND,
    "道路": level.STREET,
    "街道": level.STREET,
    "村": level.VILLAGE,
    "乡镇": level.TOWN,
    "区县": level.DISTRICT,
    "市": level.CITY,
}


class Tianditu(MapService):
    """Geocode by Tianditu (a key of the type "服务器端").

    Documentation: http://lbs.tianditu.gov.cn/server/geocodinginterface.html

    CGCS2000 is within centimetres of WGS-84. There is no field for a city: it is put before the
    address. What it does not allow a key, it tells by the status of HTTP, as geopy reads it.
    """

    source: ClassVar[str] = "tianditu"
    datum: ClassVar[Datum] = Datum.WGS84
    home: ClassVar[str] = "api.tianditu.gov.cn"
    path: ClassVar[str] = "/geocoder"

    def parameters(self, query: str) -> dict[str, str]:
        ds = json.dumps({"keyWord": self.in_city(query)}, ensure_ascii=False)
        return {"ds": ds, "tk": self._key}

    def answers(self, page: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
        status = str(page.get("status", page.get("code", "")))
        if status == NOTHING_FOUND:
            return []
        if status != GOOD:
            raise refusal(REFUSALS, status)
        return [page["location"]] if page.get("location") else []

    def told(self, query: str, answer: Mapping[str, Any]) -> Told:  # noqa: ARG002
        known = LEVELS.get(answer["level"], level.UNTOLD)
        chance = max(0.0, min(1.0, float(answer["score"]) / 100))
        sure = replace(known, confidence=round(known.confidence * chance, 3))
        return Told(float(answer["lat"]), float(answer["lon"]), sure, str(answer["keyWord"]))
