"""Reading Chinese addresses: 省市區 路段巷弄號 樓室, from the large to the small.

Where the areas end and the street begins is not decided here: every tail of the text before the
number is offered as the street's name, and the gazetteer knows which one exists.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from routing.gazetteer.address import Address, Reading
from routing.gazetteer.numbers import HouseNumber, house_number
from routing.gazetteer.text import chinese_key, fold, without_brackets

POSTCODE = re.compile(r"^(?:\d{6}|\d{5}|\d{3})(?=[^\d号巷弄段之\-])")
# 3号楼 is a building of a compound, 3号 a door of a street.
DOOR = re.compile(r"\d+(?:[之\-]\d+)?[a-z]?号(?![楼门])(?:之\d+)?")
BARE_DOOR = re.compile(r"(?<=[路街道巷弄段])\d+(?:[之\-]\d+)?[a-z]?(?=$|\d*[楼室f])")
INSIDE = re.compile(r"(?:[a-z]?\d+|[a-z])(?:号[楼门]|[栋幢座楼层室房户f]|单元)|地下")
LAST_PART = re.compile(r"\d+[巷弄段]$")
AREA = re.compile(r"[^\d]{1,12}?(?:省|自治[区州县]|行政区|市|[区县乡镇村里]|街道)|\d+[邻组]")


def read_chinese(text: str) -> Address:
    """Take apart `text`; floor, room and building are dropped."""
    head, number = _split(chinese_key(without_brackets(fold(text))))
    return Address(tuple(_readings(head, number)), head)


def street_and_number(full: str) -> tuple[str, str]:
    """Return the street and the number of a full address as written in the map (addr:full)."""
    head, number = _split(POSTCODE.sub("", chinese_key(without_brackets(fold(full)))))
    while (area := AREA.match(head)) and area.end() < len(head):
        head = head[area.end() :]
    return (head, number.key) if number else ("", "")


def _split(key: str) -> tuple[str, HouseNumber | None]:
    """Return what stands before the door's number, and the number."""
    door = DOOR.search(key) or BARE_DOOR.search(key)
    if door:
        return key[: door.start()], house_number(door.group())
    inside = INSIDE.search(key)
    return (key[: inside.start()] if inside else key), None


def _readings(head: str, number: HouseNumber | None) -> Iterator[Reading]:
    """Yield every tail of `head` as a name; then without its last lane, and so on."""
    unused = ""
    while head:
        for start in range(max(1, len(head) - 1)):
            yield Reading(head[start:], number, leftover=head[:start], unused=unused)
        last = LAST_PART.search(head)
        if last is None:
            return
        if number:
            unused, number = f"{number.key}号", None
        head, unused = head[: last.start()], last.group() + unused
