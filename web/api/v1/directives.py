"""Must go, not today, not before a day: said by programs of the borrowers of cases, taken back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Annotated

from pydantic import AwareDatetime, Field
from werkzeug.wrappers import Response

from data.access import Role
from data.store.directives import Words
from scheduler.directives import Directive, DirectiveKind
from web.api.entering import only_for_the_whole_city
from web.api.operations import CITY, READERS, Answer, answer, operation
from web.api.pages import api
from web.api.v1.doing import NEEDS_KEY, key_of
from web.api.v1.edit_models import Id
from web.api.v1.models import Taken, Told
from web.api.v1.plans import POLLED, read
from web.api.v1.rows import Text
from web.api.v1.tags import tag, unless_known
from web.auth.access import by
from web.context import today_here, wired
from web.desk.saying import borrowers_of

MOST_CASES = 2000
DIRECTIVES = f"{CITY}/directives"


class DirectiveTold(Told):
    """A dispatcher's word about a borrower. What was typed as its reason stays inside."""

    id: int
    borrower_id: str
    kind: DirectiveKind
    on: date = Field(description="The day; of not_before the first on which she may be visited.")
    said_by: str
    said_at: AwareDatetime


class Directives(Told):
    """Words that stand."""

    directives: list[DirectiveTold]


class Say(Taken):
    """One word about the borrowers of some cases."""

    kind: DirectiveKind
    on: date
    case_ids: Annotated[list[Id], Field(min_length=1, max_length=MOST_CASES)]
    reason: Text = ""


@operation(
    *(api, "get", DIRECTIVES, "List what dispatchers have said of borrowers", *READERS),
    answers=read("What stands for today and later.", Directives),
    headers=POLLED,
)
def list_directives(city: str) -> Response:
    """Answer the words that stand and matter from today on, the oldest first."""
    only_for_the_whole_city()

    def make() -> Response:
        return told(wired().store.directives(city, today_here()))

    return unless_known(tag("directives"), make)


@operation(
    *(api, "post", DIRECTIVES, "Say must go, not today or not before a day", Role.DISPATCHER),
    answers={200: Answer("Noted: what stands of each borrower.", Directives)},
    problems=(404, 409, 413, 415, 422),
    body=Say,
    headers=NEEDS_KEY,
)
def say_directive(city: str, body: Say) -> Response:
    """Say the same of the borrowers of some cases; plans are judged anew."""
    only_for_the_whole_city()  # a visit is for all of her cases, whosever they are
    who, key = borrowers_of(city, body.case_ids), key_of()
    with wired().store.writing(by()) as writer:
        kept = writer.put_directives(city, Words(body.kind, body.on, who, body.reason, key))
    return told(kept)


@operation(
    *(api, "post", f"{DIRECTIVES}/{{directive}}/end", "Take a word back", Role.DISPATCHER),
    answers={200: Answer("Taken back.", Directives)},
    problems=(404, 409),
)
def end_directive(city: str, directive: int) -> Response:
    """Take a word back; what it took the place of holds again."""
    only_for_the_whole_city()
    with wired().store.writing(by()) as writer:
        ended = writer.end_directives(city, [directive])
    return told(ended)


def told(found: Iterable[Directive]) -> Response:
    return answer(
        Directives(
            directives=[
                DirectiveTold(
                    id=one.id,
                    borrower_id=one.borrower_id,
                    kind=one.kind,
                    on=one.on,
                    said_by=one.said_by,
                    said_at=one.said_at,
                )
                for one in found
            ]
        )
    )
