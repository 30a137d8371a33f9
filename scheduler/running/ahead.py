"""The rest of a crew's day, timed anew from where it stands: what is late stays in it.

Phones time the rest of their day by the same rule (web/phone/static/my/ahead.js): who asks the
desk and who asks the crew hears the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from routing.travel import UNREACHABLE
from scheduler.beginning import beginning_of
from scheduler.call import Call
from scheduler.drive import earliest_start
from scheduler.labels import NEVER
from scheduler.plan import Itinerary, Stop, StopKind
from scheduler.problem import CrewBreak, CrewShift, Problem, Span, Visit, VisitOption
from scheduler.windows import merge_spans


def timed(problem: Problem, crew: CrewShift, stops: Sequence[Stop], next_s: int = 0) -> Itinerary:
    """Return the day of `crew` that makes `stops` in their order after what it has begun.

    All is as early as roads allow, and where the plan waits at a door until an hour, so does the
    crew. The first visit does not start before `next_s`. A visit that cannot be made in its hours
    any more comes at others: nothing is refused. A break stays where the plan has it, for that is
    where its crew sees it; it comes before a visit after which its hours would be over.
    """
    going = _Going.of(problem, crew, stops)
    for stop in stops:
        if stop.kind is StopKind.BREAK:
            going.rest(stop.id)
        else:
            going.visit(stop, next_s)
            next_s = 0
    return going.home()


@dataclass
class _Going:
    """A crew on its way: where and since when it is free, and the breaks that it has still."""

    problem: Problem
    crew: CrewShift
    here: int
    ready_s: int
    made: list[Stop]
    waiting: dict[str, CrewBreak] = field(default_factory=dict)

    @classmethod
    def of(cls, problem: Problem, crew: CrewShift, stops: Sequence[Stop]) -> _Going:
        here, ready_s, *_ = beginning_of(problem, crew)
        rests = {rest.id: rest for rest in crew.breaks}
        waiting = {stop.id: rests[stop.id] for stop in stops if stop.id in rests}
        return cls(problem, crew, here, ready_s, list(crew.begun), waiting)

    def rest(self, id: str) -> None:
        """Take a break, unless it was taken already."""
        rest = self.waiting.pop(id, None)
        if rest is not None:
            start_s = max(self.ready_s, rest.starts[0])
            end_s = start_s + rest.duration_s
            self.made.append(Stop(StopKind.BREAK, rest.id, self.ready_s, start_s, end_s))
            self.ready_s = end_s

    def visit(self, stop: Stop, not_before_s: int) -> None:
        """Make a visit, after those breaks whose hours it would outlast."""
        made = self._made(stop, not_before_s)
        for rest in tuple(self.waiting.values()):
            if self.ready_s <= rest.starts[1] < made.end_s:
                self.rest(rest.id)
                made = self._made(stop, not_before_s)
        self.made.append(made)
        self.here, self.ready_s = self._call(stop).way.location, made.end_s

    def home(self) -> Itinerary:
        """Return the whole day."""
        home_s = self._reached_s(self.crew.end_location)
        return Itinerary(self.crew.id, self.crew.start_s, home_s, tuple(self.made))

    def _made(self, stop: Stop, not_before_s: int) -> Stop:
        call = self._call(stop)
        arrival_s = self._reached_s(call.way.location)
        waits_s = stop.start_s if stop.start_s > stop.arrival_s else 0
        start_s = _start_s(call, max(arrival_s, not_before_s), waits_s)
        end_s = start_s + call.way.lasts_s(self.here)
        option = _option_at(self.problem, self.crew, stop, start_s)
        return replace(stop, arrival_s=arrival_s, start_s=start_s, end_s=end_s, option=option)

    def _call(self, stop: Stop) -> Call:
        return _call(self.problem, self.crew, stop)

    def _reached_s(self, there: int) -> int:
        """Return when the crew is there; where no road leads any more, at once."""
        arrival_s = self.problem.arrival_s(self.crew, self.here, there, self.ready_s)
        return self.ready_s if arrival_s >= UNREACHABLE else arrival_s


def _start_s(call: Call, soonest_s: int, planned_s: int) -> int:
    """Return when a visit starts: as planned or as soon as can be, and in its hours if it can."""
    wished = (max(soonest_s, planned_s), soonest_s)
    starts = (earliest_start(call, wish_s) for wish_s in wished)
    return next((start_s for start_s in starts if start_s < NEVER), soonest_s)


def starts_at(visit: Visit, crew: CrewShift, place_id: str) -> tuple[Span, ...]:
    """Return when a visit may start at a place by any of its options there."""
    return merge_spans(
        span
        for option in visit.options
        if option.place_id == place_id and _is_for(option, crew)
        for span in option.starts
    )


def _is_for(option: VisitOption, crew: CrewShift) -> bool:
    return option.crews is None or crew.id in option.crews


def _call(problem: Problem, crew: CrewShift, stop: Stop) -> Call:
    """Return a stop as a call that any hour of its place will do for."""
    visit = problem.visit_by_id[stop.id]
    way = visit.options[stop.option]
    merged = replace(way, starts=starts_at(visit, crew, way.place_id) or way.starts)
    is_met = visit.may_meet and crew.size < visit.crew_size
    return Call(replace(visit, options=(merged,)), 0, stop.start_s if is_met else None)


def _option_at(problem: Problem, crew: CrewShift, stop: Stop, start_s: int) -> int:
    """Return the option of a stop's place that holds a start, else the first that is there."""
    options = enumerate(problem.visit_by_id[stop.id].options)
    here = [(number, one) for number, one in options if one.place_id == stop.place_id]
    for number, option in here:
        is_open = any(first <= start_s <= last for first, last in option.starts)
        if _is_for(option, crew) and is_open:
            return number
    return here[0][0] if here else stop.option
