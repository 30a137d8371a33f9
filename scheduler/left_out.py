"""Why a visit is not in a plan: each reason is established by insertion into that plan."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from routing.travel import UNREACHABLE
from scheduler.draft import Draft
from scheduler.drive import Call, drive, earliest_start, keeps_breaks
from scheduler.locks import apply_locks
from scheduler.options import can_carry
from scheduler.plan import LeftOut, Plan, Reason
from scheduler.problem import MILLS, CrewShift, Lock, Problem, Visit
from scheduler.route import Route

NONE_FITS = "No crew has the size, the skills, the capacity and the leave to go all together."

Floats = NDArray[np.float64]


def why_left_out(problem: Problem, plan: Plan, locks: Sequence[Lock] = ()) -> tuple[LeftOut, ...]:
    """Return why each visit is left out that no itinerary of `plan` makes, and the refused.

    Raises
    ------
    ValueError
        Where an itinerary cannot be driven: nothing could be established on it.
    """
    return left_out_of(Draft.exactly(apply_locks(problem, locks), plan))


def left_out_of(draft: Draft) -> tuple[LeftOut, ...]:
    """Do what `why_left_out` does for a plan that is still a draft."""
    trials = _Trials(draft)
    unserved = np.flatnonzero(~draft.is_served)
    return (*(trials.left_out(int(visit)) for visit in unserved), *draft.table.problem.refused)


class _Trials:
    """Every unserved visit, tried in every crew's day and in an empty one."""

    def __init__(self, draft: Draft) -> None:
        from scheduler.engines.search.looking import Look

        self._draft = draft
        self._problem = draft.table.problem
        self._look = Look(draft)
        self._fits_alone = self._look.fits_in_empty_days()

    def left_out(self, index: int) -> LeftOut:
        visit = self._problem.visits[index]
        reason, detail = self._reason(index, visit)
        return LeftOut(visit.id, reason, detail, case_ids=visit.case_ids)

    def _reason(self, index: int, visit: Visit) -> tuple[Reason, str]:
        options = [option for option in visit.options if option.starts]
        if not options:
            return Reason.NO_LAWFUL_WINDOW, "None of its places has an hour left for it today."
        crews = [self._problem.crews[k] for k in np.flatnonzero(self._draft.table.fits[index])]
        if not crews:
            return Reason.NO_CREW_FITTING, _why_none_fits(visit, self._problem.crews)
        prices = np.minimum(self._look.price[index], self._look.met_price[index])
        if np.isfinite(prices).any():
            return self._uninserted(index, visit, prices)
        earlier = self._draft.table.after.get(index)
        if earlier is not None and not self._draft.is_served[earlier]:
            name = self._problem.visits[earlier].id
            return Reason.NO_CREW_FITTING, f"It is locked after visit {name}, itself left out."
        alone = np.flatnonzero(self._fits_alone[index])
        if len(alone):
            return Reason.CREWS_FULL, self._no_room([self._draft.routes[k] for k in alone])
        return self._never(visit, crews)

    def _never(self, visit: Visit, crews: Sequence[CrewShift]) -> tuple[Reason, str]:
        """Say why no crew that fits makes the visit even on an empty day."""
        if not has_enough(visit, crews):
            size = visit.crew_size
            detail = f"It needs {size} people, and no two crews that may go have them together."
            return Reason.NO_CREW_FITTING, detail
        resting = [crew for crew in crews if crew.id in self._resting]
        if not resting:
            detail = "No crew that may go can keep its own breaks within its shift."
            return Reason.NO_CREW_FITTING, detail
        calls = [Call(visit, i) for i, option in enumerate(visit.options) if option.starts]
        pairs = [(crew, call) for crew in resting for call in calls if is_for(call, crew)]
        if not pairs:
            return Reason.NO_CREW_FITTING, NONE_FITS
        if visit.may_meet:
            able = {crew.id for crew, call in pairs if drive(self._problem, crew, [call])}
            if able:
                return Reason.NO_CREW_IN_TIME, _not_together(len(able))
        return self._out_of_reach(pairs)

    @cached_property
    def _resting(self) -> frozenset[str]:
        """The crews whose shifts have room for all of their breaks."""
        crews = self._problem.crews
        return frozenset(crew.id for crew in crews if keeps_breaks(self._problem, crew))

    def _uninserted(self, index: int, visit: Visit, prices: Floats) -> tuple[Reason, str]:
        price, cheapest_crew = float(prices.min()), int(prices.argmin())
        is_met = self._look.price[index].min() > price
        loss = self._look.loss(index, cheapest_crew)
        cost, worth = price - loss, visit.value - loss
        if is_met:
            two = np.flatnonzero(self._look.met_price[index] == price)
            names = ", ".join(self._problem.crews[k].id for k in two)
        else:
            names = self._problem.crews[cheapest_crew].id
        if price >= visit.value and not visit.is_required:
            return Reason.NOT_WORTH, _not_worth(names, cost, worth, is_met)
        return Reason.NOT_CHOSEN, _not_chosen(names, cost, worth, is_met)

    def _no_room(self, routes: Sequence[Route]) -> str:
        full = sum(route.is_full for route in routes)
        most = f" ({full} may make no more visits)" if full else ""
        return f"{_crews(len(routes))} could make it on an empty day; none has room left{most}."

    def _out_of_reach(self, pairs: Sequence[tuple[CrewShift, Call]]) -> tuple[Reason, str]:
        reachable = [pair for pair in pairs if self._has_road(*pair)]
        if not reachable:
            crews = len({crew.id for crew, _ in pairs})
            return Reason.NO_ROAD, f"No road leads there and back for {_crews(crews)} that fit."
        late_s, how = min(self._lateness(*pair) for pair in reachable)
        return Reason.NO_CREW_IN_TIME, how.format(minutes=-(-late_s // 60))

    def _has_road(self, crew: CrewShift, call: Call) -> bool:
        there = self._problem.travel_s(crew, crew.start_location, call.way.location)
        back = self._problem.travel_s(crew, call.way.location, crew.end_location)
        return max(there, back) < UNREACHABLE

    def _lateness(self, crew: CrewShift, call: Call) -> tuple[int, str]:
        """Return by how many seconds an empty day misses the visit, and how to say it."""
        option, problem = call.way, self._problem
        start, door, end = crew.start_location, call.way.location, crew.end_location
        arrival_s = problem.arrival_s(crew, start, door, crew.start_s)
        late_s = arrival_s - option.starts[-1][1]
        who = f"Even with an empty day crew {crew.id}, the nearest to it,"
        if late_s > 0:
            return late_s, who + " would arrive {minutes} min after the last start allowed."
        ready_s = earliest_start(option, arrival_s) + option.lasts_s(start)
        late_s = max(0, problem.arrival_s(crew, door, end, ready_s) - crew.latest_end_s)
        if late_s > 0:
            return late_s, who + " would be back {minutes} min after its latest end."
        least_s = problem.travel_s(crew, start, door) + problem.travel_s(crew, door, end)
        if crew.max_travel_s is not None and least_s > crew.max_travel_s:
            return 0, who + " would travel longer than it may."
        return 0, who + self._beside_time(crew, call)

    def _beside_time(self, crew: CrewShift, call: Call) -> str:
        """Say what keeps a crew from it that has the time: without that it could go."""
        if drive(self._problem, replace(crew, breaks=()), [call]):
            return " has no time for it beside its breaks."
        if drive(self._problem, replace(crew, max_working_s=None), [call]):
            return " would work longer than it may."
        if drive(self._problem, replace(crew, max_travel_s=None), [call]):
            return " would travel longer than it may."
        return " cannot go there and be back within its day."


def is_for(call: Call, crew: CrewShift) -> bool:
    """Whether the option is not kept for other crews."""
    return call.way.crews is None or crew.id in call.way.crews


def has_enough(visit: Visit, crews: Iterable[CrewShift]) -> bool:
    """Whether one of `crews`, or two of them, have as many people as the visit needs."""
    most, more = (*sorted((crew.size for crew in crews), reverse=True), 0, 0)[:2]
    return most + (more if visit.may_meet else 0) >= visit.crew_size


def _not_together(crews: int) -> str:
    never = ", never two at once" if crews > 1 else ""
    return (
        f"Two crews would have to meet for it; {_crews(crews)} could be there on an empty day"
        f"{never}."
    )


def _not_worth(names: str, cost: float, worth: float, is_met: bool) -> str:
    if is_met:
        return (
            f"Sending the crews {names} together would cost {_money(cost)} more; "
            f"the visit is worth {_money(worth)}."
        )
    return (
        f"Sending crew {names} would cost {_money(cost)} more; the visit is worth {_money(worth)}."
    )


def _not_chosen(names: str, cost: float, worth: float, is_met: bool) -> str:
    if is_met:
        return (
            f"The crews {names} have room for it together at {_money(cost)}, against a worth of "
            f"{_money(worth)}; the search ended before it was put there."
        )
    return (
        f"Crew {names} has room for it at {_money(cost)}, against a worth of {_money(worth)}; "
        "the search ended before it was put there."
    )


def _why_none_fits(visit: Visit, crews: Sequence[CrewShift]) -> str:
    if not crews:
        return "No crew is on shift."
    if visit.allowed_crews is not None and not any(c.id in visit.allowed_crews for c in crews):
        names = f" ({', '.join(sorted(visit.allowed_crews))})" if visit.allowed_crews else ""
        return f"No crew that may go{names} is on shift."
    if not any(crew.size >= visit.crew_size for crew in crews):
        return (
            f"It needs a crew of {visit.crew_size}; the largest has {max(c.size for c in crews)}."
        )
    if not any(can_carry(visit, crew) for crew in crews):
        return f"No crew can load {', '.join(map(str, visit.load))}."
    if not any(crew.skills >= visit.skills for crew in crews):
        return f"No crew has the skills {', '.join(sorted(visit.skills))}."
    return NONE_FITS


def _crews(number: int) -> str:
    return f"{number} crew{'' if number == 1 else 's'}"


def _money(mills: float) -> str:
    return f"{mills / MILLS:,.2f}"
