"""Reading western addresses: a number before or after its street, areas behind it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain

from routing.gazetteer.address import Address, Reading
from routing.gazetteer.numbers import house_number
from routing.gazetteer.text import fold, western_tokens, without_brackets

UNIT = re.compile(
    r"(?:#|\b(?:apt|apartment|unit|suite|ste|room|rm|floor|flat)\b\.?\s*#?|\bfl\b\.?(?=\s*\d))"
    r"\s*[\w-]+|\b(?:bldg|building)\b\.?\s*#?(?:\d+\w?|[a-z])\b|\b\d+(?:st|nd|rd|th)\s+(?:floor|fl)\b|\b\w+\s+-\s+(?=\d)|\bno\b\.?\s*(?=\d)"
)
APART = re.compile(r"\b(\d{2,3})\s+(\d\d[a-z]?)\s+(?=\d)")  # 91 23 215th Street
MORE = re.compile(r"(?<=\d)/\d+\b")  # 89-10/12
NUMBER = re.compile(r"\d{1,6}(?:-\d{1,5})?[a-z]?")

Segment = list[str]


def read_western(text: str) -> Address:
    """Take apart `text`; units are dropped, what stands before the street's part is a name."""
    folded = MORE.sub("", APART.sub(r"\1-\2 ", UNIT.sub(" ", without_brackets(fold(text)))))
    segments = _segments(folded)
    numbered = [i for i, segment in enumerate(segments) if any(map(_is_number, segment))]
    readings = chain(
        chain.from_iterable(_numbered(segments, i) for i in numbered),
        chain.from_iterable(_named(segments, i) for i in numbered or range(len(segments))),
    )
    return Address(tuple(readings), " ".join(chain(*segments)))


def _segments(folded: str) -> list[Segment]:
    """Return the words between commas; a number alone joins what it counts."""
    segments: list[Segment] = []
    for part in re.split(r"[,;\n]", folded):
        words = western_tokens(part)
        if segments and (_is_lone_number(words) or _is_lone_number(segments[-1])):
            segments[-1] += words
        elif words:
            segments.append(words)
    return segments


def _is_number(word: str) -> bool:
    return NUMBER.fullmatch(word) is not None


def _is_lone_number(words: Segment) -> bool:
    return len(words) == 1 and _is_number(words[0])


def _numbered(segments: Sequence[Segment], door: int) -> Iterator[Reading]:
    """Yield each number of a segment with the words after it, then with those before it."""
    words, tail = segments[door], _tail(segments, door)
    for i in filter(lambda i: _is_number(words[i]), range(len(words))):
        number = house_number(words[i])
        for end in range(len(words), i + 1, -1):
            leftover = " ".join(words[:i] + words[end:])
            yield Reading(" ".join(words[i + 1 : end]), number, leftover, tail)
        for start in range(i):
            leftover = " ".join(words[:start] + words[i + 1 :])
            yield Reading(" ".join(words[start:i]), number, leftover, tail)


def _named(segments: Sequence[Segment], i: int) -> Iterator[Reading]:
    """Yield the beginnings of a segment as a name without a number, the longest first."""
    words, tail = segments[i], _tail(segments, i)
    for end in range(len(words), 0, -1):
        yield Reading(" ".join(words[:end]), None, " ".join(words[end:]), tail)


def _tail(segments: Sequence[Segment], i: int) -> str:
    """Return what stands behind a segment, and before it: areas, in whatever order."""
    return " ".join(chain(*segments[i + 1 :], *segments[:i]))
