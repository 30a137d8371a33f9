"""Buildings of a compound: one key for the ways to write one, wherever in an address it stands."""

from __future__ import annotations

import re

from routing.gazetteer.text import chinese_key, fold, is_chinese

SIGNED = re.compile(r"(?P<building>[a-z]\d{0,3}|\d{1,4}[a-z]?)(?:栋|幢|座|号楼|号院|楼(?=\d))")
PARTED = re.compile(r"(?<![\d\-])(?P<building>[a-z]?\d{1,4})[\-/]\d{1,2}[\-/]\d{2,4}(?!\d)")
"""Building, entrance, flat: 3-2-501."""
NUMBERED = re.compile(r"(?P<building>\d{1,4}[a-z]?)号")
"""Said of a compound, 5号 is a building; said of a street, a door."""
WESTERN = re.compile(
    r"\b(?:building|bldg|block|blk|tower|house)\.?\s*#?(?P<building>[a-z\d]{1,4})\b"
)


def building_key(text: str) -> str:
    """Return the key of what a row calls a building, '' where it has no number nor letter.

    >>> building_key("三栋"), building_key("3号楼"), building_key("A座"), building_key("Block 3")
    ('3', '3', 'a', '3')
    """
    found = building_in(text, "")
    return found or re.sub(r"\W|[栋幢座号楼院]", "", chinese_key(text))


def building_in(address: str, name: str) -> str:
    """Return the building that an address names of the compound `name`, '' where it names none.

    >>> building_in("城东区东河路88号东河小区三幢2单元501", "东河小区")
    '3'
    """
    if not is_chinese(address):
        found = WESTERN.search(fold(address))
        return found["building"] if found else ""
    key = chinese_key(address)
    inside = key.rpartition(chinese_key(name))[2] if name else key
    found = SIGNED.search(inside) or PARTED.search(inside)
    if not found and inside != key:
        found = NUMBERED.match(inside)
    return found["building"] if found else ""
