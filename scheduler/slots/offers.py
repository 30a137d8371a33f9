"""All offered hours of a day tried at once: which the crews could keep, and at what price."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from scheduler.draft import Draft
from scheduler.insertion import Insertion, insertion_of
from scheduler.left_out import left_out_of
from scheduler.plan import LeftOut, Stop
from scheduler.problem import Span, Visit
from scheduler.slots.hours import apart, within
from scheduler.slots.standing import Standing, drafted

AT = "\0"
"""Between a visit's id and the hours of a variant: no id holds it."""


@dataclass(frozen=True, slots=True)
class Offer:
    """Hours [begin, end) in which a visit can be made, and how it would be."""

    hours: Span
    insertion: Insertion


def offers(stands: Standing, hours: Sequence[Span], most: int) -> list[Offer]:
    """Return at most `most` of `hours` that gain most and share no second, the best first.

    Each is a visit of its own beside those that the plan makes, and all are looked at together:
    every gap of every crew, the hours of the others as they can move and as locks hold them.
    Nothing is searched.
    """
    if not hours:
        return []
    from scheduler.engines.search.looking import Look

    visit_id = stands.visit_id
    hers = _variants(stands.problem.visit_by_id[visit_id], hours)
    draft = drafted(stands.problem, stands.plan, hers, stands.locks)
    look, numbers = Look(draft), [draft.table.index[_name(visit_id, at)] for at in hours]
    prices = np.minimum(look.price[numbers], look.met_price[numbers]).min(axis=1, initial=np.inf)
    values = np.array([draft.table.problem.visits[number].value for number in numbers])
    chosen = list(_apart(hours, values - prices, most))
    found = [
        Offer(
            hours[k], _named(visit_id, insertion_of(draft, numbers[k], *look.ways(numbers[k], 1)))
        )
        for k in chosen
    ]
    return sorted(found, key=lambda offer: (-offer.insertion.gain, offer.hours))


def _named(visit_id: str, insertion: Insertion) -> Insertion:
    """Return an insertion of one of the variants as that of the visit itself."""
    whole = insertion.itinerary, insertion.partner
    days = [
        day and replace(day, stops=tuple(_stop(visit_id, s) for s in day.stops)) for day in whole
    ]
    assert days[0] is not None
    return replace(insertion, itinerary=days[0], partner=days[1])


def _stop(visit_id: str, stop: Stop) -> Stop:
    return replace(stop, id=visit_id) if stop.id.startswith(f"{visit_id}{AT}") else stop


def why_none(stands: Standing) -> LeftOut:
    """Return why her visit fits nowhere, tried in every crew's day."""
    told = left_out_of(with_hers(stands))
    return next(entry for entry in told if entry.visit_id == stands.visit_id)


def with_hers(stands: Standing) -> Draft:
    """Return the day as a draft that could make her visit."""
    hers = stands.problem.visit_by_id[stands.visit_id]
    return drafted(stands.problem, stands.plan, [hers], stands.locks)


def _variants(visit: Visit, hours: Sequence[Span]) -> list[Visit]:
    """Return the visit once for each of `hours`, as if these had been agreed."""
    return [replace(at_hours(visit, span), id=_name(visit.id, span)) for span in hours]


def at_hours(visit: Visit, hours: Span) -> Visit:
    """Return a visit whose service lies wholly in `hours`; its options keep their numbers."""
    options = (replace(option, starts=within(option, hours)) for option in visit.options)
    return replace(visit, options=tuple(options))


def _name(visit_id: str, hours: Span) -> str:
    return f"{visit_id}{AT}{hours[0]}-{hours[1]}"


def _apart(hours: Sequence[Span], gains: NDArray[np.float64], most: int) -> Iterator[int]:
    """Yield the numbers of the best hours that can be kept and lie apart from better ones."""
    taken: list[Span] = []
    kept: list[int] = np.flatnonzero(np.isfinite(gains)).tolist()
    for k in sorted(kept, key=lambda k: (-gains[k], hours[k])):
        if len(taken) < most and apart(hours[k], taken):
            taken.append(hours[k])
            yield k
