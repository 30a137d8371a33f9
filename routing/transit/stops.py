"""Stops of public transport, by the tags of OpenStreetMap."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from routing.point import Point
from routing.transit.kinds import Kind

_KIND_OF_TAG: Mapping[tuple[str, str], Kind | None] = {
    ("highway", "bus_stop"): Kind.BUS,
    ("railway", "tram_stop"): Kind.TRAM,
    ("railway", "station"): Kind.TRAIN,
    ("railway", "halt"): Kind.TRAIN,
    ("railway", "stop"): None,
    ("amenity", "ferry_terminal"): Kind.FERRY,
    ("public_transport", "platform"): None,
    ("public_transport", "stop_position"): None,
    ("public_transport", "station"): None,
}
"""What makes an object a stop, and of which kind where no other tag tells."""

_ENTRANCES = (("railway", "subway_entrance"), ("railway", "train_station_entrance"))

STOP_TAGS = (*_KIND_OF_TAG, *_ENTRANCES)

_KINDS = {kind.value: kind for kind in Kind}


@dataclass(frozen=True, slots=True)
class Stop:
    """A place where one kind stops, as a tag of its own says."""

    kind: Kind
    point: Point


def is_entrance(tags: Mapping[str, str]) -> bool:
    """Whether it leads down or up to a station from the street."""
    return any(tags.get(key) == value for key, value in _ENTRANCES)


def stop_kind(tags: Mapping[str, str]) -> Kind | None:
    """Return what stops there; None where only a line could tell."""
    if (station := _KINDS.get(tags.get("station", ""))) is not None:
        return station
    said = next((kind for kind in Kind if tags.get(kind) == "yes"), None)
    usual = (kind for (key, value), kind in _KIND_OF_TAG.items() if tags.get(key) == value)
    return said or next(filter(None, usual), None)
