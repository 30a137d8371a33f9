"""One spelling for names: what is written differently but means the same gets the same key."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

DASHES = str.maketrans(dict.fromkeys("‐‑–—−~", "-") | {"’": "'"})
SAME_SIGNS = {ord("衖"): "弄", ord("菸"): "烟"}
"""Of one meaning in addresses, though no conversion of scripts knows it."""
HAN = re.compile(r"[\u3400-\u9fff]")
BRACKET_SIGNS = re.compile(r"[()\[\]【】]")
BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】")
SEPARATORS = r"[\s,、;。·.|]+"
NUMBERS_APART = re.compile(rf"(?<=\d){SEPARATORS}(?=\d)")

DIGITS = dict(zip("〇一二三四五六七八九零两", (*range(10), 0, 2), strict=True))
UNITS = {"十": 10, "百": 100, "千": 1000}
NUMERALS = "".join(DIGITS) + "".join(UNITS)
# Only before a word that is counted: 三民路 and 四平街 are names, 二段 and 十二巷 are numbers.
COUNTED = re.compile(rf"[{NUMERALS}]+(?=[段巷弄号楼层室邻栋幢座单])|(?<=之)[{NUMERALS}]+")

ORDINAL = re.compile(r"(\d+)(?:st|nd|rd|th)")
SPOILT_ORDINAL = re.compile(r"(\d+)(?:[snrt][a-z]|[a-z][tdh])")  # one wrong letter
NUMBER_WITH_HYPHEN = re.compile(r"\d+-\d+[a-z]?")
ABBREVIATIONS = {
    "ave": "avenue", "av": "avenue", "blvd": "boulevard", "cir": "circle", "cres": "crescent",
    "ct": "court", "dr": "drive", "expy": "expressway", "hts": "heights", "hwy": "highway",
    "ln": "lane", "mt": "mount", "pkwy": "parkway", "pl": "place", "rd": "road", "sq": "square",
    "st": "street", "ter": "terrace", "terr": "terrace", "tpke": "turnpike",
    "n": "north", "s": "south", "e": "east", "w": "west",
    "ne": "northeast", "nw": "northwest", "se": "southeast", "sw": "southwest",
}  # fmt: skip


def fold(text: str) -> str:
    """Return `text` in half width, lower case and simplified characters, with one form of dash."""
    folded = unicodedata.normalize("NFKC", text).casefold().translate(DASHES)
    return folded.translate(simplified()) if HAN.search(folded) else folded


@lru_cache(maxsize=1)
def simplified() -> dict[int, str]:
    """Return the simplified form of each traditional character, by OpenCC (BYVoid, 2010).

    Sign by sign: which of its simplified forms a word would ask for does not matter to a key.
    """
    from opencc import OpenCC

    signs = [chr(code) for code in range(0x3400, 0xA000)]
    plain = OpenCC("t2s").convert("\n".join(signs)).split("\n")
    changed = {ord(a): b for a, b in zip(signs, plain, strict=True) if a != b}
    return changed | SAME_SIGNS


def is_chinese(text: str) -> bool:
    return HAN.search(text) is not None


def without_brackets(text: str) -> str:
    return BRACKETS.sub(" ", text)


@lru_cache(maxsize=8192)  # an extract writes one street on each of its houses
def name_key(text: str) -> str:
    """Return the key under which the name `text` of a street or place is found.

    >>> name_key("中山北路二段"), name_key("West 3rd Ave.")
    ('中山北路2段', 'west 3 avenue')
    """
    return chinese_key(text) if is_chinese(text) else " ".join(western_tokens(text))


def chinese_key(text: str) -> str:
    """Fold `text`, join it and write its counted numerals in digits.

    >>> chinese_key("和平路 二段 12#"), chinese_key("和平路12、14号")
    ('和平路2段12号', '和平路12/14号')
    """
    apart = NUMBERS_APART.sub("/", fold(text))  # 12、14号 and 12 3楼 are two numbers each
    joined = re.sub(SEPARATORS, "", apart)
    signed = re.sub(r"(?<=\d)#", "号", joined)
    return COUNTED.sub(lambda match: str(arabic(match.group())), signed)


def arabic(numeral: str) -> int:
    """Return the value of a Chinese numeral below 10,000: 二十七 and 二七 are 27.

    >>> arabic("二十七"), arabic("一百零五"), arabic("二〇一")
    (27, 105, 201)
    """
    total = digit = 0
    for sign in numeral:
        if sign in UNITS:
            total += (digit or 1) * UNITS[sign]
            digit = 0
        else:
            digit = digit * 10 + DIGITS[sign]
    return total + digit


def western_tokens(text: str) -> list[str]:
    """Return the words of `text`, abbreviations written out, ordinals without their ending."""
    words = re.sub(r"[.'`]", "", fold(text))
    return [token for word in re.findall(r"[\w-]+", words) for token in _tokens_of(word)]


def _tokens_of(word: str) -> Iterator[str]:
    parts = [word] if NUMBER_WITH_HYPHEN.fullmatch(word) else word.split("-")
    for part in filter(None, parts):
        ordinal = ORDINAL.fullmatch(part) or SPOILT_ORDINAL.fullmatch(part)
        if ordinal:
            yield ordinal.group(1)
        elif len(part) > 4 and part.endswith("str"):  # Bahnhofstr.
            yield part + "asse"
        else:
            yield ABBREVIATIONS.get(part, part)


def bigrams(key: str) -> frozenset[str]:
    """Return the pairs of neighbouring characters of a key, the key itself if it is shorter."""
    return frozenset(key[i : i + 2] for i in range(max(1, len(key) - 1)))
