"""What an address says: the ways to read it, before the gazetteer is asked which one is true."""

from __future__ import annotations

from dataclasses import dataclass

from routing.gazetteer.numbers import HouseNumber


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read an address.

    Parameters
    ----------
    name
        Key of the street or compound, if this reading is true.
    number
        The house number on it.
    leftover
        What stands beside the name: areas and a postcode, or the reading is not true.
    tail
        What follows after a comma: areas should be there, but anything else may be.
    unused
        A lane, section or building that this reading leaves out.
    beside
        What may name a compound at that street and number, the longest first.
    turning
        The number at which the lane that is left out turns off.
    """

    name: str
    number: HouseNumber | None = None
    leftover: str = ""
    tail: str = ""
    unused: str = ""
    beside: tuple[str, ...] = ()
    turning: HouseNumber | None = None


@dataclass(frozen=True, slots=True)
class Address:
    """An address taken apart; `readings` come the most literal first.

    `localities` is all that may name an area, for an address whose street is not known.
    """

    readings: tuple[Reading, ...]
    localities: str
