"""Made-up extracts with addresses, written as .osm text and small enough to argue by hand."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from xml.sax.saxutils import quoteattr

METRE = 1 / 111_195
"""Degrees of latitude in a metre."""

Place = tuple[float, float]
Member = tuple[str, int, str]
"""Kind, id and role."""


@dataclass
class ExtractText:
    """Collects nodes, ways and relations; ids are counted from 1."""

    nodes: list[str] = field(default_factory=list)
    ways: list[str] = field(default_factory=list)
    relations: list[str] = field(default_factory=list)

    def node(self, at: Place, **tags: str) -> int:
        number = len(self.nodes) + 1
        lat, lon = at
        self.nodes.append(
            f'<node id="{number}" version="1" lat="{lat:.7f}" lon="{lon:.7f}">{_xml(tags)}</node>'
        )
        return number

    def way(self, *points: Place | int, **tags: str) -> int:
        """Add a way; a point given as a number is a node's id, which need not exist."""
        number = len(self.ways) + 1
        ids = [point if isinstance(point, int) else self.node(point) for point in points]
        refs = "".join(f'<nd ref="{i}"/>' for i in ids)
        self.ways.append(f'<way id="{number}" version="1">{refs}{_xml(tags)}</way>')
        return number

    def relation(self, *ways: int, **tags: str) -> int:
        return self.relation_of(*(("way", way, "outer") for way in ways), **tags)

    def relation_of(self, *members: Member, **tags: str) -> int:
        """Add a relation of members of any kind and role."""
        number = len(self.relations) + 1
        listed = "".join(f'<member type="{k}" ref="{i}" role="{r}"/>' for k, i, r in members)
        self.relations.append(
            f'<relation id="{number}" version="1">{listed}{_xml(tags)}</relation>'
        )
        return number

    def square(self, south_west: Place, side: float) -> int:
        """Add a closed way of `side` degrees without tags."""
        lat, lon = south_west
        first = self.node(south_west)
        return self.way(
            first, (lat, lon + side), (lat + side, lon + side), (lat + side, lon), first
        )

    def write(self, file: Path) -> Path:
        body = "".join(self.nodes + self.ways + self.relations)
        file.write_text(f'<osm version="0.6">{body}</osm>', encoding="utf-8")
        return file


def _xml(tags: dict[str, str]) -> str:
    """Return tags; `addr__street` stands for `addr:street`."""
    return "".join(
        f"<tag k={quoteattr(key.replace('__', ':'))} v={quoteattr(value)}/>"
        for key, value in tags.items()
    )


def chinese_town(file: Path) -> Path:
    """和平路二段 runs north along 121.5; odd doors 1, 3, 5, 9 stand 20 m apart, even 2 and 10.

    The lane 和平路二段7巷 has door 4. 陽光花園 is a compound 200 m wide. 光明路 is a street
    without numbers; the village 青山村 is known by its name alone.
    """
    town = ExtractText()
    city = {"addr__city": "安平市", "addr__district": "東區"}
    town.way((25.0, 121.5), (25.004, 121.5), highway="primary", name="和平路二段")
    for number in (1, 3, 5, 9):
        at = (25.0 + number * 10 * METRE, 121.4999)
        town.node(at, addr__street="和平路二段", addr__housenumber=f"{number}號", **city)
    for number in (2, 10):
        at = (25.0 + number * 10 * METRE, 121.5001)
        town.node(at, addr__street="和平路二段", addr__housenumber=f"{number}號", **city)
    lane = (25.0 + 70 * METRE, 121.501)
    town.node(lane, addr__street="和平路二段", addr__housenumber="7巷4號", **city)
    corners = [(25.01, 121.5), (25.01, 121.502), (25.012, 121.502), (25.012, 121.5)]
    town.way(*corners, landuse="residential", name="陽光花園")
    town.way((25.02, 121.5), (25.02, 121.51), highway="residential", name="光明路")
    town.node((25.05, 121.5), place="village", name="青山村")
    return town.write(file)


