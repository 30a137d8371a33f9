"""What a search answers: itineraries, and why the other visits are left out."""

from __future__ import annotations

from dataclasses import astuple, dataclass, field
from enum import StrEnum


class StopKind(StrEnum):
    VISIT = "visit"
    BREAK = "break"


@dataclass(frozen=True, slots=True)
class Stop:
    """A visit or a break, in seconds of the problem's clock.

    `id` is that of the visit or the break; `option` which of the visit's options is taken, and
    `place_id` that option's place, so that a kept plan can be read against later facts.
    A crew arrives at `arrival_s`, waits until `start_s` and leaves at `end_s`. A break is taken
    where the crew is, before the next leg.
    """

    kind: StopKind
    id: str
    arrival_s: int
    start_s: int
    end_s: int
    option: int = 0
    place_id: str = ""


@dataclass(frozen=True, slots=True)
class Itinerary:
    """One crew's day: it sets off at `start_s` and is back at `end_s`."""

    crew_id: str
    start_s: int
    end_s: int
    stops: tuple[Stop, ...]

    @property
    def visits(self) -> tuple[Stop, ...]:
        return tuple(stop for stop in self.stops if stop.kind is StopKind.VISIT)


class Reason(StrEnum):
    """Why a case is left out; each is established, never assumed."""

    RULE = "rule"  # a rule refuses it today: `detail` names it
    POLICY = "policy"  # the city's policy asks for another step than a visit, or for none yet
    NOT_TODAY = "not_today"  # an appointment or an open promise lies ahead
    HELD_BACK = "held_back"  # a dispatcher said: not today, or not before a day
    NOT_ENTRUSTED = "not_entrusted"  # its agency may not work it today
    OTHER_AGENCY = "other_agency"  # another agency's cases of the borrower, or no more this one's
    NO_CREW_OF_AGENCY = "no_crew_of_agency"  # nobody of its agency is on the road
    NOT_PLACED = "not_placed"  # no place is known closely enough
    NO_LAWFUL_WINDOW = "no_lawful_window"  # lawful hours and the borrower's do not meet
    NO_ROAD = "no_road"  # no crew's roads lead there
    NO_CREW_FITTING = "no_crew_fitting"  # no crew on shift has the size, skills, owner or lock
    RESERVE = "reserve"  # it would fit at usual times: that time is kept free as a reserve
    NO_CREW_IN_TIME = "no_crew_in_time"  # none could be there in a window, even with an empty day
    CREWS_FULL = "crews_full"  # every fitting crew's day has no room left for it
    NOT_WORTH = "not_worth"  # it would fit, and costs more than it is worth
    NOT_SHORTLISTED = "not_shortlisted"  # not among the visits worth most, of too many to weigh
    NEW = "new"  # came in after the plan was made
    TAKEN_OFF = "taken_off"  # a person took it out of the plan by hand
    NOT_ASKED = "not_asked"  # whoever began the plan did not choose it
    NOT_CHOSEN = "not_chosen"  # it would fit and pay: the search ended before it was tried


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A visit that is not in the plan, or a single case that a visit is not made for.

    `rule` is set where one refused it; `case_ids` are the contracts it is about.
    """

    visit_id: str
    reason: Reason
    detail: str = ""
    rule: str = ""
    remedy: str = ""
    case_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cost:
    """The objective, in thousandths of the book's currency; less is better.

    Must-visits come before any sum: plans compare by (`missed_must_visits`, `total`).
    """

    missed_must_visits: int
    lost_value: int
    travel: int
    overtime: int = 0
    owner_changes: int = 0
    working: int = 0
    unfairness: int = 0
    moves: int = 0

    @property
    def total(self) -> int:
        travel_and_work = self.travel + self.overtime + self.working
        changes = self.owner_changes + self.moves
        return self.lost_value + travel_and_work + changes + self.unfairness

    @property
    def key(self) -> tuple[int, int]:
        return self.missed_must_visits, self.total

    def __add__(self, other: Cost) -> Cost:
        """Return the cost of both together."""
        return Cost(*(a + b for a, b in zip(astuple(self), astuple(other), strict=True)))


@dataclass(frozen=True, slots=True)
class Plan:
    """A day: each visit of the problem stands in one itinerary or in `left_out`."""

    itineraries: tuple[Itinerary, ...]
    left_out: tuple[LeftOut, ...]

    @property
    def served(self) -> frozenset[str]:
        return frozenset(stop.id for trip in self.itineraries for stop in trip.visits)


@dataclass(frozen=True, slots=True)
class Violation:
    """A fault that `check_plan` found: what kind, at what, and in words.

    Of a rule's no, `source` and `seen` are its authority, which the words tell too.
    """

    kind: str
    id: str
    text: str
    source: str = field(default="", compare=False)
    seen: str = field(default="", compare=False)
