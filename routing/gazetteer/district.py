"""Which district or county an address names, without any map."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from routing.gazetteer.areas import NO_DISTRICTS
from routing.gazetteer.chinese import AREA
from routing.gazetteer.text import is_chinese, simplified

SIGNS = ("区", "县", "旗")
REMEMBERED = 100_000


@lru_cache(maxsize=REMEMBERED)
def district_named(address: str) -> str:
    """Return the district or county of an address in simplified characters, '' if it names none.

    A city of a county's rank stands behind the city that it is part of: 余姚市 in 宁波市余姚市.
    Western addresses seldom tell a district: none is guessed.
    """
    plain = unicodedata.normalize("NFKC", address).replace(" ", "")
    if not is_chinese(plain):
        return ""
    text, city = plain.translate(simplified()), ""
    while area := AREA.match(text):
        named = area.group()
        if named.endswith(SIGNS) and not named.endswith(NO_DISTRICTS):
            return named
        if named.endswith("市"):
            if city:
                return named
            city = named
        text = text[area.end() :]
    return ""
