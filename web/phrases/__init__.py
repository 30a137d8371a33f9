"""What the inner rooms say in English, in the visitor's language.

Readers, rules and the search say what is wrong in whole sentences with ids and figures in them.
Each sentence that a page shows stands in this package, with `%(name)s` where it varies; its
Chinese stands in translations/zh/phrases.po. One that is not known is shown as it is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache

from flask import Flask

from web.language import t
from web.phrases.addresses import ADDRESSES
from web.phrases.compliance import COMPLIANCE
from web.phrases.contacts import CONTACTS
from web.phrases.doors import DOORS
from web.phrases.drafts import DRAFTS
from web.phrases.editing import EDITING
from web.phrases.entrusted import ENTRUSTED
from web.phrases.geocoders import GEOCODERS
from web.phrases.lists import LISTS
from web.phrases.outcomes import OUTCOMES
from web.phrases.phrase import Phrase
from web.phrases.plans import PLANS
from web.phrases.policies import POLICIES
from web.phrases.refusals import REFUSALS
from web.phrases.remedies import REMEDIES
from web.phrases.robots import ROBOTS
from web.phrases.rules import DAYS, RULES
from web.phrases.search import SEARCH
from web.phrases.servers import SERVERS
from web.phrases.slots import SLOTS
from web.phrases.values import VALUES
from web.stops import STOPS

SENTENCES = (
    *(*RULES, *SEARCH, *PLANS, *LISTS, *REFUSALS, *REMEDIES, *SERVERS, *DAYS),
    *(*ADDRESSES, *DOORS, *GEOCODERS),
    *COMPLIANCE,
    *CONTACTS,
    *DRAFTS,
    *EDITING,
    *ENTRUSTED,
    *OUTCOMES,
    *POLICIES,
    *SLOTS,
    *ROBOTS,
    *VALUES,
)
PHRASES = tuple(sorted(SENTENCES, key=lambda known: known.own_signs, reverse=True))
"""That with most signs of its own first: what is said plainly is no other phrase's filling."""

OPENS = 4
"""By so many first signs a phrase is looked up: a page asks for hundreds of sentences."""

ENUMERATED = ("asked", "flags", "notes", "words")
"""Holes in which several words stand."""

CREWS = ("crew", "crews")
"""Holes in which crews stand, by their ids."""

Names = Mapping[str, str]
"""What a page calls crews, by their ids."""

BETWEEN = re.compile("; ")
"""Sentences that are told at once; it stands inside of sentences, too."""


def speak_for_all(app: Flask) -> None:
    """Let templates say what another room said: `{{ error.problem|said }}`."""
    app.jinja_env.filters.update(said=said, left_over=left_over)


def said(text: str, names: Names | None = None) -> str:
    """Return what another room said in the visitor's language, its parts likewise.

    Crews are called by their `names`, where there are any.
    """
    return known(text, names or {}) or (t(text) if text else "")


def left_over(unmatched: str) -> str:
    """Return what a look-up could not use: parts of the address, and sentences why."""
    parts, told = unmatched.split(", "), []
    while parts:
        sizes = (n for n in range(len(parts), 1, -1) if sentence(", ".join(parts[:n]), {}))
        size = next(sizes, 1)
        told.append(said(", ".join(parts[:size])))
        parts = parts[size:]
    return t(", ").join(told)


def known(text: str, names: Names) -> str | None:
    """Return sentences in the visitor's language; None where one of them is not known."""
    ends = [*(found.span() for found in BETWEEN.finditer(text)), (len(text), len(text))]
    for end, begin in ends:
        first, others = sentence(text[:end], names), text[begin:]
        if first and not others:
            return first
        if first and (rest := known(others, names)):
            return t("%(one)s; %(next)s", one=first, next=rest)
    return None


def sentence(text: str, names: Names) -> str | None:
    """Return a sentence in the visitor's language, None where it is not known."""
    if (found := taken_apart(text)) is None:
        return None
    phrase, parts = found
    return t(phrase.text, **{name: filled_in(name, part, names) for name, part in parts.items()})


@lru_cache(maxsize=4096)
def taken_apart(text: str) -> tuple[Phrase, Mapping[str, str]] | None:
    """Return the phrase that a sentence is, and what stands in its holes; None where it is none.

    A day's prices say the same few hundred again and again.
    """
    for core, phrase in opening_so(text[:OPENS]):
        if core in text and (found := phrase.pattern.fullmatch(text)):
            return phrase, found.groupdict()
    return None


@lru_cache(maxsize=4096)
def opening_so(first: str) -> tuple[tuple[str, Phrase], ...]:
    """Return the phrases of sentences whose first `OPENS` signs these are, each with its core."""
    return tuple((core, known) for opens, core, known in openings() if first.startswith(opens))


@cache
def openings() -> tuple[tuple[str, str, Phrase], ...]:
    """Return all phrases, each with the signs that it opens with and its core."""
    return tuple((known.opening[:OPENS], known.core, known) for known in PHRASES)


def filled_in(hole: str, part: str, names: Names) -> str:
    """Return what stands in a hole in the visitor's language."""
    if hole in CREWS and all(one in names for one in part.split(", ")):
        return t(", ").join(names[one] for one in part.split(", "))
    if hole not in ENUMERATED:
        return said(part, names)
    return t(", ").join(str(STOPS[one]) if one in STOPS else said(one) for one in part.split(", "))
