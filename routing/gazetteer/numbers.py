"""House numbers: one key for the ways to write one, and an order along the street."""

from __future__ import annotations

import re
from dataclasses import dataclass

from routing.gazetteer.text import chinese_key

PATTERN = re.compile(
    r"(?P<main>\d{1,6})(?:[之\-](?P<sub>\d{1,5}))?\s*(?P<letter>[a-z])?(?P<sign>号?)"
    r"(?:之(?P<after>\d{1,4}))?"
)
STEMS = "甲乙丙丁戊"
UNIT_BEFORE = re.compile(r"#\w+\s+|\w+ - (?=\d)")
LONGEST_RANGE = 100
"""From the first number of a range to its last: 855-877 is one, 101-1401 is none."""
LANE = re.compile(r"(?P<lane>(?:\d+[巷弄])+)(?P<number>.+)")


@dataclass(frozen=True, slots=True)
class HouseNumber:
    """A house number, comparable along its street.

    Parameters
    ----------
    key
        One spelling: '12-3' for 12之3號, '91-23' for 91-23, '14a' for 14 A.
    value
        Ascends along the street; sub-numbers lie between their main number and the next.
    is_odd
        The side of the street. It is told by the last part in 91-23, where the first is the
        cross street, and by the first part in 12之3號, where the last is an annex.
    """

    key: str
    value: float
    is_odd: bool

    @property
    def main(self) -> HouseNumber | None:
        """The number without annex, letter or end of range; None where it has none of them."""
        found = re.match(r"\d+", self.key)
        return house_number(found.group()) if found and found.group() != self.key else None

    @property
    def is_range(self) -> bool:
        """Whether the parts of 855-877 may be the first number of a house and its last."""
        parts = [int(part) for part in re.findall(r"\d+", self.key)]
        return len(parts) == 1 or parts[0] < parts[1] < parts[0] + LONGEST_RANGE

    @property
    def others(self) -> list[HouseNumber]:
        """What else may be meant: 91-23 by 9123, and door 1401 by 101-1401, where 101 is a flat.

        Only where the street has that number, and not the one that is written.
        """
        whole = re.fullmatch(r"(\d{2,3})(\d\d)([a-z]?)", self.key)
        parts = re.fullmatch(r"\d+-(\d{2,}[a-z]?)", self.key)
        texts = ["{}-{}{}".format(*whole.groups())] if whole else [parts[1]] if parts else []
        return [number for number in map(house_number, texts) if number]


def house_number(text: str) -> HouseNumber | None:
    """Return the house number that `text` is, or None where it is none.

    >>> house_number("１２之3號")
    HouseNumber(key='12-3', value=12.003, is_odd=False)
    """
    match = PATTERN.fullmatch(_with_letter(chinese_key(text)))
    if match is None:
        return None
    main, sub = int(match["main"]), int(match["sub"] or match["after"] or 0)
    letter = match["letter"] or ""
    is_annex = "之" in match.group() or bool(match["sign"])
    step = min(sub, 999) / 1000 + (ord(letter) - ord("a") + 1 if letter else 0) / 100_000
    key = f"{main}-{sub}{letter}" if sub else f"{main}{letter}"
    return HouseNumber(key, main + step, bool((main if is_annex or not sub else sub) % 2))


def _with_letter(key: str) -> str:
    """Write the annexes 甲12号, 12甲号 and 12号甲 as 12a号, which newer ones are called."""
    stem = re.search(f"[{STEMS}]", key)
    if stem is None:
        return key
    letter = "abcde"[STEMS.index(stem.group())]
    return re.sub(r"\d+", rf"\g<0>{letter}", key.replace(stem.group(), "", 1), count=1)


def house_numbers(text: str) -> list[HouseNumber]:
    """Return all numbers of a tag such as '12;14' or '108 - 777'; the rest is left out."""
    parts = re.split(r"[;,、/]", UNIT_BEFORE.sub("", text.strip()))
    return [number for number in map(house_number, parts) if number]


def split_lane(text: str) -> tuple[str, str]:
    """Return the lane and the number of a tag such as '27巷4號'; the lane belongs to the street."""
    match = LANE.fullmatch(chinese_key(text))
    return (match["lane"], match["number"]) if match else ("", text)
