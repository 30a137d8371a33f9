"""Which agency each crew works for, and so for which cases it may be sent.

A case is an agency's, or the lender's own: ''. A crew visits for the cases of that agency alone
which all of its members work for, and one agency visits a borrower on a day.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from scheduler.day import Day
from scheduler.model import Case, Crew

NOBODY_SENT: Mapping[str, str] = MappingProxyType({})
"""No agency's crew is to go to anybody yet."""


@dataclass(frozen=True)
class Teams:
    """Whom collectors work for, by their ids, and which of a day's crews work for an agency.

    `crews` are those of one agency, by its name; a crew of several agencies is among none.
    """

    employer: Mapping[str, str]
    crews: Mapping[str, frozenset[str]]
    count: int

    @classmethod
    def of(cls, day: Day) -> Teams:
        """Return the teams of a day's crews."""
        employer = {collector.id: collector.agency for collector in day.collectors}
        whose = {crew.id: agency_of([crew], employer) for crew in day.crews}
        names = {agency for agency in whose.values() if agency is not None}
        crews = {name: frozenset(id for id in whose if whose[id] == name) for name in names}
        return cls(employer, crews, len(day.crews))

    def may_go(self, agency: str) -> bool:
        """Whether a crew of an agency is on the road; nobody knows while no crew is formed."""
        return not self.count or agency in self.crews

    def allowed(self, agency: str) -> frozenset[str] | None:
        """Return the crews of an agency; None where these are all."""
        crews = self.crews.get(agency, frozenset())
        return None if len(crews) == self.count else crews


def agency_of(crews: Iterable[Crew], employer: Mapping[str, str]) -> str | None:
    """Return the agency of all members of crews who go together.

    None where they work for several, or nobody of them is known.
    """
    members = (member for crew in crews for member in crew.members)
    found = {employer[member] for member in members if member in employer}
    return found.pop() if len(found) == 1 else None


def sent_by(day: Day, crews: Iterable[Crew]) -> str | None:
    """Return the agency of crews that go together, by the collectors of a day; None as above."""
    return agency_of(crews, {collector.id: collector.agency for collector in day.collectors})


def employers(day: Day, crew: Crew) -> frozenset[str]:
    """Return the agencies of a crew's members, as far as the day knows them."""
    return frozenset(one.agency for one in day.collectors if one.id in crew.members)


def by_agency(cases: Iterable[Case]) -> dict[str, list[Case]]:
    """Return cases by their agencies, in the order of the agencies' names."""
    found: dict[str, list[Case]] = {}
    for case in sorted(cases, key=lambda case: case.agency):
        found.setdefault(case.agency, []).append(case)
    return found


def agency_of_cases(cases: Sequence[Case], ids: Iterable[str]) -> str | None:
    """Return the agency of the cases of a visit, None where they have not one in common."""
    wanted = set(ids)
    found = {case.agency for case in cases if case.id in wanted}
    return found.pop() if len(found) == 1 else None


def name_of(agency: str) -> str:
    """Return what an agency is called in a sentence."""
    return agency or "our own staff"
