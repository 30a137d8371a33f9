"""A long street from west to east, with stops beside it and lines along it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from xml.etree.ElementTree import ElementTree, SubElement, parse

from routing.mode_roads import Roads
from routing.roads import RoadNetwork
from routing.sources.road_network import RoadTravelTimes
from routing.transit.kinds import Kind
from routing.transit.lines import Member, Route
from routing.transit.reading import Service
from routing.transit.riding import with_rides
from routing.transit.stops import Stop
from routing.travel import Mode, Spot
from tests.routing.little_town import STREET, Tags, at, row, town

STREET_STEPS = 30  # of 111 m: 3.3 km


def street() -> RoadNetwork:
    return town(row(STREET_STEPS + 1), (range(1, STREET_STEPS + 2), STREET))


def with_stops(*steps: int, kind: Kind = Kind.BUS) -> RoadNetwork:
    """The street with stops on it that no line serves."""
    return with_rides(street(), Service(stops=[Stop(kind, at(step)) for step in steps]))


def minutes(network: RoadNetwork, start: float, end: float, mode: Mode = Mode.TRANSIT) -> float:
    """From one place on the street to another."""
    spots = [Spot(at(start)), Spot(at(end))]
    seconds = RoadTravelTimes(Roads(network)).matrix(spots, [mode]).seconds
    return float(seconds[0, 0, 0, 1]) / 60


def route(number: int, stops: str, **tags: str) -> Route:
    """A bus by its stops' letters, each after that of its role: 'sa sb', 'pa pb', 'fa bb'."""
    roles = {"s": "stop", "p": "platform", "f": "forward_stop", "b": "backward_stop"}
    members = [(member(stop[1]), roles[stop[0]]) for stop in stops.split()]
    return Route(number, Kind.BUS, tags, members)


def member(letter: str) -> Member:
    return "n", ord(letter)


def add_relations(path: Path, *relations: tuple[Sequence[tuple[str, int, str]], Tags]) -> None:
    """Add relations to an extract: members as (type, id, role), and tags."""
    root = parse(path).getroot()
    for number, (members, tags) in enumerate(relations, start=1):
        element = SubElement(root, "relation", id=str(number))
        for kind, ref, role in members:
            SubElement(element, "member", type=kind, ref=str(ref), role=role)
        for key, value in tags.items():
            SubElement(element, "tag", k=key, v=value)
    ElementTree(root).write(path, encoding="utf-8", xml_declaration=True)
