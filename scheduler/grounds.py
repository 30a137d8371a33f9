"""What a planned visit stood on: the rules it passed, and the facts that they were asked of.

It is kept with the plan and never asked anew. There are ids, codes, counts and times in it, and no
name, address or telephone number.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from routing.geocoding import Precision
from routing.point import Point
from scheduler.calendar import DayKind
from scheduler.check.rulebook import attempt_of
from scheduler.contacts import Channel, ContactResult
from scheduler.model import Case, Crew, Place, PlaceKind, StopFlag
from scheduler.rules import Attempt, Fact, Layer, passed
from scheduler.suspending import Judge, Planned


class Stage(StrEnum):
    """When grounds were kept."""

    PLANNED = "planned"
    EDITED = "edited"
    PUBLISHED = "published"


@dataclass(frozen=True, slots=True)
class KeptRule:
    """A rule that a visit passed: what it said, in which version, on what authority.

    `said` is its value: as the rule's parser made it, or read again the plain form of that.
    """

    name: str
    layer: Layer
    profile: str
    version: str
    said: object
    source: str
    seen: str
    is_draft: bool


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """What of a contract decides about a visit."""

    id: str
    days_past_due: int
    stops: frozenset[StopFlag]
    is_assigned: bool


@dataclass(frozen=True, slots=True)
class PastFacts:
    """A visit of another day, made or promised."""

    at: datetime
    was_met: bool | None
    place_kind: PlaceKind | None


@dataclass(frozen=True, slots=True)
class PlaceFacts:
    """Where it was to be, as far as the book knew."""

    id: str
    kind: PlaceKind | None = None
    precision: Precision = Precision.NONE
    is_valid: bool = False


@dataclass(frozen=True, slots=True)
class VisitFacts:
    """The facts of one visit; `day_kind` is None where no rules were there to be asked.

    `members` are those who were to come and `crew_size` how many of them may. `stops` are her own
    and `pauses`, `wishes`, `consents` and `overrides` the ids of what was known of her.
    """

    start: datetime
    end: datetime
    members: tuple[str, ...]
    place: PlaceFacts
    crew_size: int = 0
    day_kind: DayKind | None = None
    stops: frozenset[StopFlag] = frozenset()
    cases: tuple[CaseFacts, ...] = ()
    past: tuple[PastFacts, ...] = ()
    contacts: int = 0
    last_contact: datetime | None = None
    last_channel: Channel | None = None
    last_result: ContactResult | None = None
    knows_contacts: bool = False
    pauses: tuple[int, ...] = ()
    wishes: tuple[int, ...] = ()
    consents: tuple[int, ...] = ()
    overrides: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Grounds:
    """What one visit stands on: rules of a profile, facts, and where the place was."""

    visit_id: str
    borrower_id: str
    rules: tuple[KeptRule, ...]
    facts: VisitFacts
    point: Point | None


@dataclass(frozen=True, slots=True)
class KeptGrounds:
    """Grounds as a plan's version keeps them: since when, and by which profile's rules."""

    stage: Stage
    at: datetime
    profile: str
    rules_version: str
    grounds: Grounds


def grounds_of(judge: Judge, planned: Planned) -> Grounds:
    """Return what a visit stands on by a day's facts.

    No rule is among them where nobody, or nothing, is there to be met.

    Raises
    ------
    LookupError
        Where the profile's country has no known holidays.
    """
    place = judge.place(planned.place_id)
    meeting = judge.meeting(planned) if judge.rules else None
    attempt = attempt_of(judge.day, judge.rules, meeting) if judge.rules and meeting else None
    rules = passed(judge.rules, attempt) if judge.rules and attempt else ()
    return Grounds(
        planned.visit_id,
        planned.borrower_id,
        tuple(_rule(name, fact) for name, fact in rules),
        _facts(planned, place, attempt),
        place.point if place else None,
    )


def _rule(name: str, fact: Fact) -> KeptRule:
    return KeptRule(
        name,
        fact.layer,
        fact.profile,
        fact.version,
        fact.value,
        fact.source,
        fact.seen,
        fact.is_draft,
    )


def _facts(planned: Planned, place: Place | None, attempt: Attempt | None) -> VisitFacts:
    where = PlaceFacts(planned.place_id)
    if place:
        where = PlaceFacts(place.id, place.kind, place.precision, place.is_valid)
    basic = (planned.start, planned.end, _members(planned.crews), where)
    if attempt is None:
        return VisitFacts(*basic)
    dossier = attempt.dossier
    last = max(dossier.contacts, key=lambda one: one.at, default=None)
    return VisitFacts(
        *basic,
        crew_size=attempt.crew_size,
        day_kind=attempt.day.kind,
        stops=attempt.borrower.stops,
        cases=tuple(map(_case, attempt.cases)),
        past=tuple(PastFacts(one.at, one.was_met, one.place_kind) for one in attempt.her_visits),
        contacts=len(dossier.contacts),
        last_contact=last.at if last else None,
        last_channel=last.channel if last else None,
        last_result=last.result if last else None,
        knows_contacts=attempt.knows_contacts,
        pauses=tuple(one.id for one in dossier.pauses),
        wishes=tuple(one.id for one in dossier.wishes),
        consents=tuple(one.id for one in dossier.consents),
        overrides=tuple(one.id for one in dossier.overrides),
    )


def _members(crews: tuple[Crew, ...]) -> tuple[str, ...]:
    return tuple(member for crew in crews for member in crew.members)


def _case(case: Case) -> CaseFacts:
    return CaseFacts(case.id, case.days_past_due, case.stops, case.is_assigned)
