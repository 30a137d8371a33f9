"""How fast each mode moves on each class of road, and where it may not: data and tag rules.

The figures are house assumptions. Those for cars stand near the default car profile of OSRM, an
open-source router; e-bikes keep well under the 25 km/h that GB 17761-2018 lets them reach; a
walker makes 80 m a minute. Traffic by the hour is not in them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from routing.travel import Mode

MODES = tuple(Mode)
"""The order of every per-mode axis of a road network."""

WALK_KPH = 4.8
POSTED_SHARE = 0.8  # of the posted limit that a car makes on average, as in OSRM
MOST_KPH = 150.0
KM_PER_MILE = 1.609344

_MOTOR_ROADS = ("motorway", "motorway_link")
_ROADS = (
    *("trunk", "trunk_link", "primary", "primary_link", "secondary", "secondary_link"),
    *("tertiary", "tertiary_link", "unclassified", "residential", "road"),
)
_LANES = ("living_street", "service", "track")
_FOOT_BARRIERS = frozenset(
    {"stile", "turnstile", "full-height_turnstile", "kissing_gate", "log", "debris"}
)
_CAR_BARRIERS = _FOOT_BARRIERS | {
    *("bollard", "block", "jersey_barrier", "cycle_barrier", "motorcycle_barrier", "planter"),
    *("chain", "sump_buster", "bus_trap", "horse_stile", "wall", "fence"),
}
_PATHS = ("pedestrian", "footway", "path", "cycleway", "bridleway", "corridor")


@dataclass(frozen=True, slots=True)
class RoadRules:
    """What a mode may use and how fast it is there.

    Parameters
    ----------
    kph
        Speed by class of road (the value of `highway`); any other class is closed.
    signed_kph
        Speed on classes that are open only where a tag of `access_keys[0]` says so.
    access_keys, oneway_keys
        The tags that rule this mode, the most specific first; the first one present decides.
    barriers
        What stops it on its way, unless an access tag says otherwise.
    """

    kph: Mapping[str, float]
    access_keys: tuple[str, ...]
    oneway_keys: tuple[str, ...]
    signed_kph: Mapping[str, float] = field(default_factory=dict)
    barriers: frozenset[str] = frozenset()


_ON_FOOT = RoadRules(
    kph={**dict.fromkeys((*_ROADS, *_LANES, *_PATHS), WALK_KPH), "steps": 2.4},
    access_keys=("foot", "access"),
    oneway_keys=("oneway:foot",),
)

RULES: Mapping[Mode, RoadRules] = {
    Mode.CAR: RoadRules(
        kph={
            **{"motorway": 90, "motorway_link": 45, "trunk": 85, "trunk_link": 40},
            **{"primary": 65, "primary_link": 30, "secondary": 55, "secondary_link": 25},
            **{"tertiary": 40, "tertiary_link": 20, "unclassified": 25, "residential": 25},
            **{"road": 20, "living_street": 10, "service": 15, "track": 10},
        },
        access_keys=("motorcar", "motor_vehicle", "vehicle", "access"),
        oneway_keys=("oneway:motorcar", "oneway:motor_vehicle", "oneway:vehicle", "oneway"),
        barriers=_CAR_BARRIERS,
    ),
    Mode.EBIKE: RoadRules(
        kph={
            **dict.fromkeys(_ROADS, 18),
            **{"cycleway": 18, "living_street": 12, "service": 12, "track": 10},
        },
        signed_kph=dict.fromkeys(_PATHS, 10),
        access_keys=("bicycle", "vehicle", "access"),
        oneway_keys=("oneway:bicycle", "oneway:vehicle", "oneway"),
        barriers=_FOOT_BARRIERS,
    ),
    Mode.WALK: _ON_FOOT,
    Mode.TRANSIT: _ON_FOOT,  # on streets; rides are arcs of their own (routing/transit)
}

HIGHWAYS = frozenset().union(*(rules.kph for rules in RULES.values()), _MOTOR_ROADS)
"""Classes that some mode may use."""

_SPEED_KEYS = sorted(
    {"highway", "maxspeed", "motorroad", "expressway", "bridge", "tunnel", "junction"}
    | {"cycleway", "cycleway:left", "cycleway:right", "oneway:bicycle"}
    | {key for rules in RULES.values() for key in (*rules.access_keys, *rules.oneway_keys)}
)
"""All tags that speeds depend on."""

_FORBIDDEN = {"no", "private", "agricultural", "forestry", "military", "emergency", "permit"}
_SIGNED = {"yes", "designated", "permissive"}
_FORWARD, _BACKWARD = {"yes", "true", "1"}, {"-1", "reverse"}
_CONTRAFLOW = {"opposite", "opposite_lane", "opposite_track"}
_SPEED = re.compile(r"^\s*(\d+(?:\.\d+)?)\s*(mph|km/h|kmh|kph)?\s*(?:;|$)")


@dataclass(frozen=True, slots=True)
class WaySpeeds:
    """Speeds along a way and against it, in the order of `MODES`; 0 where closed.

    `is_barred`: the class would suit the mode, and an access tag forbids it.
    """

    forward_kph: tuple[float, ...]
    backward_kph: tuple[float, ...]
    is_barred: tuple[bool, ...]


def posted_kph(tags: Mapping[str, str]) -> float | None:
    """Return `maxspeed` in km/h; None where there is none or it is no figure ('none', 'CN:urban').

    Of several values ('50;30') the first counts; beyond `MOST_KPH` it is taken for a mistake.
    """
    match = _SPEED.match(tags.get("maxspeed", ""))
    if match is None:
        return None
    kph = float(match[1]) * (KM_PER_MILE if match[2] == "mph" else 1)
    return kph if 0 < kph <= MOST_KPH else None


def walk_ms(length_m: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return the whole milliseconds that a walk takes, in the shape of `length_m`."""
    return np.rint(length_m * 3600 / WALK_KPH).astype(np.int64)


