"""What the use cases need from outside; `data` fulfils it, tests may too."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, Protocol

from routing.gazetteer.own_place import OwnPlace
from routing.geocoding import Geocoder, GeocodeResult
from routing.point import Point
from routing.travel import TravelTimes
from scheduler.agreements import Details
from scheduler.contacts import Contact
from scheduler.day import Day
from scheduler.doors import Proposal
from scheduler.editing.edits import Edit
from scheduler.editing.log import KeptEdit, Part
from scheduler.model import (
    Borrower,
    Case,
    City,
    Collector,
    Crew,
    Pair,
    Place,
    Shift,
    StopFlag,
    Window,
)
from scheduler.overriding import AskedOverride
from scheduler.payments import Balance, Payment
from scheduler.plan import Cost, Plan
from scheduler.policy import Policy
from scheduler.problem import Lock
from scheduler.promises import Promise
from scheduler.restraints import Consent, Pause, Wish
from scheduler.rules import RuleSet
from scheduler.scores import Score
from scheduler.signing import Signature
from scheduler.suspending import Suspension


@dataclass(frozen=True, slots=True)
class By:
    """Who does it, and when (aware)."""

    actor: str
    at: datetime


@dataclass(frozen=True, slots=True)
class CaseRecord:
    """One contract as a file tells it, with the last contact that it tells of."""

    case: Case
    borrower: Borrower
    places: tuple[Place, ...]
    contact: Contact | None = None


@dataclass(frozen=True, slots=True)
class NotTaken:
    """A row that the book itself refuses: its key, the field that is wrong, and what to do."""

    key: str
    field: str
    problem: str


@dataclass(frozen=True, slots=True)
class BookChange:
    """What a file changes, or would: ids, in the order of the file.

    `clashing` are keys under which the book holds something else: they were not taken, as
    `refused` were not, which say why.
    """

    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    clashing: tuple[str, ...] = ()
    refused: tuple[NotTaken, ...] = ()


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
    that of the city's policy; 0 is the house's default. `locks` are what dispatchers have fixed.
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


@dataclass(frozen=True, slots=True)
class PlanRecord:
    """A kept plan: versions of a city's day count from 1.

    `standing` is what stands against its visits now. Facts never rewrite a plan: a visit that is
    suspended stays in its itinerary, and is driven past. People edit a draft: `revision` counts
    their edits. `based_on` is the version that it was copied from, or made to take the place of.
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


