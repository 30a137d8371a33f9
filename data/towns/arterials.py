"""The great lines of a town: radials, rings, avenues, and a river between two banks."""

from __future__ import annotations

from dataclasses import dataclass, replace
from random import Random

from data.towns.ground import unit
from data.towns.plat import Grade, Parcel, Plat, Street, around, centre_of, cross

BANK_SNAP_M = 20.0
BRIDGES_PER_KM = 0.9  # of the town's radius


@dataclass(frozen=True, slots=True)
class River:
    """A straight band on the board; the ground's waves make it meander."""

    middle: complex
    direction: complex
    width_m: float

    def offset_m(self, at: complex) -> float:
        """Return how far `at` lies left of the middle of the river."""
        return cross(self.direction, at - self.middle)

    def is_wet(self, at: complex) -> bool:
        """Whether `at` lies in the water, clear of the streets along the banks."""
        return abs(self.offset_m(at)) < self.width_m / 2 - BANK_SNAP_M - 2

    def is_between_banks(self, at: complex) -> bool:
        """Whether `at` lies in the water or on a street along it."""
        return abs(self.offset_m(at)) < self.width_m / 2 + BANK_SNAP_M + 2

    def bank(self, side: int) -> complex:
        """Return a point of the left bank (1) or the right bank (-1)."""
        return self.middle + side * 1j * self.direction * self.width_m / 2


@dataclass(frozen=True, slots=True)
class Quarter:
    """A parcel between arterials; `ring` 0 is the old town, `sector` counts radials."""

    parcel: Parcel
    ring: int
    sector: int


@dataclass(frozen=True, slots=True)
class Arterials:
    """The river, the quarters to build on that the arterials leave, and where those meet.

    `corners` are nodes [sector][ring], from the old town to the edge along each radial.
    """

    quarters: list[Quarter]
    river: River
    corners: list[list[int]]


def draw_arterials(rng: Random, plat: Plat, radius_m: float) -> Arterials:
    """Draw radials and rings, two avenues through the old town, and the river across all."""
    radii_m = ring_radii_m(radius_m)
    corners = web_corners(rng, plat, radii_m, sectors=round(min(13.0, 8 + radius_m / 1500)))
    quarters = web_quarters(plat, corners)
    old_town = cut_avenues(rng, plat, quarters.pop())
    river = make_river(rng, radius_m)
    return Arterials(cut_river(plat, [*old_town, *quarters], river), river, corners)


def ring_radii_m(radius_m: float) -> list[float]:
    """Return the rings from the old town's to the town's edge, wider apart outwards."""
    old_town_m = 320 + 0.13 * radius_m
    count = 3 if radius_m < 3500 else 4 if radius_m < 9000 else 5
    growth = (radius_m / old_town_m) ** (1 / count)
    return [old_town_m * growth**ring for ring in range(count + 1)]


def web_corners(rng: Random, plat: Plat, radii_m: list[float], sectors: int) -> list[list[int]]:
    """Return nodes [sector][ring] where radials and rings meet."""
    turn = rng.random()
    turns = [turn + (k + rng.uniform(-0.22, 0.22)) / sectors for k in range(sectors)]
    return [
        [plat.add_node(unit(t) * radius_m * rng.uniform(0.93, 1.07)) for radius_m in radii_m]
        for t in turns
    ]


def web_quarters(plat: Plat, corners: list[list[int]]) -> list[Quarter]:
    """Draw the web, and return its quarters; the old town is the last."""
    rings = len(corners[0]) - 1
    radials = [draw_radial(plat, nodes) for nodes in corners]
    chords = [
        [
            plat.add_street(here, there, ring_grade(ring, rings))
            for ring, (here, there) in enumerate(zip(near, far, strict=True))
        ]
        for near, far in around(corners)
    ]
    web = zip(around(corners), around(radials), chords, strict=True)
    quarters = [
        Quarter(
            Parcel(
                [near[ring], near[ring + 1], far[ring + 1], far[ring]],
                [radial, chord[ring + 1], next_radial, chord[ring]],
            ),
            ring + 1,
            sector,
        )
        for sector, ((near, far), (radial, next_radial), chord) in enumerate(web)
        for ring in range(rings)
    ]
    old_town = Parcel([nodes[0] for nodes in corners], [chord[0] for chord in chords])
    return [*quarters, Quarter(old_town, 0, 0)]


