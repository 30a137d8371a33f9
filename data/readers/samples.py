"""A value of a file as it may be shown to somebody who only asks which column it is."""

from __future__ import annotations

from data.masking import HIDDEN, masked, masked_phone
from data.readers.columns import Column

NAMES = frozenset({"name"})
NUMBERS = frozenset({"phone", "contacted", "id_number", "client_id"})
"""Fields by whose value a person is found: telephone and identity numbers."""

LONGEST = 24

_FREE = frozenset({"note", "recording", "corrects"})


def sample(column: Column | None, text: str) -> str:
    """Return a value of a column so far as it tells what the column is, and no more.

    What is not known to be harmless is masked: its first sign and its length about remain.
    """
    if column is None or column.field in _FREE:
        return _veiled(text)
    if column.field in NAMES:
        return masked(text)
    if column.field in NUMBERS:
        return masked_phone(text)
    if column.field.endswith("address") or "note" in column.field:
        return _veiled(text)
    if column.field.endswith(("lat", "lon")):
        return text.split(".")[0] + ".…"
    return _cut(text)


def _veiled(text: str) -> str:
    """Return the first sign of each word, with what follows hidden."""
    words = text.split()[:2]
    return " ".join(f"{word[:2] if len(word) > 3 else word[:1]}{HIDDEN}" for word in words)


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