@dataclass(frozen=True, slots=True)
class PolicyVersion:
    """A version of a city's policy, which holds from a day on once a second person approved it."""

    number: int
    valid_from: date
    policy: Policy
    note: str
    digest: str
    made: By
    approved: By | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a visit. `key` is the sender's own, so that sending it twice records it once.

    `plan_id` is None for a visit that no plan holds. A visit that was not made (cancelled, not
    reached) counts towards no cap. `case_id` is the contract it is about, '' for all those of the
    visit. `corrects` is the key of the outcome whose place it takes; that one stays in the book.
    """

    key: str
    borrower_id: str
    place_id: str
    at: datetime
    code: str
    crew: tuple[str, ...]
    was_made: bool = True
    was_met: bool = False
    plan_id: int | None = None
    note: str = ""
    amount: Decimal | None = None
    due: date | None = None
    method: str = ""
    suits: Window | None = None
    case_id: str = ""
    details: Details | None = None
    corrects: str = ""


@dataclass(frozen=True, slots=True)
class DayAhead:
    """A day of one borrower, and whom a visit to her would be put beside.

    `version` is that of its newest draft or published plan, with its `revision`; None where it has
    none, and then `agreed` names who has an appointment on it.
    """

    day: Day
    version: int | None = None
    agreed: tuple[str, ...] = ()
    revision: int = 0


@dataclass(frozen=True, slots=True)
class Ahead:
    """Days ahead of a borrower, read at one moment: `newest` is the city's last event by then.

    `facts` is the last that may have changed the facts of a day; what is done to plans is none.
    """

    newest: int
    days: tuple[DayAhead, ...]
    facts: int = 0


class MarkKind(StrEnum):
    """What a crew notes on its way."""

    BEGIN = "begin"  # the day
    ACCEPT = "accept"  # a plan that was published after the one she knew
    ARRIVE = "arrive"
    LEAVE = "leave"


@dataclass(frozen=True, slots=True)
class Mark:
    """When a crew began its day, accepted a plan, arrived or left. `key` is as in `Outcome`.

    `visit_id` is that of the plan's visit, '' where the mark is about the day. `stood` is where
    the phone was, if it told, and `accuracy_m` how sure it was of that.
    """

    key: str
    on: date
    plan_id: int
    crew: tuple[str, ...]
    kind: MarkKind
    at: datetime
    visit_id: str = ""
    stood: Point | None = None
    accuracy_m: float | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """The marks of a day and the results in force, the oldest first.

    `places` are those of the visits that crews have stood at, by their ids: also of borrowers who
    have no open case by now.
    """

    marks: tuple[Mark, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    places: Mapping[str, Place] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.marks or self.outcomes)


@dataclass(frozen=True, slots=True)
class AddressOverride:
    """A decision where an address is; it holds for every place of its text until it is undone.

    `address` is the text without telephone numbers and names, `address_key` what its other
    spellings share. `replaces` is the decision that it took the place of. A decision that
    another one replaced counts as undone by whoever made that.
    """

    id: int
    address_key: str
    address: str
    point: Point
    source: str
    decided_by: str
    decided_at: datetime
    undone_by: str | None = None
    undone_at: datetime | None = None
    replaces: int | None = None

    @property
    def is_in_force(self) -> bool:
        return self.undone_at is None


@dataclass(frozen=True, slots=True)
class OwnRecord:
    """A row of the lender's own gazetteer in the book."""

    id: int
    place: OwnPlace
    made: By


@dataclass(frozen=True, slots=True)
class Event:
    """A line of the book of events: who, when, what, before and after."""

    at: datetime
    actor: str
    kind: str
    subject: str
    before: Mapping[str, Any] | None = None
    after: Mapping[str, Any] | None = None
    city: str = ""
    agency: str = ""
    id: int = field(default=0, compare=False)


