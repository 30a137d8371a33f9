"""Reading Chinese addresses: 省市區 路段巷弄號 樓室, from the large to the small.

Where the areas end and the street begins is not decided here: every tail of the text before the
number is offered as the street's name, and the gazetteer knows which one exists.

A floor, a room or a building is never taken for a house number: 3楼, 3F, 302室, 302号房, 5栋. Nor
is 3号楼, not even right behind a street's name: 和平路3号楼 may be the third building along the
street, or of a compound that the writer left out. Both lie on that street, so nothing closer is
told. A bare number that ends the address is the door: 和平路15.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from routing.gazetteer.address import Address, Reading
from routing.gazetteer.numbers import STEMS, HouseNumber, house_number
from routing.gazetteer.text import BRACKET_SIGNS, chinese_key, fold, without_brackets

RANGE = re.compile(r"(?<=\d)号?至(?=\d)")
POSTCODE = re.compile(r"^(?:\d{6}|\d{5}|\d{3})(?=[^\d号巷弄段之\-])")
STREET_SIGNS = "路街道巷弄段"
# 3号楼 and 302号房 are inside; 12号门口 and 12号门面 are in front of door 12.
INNER = r"[楼房室栋幢座]|门(?![口面市店前])|公寓|宿舍|厂房|车间|仓库|库房"
NUMBER = rf"[{STEMS}]?\d+(?:[之\-]\d+)?"
DOOR = re.compile(
    rf"(?:no|第|门牌号?)?(?P<number>{NUMBER}[a-z{STEMS}]?)(?:/\d+)*号(?!{INNER})"
    rf"(?P<annex>之\d+|[{STEMS}](?![单座栋幢楼区]))?"
)
# 15好 for 15号: one wrong sign, that means nothing behind a number.
SPOILT_DOOR = re.compile(
    rf"(?<=[{STREET_SIGNS}])(?P<number>{NUMBER})(?P<annex>)"
    r"(?=[\u4e00-\u9fff]$)(?![号楼房室栋幢座层户单元门院巷弄段期区邻里村组队])"
)
# 3f is a floor, not an annex.
BARE_DOOR = re.compile(
    rf"(?<=[{STREET_SIGNS}])(?:no)?(?P<number>{NUMBER}[a-eg-z{STEMS}]?)(?P<annex>)(?=$|/)"
)
INSIDE = re.compile(
    rf"(?:[a-z]?\d+[\-/])*(?:[a-z负]?\d+|[a-z])(?:号(?:{INNER})|[栋幢座楼层室房户f]|单元)"
    r"|[a-z]\d*号|地下|\d+(?:[\-/]\d+)*$"
)
LAST_PART = re.compile(
    r"(?:(?P<lane>\d+)[巷弄]|\d+(?:段|支[巷弄])|[东西南北中][段侧]|[a-z\d一二三四五六七八九十东西南北中]+[区期]"
    r"|[东西南北前后正大侧]门|斜?对面|附近|隔壁|旁边?|门口|内|物业|底商)$"
)
ON_STREET = re.compile(rf"(?P<street>.+[{STREET_SIGNS}])(?P<rest>[^{STREET_SIGNS}]{{2,}})")
AREA = re.compile(
    r"[^\d]{1,12}?(?:省|自治[区州县]|行政区|市|(?<!小)区|[县乡镇村里]|街道)|\d+[邻组]"
)
LONGEST_NAME = 20


@dataclass(frozen=True, slots=True)
class _Cut:
    """An address cut where its street or compound ends; `behind` is what follows the number."""

    head: str
    number: HouseNumber | None = None
    behind: str = ""


def read_chinese(text: str) -> Address:
    """Take apart `text`; floor, room and building are dropped.

    What stands in brackets is read first as if it did not, then left out.
    """
    folded = fold(text)
    folded = RANGE.sub("-", folded)
    opened = BRACKET_SIGNS.sub(" ", folded)
    keys = [chinese_key(key) for key in dict.fromkeys((opened, without_brackets(folded)))]
    cuts = [*filter(None, map(_at_door, keys)), *map(_Cut, keys), *map(_at_inside, keys)]
    cuts += filter(None, (_at_number(key, SPOILT_DOOR.search(key)) for key in keys))
    readings = chain.from_iterable(
        read(cut)
        for read in (_entire, _turned, _in_part, _on_street)
        for cut in dict.fromkeys(cuts)
    )
    return Address(tuple(readings), min((cut.head for cut in cuts), key=len))


def street_and_number(full: str) -> tuple[str, str]:
    """Return the street and the number of a full address as written in the map (addr:full)."""
    cut = _at_door(POSTCODE.sub("", chinese_key(without_brackets(fold(full)))))
    if cut is None or cut.number is None:
        return "", ""
    head = cut.head
    while (area := AREA.match(head)) and area.end() < len(head):
        head = head[area.end() :]
    return head, cut.number.key


def _at_door(key: str) -> _Cut | None:
    return _at_number(key, DOOR.search(key) or BARE_DOOR.search(key))


def _at_number(key: str, door: re.Match[str] | None) -> _Cut | None:
    if door is None:
        return None
    number = house_number(f"{door['number']}号{door['annex'] or ''}")
    return _Cut(key[: door.start()], number, key[door.end() :])


def _at_inside(key: str) -> _Cut:
    inside = INSIDE.search(key)
    return _Cut(key[: inside.start()] if inside else key)


def _entire(cut: _Cut) -> Iterator[Reading]:
    """Yield every tail before the number as a name."""
    beside = _beside(cut.behind)
    for name, leftover in _tails(cut.head):
        yield Reading(name, cut.number, leftover, beside=beside)


def _turned(cut: _Cut) -> Iterator[Reading]:
    """Yield the names behind a number that comes first: 12号和平路江南区."""
    if cut.head or not cut.number:
        return
    for end in range(len(cut.behind), 1, -1):
        yield Reading(cut.behind[:end], cut.number, cut.behind[end:])


def _in_part(cut: _Cut) -> Iterator[Reading]:
    """Yield the names without their last lane or part, and without the number, which is its.

    A lane is called by the number at which it turns off its street.
    """
    head, unused = cut.head, _written(cut.number)
    while last := LAST_PART.search(head):
        head, unused = head[: last.start()], last.group() + unused
        turning = house_number(last["lane"]) if last["lane"] else None
        for name, leftover in _tails(head):
            yield Reading(name, None, leftover, unused=unused, turning=turning)


def _on_street(cut: _Cut) -> Iterator[Reading]:
    """Yield the street before what may be a building: 和平路国贸大厦."""
    match = ON_STREET.fullmatch(cut.head)
    if match:
        beside, unused = _beside(match["rest"]), match["rest"] + _written(cut.number)
        for name, leftover in _tails(match["street"]):
            yield Reading(name, None, leftover, unused=unused, beside=beside)


def _tails(head: str) -> Iterator[tuple[str, str]]:
    """Yield every tail of `head` that may be a name, the longest first, and what is before it."""
    return ((head[start:], head[:start]) for start in range(max(1, len(head) - 1)))


def _written(number: HouseNumber | None) -> str:
    return f"{number.key}号" if number else ""


def _beside(text: str) -> tuple[str, ...]:
    """Return the beginnings of `text` that may name a compound, whole or at least three long."""
    inside = INSIDE.search(text)
    name = text[: inside.start() if inside else None].removeprefix("院")[:LONGEST_NAME]
    shortest = max(2, min(len(name), 3))
    return tuple(name[:size] for size in range(len(name), shortest - 1, -1))
