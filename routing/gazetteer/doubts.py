"""Why an address waits for a person: what a look-up tells of it, in one word."""

from __future__ import annotations

import re
from enum import StrEnum

from routing.geocoding import Precision


class Doubt(StrEnum):
    """What keeps an address from being sure."""

    NOT_FOUND = "not_found"
    OUTSIDE = "outside"  # of the city that the map holds
    CONFLICT = "conflict"  # its parts contradict each other
    SEVERAL = "several"  # places that it may mean
    BEYOND = "beyond"  # the end of the street's numbers
    ROUGH = "rough"  # found, not closely enough
    UNSURE = "unsure"  # found closely, and perhaps another is meant


TOLD = (
    (Doubt.OUTSIDE, re.compile(r"is not in this extract|outside")),
    (Doubt.CONFLICT, re.compile(r"the map has|is elsewhere")),
    (Doubt.SEVERAL, re.compile(r"of this name|stands \d+ times|only like|^like ")),
    (Doubt.BEYOND, re.compile(r"is beyond")),
)
"""By which words of `GeocodeResult.unmatched` a doubt is known."""


def doubt_of(precision: Precision, unmatched: str) -> Doubt:
    """Return why what was found so closely, and with this left over, is not sure."""
    for doubt, words in TOLD:
        if words.search(unmatched):
            return doubt
    if precision is Precision.NONE:
        return Doubt.NOT_FOUND
    return Doubt.UNSURE if precision.is_plannable else Doubt.ROUGH
