"""What would make room for a visit that is left out, and what the day would cost then."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from scheduler.plan import Itinerary


class Kind(StrEnum):
    """What a remedy changes."""

    INSERT = "insert"  # nothing: a crew has room for it, at a price
    WINDOW = "window"  # the borrower's own hours
    SHIFT = "shift"  # how long a crew works
    VISITS = "visits"  # how many visits a crew may make: one more
    CREW = "crew"  # who may go: a crew that is not her owner's, or not allowed
    GIVE_UP = "give_up"  # other visits of less value, which are not made
    ONE_MORE = "one_more"  # how many are on the road: one crew more


class Edge(StrEnum):
    """Where a window or a shift becomes longer."""

    START = "start"
    END = "end"


@dataclass(frozen=True, slots=True)
class Change:
    """One change of a problem for the sake of a visit.

    Of a window, `option` and `window` are its numbers among the visit's options and their
    `starts`; on a lender's day `option` only tells the place, and `window` is a number among her
    own windows there, or among her appointments of the day where she has one.
    """

    kind: Kind
    visit_id: str
    crew_id: str = ""
    edge: Edge = Edge.END
    seconds: int = 0
    option: int = 0
    window: int = 0
    given_up: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Remedy:
    """A change that was tried and works, and the day that it makes of one crew's.

    `cost` is by how much the plan's cost changes, in thousandths, what the visit recovers taken
    off. `overtime` is the part of it that is paid for working longer: a shift that begins earlier
    is paid as one that ends later.
    """

    change: Change
    itinerary: Itinerary
    cost: int
    overtime: int = 0

    @property
    def crew_id(self) -> str:
        """Who would make the visit."""
        return self.itinerary.crew_id
