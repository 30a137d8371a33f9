"""Which parts of an address were understood: those that stand in what was matched, too."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher

from routing.gazetteer.text import fold, is_chinese

SHORTEST = {True: 2, False: 3}
"""Characters that cannot agree by chance, in Chinese and otherwise; numbers may have one."""


def understood(text: str, matched: str) -> Iterator[tuple[str, bool]]:
    """Yield `text` in pieces, each with whether it stands in `matched`."""
    folded = [fold(sign) for sign in text]
    if not matched or any(len(sign) != 1 for sign in folded):
        yield text, False
        return
    end = 0
    for start, size in _blocks("".join(folded), fold(matched)):
        if start > end:
            yield text[end:start], False
        yield text[start : start + size], True
        end = start + size
    if end < len(text):
        yield text[end:], False


def _blocks(text: str, matched: str) -> Iterator[tuple[int, int]]:
    shortest = SHORTEST[is_chinese(text)]
    for block in SequenceMatcher(None, text, matched, autojunk=False).get_matching_blocks():
        piece = text[block.a : block.a + block.size]
        if len(piece.strip()) >= shortest or piece.strip().isdigit():
            yield block.a, block.size
