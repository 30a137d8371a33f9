"""Amap (高德): GCJ-02, a city to narrow the search, a level in words."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from geopy.exc import (
    GeocoderAuthenticationFailure,
    GeocoderInsufficientPrivileges,
    GeocoderQueryError,
    GeocoderQuotaExceeded,
    GeocoderRateLimited,
    GeocoderTimedOut,
    GeocoderUnavailable,
)

from routing.datum import Datum
from routing.geocoders import level
from routing.geocoders.level import Level, of_number
from routing.geocoders.map_service import MapService, Told
from routing.geocoders.refusal import Refusals, refusal

GOOD = "10000"
REFUSALS: Refusals = {
    "10001": GeocoderAuthenticationFailure,  # INVALID_USER_KEY
    "10002": GeocoderInsufficientPrivileges,  # SERVICE_NOT_AVAILABLE
    "10003": GeocoderQuotaExceeded,  # DAILY_QUERY_OVER_LIMIT
    "10004": GeocoderRateLimited,  # ACCESS_TOO_FREQUENT
    "10005": GeocoderInsufficientPrivileges,  # INVALID_USER_IP
    "10006": GeocoderInsufficientPrivileges,  # INVALID_USER_DOMAIN
    "10007": GeocoderAuthenticationFailure,  # INVALID_USER_SIGNATURE
    "10008": GeocoderAuthenticationFailure,  # INVALID_USER_SCODE
    "10009": GeocoderAuthenticationFailure,  # USERKEY_PLAT_NOMATCH
    "10010": GeocoderQuotaExceeded,  # IP_QUERY_OVER_LIMIT
    "10012": GeocoderInsufficientPrivileges,  # INSUFFICIENT_PRIVILEGES
    "10013": GeocoderAuthenticationFailure,  # USER_KEY_RECYCLED
    "10014": GeocoderRateLimited,  # QPS_HAS_EXCEEDED_THE_LIMIT
    "10015": GeocoderTimedOut,  # GATEWAY_TIMEOUT
    "10016": GeocoderUnavailable,  # SERVER_IS_BUSY
    "10017": GeocoderUnavailable,  # RESOURCE_UNAVAILABLE
    "10019": GeocoderRateLimited,  # CQPS_HAS_EXCEEDED_THE_LIMIT
    "10020": GeocoderRateLimited,  # CKQPS_HAS_EXCEEDED_THE_LIMIT
    "10021": GeocoderRateLimited,  # CUQPS_HAS_EXCEEDED_THE_LIMIT
    "10026": GeocoderInsufficientPrivileges,  # INVALID_REQUEST: the account is frozen
    "10029": GeocoderQuotaExceeded,  # ABROAD_DAILY_QUERY_OVER_LIMIT
    "10041": GeocoderInsufficientPrivileges,  # NO_EFFECTIVE_INTERFACE
    "10044": GeocoderQuotaExceeded,  # USER_DAILY_QUERY_OVER_LIMIT
    "10045": GeocoderQuotaExceeded,  # USER_ABROAD_DAILY_QUERY_OVER_LIMIT
    "2000?": GeocoderQueryError,  # 20000 INVALID_PARAMS, 20001 MISSING_REQUIRED_PARAMS …
    "20003": GeocoderUnavailable,  # UNKNOWN_ERROR
    "20011": GeocoderInsufficientPrivileges,  # INSUFFICIENT_ABROAD_PRIVILEGES
    "20012": GeocoderQueryError,  # ILLEGAL_CONTENT
    "3????": GeocoderQueryError,  # ENGINE_RESPONSE_DATA_ERROR: what was asked should be looked at
    "4????": GeocoderQuotaExceeded,  # QUOTA_PLAN_RUN_OUT, SERVICE_EXPIRED
}
LEVELS: Mapping[str, Level] = {
    "门牌号": level.DOOR,
    "门址": level.DOOR,
    "单元号": level.DOOR,
    "楼栋号": level.DOOR,
    "兴趣点": level.BUILDING,
    "住宅区": level.COMPOUND,
    "公交站台、地铁站": level.CROSSING,
    "道路交叉路口": level.CROSSING,
    "道路": level.STREET,
    "村庄": level.VILLAGE,
    "热点商圈": level.VILLAGE,
    "开发区": level.TOWN,
    "乡镇": level.TOWN,
    "区县": level.DISTRICT,
    "市": level.CITY,
}


class Amap(MapService):
    """Geocode by Amap's web service (key of the platform "Web服务").

    Documentation: https://lbs.amap.com/api/webservice/guide/api/georegeo and, for the codes,
    https://lbs.amap.com/api/webservice/guide/tools/info; signing:
    https://lbs.amap.com/faq/quota-key/key/41181
    """

    source: ClassVar[str] = "amap"
    datum: ClassVar[Datum] = Datum.GCJ02
    home: ClassVar[str] = "restapi.amap.com"
    path: ClassVar[str] = "/v3/geocode/geo"

    def parameters(self, query: str) -> dict[str, str]:
        asked = {"address": query, "key": self._key, "output": "JSON"}
        return asked | ({"city": self.city} if self.city else {})

    def signature(self, asked: Mapping[str, str]) -> dict[str, str]:
        """Return the MD5 of the sorted parameters, as they are before encoding, and the secret."""
        if not self._secret:
            return {}
        text = "&".join(f"{name}={asked[name]}" for name in sorted(asked))
        return {"sig": hashlib.md5(f"{text}{self._secret}".encode()).hexdigest()}

    def answers(self, page: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
        if page["infocode"] != GOOD:
            raise refusal(REFUSALS, page["infocode"])
        found: Sequence[Mapping[str, Any]] = page["geocodes"]
        return found

    def told(self, query: str, answer: Mapping[str, Any]) -> Told:
        lon, lat = map(float, answer["location"].split(","))
        number = answer.get("number") or ""  # an empty field is an empty list
        known = LEVELS.get(answer["level"], level.UNTOLD)
        return Told(lat, lon, of_number(known, query, number), answer["formatted_address"])
