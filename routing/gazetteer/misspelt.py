"""Names with one wrong character, as fingers make them.

Two names are alike where one wrong, missing, additional or exchanged character makes one of the
other. Digits are left alone: 215th Street is no slip for 216th. Every name is kept in all the
forms that one character less leaves of it, and so is looked up (W. Garbe, SymSpell, 2012).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from routing.gazetteer.text import is_chinese

SHORTEST = {True: 3, False: 5}
"""Of names in which a slip is looked for, by whether they are Chinese: 中山 for 中正 is none."""


KINDS = frozenset("路街道巷弄里村区园苑城庭居阁楼厦学院店场厂站港湾")
"""The last sign says what a place is: 白泉小学 is no slip for 白泉小区."""
SAME_KIND = ({"巷", "弄"},)
DIGITS = str.maketrans("一二三四五六七八九", "123456789")
"""二段 is 2段 by its key already, 二多 is not: both sides are compared in digits."""


def forms(key: str) -> set[str]:
    """Return a key, and what is left of it without one character that is no digit."""
    key = key.translate(DIGITS)
    return {key, *(key[:i] + key[i + 1 :] for i in range(len(key)) if not key[i].isdigit())}


def kept_forms(keys: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield (form, key) for each key that is long enough to be told from others."""
    for key in keys:
        if len(key) >= SHORTEST[is_chinese(key)]:
            for form in forms(key):
                yield form, key


def is_alike(one: str, other: str) -> bool:
    """Whether one slip makes `one` of `other`.

    >>> is_alike("承得路", "承德路"), is_alike("215 street", "216 street"), is_alike("ab", "ba")
    (True, False, True)
    """
    one, other = one.translate(DIGITS), other.translate(DIGITS)
    head = _common(one, other)
    tail = _common(one[head:][::-1], other[head:][::-1])
    left, right = one[head : len(one) - tail], other[head : len(other) - tail]
    if any(sign.isdigit() for sign in left + right):
        return False
    if not tail and {left, right} <= KINDS and {left, right} not in SAME_KIND:
        return False
    is_exchanged = len(left) == len(right) == 2 and left == right[::-1]
    return is_exchanged or (len(left) <= 1 and len(right) <= 1 and left != right)


def _common(one: str, other: str) -> int:
    """Return how many characters two texts begin with in common."""
    pairs = zip(one, other, strict=False)
    return next((i for i, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))