class Writer(Protocol):
    """One writing transaction. Each method adds its event to the same transaction."""

    def put_city(self, city: City) -> None: ...

    def put_cases(
        self, city: str, records: Sequence[CaseRecord], *, known: frozenset[str], complete: bool
    ) -> BookChange:
        """Insert or update contracts with their borrowers and places.

        `known` names the fields that the file has: 'case.stops', 'place.windows', …; the others
        keep what the book holds, or take their default for a new contract. A place whose address
        changed loses its position. With `complete`, contracts of the city that are missing
        from `records` are closed.
        """
        ...

    def put_collectors(self, city: str, collectors: Sequence[Collector]) -> BookChange: ...

    def put_shifts(self, city: str, shifts: Sequence[Shift]) -> BookChange: ...

    def withdraw_shift(self, city: str, collector_id: str, on: date) -> None:
        """Let a collector not work on a day; where she has no shift then, nothing happens."""
        ...

    def put_pairs(self, city: str, pairs: Sequence[Pair]) -> BookChange: ...

    def put_positions(self, city: str, found: Mapping[Place, GeocodeResult]) -> None:
        """Keep where places are, as `Store.unplaced` gave them.

        A place whose address or position changed meanwhile keeps none of it, nor one that was
        placed by a decision which has been undone since.
        """
        ...

    def put_override(
        self, city: str, address: str, point: Point, source: str, *, known: int | None = None
    ) -> AddressOverride:
        """Decide where an address is, for every place of its text, whosever it is.

        `source` is 'dispatcher' or 'check-ins'. `known` is the decision in force of which
        whoever decides knows, None where she knows of none. The same decision again changes
        nothing. Places to which the lender's file gave coordinates keep them.

        Raises
        ------
        DecidedMeanwhileError
            Where another decision is in force than the `known` one.
        """
        ...

    def undo_override(self, city: str, id: int) -> AddressOverride:
        """Take a decision back, and return it; one that is undone already stays so.

        The decision that it replaced stands again: who takes back a slip of her hand does not
        mean to take back a colleague's work with it. Without one, the places of the text have no
        position any more, and wait to be looked up.

        Raises
        ------
        NotFoundError
            Where the city has no such decision.
        DecidedMeanwhileError
            Where another decision has replaced it: that one is to be undone first.
        """
        ...

    def accept_door(self, city: str, door: Proposal, *, known: int | None = None) -> None:
        """Move a place to where its door was learned to be, and so decide about its address.

        Every other place of its text goes there too, as `put_override` says, whose `known` it is.
        This one is moved even where the lender's file gave its coordinates, and the same file
        does not move it back. Its access note stays.

        Raises
        ------
        NotFoundError
            Where there is no such place; DecidedMeanwhileError as `put_override`.
        """
        ...

    def dismiss_door(self, city: str, place_id: str, seen_until: datetime) -> None:
        """Turn down what check-ins up to `seen_until` propose for a place.

        NotFoundError where there is no such place.
        """
        ...

    def put_validity(self, city: str, id: str, *, is_valid: bool, reason: str = "") -> None:
        """Say whether a place's address is hers; NotFoundError where there is no such place."""
        ...

    def put_own_places(self, city: str, places: Sequence[OwnPlace], source: str) -> BookChange:
        """Let `places` be all that the lender's file `source` says; none to take it out.

        Rows of that source that are not among them are removed.
        """
        ...

    def put_pin(self, city: str, name: str, district: str, at: Point, radius_m: float) -> OwnRecord:
        """Place a compound or lane by hand, for every address that names it.

        An earlier pin of that name and district is removed. '' is no district.
        """
        ...

    def remove_own_place(self, city: str, id: int) -> OwnRecord:
        """Take a pin or a row out of the lender's gazetteer, and return it.

        Raises
        ------
        NotFoundError
            Where the city has none of that number, or has it no more.
        """
        ...

    def put_crews(self, city: str, on: date, crews: Sequence[Crew]) -> None: ...

    def add_plan(self, new: NewPlan, based_on: int | None = None) -> PlanRecord:
        """Keep a plan as a draft, the next version of its day.

        `based_on` is the version that it was copied from, or is to take the place of.
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

    def add_scores(self, city: str, told: Sequence[Score]) -> BookChange:
        """Keep scores of cases, one for a case, a source and a day.

        Another one of the same source and day is named as clashing. NotFoundError where the city
        has no such case.
        """
        ...

    def put_policy(self, city: str, policy: Policy, valid_from: date, note: str) -> PolicyVersion:
        """Keep the next version of a city's policy, which waits to be approved.

        ConflictError where the newest version says the same, from the same day.
        """
        ...

    def approve_policy(self, city: str, number: int) -> PolicyVersion:
        """Let a version hold from its day on.

        Raises
        ------
        NotFoundError
            Where the city has no such version.
        ConflictError
            Where it is approved already, by whoever made it, or its day is past.
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

    def sign_profile(
        self, city: str, profile: str, version: str, digest: str, rules: Sequence[str]
    ) -> None:
        """Keep that the actor signed these values of a profile; twice the same is once."""
        ...

    def put_pause(self, city: str, pause: Pause) -> Pause:
        """Keep days on which a borrower is not visited; its `id` is the book's to give.

        Raises
        ------
        NotFoundError
            Where the city has no such borrower.
        ConflictError
            Where it contradicts itself, or nobody is named who said so.
        """
        ...

    def put_wish(self, city: str, wish: Wish) -> Wish:
        """Keep what a borrower does not want; raises as `put_pause`."""
        ...

    def put_consent(self, city: str, consent: Consent) -> Consent:
        """Keep a borrower's consent; raises as `put_pause`, also where its evidence is missing.

        Its rule is one that the city's profile lets a consent widen or meet; another is refused.
        """
        ...

    def end_pause(self, city: str, id: int) -> Pause:
        """End a pause; NotFoundError where there is none. One that has ended stays as it is."""
        ...

    def end_wish(self, city: str, id: int) -> Wish:
        """End a wish, as `end_pause`."""
        ...

    def end_consent(self, city: str, id: int) -> Consent:
        """End a consent, as `end_pause`: it was withdrawn."""
        ...

    def ask_override(
        self,
        city: str,
        borrower_id: str,
        rule: str,
        on: date,
        reason: str,
        key: str | None = None,
    ) -> AskedOverride:
        """Keep that the actor asks to set a house rule aside for a borrower on a day.

        `key` is the asker's own, so that asking twice by it asks once.

        Raises
        ------
        NotFoundError
            Where the city has no such borrower.
        ConflictError
            Where the day has passed, the same was asked already, or something else by that key.
        """
        ...

    def decide_override(
        self, city: str, id: int, *, is_allowed: bool, note: str = ""
    ) -> AskedOverride:
        """Allow or decline what another person asked.

        Raises
        ------
        NotFoundError
            Where the city has no such override.
        ConflictError
            Where the actor asked it, it is decided already, or its day has passed.
        """
        ...

    def withdraw_override(self, city: str, id: int) -> AskedOverride:
        """Take back what was asked or allowed; ConflictError where it is neither any more."""
        ...

    def record_outcome(self, city: str, outcome: Outcome) -> bool:
        """Keep what came of a visit; answer whether it is new.

        The same outcome sent again may tell another instant: the first stays.

        Raises
        ------
        ConflictError
            Where another outcome has the same key.
        """
        ...

    def add_contacts(self, city: str, told: Sequence[Contact]) -> BookChange:
        """Keep contacts, each key once; an appointment made in one becomes the case's.

        Raises
        ------
        NotFoundError
            Where the city has no such borrower; it names them.
        """
        ...

    def newest_event(self, city: str) -> int:
        """Return what `Ahead.newest` tells, of now; nothing changes it until the transaction ends.

        But its own writing: that comes at its end.
        """
        ...

    def add_payments(
        self, city: str, told: Sequence[Payment], balances: Sequence[Balance] = ()
    ) -> BookChange:
        """Keep payments, each key once, and what is overdue; stop the cases that are paid off.

        The change names a payment by its key and a balance by its case.

        Raises
        ------
        NotFoundError
            Where the city has no such case; it names them.
        """
        ...

    def judge_promises(self, city: str) -> list[Promise]:
        """Keep how promises stand by the payments of now; return those that stand otherwise.

        Tasks that waited for a payment which has come since are done.
        """
        ...

    def lift_stop(self, city: str, borrower_id: str, flag: StopFlag, case_id: str = "") -> None:
        """Lift a stop told at the door, of a contract or of the person; the outcomes stay.

        Raises
        ------
        NotFoundError
            Where no outcome holds such a stop.
        """
        ...

    def end_task(self, city: str, id: int) -> None:
        """Say that a task of the desk is done.

        Raises
        ------
        NotFoundError
            Where there is none of that number; ConflictError where it is not open any more.
        """
        ...

    def put_mark(self, city: str, mark: Mark) -> bool:
        """Keep a mark of a crew's day; answer whether it is new.

        Raises
        ------
        ConflictError
            Where another mark has the same key.
        """
        ...

    def note(
        self,
        kind: str,
        subject: str,
        *,
        city: str = "",
        before: Mapping[str, Any] | None = None,
        after: Mapping[str, Any] | None = None,
    ) -> None:
        """Add an event that no other method adds: a file taken in, a backup made."""
        ...


