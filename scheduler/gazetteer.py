"""The use cases of the lender's own gazetteer: a file in, a pin, a place taken out.

After each, the addresses that it concerns are looked up again, so that one pin places every case
of a compound, and taking it out takes them back. What somebody has confirmed stays.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from routing.gazetteer.naming import Naming
from routing.gazetteer.own_place import OwnPlace
from routing.geocoding import GeocodeResult, locate
from routing.point import Point
from scheduler.model import Place
from scheduler.ports import BookChange, OwnRecord
from scheduler.service import OnCount, Ports, look_up


@dataclass(frozen=True)
class LookedUpAgain:
    """What was found of places, each told as it was before."""

    found: Mapping[Place, GeocodeResult] = field(default_factory=dict)

    @property
    def placed(self) -> list[Place]:
        """Those that waited, and wait no more."""
        return [
            place
            for place, result in self.found.items()
            if result.is_plannable and not place.is_placed
        ]

    @property
    def waiting(self) -> list[Place]:
        """Those that were placed, and wait now."""
        return [
            place
            for place, result in self.found.items()
            if place.is_placed and not result.is_plannable
        ]


def take_own_places(
    ports: Ports,
    city: str,
    places: Sequence[OwnPlace],
    source: str,
    actor: str,
    on_count: OnCount | None = None,
) -> tuple[BookChange, LookedUpAgain]:
    """Let `places` be all that the lender's file `source` says; none take it out."""
    before = {record.place for record in ports.store.own_places(city)}
    with ports.store.writing(ports.by(actor)) as writer:
        change = writer.put_own_places(city, places, source)
    after = {record.place for record in ports.store.own_places(city)}
    return change, place_again(ports, city, before ^ after, actor, on_count)


def pin_place(
    ports: Ports,
    city: str,
    name: str,
    at: Point,
    radius_m: float,
    actor: str,
    *,
    district: str = "",
) -> tuple[OwnRecord, LookedUpAgain]:
    """Place a compound or lane by hand, and with it every address that names it."""
    with ports.store.writing(ports.by(actor)) as writer:
        pin = writer.put_pin(city, name, district, at, radius_m)
    return pin, place_again(ports, city, [pin.place], actor)


def remove_own_place(
    ports: Ports, city: str, id: int, actor: str
) -> tuple[OwnRecord, LookedUpAgain]:
    """Take a pin or a row out; what it placed is looked up without it.

    Raises
    ------
    NotFoundError
        Where the city has none of that number, or has it no more.
    """
    with ports.store.writing(ports.by(actor)) as writer:
        removed = writer.remove_own_place(city, id)
    return removed, place_again(ports, city, [removed.place], actor)


def place_again(
    ports: Ports,
    city: str,
    changed: Iterable[OwnPlace],
    actor: str,
    on_count: OnCount | None = None,
) -> LookedUpAgain:
    """Look up again whoever's address names one of the places that have changed."""
    asked = concerned(ports.store.unconfirmed(city), changed)
    return LookedUpAgain(look_up(ports, city, asked, actor, on_count))


def would_place(ports: Ports, city: str, places: Sequence[OwnPlace], source: str) -> LookedUpAgain:
    """Look up what `take_own_places` would, and keep nothing of it."""
    known = [record.place for record in ports.store.own_places(city)]
    told = [replace(place, source=source) for place in places]
    others = [place for place in known if place.source != source]
    changed = set(known) ^ {*others, *told}
    asked = concerned(ports.store.unconfirmed(city), changed)
    geocoder = ports.cities.geocoder_with(city, [*others, *told])
    return LookedUpAgain({place: locate(geocoder, place.address) for place in asked})


def concerned(places: Iterable[Place], changed: Iterable[OwnPlace]) -> list[Place]:
    """Return the places whose address names one of `changed`, or would but for a slip."""
    naming = Naming(name for place in changed for name in place.ways_in)
    return [place for place in places if naming.is_in(place.address)]
