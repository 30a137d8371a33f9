"""What of a person is shown to whom: the one place that masks names, numbers and doors."""

from __future__ import annotations

import re
from enum import StrEnum

from data.access import Role

HIDDEN = "•••"
LONG_SURNAMES = re.compile(
    "欧阳|歐陽|司马|司馬|上官|诸葛|諸葛|东方|東方|皇甫|尉迟|尉遲|公孙|公孫|慕容|令狐|司徒|夏侯|端木"
    "|南宫|南宮|轩辕|軒轅|宇文|长孙|長孫"
)
CHINESE = re.compile(r"[\u3400-\u9fff]")
SEES_NAMES = frozenset({Role.DISPATCHER, Role.COLLECTOR, Role.COMPLIANCE})
"""Roles that are shown a full name, number or sum when they ask for it; each asking is noted."""


class Masking(StrEnum):
    """How much of the person behind a stop is told."""

    FULL = "full"  # as the book has it
    MASKED = "masked"  # what greets the right person, and the address to go to
    STREET = "street"  # where about, and nothing of the person


def masking_for(role: Role, *, asked: bool = False) -> Masking:
    """Return what a role is shown: in full only if asked for and allowed."""
    if role not in SEES_NAMES:
        return Masking.STREET
    return Masking.FULL if asked else Masking.MASKED


def masked(name: str) -> str:
    """Hide all of a name but what greets the right person: 王*, 欧阳*, J. S.

    The length of the rest is hidden too.
    """
    name = name.strip()
    if CHINESE.search(name):
        is_long = len(name) > 2 and LONG_SURNAMES.match(name)
        return f"{name[: 2 if is_long else 1]}*"
    return " ".join(f"{word[0]}." for word in name.split())


def masked_phone(phone: str) -> str:
    """Hide all of a number but its last two digits."""
    digits = re.sub(r"\D", "", phone)
    return f"{HIDDEN} {digits[-2:]}" if len(digits) > 4 else HIDDEN
