"""Which addresses name one of some places: those that are looked up again when these change."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from routing.gazetteer.misspelt import forms, is_alike, kept_forms
from routing.gazetteer.text import chinese_key, is_chinese, name_key, western_tokens


class Naming:
    """The names of some places, to be looked for in addresses."""

    def __init__(self, names: Iterable[str]) -> None:
        self._keys = frozenset(filter(None, map(name_key, names)))
        self._forms = defaultdict[str, list[str]](list)
        for form, key in kept_forms(self._keys):
            self._forms[form].append(key)
        self._signs = {len(key) for key in self._keys if is_chinese(key)}
        self._words = {len(key.split()) for key in self._keys if not is_chinese(key)}

    def is_in(self, address: str) -> bool:
        """Whether an address has one of the names in it, or would have but for one slip."""
        return any(part in self._keys or self._is_slip(part) for part in self._parts(address))

    def _is_slip(self, part: str) -> bool:
        return any(is_alike(part, key) for form in forms(part) for key in self._forms.get(form, ()))

    def _parts(self, address: str) -> Iterator[str]:
        """Yield all that is as long as a name; of Chinese, a sign more or less, too."""
        if is_chinese(address):
            key = chinese_key(address)
            sizes = {size + more for size in self._signs for more in (-1, 0, 1)}
            yield from (key[i : i + size] for size in sizes for i in range(len(key) - size + 1))
        words = western_tokens(address)
        for size in self._words:
            yield from (" ".join(words[i : i + size]) for i in range(len(words) - size + 1))
