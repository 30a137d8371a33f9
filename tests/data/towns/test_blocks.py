"""From arterials to lots: nothing lost, nothing in the river, smaller towards the middle."""

from __future__ import annotations

from itertools import pairwise
from random import Random
from statistics import median

import pytest

from data.towns.arterials import (
    Arterials,
    River,
    choose_bridges,
    crossing_m,
    draw_arterials,
    middle_of_crossing,
    ring_radii_m,
)
from data.towns.blocks import Block, Manner, choose_manner, cut_blocks, long_axis
from data.towns.districts import boundary, make_districts
from data.towns.ground import make_ground
from data.towns.lots import Built, Use, build_lots, inset
from data.towns.plat import Grade, Plat, Street, area_m2, centre_of

RADIUS_M = 2_500.0


@pytest.fixture(scope="module")
def plat() -> Plat:
    return Plat()


@pytest.fixture(scope="module")
def arterials(plat: Plat) -> Arterials:
    return draw_arterials(Random(3), plat, RADIUS_M)


@pytest.fixture(scope="module")
def blocks(plat: Plat, arterials: Arterials) -> list[Block]:
    return cut_blocks(Random(3), plat, arterials.quarters, make_ground(Random(3), RADIUS_M))


@pytest.fixture(scope="module")
def built(plat: Plat, blocks: list[Block]) -> Built:
    return build_lots(Random(3), plat, blocks)


def test_rings_lie_wider_apart_outwards() -> None:
    radii_m = ring_radii_m(5_000)
    assert radii_m[-1] == pytest.approx(5_000)
    gaps_m = [b - a for a, b in pairwise(radii_m)]
    assert gaps_m == sorted(gaps_m)


def test_the_river_parts_the_quarters(plat: Plat, arterials: Arterials) -> None:
    river = arterials.river
    for quarter in arterials.quarters:
        outline = plat.outline(quarter.parcel)
        assert not river.is_wet(centre_of(outline))
        offsets_m = [river.offset_m(corner) for corner in outline]
        assert min(offsets_m) > 0 or max(offsets_m) < 0  # all of it on one bank


def test_blocks_share_out_the_quarters(
    plat: Plat, arterials: Arterials, blocks: list[Block]
) -> None:
    whole_m2 = sum(area_m2(plat.outline(quarter.parcel)) for quarter in arterials.quarters)
    parts_m2 = sum(area_m2(plat.outline(block.parcel)) for block in blocks)
    # A joint on a curve-free edge changes no area; what snaps to a neighbour's joint, very little.
    assert parts_m2 == pytest.approx(whole_m2, rel=0.001)
    assert {block.quarter for block in blocks} == set(range(len(arterials.quarters)))


def test_blocks_are_smaller_towards_the_middle(plat: Plat, blocks: list[Block]) -> None:
    outlines = [plat.outline(block.parcel) for block in blocks]
    inner = [area_m2(o) for o in outlines if abs(centre_of(o)) < RADIUS_M / 3]
    outer = [area_m2(o) for o in outlines if abs(centre_of(o)) > 2 * RADIUS_M / 3]
    assert median(outer) > 2 * median(inner)


def test_fields_lie_outside_and_the_old_town_in_the_middle() -> None:
    rng = Random(1)
    assert {choose_manner(rng, 0, 0.1) for _ in range(50)} == {Manner.OLD}
    edge = [choose_manner(rng, 4, 0.98) for _ in range(300)]
    assert edge.count(Manner.FIELDS) > 150
    assert Manner.OLD not in edge
    assert Manner.FIELDS not in {choose_manner(rng, 2, 0.4) for _ in range(100)}


def test_the_long_axis_is_the_longer_one() -> None:
    along, extent_m, low_m = long_axis([0j, 300 + 0j, 300 + 100j, 100j])
    assert abs(along.real) == 1
    assert (extent_m, low_m) == (300, -150)


def test_bridges_are_short_and_apart(plat: Plat, arterials: Arterials) -> None:
    river = arterials.river
    bridges = choose_bridges(plat, river, RADIUS_M)
    assert len(bridges) == 2  # 0.9 a kilometre of radius, and two at least
    first, second = (middle_of_crossing(plat.streets[street], river) for street in bridges)
    assert abs(first - second) > 1.1 * RADIUS_M / 2
    assert river.offset_m(first) == pytest.approx(0, abs=1e-6)


def test_only_a_street_to_the_other_bank_crosses() -> None:
    river = River(0j, 1 + 0j, 100)

    def street(start: complex, end: complex, grade: Grade = Grade.PRIMARY) -> Street:
        return Street(start, end, grade, [])

    assert crossing_m(street(-80j, 80j), river) == 100
    assert crossing_m(street(-80 - 80j, 80 + 80j), river) == pytest.approx(100 * 2**0.5)
    assert crossing_m(street(60j, 160j), river) is None
    assert crossing_m(street(-80j, 10j), river) is None  # ends in the water
    assert crossing_m(street(-80j, 80j, Grade.UNBUILT), river) is None


def test_every_block_is_in_use_and_entered_from_a_street(plat: Plat, built: Built) -> None:
    for lot in built.lots:
        street, node = lot.door
        assert plat.streets[street].grade is not Grade.UNBUILT
        assert node in [joint for _, joint in plat.streets[street].joints]
        assert lot.size_m2 > 0
    uses = {lot.use for lot in built.lots}
    assert {Use.COMPOUND, Use.HOUSES, Use.SHOPS, Use.WORKS, Use.PARK, Use.FARM} <= uses


def test_compounds_have_a_gate_and_are_large(built: Built) -> None:
    gated = [lot for lot in built.lots if lot.use in (Use.COMPOUND, Use.SCHOOL, Use.WORKS)]
    assert len(built.gates) == len(gated) > 50
    compounds = [lot.size_m2 for lot in gated if lot.use is Use.COMPOUND]
    assert min(compounds) > 3_000  # 6,000 m² of ground, less what lies before the walls


def test_an_inset_lot_lies_within_its_block() -> None:
    square = [0j, 100 + 0j, 100 + 100j, 100j]
    # Each corner comes 14 m towards the middle: 9.9 m off both streets.
    assert inset(square)[0] == pytest.approx(9.9 + 9.9j, abs=0.01)


def test_districts_cover_every_quarter_once(plat: Plat, arterials: Arterials) -> None:
    districts = make_districts(plat, arterials)
    members = [quarter for district in districts for quarter in district.quarters]
    assert sorted(members) == list(range(len(arterials.quarters)))
    assert len({district.name.zh for district in districts}) == len(districts)
    assert "中城区" in {district.name.zh for district in districts}


def test_a_boundary_runs_round_and_not_between(plat: Plat, arterials: Arterials) -> None:
    old_town = [q for q in arterials.quarters if q.ring == 0]
    near = [q for q in old_town if arterials.river.offset_m(plat.outline(q.parcel)[0]) < 0]
    outline = boundary(plat, near)
    # The quarters between the avenues touch: one outline holds them all, without the avenues.
    assert len(near) >= 3
    assert area_m2(outline) == pytest.approx(sum(area_m2(plat.outline(q.parcel)) for q in near))
    assert len(outline) < sum(len(q.parcel.corners) for q in near)
