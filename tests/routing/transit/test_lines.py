"""Which stops follow each other, from relations as people map them."""

from __future__ import annotations

import pytest

from routing.transit.kinds import Kind
from routing.transit.lines import Route, line_kind, lines_of
from tests.routing.little_town import at
from tests.routing.transit.little_lines import member, route

PLACES = {member(letter): at(5 * i) for i, letter in enumerate("abcdefgh")}
LETTERS = {point: letter for (_, number), point in PLACES.items() for letter in chr(number)}


def rides(*routes: Route) -> list[str]:
    """Lines by the letters of their stops."""
    return ["".join(LETTERS[point] for point in line.stops) for line in lines_of(routes, PLACES)]


def test_a_relation_of_the_newer_scheme_runs_one_way() -> None:
    assert rides(route(1, "sa sb sc", ref="7", **{"public_transport:version": "2"})) == ["abc"]


def test_its_sister_runs_back() -> None:
    there, back = route(1, "sa sb sc", ref="7"), route(2, "sc sb sa", ref="7")
    assert rides(there, back) == ["abc", "cba"]


def test_lines_without_a_number_are_no_sisters() -> None:
    assert rides(route(1, "sa sb"), route(2, "sc sd")) == ["ab", "ba", "cd", "dc"]


def test_one_relation_alone_of_the_older_scheme_runs_both_ways_unless_it_says_so() -> None:
    assert rides(route(1, "sa sb sc", ref="7")) == ["abc", "cba"]
    assert rides(route(1, "sa sb sc", ref="7", oneway="yes")) == ["abc"]


def test_roles_tell_the_way_back() -> None:
    assert rides(route(1, "sa fb fc sd be bf")) == ["abcd", "ef"]


def test_of_stops_and_platforms_those_count_that_are_there() -> None:
    pairs = "sa pe sx pf sy pg"
    assert rides(route(1, pairs, oneway="yes")) == ["efg"]


def test_a_line_ends_where_the_extract_does_and_begins_again() -> None:
    # x lies beyond the edge: nobody knows how far the way by it is.
    assert rides(route(1, "sa sb sx sc sd", oneway="yes")) == ["ab", "cd"]
    assert rides(route(1, "sx sa sy", oneway="yes")) == []


def test_a_heap_of_stops_is_put_in_order() -> None:
    # a e b d c: 4 + 3 + 2 + 1 steps instead of 4. Which way it was meant nobody knows.
    assert sorted(rides(route(1, "sa se sb sd sc", ref="7", oneway="yes"))) == ["abcde", "edcba"]


def test_a_loop_is_no_heap() -> None:
    assert rides(route(1, "sa sb sc sd sa", oneway="yes")) == ["abcda"]


def test_a_line_has_its_number_as_name_or_else_its_name() -> None:
    numbered = route(1, "sa sb", ref="7", name="Seven", oneway="yes")
    named = route(2, "sa sb", name="Night", oneway="yes")
    assert [line.name for line in lines_of([numbered, named], PLACES)] == ["7", "Night"]


@pytest.mark.parametrize(
    ("tags", "kind"),
    [
        ({"type": "route", "route": "subway"}, Kind.SUBWAY),
        ({"type": "route", "route": "bicycle"}, None),
        ({"type": "route_master", "route_master": "bus"}, None),
        ({"type": "restriction"}, None),
    ],
)
def test_what_runs_on_a_route(tags: dict[str, str], kind: Kind | None) -> None:
    assert line_kind(tags) is kind
