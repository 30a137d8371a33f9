"""Own places into an open gazetteer: beside what the extract says, or instead of it."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import cast

from routing.gazetteer.areas import AreaName, area_name
from routing.gazetteer.build import put_entry, put_houses, put_spellings, put_street
from routing.gazetteer.buildings import building_key
from routing.gazetteer.circle import Circle, cover
from routing.gazetteer.extract import Extract, House
from routing.gazetteer.index import ANY_STREET, Entry, Gazetteer, Kind
from routing.gazetteer.numbers import house_numbers
from routing.gazetteer.own_areas import areas_around
from routing.gazetteer.own_place import OwnKind, OwnPlace
from routing.gazetteer.streets import street_pieces
from routing.gazetteer.text import name_key
from routing.point import METRES_PER_DEGREE, distance_m

NEAR_M = 500.0
"""From edge to edge: two places of one name that are farther apart are two places."""
KEYS_AT_ONCE = 10_000

FORGOTTEN = (("name", "entry"), ("entry", "id"), ("house", "entry"), ("course", "entry"))
"""Tables with what is known of a place, and the columns that tell which."""

Areas = Mapping[OwnPlace, frozenset[AreaName]]


class Joining:
    """Puts own places into `file`, a copy of the gazetteer `extract`."""

    def __init__(self, file: sqlite3.Connection, extract: Gazetteer) -> None:
        self.file = file
        self.extract = extract
        self.named: dict[str, list[Entry]] = {}
        query = "SELECT IFNULL(MAX(id), 0), IFNULL(MAX(component), 0) FROM entry"
        self.last, self.component = cast("tuple[int, int]", file.execute(query).fetchone())

    def put(self, places: Sequence[OwnPlace]) -> None:
        """Put all of `places`: what has a name first, then the doors and buildings in it."""
        areas = dict(zip(places, areas_around(self.file, places), strict=True))
        of_kind: dict[OwnKind, list[OwnPlace]] = defaultdict(list)
        for place in places:
            of_kind[place.kind].append(place)
        self._know(places)
        for place in of_kind[OwnKind.COMPOUND] + of_kind[OwnKind.LANE]:
            self._put_named(place, areas)
        gates = [place for place in of_kind[OwnKind.COMPOUND] if place.street and place.number]
        self._put_doors(gates, areas)
        self._put_doors(of_kind[OwnKind.NUMBER], areas)
        for place in of_kind[OwnKind.BUILDING]:
            self._put_building(place, areas)
        self._put_districts(places)
        put_spellings(self.file, self.named)

    def _know(self, places: Sequence[OwnPlace]) -> None:
        """Look up what the extract has under the names of the places."""
        names = (name for place in places for name in (*place.names, place.street) if name)
        keys = list(dict.fromkeys(filter(None, map(name_key, names))))
        self.named = {key: [] for key in keys}
        for start in range(0, len(keys), KEYS_AT_ONCE):
            self.named.update(self.extract.entries(keys[start : start + KEYS_AT_ONCE]))

    def _near(self, place: OwnPlace, *names: str) -> list[Entry]:
        """Return what has one of the names near a place, the nearest first."""
        keys = dict.fromkeys(map(name_key, names))
        found = {entry.id: entry for key in keys for entry in self.named.get(key, ())}
        gaps_m = {id: _gap_m(entry, place) for id, entry in found.items()}
        return [found[id] for id in sorted(gaps_m, key=gaps_m.__getitem__) if gaps_m[id] <= NEAR_M]

    def _put_named(self, place: OwnPlace, areas: Areas) -> None:
        """Put a compound or lane instead of the extract's, but to a street with its numbers."""
        known = [entry for entry in self._near(place, *place.names) if entry.id <= self.last]
        numbered = [entry for entry in known if entry.numbers]
        for entry in known:
            if entry not in numbered:
                self._forget(entry)
        kind = Kind.STREET if numbered or place.kind is OwnKind.LANE else Kind.COMPOUND
        component = numbered[0].component if numbered else self._next(kind)
        own = self._put_entry(kind, place.names, component, areas[place], _circle(place))
        if kind is Kind.COMPOUND:
            self.file.execute("INSERT INTO beside VALUES (?, ?)", (own.id, ANY_STREET))
        self._put_own(place, own)

    def _put_doors(self, places: Sequence[OwnPlace], areas: Areas) -> None:
        """Put street numbers on the street that there is, else on one of their own."""
        apart: list[House] = []
        for place in places:
            house = House(place.street, place.number, _circle(place), areas[place])
            streets = [each for each in self._near(place, place.street) if each.kind is Kind.STREET]
            if streets:
                self._forget_number(streets, place)
                self._put_house(streets[0], house)
            else:
                apart.append(house)
            if place.kind is OwnKind.NUMBER:
                self._put_own(place)
        first = self._next(Kind.STREET)
        for piece in street_pieces(Extract("", houses=apart)):
            put_street(self.file, replace(piece, component=first + piece.component))
            self.component = max(self.component, first + piece.component)

    def _put_house(self, street: Entry, house: House) -> None:
        put_houses(self.file, street.id, [house], street.areas, self.extract.course([street]))

    def _put_building(self, place: OwnPlace, areas: Areas) -> None:
        """Put a building into its compound or lane; where nobody knows that, make one of it."""
        near = self._near(place, place.name)
        near.sort(key=lambda entry: (entry.id <= self.last, entry.kind is Kind.STREET))
        if near:
            compound = near[0]
        else:
            circle = replace(_circle(place), radius_m=OwnKind.COMPOUND.radius_m)
            compound = self._put_entry(Kind.COMPOUND, place.names, 0, areas[place], circle)
            self.file.execute("INSERT INTO beside VALUES (?, ?)", (compound.id, ANY_STREET))
            self._put_own(
                replace(place, kind=OwnKind.COMPOUND, number="", radius_m=circle.radius_m), compound
            )
        if compound.kind is Kind.STREET:
            house = House(place.name, place.number, _circle(place), areas[place])
            self._put_house(compound, house)
        self._put_own(place, compound)

    def _put_entry(
        self, kind: Kind, names: Sequence[str], component: int,
        areas: frozenset[AreaName], circle: Circle,
    ) -> Entry:  # fmt: skip
        id = put_entry(self.file, kind, names, component, areas, circle)
        own = Entry(id, kind, names[0], component, areas, circle, None)
        for name in names:
            self.named.setdefault(name_key(name), []).append(own)
        return own

    def _put_own(self, place: OwnPlace, entry: Entry | None = None) -> None:
        """Note whose answer it is where an address leads to this place."""
        building = building_key(place.number) if place.kind is OwnKind.BUILDING else ""
        at = (place.point.lat, place.point.lon, place.radius_m)
        row = (entry.id if entry else None, building, place.kind, place.title, *at)
        self.file.execute(
            "INSERT INTO own_place VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (*row, place.datum, place.source),
        )

    def _next(self, kind: Kind) -> int:
        """Return the number of one more street; compounds have none."""
        if kind is Kind.STREET:
            self.component += 1
        return self.component if kind is Kind.STREET else 0

    def _forget(self, entry: Entry) -> None:
        """Take out what the extract says of a place that is told otherwise."""
        for table, column in FORGOTTEN:
            self.file.execute(f"DELETE FROM {table} WHERE {column} = ?", (entry.id,))
        self.file.execute("DELETE FROM beside WHERE ? IN (compound, street)", (entry.id,))
        for entries in self.named.values():
            if entry in entries:
                entries.remove(entry)

    def _forget_number(self, streets: Sequence[Entry], place: OwnPlace) -> None:
        """Take out the doors near by that have the number of `place`."""
        reach_deg = NEAR_M / METRES_PER_DEGREE
        for number in house_numbers(place.number):
            for street in streets:
                self.file.execute(
                    "DELETE FROM house WHERE entry = ? AND number = ?"
                    " AND ABS(lat - ?) < ? AND ABS(lon - ?) < ?",
                    (
                        street.id,
                        number.key,
                        place.point.lat,
                        reach_deg,
                        place.point.lon,
                        2 * reach_deg,
                    ),
                )

    def _put_districts(self, places: Sequence[OwnPlace]) -> None:
        """Put the districts that rows tell and the extract has not, so that addresses may too."""
        circles: dict[AreaName, list[Circle]] = defaultdict(list)
        for place in places:
            if place.district:
                circles[area_name(place.district)].append(_circle(place))
        for area, inside in circles.items():
            if area.key not in self.extract.areas:
                around = cover(inside)
                self.file.execute(
                    "INSERT OR IGNORE INTO area VALUES (?, ?, ?, ?, ?, ?)",
                    (area.key, area.name, area.level, around.lat, around.lon, around.radius_m),
                )


def _circle(place: OwnPlace) -> Circle:
    return Circle(place.point.lat, place.point.lon, place.radius_m)


def _gap_m(entry: Entry, place: OwnPlace) -> float:
    """Return how far apart the edges of two circles are, 0 where they meet."""
    apart_m = distance_m(entry.circle.point, place.point)
    return max(0.0, apart_m - entry.circle.radius_m - place.radius_m)
