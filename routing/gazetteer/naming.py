"""Which addresses name one of some places: those that are looked up again when these change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from routing.gazetteer.text import chinese_key, is_chinese, name_key, western_tokens

SHORTEST_WITH_A_SLIP = 4
"""Characters of a Chinese name: of a shorter one, a wrong character leaves too little."""


class Naming:
    """The names of some places, to be looked for in addresses."""

    def __init__(self, names: Iterable[str]) -> None:
        self._keys = frozenset(filter(None, map(name_key, names)))
        self._gaps = frozenset(gap for key in self._keys for gap in _gaps(key))
        chinese = (len(key) for key in self._keys if is_chinese(key))
        western = (len(key.split()) for key in self._keys if not is_chinese(key))
        self._sizes = {True: sorted(set(chinese)), False: sorted(set(western))}

    def is_in(self, address: str) -> bool:
        """Whether an address has one of the names in it."""
        return any(part in self._keys for part in self._parts(address))

    def may_be_in(self, address: str) -> bool:
        """Whether it has one, or would have but for one wrong character."""
        parts = list(self._parts(address))
        return any(part in self._keys for part in parts) or any(
            gap in self._gaps for part in parts for gap in _gaps(part)
        )

    def _parts(self, address: str) -> Iterator[str]:
        """Yield all that may be a name, by the lengths that the names have."""
        if is_chinese(address):
            key = chinese_key(address)
            for size in self._sizes[True]:
                yield from (key[start : start + size] for start in range(len(key) - size + 1))
        words = western_tokens(address)
        for size in self._sizes[False]:
            yield from (
                " ".join(words[start : start + size]) for start in range(len(words) - size + 1)
            )


def _gaps(key: str) -> Iterator[str]:
    """Yield a Chinese name with each of its characters left open."""
    if len(key) >= SHORTEST_WITH_A_SLIP and is_chinese(key):
        yield from (f"{key[:i]}?{key[i + 1 :]}" for i in range(len(key)))
