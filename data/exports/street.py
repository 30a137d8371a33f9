"""Where about an address is: its street, and nothing that leads to a door."""

from __future__ import annotations

import re
import unicodedata

from routing.gazetteer.numbers import STEMS
from routing.gazetteer.text import COUNTED, ORDINAL, is_chinese, simplified, without_brackets
from routing.gazetteer.western import UNIT

POSTCODE = re.compile(r"^\W*\d{5,6}(?=\D)")
# 18弄, 甲5号 and B座 lead to a door; 十二巷 does too, 三民路 is a name.
DOOR = re.compile(rf"[{STEMS}]?[a-z]?-?\d|[{STEMS}]号|[a-z](?=[栋座单区])|{COUNTED.pattern}", re.I)
SEPARATORS = " ,，、;；:：。#-—"


def street_of(address: str) -> str:
    """Return the street of an address, with the areas it is in; '' where only a door is told."""
    plain = unicodedata.normalize("NFKC", address)
    return _chinese(plain) if is_chinese(plain) else _western(plain)


def _chinese(plain: str) -> str:
    """Chinese goes from the large to the small: what stands before the door is the street."""
    spoken = POSTCODE.sub("", without_brackets(plain))
    # Looked for in simplified signs, of which each stands for one: the place is the same.
    door = DOOR.search(spoken.translate(simplified()))
    return spoken[: door.start() if door else None].strip(SEPARATORS)


def _western(plain: str) -> str:
    """Take the part with the house number, else the first, without number, unit and postcode."""
    folded = re.sub(UNIT.pattern, " ", without_brackets(plain), flags=re.IGNORECASE)
    named = [part for part in re.split(r"[,;\n]", folded) if re.search(r"[^\W\d]", part)]
    numbered = [part for part in named if re.search(r"\d", part)]
    street = next(iter(numbered or named), "")
    return " ".join(filter(_is_of_a_name, street.split())).strip(SEPARATORS)


def _is_of_a_name(word: str) -> bool:
    """Tell a word of a street's name, as 5th, from a number."""
    return not re.search(r"\d", word) or ORDINAL.fullmatch(word.casefold()) is not None
