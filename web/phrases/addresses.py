"""What a look-up says of an address that it cannot tell more precisely."""

from __future__ import annotations

from web.phrases.phrase import phrase

ADDRESSES = (
    phrase("longer than %(most)s characters"),
    phrase("no street or place known in %(address)s"),
    phrase("%(names)s is not in this extract"),
    phrase("the map has it in %(areas)s"),
    phrase("the map has number %(number)s in %(areas)s"),
    phrase("%(place)s is elsewhere"),
    phrase("%(count)s places of this name"),
    phrase("%(count)s more of this name, without the number"),
    phrase("number %(number)s stands %(count)s times"),
    phrase("%(number)s is no known number"),
    phrase("only like %(address)s"),
    phrase("%(number)s is beyond %(last)s, the last number known there"),
    phrase("%(written)s read as %(known)s"),
    phrase("like %(names)s"),
)
