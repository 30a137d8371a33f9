"""How an address is spoilt on its way into a file, and addresses that are nowhere. All by seeds."""

from __future__ import annotations

import re
import string
from collections.abc import Callable, Collection
from random import Random

from benchmarks.address_doors import Door

WIDE = {code: code + 0xFEE0 for code in range(ord("!"), ord("~") + 1)} | {ord(" "): 0x3000}
FAR_AWAY = {
    True: ("高雄市三民區", "上海市黄浦区", "花蓮縣吉安鄉", "江苏省苏州市昆山市"),
    False: ("Springfield, IL 62704", "Boston, MA 02118", "Toronto, ON M5V 2T6", "8001 Zürich"),
}
"""Areas that are in none of the extracts, by whether they are Chinese."""


def dropped(door: Door, rng: Random) -> str:
    """Leave out one of the areas or more, never all of them."""
    kept = rng.randrange(1, max(2, len(door.areas)))
    chosen = sorted(rng.sample(range(len(door.areas)), kept))
    return door.written(areas=[door.areas[i] for i in chosen])


def swapped(door: Door, rng: Random) -> str:
    """Write the parts in another order; the number may stand behind a western street."""
    if door.is_chinese:
        parts = [*door.areas, f"{door.street}{door.number}號"]
    else:
        line = rng.choice((f"{door.number} {door.street}", f"{door.street} {door.number}"))
        parts = [line, *door.areas]
    while True:
        order = rng.sample(parts, len(parts))
        text = ("" if door.is_chinese else ", ").join(order)
        if text != door.text:
            return text


def misspelt(door: Door, rng: Random) -> str:
    """Write one wrong character in place of a letter or a sign.

    Never of a digit: another number is another address, and nobody can tell.
    """
    text = door.text
    spots = [i for i, sign in enumerate(text) if sign.isalpha()]
    spot = rng.choice(spots)
    signs = HAN if door.is_chinese else string.ascii_lowercase
    wrong = rng.choice([sign for sign in signs if sign != text[spot].casefold()])
    return text[:spot] + wrong + text[spot + 1 :]


HAN = (
    "的一是了我不人在他有这個上們來到時大地為子中你說生國年著就那和要她出也得里後自以會家可下而過天去"
    "能對小多然於心學么之都好看起發當没成只如事把還用第樣道想作種開美總從無情己面最女但現前些所同日手又行意動"
)
"""The commonest signs of running text (国家语委 frequency list, its first hundred)."""


def widened(door: Door, rng: Random) -> str:  # noqa: ARG001  # as the others
    """Write all of it in full width."""
    return door.text.translate(WIDE)


SLIPS: dict[str, Callable[[Door, Random], str]] = {
    "dropped parts": dropped,
    "swapped order": swapped,
    "one wrong character": misspelt,
    "full width": widened,
}


def other_street(door: Door, rng: Random, names: Collection[str]) -> str:
    """Write a street that the extract does not have."""
    return door.written(street=rng.choice(sorted(names)))


def beyond(door: Door, rng: Random, last: int) -> str:
    """Write a number beyond the last that the street has."""
    more = last + rng.randrange(50, 1000)
    first, hyphen, _ = door.number.partition("-")
    if hyphen and first.isdigit():
        return door.written(number=f"{last + rng.randrange(3, 60)}-{rng.randrange(1, 40):02}")
    return door.written(number=str(more))


def other_city(door: Door, rng: Random) -> str:
    return door.written(areas=[rng.choice(FAR_AWAY[door.is_chinese])])


def main_number(number: str) -> int:
    """Return the number before annexes, letters and hyphens."""
    found = re.match(r"\d+", number)
    assert found
    return int(found.group())
