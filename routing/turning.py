"""What turns take, and which are forbidden: data, and the turns of one mode's roads.

A turn takes its time where it crosses or joins a road with traffic; in quiet streets that is in
their speeds. The curve and the figures for cars are those of the car profile of OSRM, an
open-source router: half of `turn_s` at a right angle, next to nothing straight on. Those for
e-bikes are house assumptions.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from routing.chains import NO_ARC, Chains
from routing.expanding import Turns, all_turns, turns
from routing.legs import duration_keys
from routing.point import steps_deg
from routing.roads import RoadNetwork
from routing.travel import Mode


@dataclass(frozen=True, slots=True)
class TurnCosts:
    """What turning takes at a junction of three roads or more, and turning back at any."""

    turn_s: float
    back_s: float

    @property
    def back_key(self) -> int:
        return int(duration_keys(np.array([1000 * self.back_s]))[0])


COSTS: Mapping[Mode, TurnCosts] = {
    Mode.CAR: TurnCosts(turn_s=7.5, back_s=20),
    Mode.EBIKE: TurnCosts(turn_s=3, back_s=6),
    Mode.WALK: TurnCosts(turn_s=0, back_s=0),
    Mode.TRANSIT: TurnCosts(turn_s=0, back_s=0),
}

_BUSY = ("motorway", "trunk", "primary", "secondary", "tertiary")
BUSY = frozenset({*_BUSY, *(f"{name}_link" for name in _BUSY)})
"""Classes of roads that are not turned into or out of at once."""

_STEEPNESS = 13 / 180


def turn_ms(angle_deg: NDArray[np.float64], turn_s: float) -> NDArray[np.int64]:
    """Return the milliseconds of turns by angles of 0 to 180°, in whole tenths of a second."""
    tenths = np.rint(10 * turn_s / (1 + np.exp(_STEEPNESS * (90 - angle_deg))))
    return 100 * tenths.astype(np.int64)


def mode_turns(
    network: RoadNetwork, mode: Mode, arcs: NDArray[np.intp], roads: Chains
) -> tuple[Turns, list[tuple[int, ...]]]:
    """Return the turns that `mode` may make between its chains of `arcs`.

    And the forbidden ways over three chains or more, which no single turn tells.
    """
    forbidden = _forbidden_ways(network, mode, arcs, roads)
    into, out = all_turns(roads, len(network))
    number = into.astype(np.int64) * len(roads) + out
    pairs = [a * len(roads) + b for a, b in (way for way in forbidden if len(way) == 2)]
    costs = COSTS[mode]
    key = np.zeros(len(into), np.int64)
    if costs.turn_s:
        key = duration_keys(_turn_ms(network, arcs, roads, into, out, costs.turn_s))
    allowed = turns(roads, len(network), key, costs.back_key, np.isin(number, pairs))
    return allowed, [way for way in forbidden if len(way) > 2]


def banned_nodes(network: RoadNetwork, mode: Mode) -> NDArray[np.bool_]:
    """bool[n]: nodes that a forbidden way leads over, which must be junctions."""
    is_banned = np.zeros(len(network), bool)
    for ban in network.bans(mode):
        is_banned[network.head[ban[:-1]]] = True
    return is_banned


def _forbidden_ways(
    network: RoadNetwork, mode: Mode, arcs: NDArray[np.intp], roads: Chains
) -> list[tuple[int, ...]]:
    place = np.full(len(network.tail), NO_ARC)
    place[arcs] = np.arange(len(arcs))
    return [tuple(roads.chain_of[place[ban]].tolist()) for ban in network.bans(mode)]


def _turn_ms(
    network: RoadNetwork,
    arcs: NDArray[np.intp],
    roads: Chains,
    into: NDArray[np.int32],
    out: NDArray[np.int32],
    turn_s: float,
) -> NDArray[np.int64]:
    """int64[t]: what each turn takes by its angle, 0 at junctions where that is not counted."""
    lasts, firsts = arcs[roads.arcs[roads.first[1:] - 1]], arcs[roads.arcs[roads.first[:-1]]]
    is_counted = _counted_junctions(network, lasts, firsts, roads)[roads.head[into]]
    angle_deg = _angle_deg(_heading(network, lasts)[into], _heading(network, firsts)[out])
    return np.where(is_counted, turn_ms(angle_deg, turn_s), 0)


def _counted_junctions(
    network: RoadNetwork, lasts: NDArray[np.intp], firsts: NDArray[np.intp], roads: Chains
) -> NDArray[np.bool_]:
    """bool[n]: three roads or more meet here, and one of them is busy."""
    n = len(network)
    is_busy_way = np.isin(network.way_class, list(BUSY))
    is_busy = np.zeros(n, bool)
    is_busy[roads.head[is_busy_way[network.way[lasts]]]] = True
    is_busy[roads.tail[is_busy_way[network.way[firsts]]]] = True
    is_own = roads.reverse == NO_ARC  # others are counted where they begin
    count = np.bincount(roads.tail, minlength=n) + np.bincount(roads.head[is_own], minlength=n)
    return is_busy & (count > 2)


def _heading(network: RoadNetwork, arcs: NDArray[np.intp]) -> NDArray[np.complex128]:
    """complex128[k]: where arcs lead, east and north, in degrees of latitude."""
    tail, head = network.tail[arcs], network.head[arcs]
    lat, lon = network.lat, network.lon
    return steps_deg(lat[tail], lon[tail], lat[head], lon[head])


def _angle_deg(
    before: NDArray[np.complex128], after: NDArray[np.complex128]
) -> NDArray[np.float64]:
    """float64[t]: 0 straight on, 180 back; 0 beside an arc of no length."""
    return np.abs(np.degrees(np.angle(after * before.conj())))
