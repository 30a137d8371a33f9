"""A visit in a crew's day, before it has its hour."""

from __future__ import annotations

from typing import NamedTuple

from scheduler.problem import Span, Visit, VisitOption
from scheduler.windows import holds


class Call(NamedTuple):
    """A visit, and which of its options is taken.

    `start_s` fixes the start of service, for two crews that meet: who is there earlier waits.
    """

    visit: Visit
    option: int
    start_s: int | None = None

    @property
    def way(self) -> VisitOption:
        return self.visit.options[self.option]

    @property
    def starts(self) -> tuple[Span, ...]:
        """When service may start: at the second that is fixed, where one is, and it is lawful."""
        starts = self.way.starts
        if self.start_s is None:
            return starts
        return ((self.start_s, self.start_s),) if holds(starts, self.start_s) else ()
