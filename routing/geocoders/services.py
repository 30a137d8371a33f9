"""The services that can be asked for an address: what each needs, and how often it may be asked.

To add one: a line in `SERVICES`, and for a service that tells how closely it found an address, a
function in closeness.py. Rates and quotas are the free ones, or less: a contract has its own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from geopy.geocoders import (
    ArcGIS,
    GeocodeEarth,
    GoogleV3,
    HereV7,
    MapBox,
    MapTiler,
    Nominatim,
    OpenCage,
    Pelias,
    Photon,
    TomTom,
)

from routing.datum import Datum
from routing.extent import Box
from routing.geocoders import closeness
from routing.geocoders.amap import Amap
from routing.geocoders.baidu import Baidu
from routing.geocoders.closeness import Reader
from routing.geocoders.map_service import WAIT_S, MapService
from routing.geocoders.private_adapter import PrivateAdapter
from routing.geocoders.tencent import Tencent
from routing.geocoders.tianditu import Tianditu
from routing.geocoders.usual import UsualGeocoder
from routing.geocoding import Geocoder

AGENT = "dayround"


@dataclass(frozen=True, slots=True)
class Access:
    """What a service is asked with. Key and secret stand in no repr.

    Parameters
    ----------
    city
        What the services call the city, as in 宁波市; '' where nobody has said.
    box
        Where it lies.
    url
        Of a server of one's own, or '' for the public one.
    contact
        Whom a public service may write to; it stands in the User-Agent.
    """

    city: str
    box: Box
    key: str = field(default="", repr=False)
    secret: str = field(default="", repr=False)
    url: str = ""
    contact: str = ""

    @property
    def where(self) -> dict[str, str]:
        """Scheme and domain of a server of one's own."""
        parts = urlsplit(self.url)
        return {"scheme": parts.scheme, "domain": parts.netloc + parts.path} if self.url else {}

    @property
    def agent(self) -> str:
        return f"{AGENT} ({self.contact})" if self.contact else AGENT


@dataclass(frozen=True, slots=True)
class Service:
    """A service by its name: `title` is for people, `home` where addresses go to.

    `every_s` passes from one question to the next, at most `a_day` are asked in 24 hours, and an
    answer is kept for `days` by its terms. `may_move` says that a server of one's own can answer
    instead.
    """

    name: str
    title: str
    home: str
    make: Callable[[Access], Geocoder]
    every_s: float
    a_day: int
    needs_key: bool = True
    may_sign: bool = False
    may_move: bool = True
    days: int = 180


def _of_ours(kind: type[MapService], access: Access) -> Geocoder:
    made: Geocoder = kind(
        access.key,
        city=access.city,
        secret_key=access.secret,
        domain=access.where.get("domain", ""),
        scheme=access.where.get("scheme"),
        user_agent=access.agent,
    )
    return made


@dataclass(frozen=True, slots=True)
class Usual:
    """One of geopy's geocoders: its class, the name of its key, and how it is narrowed to a city.

    `datum` is None where it is not known what the service tells in mainland China.
    """

    kind: Callable[..., Any]
    read: Reader
    datum: Datum | None
    key: str = "api_key"
    within: Callable[[Box], Mapping[str, Any]] = lambda _: {}
    always: Mapping[str, Any] = field(default_factory=dict)

    def make(self, name: str, access: Access) -> Geocoder:
        settings: dict[str, Any] = {
            "user_agent": access.agent,
            "timeout": WAIT_S,
            "adapter_factory": PrivateAdapter,
            **access.where,
        }
        if self.key and access.key:
            settings[self.key] = access.key
        asked = {**self.within(access.box), **self.always}
        geocoder = self.kind(**settings)
        return UsualGeocoder(geocoder, name, partial(geocoder.geocode, **asked), self)


def _corners(name: str, box: Box, **more: Any) -> Mapping[str, Any]:
    return {name: [(box.south, box.west), (box.north, box.east)], **more}


