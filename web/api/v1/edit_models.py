"""What a program does to a draft and is told of it: edits, their prices, what forbids them."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from scheduler.editing import edits
from scheduler.editing.agreement import Agreement
from scheduler.editing.obstacles import Obstacle
from scheduler.editing.quotes import Quote
from scheduler.editing.sick import What
from scheduler.problem import Lock
from scheduler.remedies import Edge, Kind
from scheduler.remedies.longer import MOST_S
from web.api.v1.models import Taken, Told

Id = Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[^\x00]+$")]
"""An id of the book: no database keeps a zero byte in a text."""
Second = Annotated[int, Field(ge=0, le=2 * 86_400)]


class Move(Taken):
    """Let a crew make a visit before its visit `before`, null at the end of its day."""

    kind: Literal["move"]
    visit_id: Id
    crew_id: Id
    before: Id | None = None
    place_id: str = Field(default="", max_length=200)

    def edit(self) -> edits.Step:
        return edits.Move(self.visit_id, self.crew_id, self.before, self.place_id)


class TakeOff(Taken):
    """Leave a visit out."""

    kind: Literal["take_off"]
    visit_id: Id

    def edit(self) -> edits.Step:
        return edits.TakeOff(self.visit_id)


class LockTaken(Taken):
    """The visit is made by this crew; at this second and after this visit, where given."""

    visit_id: Id
    crew_id: Id
    start_s: Second | None = None
    after: Id | None = None


class Hold(Taken):
    """Let locks hold, each instead of the one that its visit had."""

    kind: Literal["hold"]
    locks: Annotated[list[LockTaken], Field(min_length=1, max_length=2000)]

    def edit(self) -> edits.Step:
        return edits.Hold(tuple(Lock(**one.model_dump()) for one in self.locks))


class Release(Taken):
    """Take the locks of some visits away."""

    kind: Literal["release"]
    visit_ids: Annotated[list[Id], Field(min_length=1, max_length=2000)]

    def edit(self) -> edits.Step:
        return edits.Release(tuple(self.visit_ids))


class Swap(Taken):
    """Let two crews drive each other's visits, but for what is begun or locked."""

    kind: Literal["swap"]
    crew_id: Id
    other_id: Id

    def edit(self) -> edits.Step:
        return edits.Swap(self.crew_id, self.other_id)


class Regroup(Taken):
    """Let a collector be gone: what becomes of who was with her, as `…/gone/ID` offers it."""

    kind: Literal["regroup"]
    collector_id: Id
    what: What
    crew_id: str = Field(default="", max_length=200, description="The choice's crew, '' for none.")


class Agree(Taken):
    """Agree something with a crew so that it makes a visit that is left out, as a remedy says.

    Its shift is longer by so many seconds at one edge, it makes one visit more, or one of it
    stands in for the owner on this day. The shift changes with the edit, and back with its undo.
    """

    kind: Literal["agree"]
    what: Literal[Kind.SHIFT, Kind.VISITS, Kind.CREW]
    visit_id: Id
    crew_id: Id
    edge: Edge = Edge.END
    seconds: int = Field(default=0, ge=0, le=MOST_S)
    before: Id | None = None
    place_id: str = Field(default="", max_length=200)

    @model_validator(mode="after")
    def lengthened(self) -> Self:
        """Refuse a longer shift that is no longer."""
        if self.what is Kind.SHIFT and not self.seconds:
            raise ValueError("seconds: tell by how much the shift is longer")
        return self

    def agreement(self) -> Agreement:
        return Agreement(**self.model_dump(exclude={"kind"}))


class Retake(Taken):
    """Let the draft be as another version of the day is, made by the same crews."""

    kind: Literal["retake"]
    version: int = Field(ge=1, le=2**31 - 1)


Step = Annotated[Move | TakeOff | Hold | Release | Swap, Field(discriminator="kind")]


class Together(Taken):
    """Do several things as one: judged where all are done, undone in one."""

    kind: Literal["together"]
    steps: Annotated[list[Step], Field(min_length=1, max_length=500)]

    def edit(self) -> edits.Edit:
        return edits.Together(tuple(one.edit() for one in self.steps))


Simple = Move | TakeOff | Hold | Release | Swap | Together
AnyEdit = Simple | Regroup | Retake | Agree


class EditOrder(Taken):
    """One edit."""

    edit: Annotated[AnyEdit, Field(discriminator="kind")]


class Edited(Told):
    """What a draft is after an edit."""

    version: int
    revision: int
    number: int | None = Field(
        description="The edit's number in the log, null where it was so already."
    )


class ObstacleTold(Told):
    """What forbids an edit. A law cannot be set aside; a house rule by a second person."""

    kind: str
    id: str
    text: str
    ground: str = Field(description="law, house, lock, hers, crew or day")
    is_law: bool
    rule: str
    late_s: int


class QuoteTold(Told):
    """A gap of a crew's day: its price in thousandths of the currency, or what forbids it."""

    crew_id: str
    before: str | None
    price: int | None
    driving_s: int | None
    working_s: int | None
    start_s: int | None
    place_id: str
    partner_id: str
    forbidden: ObstacleTold | None


class Quotes(Told):
    """Every gap of each crew, for one visit, of a revision."""

    visit_id: str
    revision: int
    quotes: list[QuoteTold]


def obstacle_told(one: Obstacle) -> ObstacleTold:
    return ObstacleTold(
        kind=one.kind,
        id=one.id,
        text=one.text,
        ground=one.ground,
        is_law=one.is_law,
        rule=one.rule,
        late_s=one.late_s,
    )


def quote_told(one: Quote) -> QuoteTold:
    is_free = one.forbidden is None
    return QuoteTold(
        crew_id=one.crew_id,
        before=one.before,
        price=one.price if is_free else None,
        driving_s=one.driving_s if is_free else None,
        working_s=one.working_s if is_free else None,
        start_s=one.start_s if is_free else None,
        place_id=one.place_id,
        partner_id=one.partner_id,
        forbidden=obstacle_told(one.forbidden) if one.forbidden else None,
    )