class Store(Protocol):
    """The book on disk. Each reading method is one transaction of its own."""

    def writing(self, by: By) -> AbstractContextManager[Writer]:
        """Begin a writing transaction; it commits at the end, or nothing of it happened."""
        ...

    def cities(self) -> list[City]: ...

    def city(self, name: str) -> City:
        """Return a city; NotFoundError names those that there are."""
        ...

    def open_day(self, city: str, on: date) -> Day:
        """Return the snapshot that a day is planned by: all open cases of the city."""
        ...

    def days_ahead(self, city: str, borrower_id: str, first: date, count: int) -> Ahead:
        """Return `count` days from `first` on with what is known of one borrower."""
        ...

    def day_of(self, city: str, on: date, borrower_ids: Collection[str]) -> Day:
        """Return what `open_day` does, of some borrowers alone."""
        ...

    def collectors(self, city: str) -> list[Collector]: ...

    def recent_crews(self, city: str, before: date) -> list[tuple[date, tuple[str, ...]]]:
        """Return who went together on the days before, a month back, the newest first."""
        ...

    def compare_cases(
        self, city: str, records: Sequence[CaseRecord], *, known: frozenset[str]
    ) -> BookChange:
        """Return what `put_cases` would change, `gone` included, changing nothing."""
        ...

    def borrowers_by_case(self, city: str) -> Mapping[str, str]:
        """Return whose each case of the city is, the closed ones too."""
        ...

    def contacts(self, city: str, borrower_id: str, limit: int = 100) -> list[Contact]:
        """Return a borrower's contacts, the newest first."""
        ...

    def unplaced(self, city: str) -> list[Place]:
        """Return the valid places of open cases that have no position yet."""
        ...

    def overrides(self, city: str) -> Mapping[str, AddressOverride]:
        """Return the decisions in force, by the key of their address."""
        ...

    def unconfirmed(self, city: str) -> list[Place]:
        """Return the valid places of open cases that no person, nor a file, has placed."""
        ...

    def own_places(self, city: str) -> list[OwnRecord]:
        """Return the rows of the lender's own gazetteer that are in force, the oldest first."""
        ...

    def compare_own_places(self, city: str, places: Sequence[OwnPlace], source: str) -> BookChange:
        """Return what `put_own_places` would change, changing nothing."""
        ...

    def signatures(self, city: str) -> Sequence[Signature]:
        """Return what was signed for a city, the oldest first."""
        ...

    def asked_override(self, city: str, id: int) -> AskedOverride:
        """Return an override; NotFoundError where the city has none of that number."""
        ...

    def plan(self, city: str, on: date, version: int | None = None) -> PlanRecord:
        """Return a version of the day's plan, the newest by default; NotFoundError if none."""
        ...

    def restraints(
        self, city: str, borrower_id: str | None = None
    ) -> tuple[list[Pause], list[Wish], list[Consent]]:
        """Return what nobody has ended, the oldest first: all borrowers', or one's."""
        ...

    def plans(self, city: str, on: date) -> list[PlanRecord]: ...

    def told(self, city: str, on: date) -> Told:
        """Return what the crews of a day have told of it."""
        ...

    def plan_edits(self, plan_id: int, after: int = 0) -> list[KeptEdit]:
        """Return the log of a plan after a revision, the oldest edit first."""
        ...

    def policy_in_force(self, city: str, on: date) -> Policy:
        """Return the policy that holds on a day: the house's default where none was approved."""
        ...

    def policy_versions(self, city: str) -> list[PolicyVersion]:
        """Return all versions of a city's policy, the oldest first."""
        ...

    def events(self, *, subject: str | None = None, limit: int = 100) -> list[Event]:
        """Return the newest events first."""
        ...


class Cities(Protocol):
    """The roads and addresses of each city, built once from an extract."""

    def travel_times(self, city: str, *, is_working: bool = True) -> TravelTimes:
        """Return how long ways take on a day that is worked, or on a day off."""
        ...

    def geocoder(self, city: str) -> Geocoder:
        """Return what finds addresses: in the extract, and in the lender's own places of now."""
        ...

    def geocoder_with(self, city: str, places: Sequence[OwnPlace]) -> Geocoder:
        """Return one that takes `places` for the lender's, for a look at what they would place."""
        ...


class Profiles(Protocol):
    """The rule profiles."""

    def names(self) -> list[str]:
        """Return the profiles there are."""
        ...

    def rules(self, profile: str) -> RuleSet:
        """Return a profile; UnknownProfileError where there is none of that name."""
        ...


class Clock(Protocol):
    def __call__(self) -> datetime:
        """Return the present, aware."""
        ...
