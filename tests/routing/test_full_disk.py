"""Where a disk fills up, it is said so, what was there stays, and nothing half written does."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from routing.cutting import cut
from routing.extent import Box
from routing.merging import merge
from routing.point import Point
from routing.storing import load_roads, save_roads
from tests.full_disk import room_for
from tests.routing.little_places import ExtractText
from tests.routing.little_town import STREET, row, town
from tests.routing.test_cutting import silent

ROOM = 2000


@pytest.fixture
def large(tmp_path: Path) -> Path:
    """An extract that takes more than there is room for, however well it is packed."""
    text, rng = ExtractText(), np.random.default_rng(1)
    for lat, lon in rng.random((2000, 2)):
        text.node((lat, lon), name=f"{lat:.15f}")
    return text.write(tmp_path / "large.osm")


def cut_all(extract: Path, target: Path) -> None:
    cut(extract, Box(-1, -1, 2, 2), target, silent)


def merge_one(extract: Path, target: Path) -> None:
    merge([extract], target, silent)


@pytest.mark.parametrize("write", [cut_all, merge_one])
def test_an_extract_without_room_is_told_and_not_left(
    tmp_path: Path, large: Path, write: Callable[[Path, Path], None]
) -> None:
    target = tmp_path / "made.osm.pbf"
    with room_for(ROOM), pytest.raises(OSError, match=r"made\.osm\.pbf could not be .*Make room"):
        write(large, target)
    assert not target.exists()
    write(large, target)
    assert target.stat().st_size > ROOM


def test_the_process_outlives_a_writer_that_failed(tmp_path: Path, large: Path) -> None:
    """To free it would end the process, without a word of ours: so in one of its own."""
    script = (
        "from pathlib import Path; from tests.full_disk import room_for\n"
        "from tests.routing.test_full_disk import merge_one\n"
        "with room_for(2000):\n"
        f"    try: merge_one(Path({str(large)!r}), Path({str(tmp_path / 'made.osm.pbf')!r}))\n"
        "    except OSError as error: print('told')\n"
    )
    ended = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert (ended.returncode, ended.stdout) == (0, "told\n"), ended.stderr


def test_roads_without_room_leave_the_old_ones(tmp_path: Path) -> None:
    path, rng = tmp_path / "roads.npz", np.random.default_rng(1)
    save_roads(town(row(3), ([1, 2, 3], STREET)), path)
    places = {i: Point(lat, lon) for i, (lat, lon) in enumerate(rng.random((900, 2)))}
    larger = town(places, (range(900), STREET))
    with room_for(ROOM), pytest.raises(OSError, match=r"what was there stays.*roads\.npz"):
        save_roads(larger, path)
    assert len(load_roads(path)) == 3
    assert list(tmp_path.iterdir()) == [path]
