"""When could this fit? The best hours of the days ahead for a case, for programs; and booking."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from http import HTTPStatus

from pydantic import AwareDatetime, Field
from werkzeug.wrappers import Response

from data.access import Role
from scheduler.contacts import Channel, Direction, Party
from scheduler.errors import NotFoundError
from scheduler.model import Window
from scheduler.ports import PlanRecord
from scheduler.slots.finding import SlotTakenError
from scheduler.slots.slot import Asked, DaySlots, Slot
from web.api.entering import only_for_the_whole_city, seen_agencies
from web.api.feed_fields import YEARS
from web.api.operations import CITY, Answer, answer, operation
from web.api.pages import api
from web.api.problems import ProblemError
from web.api.v1.doing import NEEDS_KEY, as_problems, key_of
from web.api.v1.models import Taken, Told
from web.api.v1.rows import Text
from web.auth.access import current_user
from web.context import now, wired
from web.slots.booking import Agreed

SLOTS = f"{CITY}/cases/{{case}}/slots"
LONGEST_VISIT_H = 24


class SlotTold(Told):
    """Hours that a crew can keep; `cost` and `gain` are in thousandths of the currency."""

    on: date
    start: datetime
    end: datetime
    place_id: str
    place_kind: str
    crew_ids: list[str]
    driving_s: int
    cost: int
    gain: int
    p_met: float = Field(description="The chance that she is met.")


class SlotDay(Told):
    """A day with its slots, or the reason why it has none; without a plan, version is null."""

    on: date
    version: int | None
    slots: list[SlotTold]
    reason: str | None
    detail: str | None


class SlotsTold(Told):
    """The best slots of the days ahead, and the days."""

    case: str
    best: list[SlotTold]
    days: list[SlotDay]


@operation(
    *(api, "get", SLOTS, "Find hours for a borrower", Role.DISPATCHER),
    answers={200: Answer("The best hours of the days ahead.", SlotsTold)},
    problems=(404, 409),
)
def find_slots(city: str, case: str) -> Response:
    """Answer the best hours of the next seven days that a crew could keep for a case."""
    found = wired().slots.find(city, asked(city, case))
    told = SlotsTold(
        case=case,
        best=[slot_told(one) for one in found.best],
        days=[day_told(one) for one in found.days],
    )
    return answer(told)


class Booking(Taken):
    """The hours that were agreed on, and who told them by which channel."""

    start: AwareDatetime
    end: AwareDatetime
    channel: Channel = Channel.CALL
    direction: Direction = Direction.OUT
    party: Party = Party.BORROWER
    note: Text = ""

    def agreed(self, key: str) -> Agreed:
        """Return what was agreed."""
        return Agreed(key, self.hours, self.channel, self.direction, self.party, self.note)

    @property
    def hours(self) -> Window:
        """The hours; 422 where they are none of an appointment to come."""
        longest = timedelta(hours=LONGEST_VISIT_H)
        faults = []
        if not YEARS[0] <= self.start.year <= YEARS[1] or self.start < now():
            faults.append(("/start", "has passed, or is of no year that we know"))
        elif not self.start < self.end <= self.start + longest:
            faults.append(("/end", f"is not within {LONGEST_VISIT_H} hours after the start"))
        if faults:
            told = [{"pointer": where, "problem": what} for where, what in faults]
            words = "these are no hours for an appointment"
            raise ProblemError(HTTPStatus.UNPROCESSABLE_ENTITY, words, errors=told)
        return Window(self.start, self.end)


class Booked(Told):
    """An appointment."""

    case: str
    start: datetime
    end: datetime


class PutIn(Told):
    """The draft that has a visit by now."""

    on: date
    version: int
    revision: int


@operation(
    *(api, "post", SLOTS, "Book hours that were agreed", Role.DISPATCHER),
    answers={200: Answer("Booked: an appointment, which its day's plan must keep.", Booked)},
    problems=(404, 409, 413, 415, 422),
    body=Booking,
    headers=NEEDS_KEY,
)
def book_slot(city: str, case: str, body: Booking) -> Response:
    """Book hours; where no crew can keep them any more, 409 tells the day's `slots` of now."""
    whose, key = asked(city, case), key_of()
    try:
        hours = wired().slots.book(
            city, whose, body.agreed(key).contact(whose, current_user.name, key)
        )
    except SlotTakenError as error:
        slots = [slot_told(one).model_dump(mode="json") for one in error.instead.slots]
        raise ProblemError(HTTPStatus.CONFLICT, str(error), slots=slots) from None
    return answer(Booked(case=case, start=hours.start, end=hours.end))


@operation(
    *(api, "post", f"{SLOTS}/plan", "Put an appointment into its day's plan", Role.DISPATCHER),
    answers={200: Answer("The draft that has it.", PutIn)},
    problems=(404, 409, 412, 422),
    headers=NEEDS_KEY,
)
def put_slot_in(city: str, case: str) -> Response:
    """Put her appointment in where that costs least; a published plan is copied first."""
    only_for_the_whole_city()
    whose, key = asked(city, case), key_of()
    with as_problems():
        return answer(put_in(wired().slots.put_in(city, whose, current_user.name, key)))


def put_in(record: PlanRecord) -> PutIn:
    return PutIn(on=record.content.on, version=record.version, revision=record.revision)


def asked(city: str, case: str) -> Asked:
    """Return who asks for a visit; NotFoundError where the caller sees no such case."""
    whose = wired().store.borrowers_by_case(city).get(case)
    if whose is None or case not in wired().desk.visible_cases(city, [case], seen_agencies()):
        raise NotFoundError(f"{city} has no case {case!r}")
    return Asked(whose, (case,), now())


def slot_told(one: Slot) -> SlotTold:
    return SlotTold(
        on=one.on,
        start=one.window.start,
        end=one.window.end,
        place_id=one.place_id,
        place_kind=one.place_kind,
        crew_ids=list(one.crew_ids),
        driving_s=one.driving_s,
        cost=one.cost,
        gain=one.gain,
        p_met=one.p_met,
    )


def day_told(one: DaySlots) -> SlotDay:
    return SlotDay(
        on=one.on,
        version=one.version,
        slots=[slot_told(slot) for slot in one.slots],
        reason=one.closed.reason if one.closed else None,
        detail=one.closed.detail if one.closed else None,
    )
