"""One extract of several, which lie beside each other or overlap."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from routing.errors import ExtractError
from routing.streaming import ObjectCounter, OnObjects, reading, writing

KINDS = "nwr"


def merge(extracts: Sequence[Path], target: Path, on_objects: OnObjects) -> None:
    """Write to `target`, an `.osm.pbf`, whatever is in any of the extracts, each object once.

    The files are streamed side by side, once, with one object of each in memory. Of an object that
    several hold the newest version is taken and, of ways as new, the one that is clipped least.

    Raises
    ------
    ExtractError
        Where a file is no extract, or its objects are not in the usual order.
    """
    import osmium

    count = ObjectCounter(on_objects)
    with reading(extracts), writing(target) as writer:
        streams = [_ordered(extract, count) for extract in extracts]
        for same in osmium.zip_processors(*streams):  # type: ignore[arg-type]  # it only iterates
            writer.add(max((item for item in same if item is not None), key=_rank))


def _ordered(extract: Path, count: ObjectCounter) -> Iterator[Any]:
    """Give the objects of a file, as long as each comes after the one before."""
    import osmium

    before = (-1, 0)
    for item in osmium.FileProcessor(extract):
        count()
        now = (KINDS.index(item.type_str()), item.id)
        if now <= before:
            raise ExtractError(
                f"{extract.name} is not sorted: {_written(now)} follows {_written(before)}. Sort "
                "it by kind and id, as osmium sort does, to merge it with another"
            )
        before = now
        yield item


def _written(key: tuple[int, int]) -> str:
    return f"{KINDS[key[0]]}{key[1]}"


def _rank(item: Any) -> tuple[int, int]:
    return item.version, len(item.nodes) if item.is_way() else 0