def _middle(name: str, box: Box) -> Mapping[str, Any]:
    return {name: ((box.south + box.north) / 2, (box.west + box.east) / 2)}


NOMINATIM = Usual(
    Nominatim, closeness.nominatim, Datum.WGS84, "",
    partial(_corners, "viewbox", bounded=True), {"addressdetails": True},
)  # fmt: skip
PHOTON = Usual(Photon, closeness.photon, Datum.WGS84, "", partial(_corners, "bbox"))
ARCGIS = Usual(ArcGIS, closeness.arcgis, None, "", always={"out_fields": ["Addr_type", "AddNum"]})
GOOGLE = Usual(GoogleV3, closeness.google, Datum.GCJ02, within=partial(_corners, "bounds"))
HERE = Usual(HereV7, closeness.here, None, "apikey", partial(_middle, "at"))
OPENCAGE = Usual(
    OpenCage, closeness.opencage, Datum.WGS84, within=partial(_corners, "bounds"),
    always={"annotations": False},
)  # fmt: skip
MAPBOX = Usual(MapBox, closeness.mapbox, None, within=partial(_corners, "bbox"))
MAPTILER = Usual(MapTiler, closeness.untold, None, within=partial(_corners, "bbox"))
TOMTOM = Usual(TomTom, closeness.untold, None)
EARTH = Usual(
    GeocodeEarth, closeness.pelias, Datum.WGS84, within=partial(_corners, "boundary_rect")
)
PELIAS = Usual(Pelias, closeness.pelias, Datum.WGS84, within=partial(_corners, "boundary_rect"))


def _ours(kind: type[MapService], title: str, every_s: float, a_day: int, **more: Any) -> Service:
    make = partial(_of_ours, kind)
    return Service(kind.source, title, kind.home, make, every_s, a_day, **more)


def _usual(
    name: str, title: str, home: str, usual: Usual, every_s: float, a_day: int, **more: Any
) -> Service:
    return Service(name, title, home, partial(usual.make, name), every_s, a_day, **more)


# fmt: off
SERVICES: Mapping[str, Service] = {one.name: one for one in (
    _ours(Amap, "高德 Amap", 0.4, 5_000, may_sign=True),
    _ours(Tianditu, "天地图 Tianditu", 0.2, 10_000),
    _ours(Tencent, "腾讯 Tencent", 0.25, 5_000, may_sign=True),
    _ours(Baidu, "百度 Baidu", 0.4, 5_000, may_sign=True),
    _usual("nominatim", "Nominatim", "nominatim.openstreetmap.org", NOMINATIM, 1.1, 1_000,
           needs_key=False),
    _usual("photon", "Photon", "photon.komoot.io", PHOTON, 1.0, 1_000, needs_key=False),
    _usual("arcgis", "ArcGIS", "geocode.arcgis.com", ARCGIS, 1.0, 1_000, needs_key=False, days=1),
    _usual("google", "Google", "maps.googleapis.com", GOOGLE, 0.1, 1_000, days=30),
    _usual("here", "HERE", "geocode.search.hereapi.com", HERE, 0.2, 1_000, may_move=False, days=30),
    _usual("opencage", "OpenCage", "api.opencagedata.com", OPENCAGE, 1.0, 2_500),
    _usual("mapbox", "Mapbox", "api.mapbox.com", MAPBOX, 0.1, 3_000, days=1),
    _usual("maptiler", "MapTiler", "api.maptiler.com", MAPTILER, 0.2, 3_000, days=30),
    _usual("tomtom", "TomTom", "api.tomtom.com", TOMTOM, 0.2, 2_500, days=30),
    _usual("geocodeearth", "Geocode Earth", "api.geocode.earth", EARTH, 0.1, 1_000),
    _usual("pelias", "Pelias (a server of your own)", "", PELIAS, 0.1, 100_000, needs_key=False),
)}
# fmt: on
