"""Several streets or compounds of one name: which is meant, and what is told where none is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from routing.gazetteer.address import Reading
from routing.gazetteer.areas import AreaName
from routing.gazetteer.index import Entry, Gazetteer, Kind
from routing.gazetteer.ladder import Found, at_turning, in_compounds, lowered, on_street
from routing.gazetteer.numbers import HouseNumber
from routing.geocoding import GeocodeResult, Precision

BEST_FIRST = tuple(Precision)
RIVAL_CONFIDENCE = 0.92
"""How much surer an answer would be if no other street had its name."""


def candidates_of(
    gazetteer: Gazetteer, reading: Reading, named: Sequence[AreaName], entries: Sequence[Entry]
) -> list[Found]:
    """Return what each street of the name and its compounds would answer, the best first.

    A number belongs to a street: compounds of the same name come in only where there is none.
    """
    streets: dict[int, list[Entry]] = defaultdict(list)
    for entry in entries:
        if entry.kind is Kind.STREET:
            streets[entry.component].append(entry)
    number = reading.number or reading.turning
    found = [on_street(gazetteer, pieces, number, named) for pieces in streets.values()]
    if reading.turning:
        found = [at_turning(each) for each in found]
    compounds = [entry for entry in entries if entry.kind is Kind.COMPOUND]
    if compounds and not (reading.number and streets):
        unmatched = reading.number.key if reading.number else ""
        found += in_compounds(compounds, unmatched, named)
    found = [replace(each, result=with_unmatched(each.result, [reading.unused])) for each in found]
    if len(found) > 1:
        found = [told_apart(each) for each in found]
    return sorted(found, key=lambda each: BEST_FIRST.index(each.result.precision))


def told_apart(found: Found) -> Found:
    """Say which numbers a street has: of several of one name, they tell the person which it is."""
    spans = [entry.numbers for entry in found.entries if entry.numbers]
    if found.has_number or not spans:
        return found
    first, last = min(low for low, _ in spans), max(high for _, high in spans)
    matched = f"{found.result.matched} ({first:.0f}–{last:.0f})"
    return replace(found, result=replace(found.result, matched=matched))


def chosen(found: Sequence[Found], number: HouseNumber | None) -> GeocodeResult:
    """Return the candidate that is meant, else the least that is true of all of them.

    Those with the number go before those without, then those on whose areas the map agrees; yet
    not before another street that may well have that number too.
    """
    rivals = (
        [each for each in found if each.has_number]
        or [each for each in found if each.is_here]
        or [each for each in found if not each.is_elsewhere]
        or found
    )
    most = max(each.agreed for each in rivals)
    meant = [each for each in rivals if each.agreed == most]
    others = [each for each in found if each not in rivals and each.agreed >= most]
    candidates = meant + [each for each in others if number and each.may_have(number)]
    if len(candidates) == 1:
        result = candidates[0].result
        if not others:
            return result
        sure = result.confidence * RIVAL_CONFIDENCE
        more = f"{len(others)} more of this name, without the number"
        return replace(with_unmatched(result, [more]), confidence=sure)
    results = [each.result for each in candidates]
    return lowered(results, f"{len(results)} places of this name")


def with_unmatched(result: GeocodeResult, more: Iterable[str]) -> GeocodeResult:
    """Add what else is unmatched."""
    return replace(result, unmatched=", ".join(filter(None, (result.unmatched, *more))))
