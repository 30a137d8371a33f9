"""What a dispatcher does to a draft, as plain values: kept in a log, applied again, undone.

Visits are named by their ids and gaps by the visit that follows, never by a number: so an edit
still says what was meant where another person has changed the draft meanwhile.
"""

from __future__ import annotations

from dataclasses import dataclass

from scheduler.model import Crew, Shift
from scheduler.plan import Plan
from scheduler.problem import Lock


@dataclass(frozen=True, slots=True)
class Sheet:
    """What edits change: itineraries and the left out, the crews who drive, the locks that hold."""

    plan: Plan
    crews: tuple[Crew, ...]
    locks: tuple[Lock, ...] = ()


@dataclass(frozen=True, slots=True)
class Move:
    """Let a crew make a visit before its visit `before`, None at the end of its day.

    The visit may stand elsewhere, in the same itinerary, or in none. `place_id` is where it is
    made, '' wherever it fits best there. Where another crew has to come too, `partner_id` is that
    one, '' whoever can at the least price.
    """

    visit_id: str
    crew_id: str
    before: str | None = None
    place_id: str = ""
    partner_id: str = ""


@dataclass(frozen=True, slots=True)
class TakeOff:
    """Leave a visit out."""

    visit_id: str


@dataclass(frozen=True, slots=True)
class Hold:
    """Let locks hold, each instead of the one that its visit had; the draft keeps them now."""

    locks: tuple[Lock, ...]


@dataclass(frozen=True, slots=True)
class Release:
    """Take the locks of some visits away."""

    visit_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Swap:
    """Let two crews drive each other's visits, but for what they have begun and what is locked."""

    crew_id: str
    other_id: str


@dataclass(frozen=True, slots=True)
class Regroup:
    """Let these be the day's crews from now on, and this what they drive, as somebody is gone.

    `collector_id` is who is gone; `plan` was worked out beside the choice, and is checked again.
    `had` is the shift that she had, `left` what of it she has worked, None for nothing: whoever
    keeps the edit sets both.
    """

    collector_id: str
    crews: tuple[Crew, ...]
    plan: Plan
    had: Shift | None = None
    left: Shift | None = None


@dataclass(frozen=True, slots=True)
class Retake:
    """Let this be the whole plan: what a search has found beside the draft, once it is taken."""

    plan: Plan


@dataclass(frozen=True, slots=True)
class Arrange:
    """Let a crew make a visit that is left out, by what was agreed for it.

    `crew` is the crew from now on; `shifts` are those that its members have from now on, `had`
    those that they had. `stand_in` goes to `case_ids` beside their owners on this day, '' nobody
    has to. The visit goes where `move` says.
    """

    move: Move
    crew: Crew
    shifts: tuple[Shift, ...] = ()
    had: tuple[Shift, ...] = ()
    stand_in: str = ""
    case_ids: tuple[str, ...] = ()


Step = Move | TakeOff | Hold | Release | Swap


@dataclass(frozen=True, slots=True)
class Together:
    """Do several things as one: judged where all are done, undone in one."""

    steps: tuple[Step, ...]


Edit = Step | Regroup | Retake | Together | Arrange


def moves_of(edit: Edit) -> tuple[Move, ...]:
    """Return the moves among what an edit does."""
    if isinstance(edit, Arrange):
        return (edit.move,)
    return tuple(step for step in steps_of(edit) if isinstance(step, Move))


def steps_of(edit: Edit) -> tuple[Edit, ...]:
    """Return what an edit does, one thing after another."""
    return edit.steps if isinstance(edit, Together) else (edit,)
