"""A remedy as somebody asks for it: what is agreed, with which crew, and where the visit goes."""

from __future__ import annotations

from dataclasses import dataclass

from scheduler.editing.arranging import arrangement
from scheduler.editing.edits import Arrange, Move, Sheet
from scheduler.editing.obstacles import GoneError
from scheduler.problem import Problem
from scheduler.remedies import Change, Edge, Kind
from scheduler.remedies.longer import MOST_S

AGREED = frozenset({Kind.SHIFT, Kind.VISITS, Kind.CREW})
"""What is agreed with a crew; the others ask the borrower, or nobody."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """`what` is agreed with a crew so that it makes a visit, before its visit `before`.

    A shift is longer by `seconds` at its `edge`. `place_id` is '' where any place will do.
    """

    what: Kind
    visit_id: str
    crew_id: str
    edge: Edge = Edge.END
    seconds: int = 0
    before: str | None = None
    place_id: str = ""

    def faults(self) -> list[str]:
        """Say what of it cannot be agreed with a crew."""
        found = []
        if self.what not in AGREED:
            found.append(
                f"what: {self.what} is nothing to agree with a crew; there are: "
                f"{', '.join(sorted(AGREED))}"
            )
        if self.what is Kind.SHIFT and not 0 < self.seconds <= MOST_S:
            found.append(f"seconds: a shift is longer by 1 to {MOST_S} s, not by {self.seconds}")
        return found

    def edit(self, problem: Problem, sheet: Sheet) -> Arrange:
        """Return the edit that does it.

        Raises
        ------
        GoneError
            Where the visit is planned by now.
        NotFoundError
            Where nobody knows the visit or the crew.
        """
        if self.visit_id in sheet.plan.served:
            raise GoneError(f"visit {self.visit_id} is planned by now: it needs no help")
        change = Change(
            self.what, self.visit_id, self.crew_id, edge=self.edge, seconds=self.seconds
        )
        move = Move(self.visit_id, self.crew_id, self.before, self.place_id)
        return arrangement(problem, sheet, change, move)