def ring_grade(ring: int, rings: int) -> Grade:
    """The second ring is the town's main one; the outermost is only its edge."""
    return Grade.PRIMARY if ring == 1 else Grade.UNBUILT if ring == rings else Grade.SECONDARY


def draw_radial(plat: Plat, nodes: list[int]) -> int:
    """Draw a radial through the nodes of all rings; they lie on one line from the centre."""
    street = plat.add_street(nodes[0], nodes[-1], Grade.PRIMARY)
    drawn = plat.streets[street]
    drawn.joints[1:1] = [(abs(plat.nodes[node] - drawn.start), node) for node in nodes[1:-1]]
    return street


def cut_avenues(rng: Random, plat: Plat, old_town: Quarter) -> list[Quarter]:
    """Cut the old town by two avenues that cross near its middle."""
    middle = centre_of(plat.outline(old_town.parcel))
    direction = unit(rng.random())
    halves = plat.cut(old_town.parcel, middle, direction, Grade.SECONDARY, BANK_SNAP_M) or ()
    parts: list[Parcel] = []
    for half in halves:
        parts += plat.cut(half, middle, direction * 1j, Grade.SECONDARY, BANK_SNAP_M) or (half,)
    return [Quarter(part, 0, 0) for part in parts or [old_town.parcel]]


def make_river(rng: Random, radius_m: float) -> River:
    """Lay a river past the middle of the town, wider in a larger town."""
    direction = unit(rng.random())
    past_m = rng.uniform(0.12, 0.3) * radius_m
    return River(direction * 1j * past_m, direction, 95 + 0.012 * radius_m)


def cut_river(plat: Plat, quarters: list[Quarter], river: River) -> list[Quarter]:
    """Cut every quarter along both banks, and return what stays dry."""
    dry = []
    for quarter in quarters:
        pieces = [quarter.parcel]
        for side in (1, -1):
            pieces = [half for piece in pieces for half in bank_cut(plat, piece, river, side)]
        dry += [
            replace(quarter, parcel=piece)
            for piece in pieces
            if not all(map(river.is_between_banks, plat.outline(piece)))
        ]
    return dry


def bank_cut(plat: Plat, piece: Parcel, river: River, side: int) -> tuple[Parcel, ...]:
    """Draw the street along one bank through a parcel, where the bank runs through it."""
    at = river.bank(side)
    return plat.cut(piece, at, river.direction, Grade.TERTIARY, BANK_SNAP_M) or (piece,)


def choose_bridges(plat: Plat, river: River, radius_m: float) -> set[int]:
    """Return the few streets that cross the river: short crossings, well apart."""
    crossings = sorted(
        (length_m, street)
        for street, drawn in enumerate(plat.streets)
        if (length_m := crossing_m(drawn, river)) is not None
    )
    wanted = max(2, round(BRIDGES_PER_KM * radius_m / 1000))
    apart_m = 1.1 * radius_m / wanted
    chosen: list[int] = []
    for _, street in crossings:
        here = middle_of_crossing(plat.streets[street], river)
        others = (middle_of_crossing(plat.streets[other], river) for other in chosen)
        if len(chosen) < min(wanted, 9) and all(abs(here - there) > apart_m for there in others):
            chosen.append(street)
    return set(chosen)


def crossing_m(street: Street, river: River) -> float | None:
    """Return the metres of a street between the banks; None where it does not cross."""
    before, after = river.offset_m(street.start), river.offset_m(street.end)
    if street.grade is Grade.UNBUILT or before * after >= 0:
        return None
    if min(abs(before), abs(after)) < river.width_m / 2 - BANK_SNAP_M:
        return None
    return river.width_m * street.length_m / abs(after - before)


def middle_of_crossing(street: Street, river: River) -> complex:
    before, after = river.offset_m(street.start), river.offset_m(street.end)
    return street.start + (street.end - street.start) * (before / (before - after))