def way_speeds(tags: Mapping[str, str]) -> WaySpeeds:
    """Return what the tags of a way mean for each mode."""
    return _speeds_of(tuple((key, tags[key]) for key in _SPEED_KEYS if key in tags))


@lru_cache(maxsize=10_000)
def _speeds_of(some_tags: tuple[tuple[str, str], ...]) -> WaySpeeds:
    """Work out the speeds once for all ways that are alike: a city has some hundred kinds."""
    tags = dict(some_tags)
    forward, backward, barred = [], [], []
    for mode in MODES:
        speed = _class_kph(mode, tags)
        is_barred = speed > 0 and _is_forbidden(RULES[mode], tags)
        runs_forward, runs_backward = _directions(mode, tags)
        open_kph = 0.0 if is_barred else speed
        forward.append(open_kph * runs_forward)
        backward.append(open_kph * runs_backward)
        barred.append(is_barred)
    return WaySpeeds(tuple(forward), tuple(backward), tuple(barred))


def barrier_speeds(tags: Mapping[str, str]) -> WaySpeeds:
    """Return whom the barrier of a node stops; for the others it is an open way of 0 m."""
    barred = tuple(_is_stopped(RULES[mode], tags) for mode in MODES)
    kph = tuple(0.0 if is_barred else WALK_KPH for is_barred in barred)
    return WaySpeeds(kph, kph, barred)


def _is_stopped(rules: RoadRules, tags: Mapping[str, str]) -> bool:
    sign = _first(rules.access_keys, tags)
    return tags["barrier"] in rules.barriers if sign is None else sign in _FORBIDDEN


def _class_kph(mode: Mode, tags: Mapping[str, str]) -> float:
    rules, highway = RULES[mode], tags.get("highway", "")
    speed = float(rules.kph.get(highway, 0))
    sign = tags.get(rules.access_keys[0])
    if highway in rules.signed_kph and sign in _SIGNED:
        speed = float(rules.signed_kph[highway])
    if mode is not Mode.CAR and _is_expressway(tags) and sign not in _SIGNED:
        return 0.0
    posted = posted_kph(tags)
    if not speed or posted is None:
        return speed
    return posted * POSTED_SHARE if mode is Mode.CAR else min(speed, posted)


def _is_expressway(tags: Mapping[str, str]) -> bool:
    """Whether a road is for motors alone, as an elevated or sunken trunk road is in China."""
    is_off_ground = any(tags.get(key, "no") != "no" for key in ("bridge", "tunnel"))
    is_trunk = tags.get("highway", "").startswith("trunk")
    return "yes" in (tags.get("motorroad"), tags.get("expressway")) or (is_trunk and is_off_ground)


def _is_forbidden(rules: RoadRules, tags: Mapping[str, str]) -> bool:
    return _first(rules.access_keys, tags) in _FORBIDDEN


def _directions(mode: Mode, tags: Mapping[str, str]) -> tuple[bool, bool]:
    """Whether `mode` may go along the way, and against it."""
    rules = RULES[mode]
    oneway = _first(rules.oneway_keys, tags)
    if oneway is None and "oneway" in rules.oneway_keys and _is_implied_oneway(tags):
        oneway = "yes"
    if mode is Mode.EBIKE and "oneway:bicycle" not in tags and _has_contraflow(tags):
        oneway = "no"
    if oneway == "reversible":  # which way at which hour is not in the data: neither is safe
        return False, False
    return oneway not in _BACKWARD, oneway not in _FORWARD


def _is_implied_oneway(tags: Mapping[str, str]) -> bool:
    return tags.get("junction") in {"roundabout", "circular"} or tags.get("highway") == "motorway"


def _has_contraflow(tags: Mapping[str, str]) -> bool:
    return any(
        tags.get(key) in _CONTRAFLOW for key in ("cycleway", "cycleway:left", "cycleway:right")
    )


def _first(keys: tuple[str, ...], tags: Mapping[str, str]) -> str | None:
    return next((tags[key] for key in keys if key in tags), None)
