"""The people of a day, laid out by who they are: each visit of hundreds asks for a few of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from scheduler.check.faults import Fault
from scheduler.day import Day
from scheduler.model import Collector, Crew, Shift
from scheduler.plan import Violation


class People:
    """Collectors, shifts, and who may really come; read once for each judgement of a day."""

    def __init__(self, day: Day) -> None:
        self._day = day
        self._collectors: dict[str, tuple[int, Collector]] = {}
        self._shifts: dict[str, list[Shift]] = defaultdict(list)
        self._present: dict[str, bool] = {}
        for number, collector in enumerate(day.collectors):
            self._collectors.setdefault(collector.id, (number, collector))
        for shift in day.shifts:
            self._shifts[shift.collector_id].append(shift)

    def shifts(self, member: str) -> Sequence[Shift]:
        """Return the shifts of a collector on the day."""
        return self._shifts.get(member, ())

    def known(self, members: Iterable[str]) -> list[Collector]:
        """Return the collectors among some people whom the day knows, in its own order."""
        found = (self._collectors[who] for who in set(members) if who in self._collectors)
        return [collector for _, collector in sorted(found, key=lambda one: one[0])]

    def present(self, crew: Crew) -> list[str]:
        """Return the members of a crew who may really come today."""
        return [member for member in crew.members if self._is_present(member)]

    def faults(self, member: str) -> list[Violation]:
        """Name why somebody cannot be with a crew on the day."""
        if member not in self._collectors:
            return [Violation(Fault.UNKNOWN_MEMBER, member, "the day has no such collector")]
        found, on = [], self._day.on
        if not self.shifts(member):
            found.append(Violation(Fault.MEMBER_OFF_SHIFT, member, f"has no shift on {on}"))
        _, collector = self._collectors[member]
        if not collector.may_be_sent(on):
            text = f"certificate expired on {collector.certificate_expires}"
            found.append(Violation(Fault.CERTIFICATE_EXPIRED, member, text))
        return found

    def _is_present(self, member: str) -> bool:
        if member not in self._present:
            self._present[member] = not self.faults(member)
        return self._present[member]
