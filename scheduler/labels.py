"""The ways to place breaks and to choose windows that may still lead to the cheapest day.

A label tells how a crew can be ready to leave a stop. Three numbers say it where travel is the
same all day: the earliest second; the latest one to which all that lies before can be put off
without working longer; and how long the crew has then worked. To be ready later still is to wait,
and waiting is work (Vidal, Crainic, Gendreau and Prins, Computers & Operations Research 40(1),
2013, on durations; here with a choice of windows and breaks).

A label is dropped where another one with the *same* breaks taken is never worse. More breaks taken
would not do: one that is not paid, taken later, may fall into time that the other waits through.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from routing.slots import arrival_s, latest_leaving_s
from routing.travel import UNREACHABLE
from scheduler.beginning import beginning_of
from scheduler.call import Call
from scheduler.problem import CrewBreak, CrewShift, Problem, Span
from scheduler.timesheet import overtime_price

NEVER = UNREACHABLE
"""A time that does not come: no leg leads there, or no window is left."""

Step = Call | CrewBreak


class Label(NamedTuple):
    """How a crew can be ready to leave a stop, and how it comes there.

    It is ready at `ready_s` or, without working longer than `working_s`, up to `late_s`. Before
    the day has begun `late_s` is `NEVER`: it may begin whenever it likes.
    """

    ready_s: int
    late_s: int
    working_s: int
    travel_s: int
    step: Step | None = None
    before: Label | None = None

    def steps(self) -> list[Step]:
        """Return all that led here, in order."""
        steps: list[Step] = []
        label: Label | None = self
        while label is not None and label.step is not None:
            steps.append(label.step)
            label = label.before
        return steps[::-1]


Fronts = list[list[Label]]
"""The labels of one stop, by the breaks taken: a set of `CrewShift.breaks`, bit by bit."""


class Labels:
    """The labels of one crew's days."""

    def __init__(self, problem: Problem, crew: CrewShift) -> None:
        self._crew = crew
        self._ways = problem.ways(crew)
        self._slot_starts_s = problem.travel.slot_starts_s
        self._has_slots = problem.has_slots
        self._may_leave_later = crew.counts_working_time and not crew.begun
        self._beginning = beginning_of(problem, crew)

    def cheapest(self, calls: Sequence[Call]) -> Label | None:
        """Return the cheapest way to make `calls` and be back; None where there is none."""
        *_, (here, fronts) = self.rows(calls)
        home = self._leg(here, self._crew.end_location)
        ends = [self._moved(label, home) for label in fronts[-1]] if home else []
        return min(filter(self._is_lawful, ends), key=self._price, default=None)

    def rows(self, calls: Sequence[Call]) -> Iterator[tuple[int, Fronts]]:
        """Yield where the crew is and its labels: where it begins, and after each call."""
        here, ready_s, working_s, travel_s, taken = self._beginning
        late_s = NEVER if self._may_leave_later else ready_s
        fronts: Fronts = [[] for _ in range(1 << len(self._crew.breaks))]
        fronts[taken].append(Label(ready_s, late_s, working_s, travel_s))
        yield here, self._rested(fronts)
        for call in calls:
            fronts = self._visited(fronts, call, here)
            here = call.way.location
            yield here, self._rested(fronts)

    def _visited(self, before: Fronts, call: Call, here: int) -> Fronts:
        after: Fronts = [[] for _ in before]
        leg = self._leg(here, call.way.location)
        if leg is None:
            return after
        lasts_s, starts = call.way.lasts_s(here), call.starts
        for front, kept in zip(before, after, strict=True):
            for label in front:
                arrived = self._moved(self._left_late(label, leg, call), leg)
                for span in self._windows(starts, arrived.ready_s):
                    self._keep(kept, _spent(arrived, span, lasts_s, lasts_s, call, label))
        return after

    def _rested(self, fronts: Fronts) -> Fronts:
        """Add to `fronts` what breaks make of them that are taken at the stop, in any order."""
        for taken, front in enumerate(fronts):
            for bit, rest in enumerate(self._crew.breaks):
                if not taken >> bit & 1:
                    for label in front:
                        self._rest(label, rest, fronts[taken | 1 << bit])
        return fronts

    def _rest(self, label: Label, rest: CrewBreak, front: list[Label]) -> None:
        first_s, last_s = rest.starts
        if label.ready_s > last_s:
            return
        works_s = rest.duration_s if rest.is_paid else 0
        ready = label
        if self._has_slots and label.late_s == NEVER:
            ready = _put_off(label, max(label.ready_s, first_s))
        self._keep(front, _spent(ready, rest.starts, rest.duration_s, works_s, rest, label))

    def _windows(self, starts: Sequence[Span], ready_s: int) -> Sequence[Span]:
        """Return the windows to choose from: the first one, where later ones can save no work."""
        for number, (_, last_s) in enumerate(starts):
            if ready_s <= last_s:
                saves_work = self._may_leave_later and not self._has_slots
                return starts[number:] if saves_work else (starts[number],)
        return ()

    def _left_late(self, label: Label, leg: _Leg, call: Call) -> Label:
        """Put the leaving off, where travel has slots, as late as the first call allows."""
        if not self._has_slots or label.late_s < NEVER:
            return label
        arrives_s = leg.arrival_s(label.ready_s)
        start_s = next(
            (max(arrives_s, first) for first, last in call.starts if arrives_s <= last), 0
        )
        return _put_off(label, leg.latest_leaving_s(start_s)) if start_s else label

    def _moved(self, label: Label, leg: _Leg) -> Label:
        ready_s, late_s, working_s, travel_s, step, before = label
        leg_s = leg.arrival_s(ready_s) - ready_s if self._has_slots else leg.travel_s[0]
        late_s = ready_s + leg_s if self._has_slots else late_s + leg_s
        return Label(ready_s + leg_s, late_s, working_s + leg_s, travel_s + leg_s, step, before)

    def _leg(self, here: int, there: int) -> _Leg | None:
        travel_s = self._ways[:, here, there].tolist()
        return _Leg(self._slot_starts_s, travel_s) if max(travel_s) < UNREACHABLE else None

    def _keep(self, front: list[Label], new: Label) -> None:
        """Put `new` among the labels of `front`, unless one of them is never worse."""
        for old in front:
            if self._is_never_worse(old, new):
                return
        if front:
            front[:] = [old for old in front if not self._is_never_worse(new, old)]
        front.append(new)

    def _is_never_worse(self, one: Label, other: Label) -> bool:
        if self._has_slots and self._crew.max_travel_s is not None:
            # Who leaves earlier may travel longer, so that only the same second compares.
            same = one.ready_s == other.ready_s and one.travel_s <= other.travel_s
            return same and one.working_s <= other.working_s
        if one.ready_s > other.ready_s or not self._may_leave_later:
            return one.ready_s <= other.ready_s
        return one.working_s + max(0, other.late_s - one.late_s) <= other.working_s

    def _is_lawful(self, end: Label) -> bool:
        most_s, travel_s = self._crew.max_working_s, self._crew.max_travel_s
        return (
            end.ready_s <= self._crew.latest_end_s
            and (most_s is None or end.working_s <= most_s)
            and (travel_s is None or end.travel_s <= travel_s)
        )

    def _price(self, end: Label) -> tuple[int, int, int]:
        """Order the ends: by price, then the earlier one, then the one that worked less."""
        price = self._crew.working_price_per_s * end.working_s
        return price + overtime_price(self._crew, end.ready_s), end.ready_s, end.working_s


class _Leg(NamedTuple):
    """A way between two locations, in seconds for each slot of the day."""

    slot_starts_s: Sequence[int]
    travel_s: list[int]

    def arrival_s(self, leave_s: int) -> int:
        return arrival_s(self.slot_starts_s, self.travel_s, leave_s)

    def latest_leaving_s(self, by_s: int) -> int:
        return latest_leaving_s(self.slot_starts_s, self.travel_s, by_s)


def _spent(
    label: Label, starts: Span, lasts_s: int, works_s: int, step: Step, before: Label
) -> Label:
    """Let `step` begin inside `starts` and last so long, of which `works_s` is work."""
    ready_s, late_s, working_s, travel_s, _, _ = label
    first_s, last_s = starts
    if late_s < first_s:  # even put off as far as can be, the crew waits
        working_s += first_s - late_s
        late_s = first_s
    return Label(
        (ready_s if ready_s > first_s else first_s) + lasts_s,
        (late_s if late_s < last_s else last_s) + lasts_s,
        working_s + works_s,
        travel_s,
        step,
        before,
    )


def _put_off(label: Label, until_s: int) -> Label:
    return label._replace(ready_s=until_s, late_s=until_s)
