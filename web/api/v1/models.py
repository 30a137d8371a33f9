"""What is answered about plans: names masked, no address, no number of anybody."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from scheduler.left_out_groups import Group as LeftOutGroup


class Told(BaseModel):
    """What we answer. A client must let members be that it does not know."""

    model_config = ConfigDict(frozen=True)


class Taken(BaseModel):
    """What a program sends: members that are not known are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class OddsBasis(Told):
    """What a plan's chances of meeting somebody rest on; 0 visits: they are assumed."""

    visits: int
    before: date | None = Field(description="Told before this day.")
    digest: str = Field(description="The same facts have the same.")


class PlanHead(Told):
    """A version of a day's plan."""

    version: int
    revision: int = Field(description="Edits that a draft has had so far.")
    state: str = Field(description="draft, published, superseded …")
    based_on: int | None = Field(description="The version that it began as a copy of.")
    made_by: str | None = Field(description="A planner is told no names.")
    made_at: AwareDatetime
    published_by: str | None
    published_at: AwareDatetime | None
    note: str | None
    engine: str
    visits: int
    left_out: int
    odds: OddsBasis
    reserve: int = Field(
        description="Percent of cases in which ways and visits are as short as it has room for; "
        "50: no reserve."
    )


class PlanList(Told):
    """All versions of a day's plan, the oldest first."""

    city: str
    on: date
    plans: list[PlanHead]


class Standing(Told):
    """What stands against a planned visit by the facts of now."""

    text: str
    is_law: bool
    was_begun: bool = Field(description="It keeps its record and is flagged, not driven past.")
    since: datetime


class Held(Told):
    """What a dispatcher has fixed of a visit: its crew, and where given its start or place."""

    crew_id: str
    start_s: int | None
    after: str | None


class StopTold(Told):
    """A visit, or a break. What belongs to another agency has no name and no cases."""

    kind: str = Field(description="visit or break")
    id: str
    number: int | None
    arrives: datetime
    starts: datetime
    ends: datetime
    name: str | None = Field(description="Masked: 王*")
    place_id: str | None
    place_kind: str | None
    case_ids: list[str]
    standing: Standing | None
    lock: Held | None


class Member(Told):
    """Somebody of a crew; masked, and without a name where another agency sends her."""

    id: str
    name: str | None


class CrewTold(Told):
    """A crew's day."""

    id: str
    members: list[Member]
    starts: datetime
    ends: datetime
    driving_s: int
    overtime_s: int
    stops: list[StopTold]


class LeftOutTold(Told):
    """A visit that is not in the plan, and the established reason."""

    visit_id: str
    reason: str
    rule: str
    detail: str
    case_ids: list[str]


class Group(Told):
    """The left out of one reason."""

    reason: str
    is_mendable: bool = Field(description="It waits for a person.")
    count: int
    cases: int
    overdue: Decimal = Field(description="Of all its cases, in the city's currency.")
    left_out: list[LeftOutTold]


class Asks(Told):
    """What some of the left out ask of the desk, in numbers."""

    group: LeftOutGroup
    is_folded: bool = Field(description="It asks for nobody.")
    visit_ids: list[str]
    cases: int
    overdue: Decimal


class PlanTold(Told):
    """A plan, as far as the caller may see it. Seconds count from `origin`."""

    city: str
    on: date
    zone: str
    origin: datetime
    plan: PlanHead
    crews: list[CrewTold]
    left_out: list[LeftOutTold]


class Groups(Told):
    """The left out of a plan by reason, and by what they ask of the desk: at most six groups."""

    version: int
    groups: list[Group]
    asks: list[Asks] = Field(description="What needs a person first.")


class Count(Told):
    """How many of a kind."""

    name: str
    count: int


class Counts(Told):
    """A plan in numbers: nobody's name, id or whereabouts beyond the district."""

    city: str
    on: date
    version: int
    state: str
    crews: int
    visits: int
    suspended: int
    left_out: int
    driving_s: int
    overtime_s: int
    by_reason: list[Count]
    by_district: list[Count] = Field(description="Visits; '' is where no district is told.")
