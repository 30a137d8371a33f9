"""What is written reads again: by the import, the road reader and the gazetteer."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from data.readers.cases import read_cases
from data.readers.collectors import read_collectors
from data.readers.pairs import read_pairs
from data.readers.shifts import read_shifts
from data.readers.tables import File
from data.towns.landscape import MADE_UP
from data.towns.map import make_map
from data.towns.osm_file import write_osm
from data.towns.town import Town, TownFiles, make_town, write_town
from routing.gazetteer.build import build_gazetteer
from routing.geocoders.gazetteer import GazetteerGeocoder
from routing.geocoding import Precision
from routing.point import distance_m
from routing.reading import read_roads
from tests.data.towns.conftest import ON
from tests.full_disk import room_for

SHANGHAI = ZoneInfo("Asia/Shanghai")
PLACES = ("home_address", "work_address", "registered_address")

MAKE_ONE = """
import sys
from datetime import date
from pathlib import Path
from data.towns.town import make_town, write_town
town = make_town(11, date(2026, 11, 23), cases=30, collectors=5, nodes=1_500)
write_town(town, Path(sys.argv[1]), extract="town.osm")
"""


def digests(folder: Path) -> dict[str, str]:
    return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in folder.iterdir()}


def test_the_same_seed_writes_the_same_bytes_in_another_process(tmp_path: Path) -> None:
    town = make_town(11, ON, cases=30, collectors=5, nodes=1_500)
    write_town(town, tmp_path / "here", extract="town.osm")
    environment = os.environ | {"PYTHONHASHSEED": "1"}  # sets in another order
    command = [sys.executable, "-c", MAKE_ONE, str(tmp_path / "there")]
    subprocess.run(command, check=True, env=environment)
    assert digests(tmp_path / "here") == digests(tmp_path / "there")
    assert len(digests(tmp_path / "here")) == 5


def test_another_seed_writes_another_town(town: Town) -> None:
    other = make_town(8, ON, cases=400, collectors=30, nodes=4_000)
    assert other.map.sheet.ways != town.map.sheet.ways
    assert other.cases[0]["home_address"] != town.cases[0]["home_address"]


def test_the_extract_says_that_it_is_made_up(town: Town, tmp_path: Path) -> None:
    files = write_town(town, tmp_path, extract="town.osm")
    text = files.extract.read_text(encoding="utf-8")
    assert f'generator="dayround towns: {MADE_UP}"' in text
    assert f'<tag k="note" v="{MADE_UP}"/>' in text


def test_workbooks_say_that_they_are_made_up(files: TownFiles) -> None:
    from openpyxl import load_workbook

    for file in (files.cases, files.collectors, files.shifts, files.pairs):
        book = load_workbook(file)
        assert book.sheetnames == ["演示数据 made-up data"]
        assert book.properties.creator == "演示数据 made-up data"


def test_the_import_takes_every_case(town: Town, files: TownFiles) -> None:
    result = read_cases(File(files.cases), zone=SHANGHAI)
    assert (result.errors, len(result.records)) == ((), 400)
    assert not any("is not used" in note for note in result.notes)
    by_id = {record.case.id: record for record in result.records}
    row = next(row for row in town.cases if {"work_address", "home_windows", "owner"} <= set(row))
    record = by_id[str(row["contract"])]
    assert record.case.owner == row["owner"]
    assert float(record.case.overdue) == row["overdue"]
    assert record.case.days_past_due == row["days_past_due"]
    assert record.places[0].address == row["home_address"]
    assert record.places[0].windows


def test_the_import_takes_every_collector_shift_and_pair(town: Town, files: TownFiles) -> None:
    collectors = read_collectors(File(files.collectors))
    assert (collectors.errors, len(collectors.records)) == ((), len(town.collectors))
    assert collectors.records[0].start.lat == town.collectors[0]["start_lat"]
    ids = {collector.id for collector in collectors.records}
    shifts = read_shifts(File(files.shifts), zone=SHANGHAI, collectors=ids)
    assert (shifts.errors, len(shifts.records)) == ((), len(town.shifts))
    pairs = read_pairs(File(files.pairs), collectors=ids)
    assert (pairs.errors, len(pairs.records)) == ((), len(town.pairs))


def test_the_road_reader_takes_the_extract(files: TownFiles) -> None:
    network = read_roads(files.extract)
    # Footways are roads too, for those who walk.
    assert network.lat.size == pytest.approx(4_000, rel=0.1)
    assert not network.is_clipped.any()
    assert "primary" in network.way_class


@pytest.fixture(scope="module")
def geocoder(files: TownFiles, tmp_path_factory: pytest.TempPathFactory) -> GazetteerGeocoder:
    file = tmp_path_factory.mktemp("gazetteer") / "town.gazetteer"
    build_gazetteer(files.extract, file)
    return GazetteerGeocoder(file)


def test_most_addresses_are_found_and_the_others_wait(
    town: Town, geocoder: GazetteerGeocoder
) -> None:
    written = [str(row[place]) for row in town.cases for place in PLACES if place in row]
    found = Counter(geocoder.locate(text).precision for text in written)
    plannable = sum(count for precision, count in found.items() if precision.is_plannable)
    # 2.6 % are written badly on purpose, so that there are places to check.
    assert 0.95 <= plannable / len(written) < 1
    for precision in ("exact", "interpolated", "compound", "street"):
        assert found[Precision(precision)] > 0.03 * len(written), precision


def test_what_was_written_badly_is_nowhere(town: Town, geocoder: GazetteerGeocoder) -> None:
    written = {str(row[place]) for row in town.cases for place in PLACES if place in row}
    bad = written - set(town.truth)
    assert bad
    assert not any(geocoder.locate(text).precision.is_plannable for text in bad)


def test_an_exact_address_is_where_the_door_stands(town: Town, geocoder: GazetteerGeocoder) -> None:
    doors = [
        (result.point, point)
        for text, point in town.truth.items()
        if text.endswith("号") and (result := geocoder.locate(text)).precision is Precision.EXACT
    ]
    assert len(doors) > 20
    assert all(found and distance_m(found, point) < 1 for found, point in doors)


def test_a_map_without_room_is_told_and_not_left(tmp_path: Path) -> None:
    sheet, file = make_map(11, 1_500).sheet, tmp_path / "town.osm.pbf"
    with room_for(2_000), pytest.raises(OSError, match=r"town\.osm\.pbf could not be written"):
        write_osm(sheet, file)
    assert not file.exists()
