"""Owned cases handed to others by programs: for a day or for good, listed, and taken back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Annotated

from pydantic import AwareDatetime, Field
from werkzeug.wrappers import Response

from data.access import Role
from scheduler.standing_in import Gift, Handing, StandIn
from web.api.entering import only_for_the_whole_city
from web.api.operations import CITY, READERS, Answer, answer, operation
from web.api.pages import api
from web.api.v1.doing import NEEDS_KEY, key_of
from web.api.v1.edit_models import Id
from web.api.v1.models import Taken, Told
from web.api.v1.plans import DAY, POLLED, read
from web.api.v1.tags import tag, unless_known
from web.auth.access import by
from web.context import wired

MOST_CASES = 2000
STAND_INS = f"{DAY}/stand-ins"
GIFTS = f"{CITY}/gifts"
REFUSED = (400, 404, 409, 413, 415, 422)


class StandInTold(Told):
    """Who may go to a case on a day as if it were hers, beside its owner."""

    id: int
    case_id: str
    collector_id: str
    on: date
    said_by: str
    said_at: AwareDatetime


class StandIns(Told):
    """Who stands in."""

    stand_ins: list[StandInTold]


class GiftTold(Told):
    """A case that was given for good. `before` owned it, `owner` does; null is nobody."""

    id: int
    case_id: str
    before: str | None
    owner: str | None
    given_by: str
    given_at: AwareDatetime
    undoes: int | None = Field(description="The gift that this one gives back.")


class Gifts(Told):
    """Cases that were given for good."""

    gifts: list[GiftTold]


class Hand(Taken):
    """Who takes which case: all of them, or none."""

    to: Annotated[
        dict[Id, Id],
        Field(min_length=1, max_length=MOST_CASES, description="Collectors by the ids of cases."),
    ]

    def handing(self) -> Handing:
        return Handing(self.to, key_of())


@operation(
    *(api, "get", STAND_INS, "List who stands in for owners of cases on a day", *READERS),
    answers=read("Who stands in and was not taken back, the oldest first.", StandIns),
    headers=POLLED,
)
def list_stand_ins(city: str, on: date) -> Response:
    """Answer who may go to a case on a day beside its owner."""
    only_for_the_whole_city()
    return unless_known(
        tag("stand-ins", on), lambda: stand_ins_told(wired().store.stand_ins(city, on))
    )


@operation(
    *(api, "post", STAND_INS, "Let others go to owned cases on a day", Role.DISPATCHER),
    answers={200: Answer("Noted: who stands in by this.", StandIns)},
    problems=REFUSED,
    body=Hand,
    headers=NEEDS_KEY,
)
def put_stand_ins(city: str, on: date, body: Hand) -> Response:
    """Let collectors go to cases as if they owned them, on this day; the owners stay."""
    only_for_the_whole_city()
    with wired().store.writing(by()) as writer:
        kept = writer.put_stand_ins(city, on, body.handing())
    return stand_ins_told(kept)


@operation(
    *(api, "post", f"{CITY}/stand-ins/{{stand_in}}/end", "End a stand-in", Role.DISPATCHER),
    answers={200: Answer("Ended, or it had ended before.", StandIns)},
    problems=(404, 409),
)
def end_stand_in(city: str, stand_in: int) -> Response:
    """Take back that somebody stands in; 409 while a plan sends her where only she may go."""
    only_for_the_whole_city()
    with wired().store.writing(by()) as writer:
        ended = writer.end_stand_in(city, stand_in)
    return stand_ins_told([ended])


@operation(
    *(
        api,
        "get",
        f"{CITY}/collectors/{{collector}}/gifts",
        "List what was given of hers",
        *READERS,
    ),
    answers=read("Gifts of her cases that can be given back, the newest first.", Gifts),
    headers=POLLED,
)
def list_gifts(city: str, collector: str) -> Response:
    """Answer which of a collector's cases were given to others for good."""
    only_for_the_whole_city()
    etag = tag("gifts", collector)
    return unless_known(etag, lambda: gifts_told(wired().store.gifts(city, collector)))


@operation(
    *(api, "post", GIFTS, "Give cases to others for good", Role.DISPATCHER),
    answers={200: Answer("Given: a gift for each case that had another owner.", Gifts)},
    problems=REFUSED,
    body=Hand,
    headers=NEEDS_KEY,
)
def give_cases(city: str, body: Hand) -> Response:
    """Let collectors own cases from now on; whom a plan sends may still go on its day."""
    only_for_the_whole_city()
    with wired().store.writing(by()) as writer:
        given = writer.give_cases(city, body.handing())
    return gifts_told(given)


@operation(
    *(api, "post", f"{GIFTS}/{{gift}}/back", "Give a case back", Role.DISPATCHER),
    answers={200: Answer("Given back: by a gift of its own.", Gifts)},
    problems=(404, 409),
)
def give_back(city: str, gift: int) -> Response:
    """Let a case be whose it was; 409 once that was done, or somebody else owns it by now."""
    only_for_the_whole_city()
    with wired().store.writing(by()) as writer:
        back = writer.give_back(city, gift)
    return gifts_told([back])


def stand_ins_told(found: Iterable[StandIn]) -> Response:
    told = [StandInTold.model_validate(one, from_attributes=True) for one in found]
    return answer(StandIns(stand_ins=told))


def gifts_told(found: Iterable[Gift]) -> Response:
    told = [GiftTold.model_validate(one, from_attributes=True) for one in found]
    return answer(Gifts(gifts=told))
