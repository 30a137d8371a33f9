"""Links that open the way to a door in somebody else's map: coordinates alone, in its own datum.

Each is the web address that its service documents for links from elsewhere; on a phone it opens
the service's app where one is installed. No key is needed, and nothing is asked of a service
before somebody opens the link. A name is sent nowhere: where one has to be there, it is
`DESTINATION`. What the services document (read in November 2026):

- Amap, lbs.amap.com/api/uri-api/guide/travel/route: without `from` the way begins where the phone
  is; `ride` holds on phones alone.
- Baidu, lbsyun.baidu.com, URI API: begin, end, `mode`, `output` and `src` are needed, the last as
  webapp.company.app; `coord_type` is bd09ll by default.
- Tencent, lbs.qq.com/uri_v1/guide-route.html: `bus`, `drive` and `walk`; without a begin the way
  begins where the phone is. `bike` is documented for links into its app alone, which need a key.
- Apple, developer.apple.com, Map Links: `dirflg` is d, w or r. Cycling has a documented word from
  iOS 18.4 on, in addresses that older systems do not know (`/directions?mode=…`). `c` is what
  others have found since iOS 14; where it is not known, the app's own choice holds.
- Google, developers.google.com/maps/documentation/urls: `travelmode`, without an origin from here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from urllib.parse import urlencode

from routing.datum import Datum, convert
from routing.point import Point
from routing.travel import Mode

DESTINATION = "目的地"
"""What a door is called where a name has to stand: "destination", of all doors the same."""

SENDER = "webapp.visits.visits"
"""Where a service asks who has made the link: of all the same, too, and nobody's name."""

FINE = 6
"""Decimals of a degree: a tenth of a metre."""


@dataclass(frozen=True, slots=True)
class Navigator:
    """A service: its title, the host its links lead to, its datum, and its parameters.

    `datum` is that of its maps in the mainland of China; elsewhere all are WGS-84. `modes` are
    its words for how somebody travels.
    """

    title: str
    url: str
    datum: Datum
    modes: Mapping[Mode, str]
    told: Callable[[str, str, str], dict[str, str]]

    def link(self, to: Point, mode: Mode) -> str:
        """Return the link that shows the way to a point (WGS-84)."""
        lat, lon = convert(to.lat, to.lon, Datum.WGS84, self.datum)
        told = self.told(f"{lat:.{FINE}f}", f"{lon:.{FINE}f}", self.modes[mode])
        return f"{self.url}?{urlencode(told, safe=',:|')}"


def _modes(car: str, ebike: str, walk: str, transit: str) -> Mapping[Mode, str]:
    return MappingProxyType(dict(zip(Mode, (car, ebike, walk, transit), strict=True)))


def _amap(lat: str, lon: str, mode: str) -> dict[str, str]:
    to = {"to": f"{lon},{lat},{DESTINATION}", "mode": mode}
    return to | {"coordinate": "gaode", "callnative": "1", "src": SENDER}


def _baidu(lat: str, lon: str, mode: str) -> dict[str, str]:
    ends = {"origin": "我的位置", "destination": f"latlng:{lat},{lon}|name:{DESTINATION}"}
    return ends | {"mode": mode, "coord_type": "bd09ll", "output": "html", "src": SENDER}


def _tencent(lat: str, lon: str, mode: str) -> dict[str, str]:
    return {"type": mode, "to": DESTINATION, "tocoord": f"{lat},{lon}", "referer": SENDER}


def _apple(lat: str, lon: str, mode: str) -> dict[str, str]:
    return {"daddr": f"{lat},{lon}", "dirflg": mode}


def _google(lat: str, lon: str, mode: str) -> dict[str, str]:
    return {"api": "1", "destination": f"{lat},{lon}", "travelmode": mode}


NAVIGATORS: Mapping[str, Navigator] = MappingProxyType(
    {
        "amap": Navigator(
            "高德 Amap",
            "https://uri.amap.com/navigation",
            Datum.GCJ02,
            _modes("car", "ride", "walk", "bus"),
            _amap,
        ),
        "baidu": Navigator(
            "百度 Baidu",
            "https://api.map.baidu.com/direction",
            Datum.BD09,
            _modes("driving", "riding", "walking", "transit"),
            _baidu,
        ),
        "tencent": Navigator(
            "腾讯 Tencent",
            "https://apis.map.qq.com/uri/v1/routeplan",
            Datum.GCJ02,
            # Its pages know no bicycle. On foot none is led onto a road that is for cars alone.
            _modes("drive", "walk", "walk", "bus"),
            _tencent,
        ),
        # Both draw the mainland's streets as the surveys there have them, and take a link's
        # coordinates to be of their streets.
        "apple": Navigator(
            "Apple",
            "https://maps.apple.com/",
            Datum.GCJ02,
            _modes("d", "c", "w", "r"),
            _apple,
        ),
        "google": Navigator(
            "Google",
            "https://www.google.com/maps/dir/",
            Datum.GCJ02,
            _modes("driving", "bicycling", "walking", "transit"),
            _google,
        ),
    }
)
"""By the code that settings, files and events name them by."""


def links(use: tuple[str, ...], to: Point, mode: Mode) -> dict[str, str]:
    """Return the links to a point by the codes of these services."""
    return {code: NAVIGATORS[code].link(to, mode) for code in use}
