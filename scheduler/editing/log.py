"""The log of a draft: what each edit found and left, what may be undone, and what stands on it.

An edit is kept with the parts of the draft that it touched, before and after. To undo it is another
edit that puts the part before back; to redo is to undo that. Nothing is ever taken out of the log,
so a person may undo and redo without end, and also tomorrow.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from scheduler.editing.edits import Edit
from scheduler.model import Crew
from scheduler.plan import Cost, Itinerary, LeftOut
from scheduler.problem import Lock

UNPLACED = -1
"""The position of what is new to a draft: the store gives it one."""


@dataclass(frozen=True, slots=True)
class PlacedTrip:
    """An itinerary, and where it stands among the draft's."""

    trip: Itinerary
    position: int = UNPLACED


@dataclass(frozen=True, slots=True)
class PlacedEntry:
    """A left-out visit or case, and where it stands among the draft's."""

    entry: LeftOut
    position: int = UNPLACED


@dataclass(frozen=True, slots=True)
class Aim:
    """Whom a visit is to, and for which contracts."""

    visit_id: str
    borrower_id: str
    case_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a draft: all that it has of some crews and of some visits.

    A crew of `crews` without a trip has none; a visit of `visits` without entry or lock has none.
    `aims` are those of the trips' visits. `team` are the day's crews, None where they stay. `cost`
    is the whole draft's.
    """

    crews: tuple[str, ...]
    visits: tuple[str, ...]
    trips: tuple[PlacedTrip, ...]
    left_out: tuple[PlacedEntry, ...]
    locks: tuple[Lock, ...]
    aims: tuple[Aim, ...]
    cost: Cost
    team: tuple[Crew, ...] | None = None


@dataclass(frozen=True, slots=True)
class KeptEdit:
    """A row of the log. `undoes` is the number of the edit that it takes back.

    `edit` is what was asked for; of an undo, what is undone. One that `lapsed` changed nothing:
    it says why what somebody did to an earlier version did not fit into this one.
    """

    number: int
    edit: Edit
    before: Part
    after: Part
    made_by: str
    made_at: datetime
    key: str
    undoes: int | None = None
    lapsed: str = ""

    @property
    def reach(self) -> Reach:
        """What it touched; one that lapsed touched nothing."""
        if self.lapsed:
            return Reach(frozenset(), frozenset(), regroups=False)
        return reach_of(self.before, self.after)


@dataclass(frozen=True, slots=True)
class Reach:
    """The crews and visits that something touches, and whether it changes who drives."""

    crews: frozenset[str]
    visits: frozenset[str]
    regroups: bool


def reach_of(*parts: Part) -> Reach:
    """Return what parts of a draft are about: a lock speaks of its crew's day, too."""
    locks = (lock.crew_id for part in parts for lock in part.locks)
    return Reach(
        frozenset((*(id for part in parts for id in part.crews), *locks)),
        frozenset(id for part in parts for id in part.visits),
        regroups=any(part.team is not None for part in parts),
    )


def overlap(one: Reach, other: Reach) -> bool:
    """Whether two touch the same crew or visit, or both change who drives."""
    both_regroup = one.regroups and other.regroups
    return both_regroup or bool(one.crews & other.crews) or bool(one.visits & other.visits)


def undoable(log: Sequence[KeptEdit], actor: str) -> KeptEdit | None:
    """Return what a person would undo next; None where she has nothing left to undo."""
    undo, _ = _stacks(log, actor)
    return undo[-1] if undo else None


def redoable(log: Sequence[KeptEdit], actor: str) -> KeptEdit | None:
    """Return the undo that a person would take back next; None where she has undone nothing.

    Whoever edits again after an undo has decided otherwise: what was undone stays undone.
    """
    _, redo = _stacks(log, actor)
    return redo[-1] if redo else None


def _stacks(log: Sequence[KeptEdit], actor: str) -> tuple[list[KeptEdit], list[KeptEdit]]:
    undo: list[KeptEdit] = []
    redo: list[KeptEdit] = []
    for row in log:
        if row.made_by != actor or row.lapsed:
            continue
        if row.undoes is None:
            undo.append(row)
            redo.clear()
        elif undo and undo[-1].number == row.undoes:
            undo.pop()
            redo.append(row)
        elif redo and redo[-1].number == row.undoes:
            redo.pop()
            undo.append(row)
    return undo, redo


def standing_on(log: Sequence[KeptEdit], target: KeptEdit) -> tuple[KeptEdit, ...]:
    """Return others' later edits of what `target` touched, without those undone since."""
    later = without_undone([row for row in log if row.number > target.number])
    others = (row for row in later if row.made_by != target.made_by)
    return tuple(row for row in others if overlap(row.reach, target.reach))


def since(log: Sequence[KeptEdit], revision: int, actor: str) -> tuple[KeptEdit, ...]:
    """Return what others did after a revision."""
    return tuple(row for row in log if row.number > revision and row.made_by != actor)


def makers(edits: Iterable[KeptEdit]) -> str:
    """Return the names of who made edits."""
    return ", ".join(sorted({edit.made_by for edit in edits}))


def nothing(cost: Cost) -> Part:
    """Return the part of a draft that an edit touches which changes nothing."""
    return Part((), (), (), (), (), (), cost)


def without_undone(rows: Sequence[KeptEdit]) -> tuple[KeptEdit, ...]:
    """Return the edits whose doing and undoing do not both stand in `rows`."""
    there = {row.number for row in rows}
    gone: set[int] = set()
    for row in reversed(rows):
        if row.number not in gone and row.undoes in there:
            gone |= {row.number, row.undoes or 0}
    return tuple(row for row in rows if row.number not in gone)
