"""The surveyor's drawing: cuts share ground out, and neighbours share joints."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.towns.ground import unit
from data.towns.plat import Grade, Parcel, Plat, area_m2, centre_of, cross


def square(plat: Plat, side_m: float = 100.0) -> Parcel:
    corners = [plat.add_node(side_m * at) for at in (0, 1, 1 + 1j, 1j)]
    turned = [*corners[1:], corners[0]]
    pairs = zip(corners, turned, strict=True)
    return Parcel(corners, [plat.add_street(a, b, Grade.RESIDENTIAL) for a, b in pairs])


def test_a_cut_leaves_the_left_piece_on_the_left() -> None:
    plat = Plat()
    pieces = plat.cut(square(plat), at=30 + 0j, direction=1j, grade=Grade.LANE, snap_m=0)
    # Northwards along x = 30, the west with 30 × 100 m² is on the left.
    assert pieces is not None
    assert [area_m2(plat.outline(piece)) for piece in pieces] == [3000, 7000]
    assert plat.streets[-1].grade is Grade.LANE
    assert plat.streets[-1].length_m == 100


@given(east=st.floats(5, 95), north=st.floats(5, 95), turn=st.floats(0, 1), snap_m=st.floats(0, 30))
def test_a_cut_loses_no_ground_and_leaves_convex_pieces(
    east: float, north: float, turn: float, snap_m: float
) -> None:
    plat = Plat()
    pieces = plat.cut(square(plat), complex(east, north), unit(turn), Grade.LANE, snap_m)
    if pieces is None:  # snapped to two neighbouring corners: nothing to cut off
        assert snap_m > 0
        return
    outlines = [plat.outline(piece) for piece in pieces]
    assert sum(map(area_m2, outlines)) == pytest.approx(10_000)
    for outline in outlines:
        sides = [b - a for a, b in zip(outline, [*outline[1:], outline[0]], strict=True)]
        turns = [cross(a, b) for a, b in zip(sides, [*sides[1:], sides[0]], strict=True)]
        assert min(turns) > -1e-6


def test_a_line_beside_the_parcel_cuts_nothing() -> None:
    plat = Plat()
    assert plat.cut(square(plat), 200 + 0j, 1j, Grade.LANE, 0) is None
    assert len(plat.streets) == 4


def test_neighbours_share_a_joint_within_reach_and_make_their_own_beyond() -> None:
    plat = Plat()
    street = plat.add_street(plat.add_node(0j), plat.add_node(100 + 0j), Grade.RESIDENTIAL)
    mine = plat.joint(street, 40 + 0j, snap_m=10)
    assert plat.joint(street, 49 + 0j, snap_m=10) == mine
    assert plat.joint(street, 51 + 0j, snap_m=10) != mine
    assert plat.joint(street, 96 + 0j, snap_m=10) == 1  # the end is a joint like any other
    assert [along_m for along_m, _ in plat.streets[street].joints] == [0, 40, 51, 100]


def test_the_pieces_close_with_the_new_street() -> None:
    plat = Plat()
    pieces = plat.cut(square(plat), 50 + 50j, 1 + 0j, Grade.LANE, 0)
    assert pieces is not None
    for piece in pieces:
        for i, edge in enumerate(piece.edges):
            ends = {piece.corners[i], piece.corners[(i + 1) % len(piece.corners)]}
            assert ends <= {node for _, node in plat.streets[edge].joints}
    assert centre_of(plat.outline(pieces[0])) == 50 + 75j
