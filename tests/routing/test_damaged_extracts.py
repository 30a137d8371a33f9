"""Damaged extracts: whoever reads one says so and names it, whatever was damaged."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path

import osmium
import pytest

from routing.boundaries import find_outline
from routing.cutting import cut
from routing.errors import ExtractError
from routing.extent import Box
from routing.gazetteer.extract import read_extract
from routing.merging import merge
from routing.reading import read_roads
from tests.routing.little_places import ExtractText, chinese_town
from tests.routing.test_cutting import silent

Reader = Callable[[Path], object]
WIDE = Box(-179, -89, 179, 89)


def cut_all(extract: Path) -> None:
    cut(extract, WIDE, extract.with_name("made.osm.pbf"), silent)


def merge_one(extract: Path) -> None:
    merge([extract], extract.with_name("made.osm.pbf"), silent)


def outline(extract: Path) -> object:
    return find_outline(extract, "安平市")


READERS: list[Reader] = [read_roads, read_extract, cut_all, merge_one]
"""Those that read all of a file; `outline` looks at its relations alone."""


@pytest.fixture
def packed(tmp_path: Path) -> bytes:
    """A little town as .osm.pbf."""
    file = tmp_path / "whole.osm.pbf"
    with osmium.SimpleWriter(str(file)) as writer:
        for item in osmium.FileProcessor(chinese_town(tmp_path / "whole.osm")):
            writer.add(item)
    return file.read_bytes()


def refused(read: Reader, file: Path) -> None:
    """Hold that a reader names the file and leaves nothing beside it."""
    with pytest.raises(ExtractError, match=rf"{file.name} (cannot be read|is not there)"):
        read(file)
    assert not file.with_name("made.osm.pbf").exists()


@pytest.mark.parametrize("read", [*READERS, outline])
@pytest.mark.parametrize("share", [0, 0.02, 0.3, 0.6, 0.99])
def test_one_cut_short(tmp_path: Path, packed: bytes, read: Reader, share: float) -> None:
    file = tmp_path / "town.osm.pbf"
    file.write_bytes(packed[: int(len(packed) * share)])
    refused(read, file)


@pytest.mark.parametrize("read", READERS)
@pytest.mark.parametrize("share", [0.3, 0.5, 0.7, 0.95])
def test_one_with_flipped_bytes(tmp_path: Path, packed: bytes, read: Reader, share: float) -> None:
    content, at = bytearray(packed), int(len(packed) * share)
    content[at : at + 8] = bytes(byte ^ 0xFF for byte in content[at : at + 8])
    file = tmp_path / "town.osm.pbf"
    file.write_bytes(content)
    refused(read, file)


@pytest.mark.parametrize("read", READERS)
@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("zip.osm.pbf", b"PK\x03\x04" + bytes(500)),
        ("xml.osm.pbf", b'<osm version="0.6"></osm>'),
        ("unclosed.osm", b'<osm version="0.6"><node id="1" lat="1" lon="1"/>'),
        ("short.osm.gz", gzip.compress(b'<osm version="0.6"></osm>', mtime=0)[:-12]),
        ("older.osm", b'<osm version="0.5"></osm>'),
        ("latin.osm", b'<osm version="0.6"><node id="1"><tag k="a" v="\xff"/></node></osm>'),
        ("place.osm", b'<osm version="0.6"><node id="1" lat="x" lon="1"/></osm>'),
        ("number.osm", b'<osm version="0.6"><node id="one" lat="1" lon="1"/></osm>'),
        ("huge.osm", b'<osm version="0.6"><node id="99999999999999999999"/></osm>'),
    ],
)
def test_one_of_another_kind(tmp_path: Path, name: str, content: bytes, read: Reader) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    refused(read, file)


@pytest.mark.parametrize("read", [*READERS, outline])
def test_a_folder_and_no_file(tmp_path: Path, read: Reader) -> None:
    (tmp_path / "folder.osm.pbf").mkdir()
    with pytest.raises(ExtractError, match="is not there, or is no file"):
        read(tmp_path / "folder.osm.pbf")


@pytest.mark.parametrize("nodes", [0, 1, 2])
def test_a_street_that_leads_nowhere_is_no_road(tmp_path: Path, nodes: int) -> None:
    """Of no node, of one, and of one twice that the extract does not hold."""
    text = ExtractText()
    there = text.node((1, 1))
    text.way(*[[], [there], [98, 99]][nodes], highway="residential")
    file = text.write(tmp_path / "town.osm")
    with pytest.raises(ExtractError, match="holds no roads"):
        read_roads(file)


def test_one_node_is_cut_and_merged_but_has_no_roads(tmp_path: Path) -> None:
    text = ExtractText()
    text.node((1, 1))
    file, made = text.write(tmp_path / "node.osm"), tmp_path / "made.osm.pbf"
    for make in (cut_all, merge_one):
        make(file)
        assert [item.id for item in osmium.FileProcessor(made)] == [1]
        with pytest.raises(ExtractError, match="holds no roads"):
            read_roads(made)
        made.unlink()
    with pytest.raises(ExtractError, match="and no other either"):
        outline(file)