def border_town(file: Path) -> Path:
    """西區 and 東區, drawn as closed ways, meet along 界路, which runs north along 121.5.

    Its doors 2 and 40 stand 100 m apart in the south and 100 in the north, each said to be in
    東區. There 陽光花園, 222 m long and 202 m wide, is on its eastern side, behind door 100. 遠路
    runs 200 m inside 東區, 遠山廣場 lies 2 km to the east. Of three 全家 one is by 界路; the only
    麥香麵包, a point, is far away.
    """
    town = ExtractText()
    for name, lon in (("西區", 121.48), ("東區", 121.5)):
        first = town.node((25.0, lon))
        corners = [(25.0, lon + 0.02), (25.03, lon + 0.02), (25.03, lon)]
        tags = {"boundary": "administrative", "admin_level": "6", "name": name}
        town.way(first, *corners, first, **tags)
    town.way((25.001, 121.5), (25.02, 121.5), highway="primary", name="界路")
    town.way((25.005, 121.502), (25.015, 121.502), highway="residential", name="遠路")
    for number, lat in (("2", 25.002), ("40", 25.002 + 100 * METRE), ("100", 25.0101)):
        tags = {"addr__street": "界路", "addr__housenumber": number, "addr__district": "東區"}
        town.node((lat, 121.5001), **tags)
    for name, lat, lon in (("陽光花園", 25.01, 121.5001), ("遠山廣場", 25.01, 121.517)):
        first = town.node((lat, lon))
        corners = [(lat, lon + 0.002), (lat + 0.002, lon + 0.002), (lat + 0.002, lon)]
        town.way(first, *corners, first, landuse="residential", name=name)
    for lat, lon in ((25.007, 121.4999), (25.01, 121.51), (25.02, 121.485)):
        town.node((lat, lon), shop="convenience", name="全家")
    town.node((25.02, 121.49), shop="bakery", name="麥香麵包")
    return town.write(file)


def two_towns(file: Path) -> Path:
    """Eastham and Westham, squares 20 km apart, have a High Street each.

    Eastham's has the doors 1, 3 and 9, Westham's 1 and 21; Mill Lane is in Eastham alone, with
    doors 91-21 and 91-25. Westham's bakery has the only 5 of Oak Avenue.
    """
    towns = ExtractText()
    for name, lon, numbers in (("Eastham", 0.2, (1, 3, 9)), ("Westham", 0.0, (1, 21))):
        outline = towns.square((51.0, lon), 0.02)
        towns.relation(
            outline, type="boundary", boundary="administrative", admin_level="8", name=name
        )
        towns.way((51.01, lon + 0.005), (51.01, lon + 0.01), highway="road", name="High Street")
        for number in numbers:
            at = (51.0101, lon + 0.005 + number / 10_000)
            towns.node(at, addr__street="High Street", addr__housenumber=str(number))
    towns.way((51.015, 0.205), (51.015, 0.21), highway="residential", name="Mill Lane")
    towns.node((51.0151, 0.206), addr__street="Mill Lane", addr__housenumber="91-21")
    towns.node((51.0151, 0.207), addr__street="Mill Lane", addr__housenumber="91-25")
    towns.way((51.005, 0.005), (51.005, 0.01), highway="residential", name="Oak Avenue")
    towns.node(
        (51.0051, 0.006), addr__street="Oak Ave", addr__housenumber="5", shop="bakery", name="Crumb"
    )
    return towns.write(file)


def mainland_town(file: Path) -> Path:
    """城西区 and 城东区 meet at 121.54, 2 km wide each; hardly a house has a number on the map.

    东河路 runs 1 km east in 城东区 along 29.86, and the lane 东河路18弄 100 m north of its middle;
    解放路 crosses both districts along 29.87 and has the doors 1, 3 and 9 in 城东区, 20 m apart.
    西苑 is a compound 100 m wide in 城西区, another 西苑 is in 城东区, 1.5 km away.
    """
    town = ExtractText()
    for name, lon in (("城西区", 121.52), ("城东区", 121.54)):
        first = town.node((29.85, lon))
        corners = [(29.85, lon + 0.02), (29.88, lon + 0.02), (29.88, lon)]
        tags = {"boundary": "administrative", "admin_level": "6", "name": name}
        town.way(first, *corners, first, **tags)
    town.way((29.86, 121.545), (29.86, 121.555), highway="primary", name="东河路")
    town.way((29.8609, 121.55), (29.8615, 121.55), highway="service", name="东河路18弄")
    town.way((29.87, 121.525), (29.87, 121.555), highway="primary", name="解放路")
    for number in (1, 3, 9):
        at = (29.8701, 121.545 + number * 10 * METRE)
        town.node(at, addr__street="解放路", addr__housenumber=f"{number}号")
    for lat, lon in ((29.856, 121.53), (29.856, 121.546)):
        first = town.node((lat, lon))
        corners = [(lat, lon + 0.001), (lat + 0.001, lon + 0.001), (lat + 0.001, lon)]
        town.way(first, *corners, first, landuse="residential", name="西苑")
    return town.write(file)
