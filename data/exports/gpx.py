"""GPX 1.1: a waypoint per visit, and a route per crew, for navigation on the way."""

from __future__ import annotations

from datetime import UTC
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from data.exports.day import CrewRows, ExportDay, StopRow
from data.exports.notes import lines_about
from routing.point import Point

NAMESPACE = "http://www.topografix.com/GPX/1/1"


def write_gpx(day: ExportDay) -> bytes:
    """Return the day as GPX; a visit whose place is not in the book any more is left out.

    The schema wants waypoints before routes, and the children of each in the order written here.
    """
    root = Element("gpx", {"version": "1.1", "creator": "dayround", "xmlns": NAMESPACE})
    about = SubElement(root, "metadata")
    say(about, "name", day.title)
    say(about, "time", f"{day.published_at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}")
    for crew in day.crews:
        for stop in crew.visits:
            waypoint(root, day, crew, stop)
    for number, crew in enumerate(day.crews, start=1):
        route(root, day, crew, number)
    indent(root)
    return bytes(tostring(root, encoding="utf-8", xml_declaration=True))


def waypoint(root: Element, day: ExportDay, crew: CrewRows, stop: StopRow) -> None:
    """Add a visit by itself, with what its reader may see of it."""
    if stop.point is None:
        return
    point = at(root, "wpt", stop.point, name_of(stop))
    told = (*day.bands, stop.hours, stop.where, *lines_about(day, stop))
    say(point, "desc", "\n".join(filter(None, told)))
    say(point, "type", crew.id)


def route(root: Element, day: ExportDay, crew: CrewRows, number: int) -> None:
    """Add a crew's day, from where it sets off to where it ends."""
    way = SubElement(root, "rte")
    say(way, "name", " · ".join((*day.bands, *crew.members)))
    say(way, "number", str(number))
    say(way, "type", crew.mode.value)
    at(way, "rtept", crew.start, day.words.start)
    for stop in crew.visits:
        if stop.point:
            at(way, "rtept", stop.point, name_of(stop))
    at(way, "rtept", crew.end, day.words.end)


def name_of(stop: StopRow) -> str:
    """Return what a device shows beside a point: 3 · 王*."""
    return " · ".join(filter(None, (str(stop.number), stop.name)))


def at(parent: Element, tag: str, point: Point, name: str) -> Element:
    """Add a named point, in degrees of WGS-84."""
    made = SubElement(parent, tag, {"lat": f"{point.lat:.6f}", "lon": f"{point.lon:.6f}"})
    say(made, "name", name)
    return made


def say(parent: Element, tag: str, text: str) -> None:
    """Add an element that is nothing but text."""
    SubElement(parent, tag).text = text
