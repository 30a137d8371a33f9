"""Plans from outside: what is kept of them, and what is done to them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from scheduler.availability import ASSUMED, Basis
from scheduler.editing.edits import Edit
from scheduler.editing.log import KeptEdit, Part
from scheduler.model import (
    Crew,
)
from scheduler.plan import Cost, Plan
from scheduler.ports.changes import By
from scheduler.problem import Lock
from scheduler.reserve.asked import NO_RESERVE
from scheduler.suspending import Suspension


class PlanStatus(StrEnum):
    DRAFT = "draft"
    PUBLISHED = "published"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"  # a person took it back: nobody is sent by it, nor by an earlier one


@dataclass(frozen=True, slots=True)
class Target:
    """Whom a planned visit is to, and for which cases."""

    borrower_id: str
    case_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NewPlan:
    """A plan as it comes from an engine, to be kept.

    `origin` is the instant of second 0. `crews` are those it was made for. `targets` says of
    each planned visit, by its id, whom it is to; the stop itself says where. `policy_version` is
    that of the city's policy; 0 is the house's default. `locks` are what dispatchers have fixed,
    `odds` what its chances of meeting somebody rest on. `reserve` is the percent of cases in which
    a way or visit is over by the time that the search gave it.
    """

    city: str
    on: date
    agency: str
    origin: datetime
    plan: Plan
    cost: Cost
    crews: tuple[Crew, ...]
    engine: str
    status: str
    seed: int
    profile: str
    rules_version: str
    targets: Mapping[str, Target]
    policy_version: int = 0
    locks: tuple[Lock, ...] = ()
    odds: Basis = ASSUMED
    reserve: int = NO_RESERVE


@dataclass(frozen=True, slots=True)
class PlanRecord:
    """A kept plan: versions of a city's day count from 1.

    `standing` is what stands against its visits now. Facts never rewrite a plan: a visit that is
    suspended stays in its itinerary, and is driven past. People edit a draft: `revision` counts
    their edits. `based_on` is the version that it was copied from, or made to take the place of;
    `job` the work that made it, if any. `note` was written when it was published, `reason` when it
    was taken back.
    """

    id: int
    version: int
    state: PlanStatus
    made: By
    content: NewPlan
    published: By | None = None
    note: str = ""
    standing: tuple[Suspension, ...] = ()
    revision: int = 0
    based_on: int | None = None
    reason: str = ""
    job: int | None = None

    @property
    def suspended(self) -> Mapping[str, Suspension]:
        """The visits that may not be made, by their ids; of those that had begun, none."""
        return {each.visit_id: each for each in self.standing if not each.was_begun}


@dataclass(frozen=True, slots=True)
class NewEdit:
    """An edit of a draft, to be kept, with the part of the draft that is to stand after it.

    `worked_on` is the revision that `after` was worked out on, `known` the one that its maker has
    seen: what others did between them must touch nothing that this one touches. `key` is the
    sender's own. `undoes` and `lapsed` are as in `KeptEdit`.
    """

    edit: Edit
    after: Part
    worked_on: int
    known: int
    key: str
    undoes: int | None = None
    lapsed: str = ""


class PlanWriter(Protocol):
    """Writes crews, plans and what is done to them."""

    def put_crews(self, city: str, on: date, crews: Sequence[Crew]) -> None: ...

    def add_plan(
        self, new: NewPlan, based_on: int | None = None, job: int | None = None
    ) -> PlanRecord:
        """Keep a plan as a draft, the next version of its day.

        `based_on` is the version that it was copied from, or is to take the place of; `job` the
        work that made it, for which no other plan can be kept.
        """
        ...

    def revise_plan(self, plan_id: int, new: NewEdit) -> KeptEdit:
        """Let an edit change a draft, and keep both in its log; the same key again does nothing.

        Only what the edit touches is written. The draft's `revision` counts it.

        Raises
        ------
        NotFoundError
            Where there is no such plan.
        StaleSheetError
            Where the draft has been edited since `worked_on`.
        EditedMeanwhileError
            Where others have edited the same crews or visits since `known`.
        ConflictError
            Where the plan is no draft, or the key is another edit's.
        """
        ...

    def lapse_edit(self, plan_id: int, edit: Edit, key: str, why: str) -> KeptEdit:
        """Keep in a draft's log what somebody did to an earlier version and cannot be carried over.

        Raises
        ------
        ConflictError
            Where the plan is no draft, or the key is another edit's.
        """
        ...

    def copy_as_draft(self, plan_id: int) -> PlanRecord:
        """Keep a copy of a plan as the next draft of its day, based on it.

        Where the newest plan is a draft that is based on it already, that one is returned.
        """
        ...

    def publish(self, plan_id: int, note: str) -> PlanRecord:
        """Publish a draft; an earlier published plan of the same day is superseded.

        Raises
        ------
        ConflictError
            Where the plan is no draft, or a newer version is published already.
        """
        ...

    def withdraw(self, plan_id: int, reason: str) -> PlanRecord:
        """Take a published plan back; no earlier one takes its place.

        Raises
        ------
        ConflictError
            Where the plan is not published, or no reason is given.
        """
        ...
