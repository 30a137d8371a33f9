"""What is typed of an outcome, read: its case and place, code, sum, moment and details."""

from __future__ import annotations

from typing import TYPE_CHECKING

from web.cli.case_story import story_of
from web.cli.common import Open, fail

if TYPE_CHECKING:
    from datetime import datetime
    from decimal import Decimal

    from scheduler.agreements import Details
    from scheduler.lifecycle import Code
    from scheduler.model import Case, Window


def case_of(desk: Open, id: str) -> Case:
    hers = next((one for one in story_of(desk, id).cases if one.id == id), None)
    if hers is None:
        fail(f"{id!r} is a borrower: name the case")
    return hers


def place_of(desk: Open, hers: Case, id: str | None) -> str:
    """Return the place that is named, or her only one."""
    places = [one.id for one in story_of(desk, hers.id).places]
    if id is None and len(places) == 1:
        return places[0]
    if id not in places:
        fail(f"say which place with --place: {', '.join(places) or 'there is none'}")
    return str(id)


def code_of(text: str) -> Code:
    from scheduler.lifecycle import Code

    if text.upper() not in list(Code):
        fail(f"{text!r} is no result code; there are: {', '.join(Code)}")
    return Code(text.upper())


def sum_of(text: str | None) -> Decimal | None:
    """Read a sum, more than 0."""
    from decimal import Decimal, InvalidOperation

    if text is None:
        return None
    try:
        amount = Decimal(text)
    except InvalidOperation:
        fail(f"{text!r} is no sum: write 500 or 500.50")
    if not amount.is_finite() or amount <= 0:
        fail(f"a sum is more than 0, not {text}")
    return amount


def details_of(text: str) -> Details:
    """Read attitude, hardship, assessment, agreement and the like, as JSON tells them."""
    import json

    from data.plain import reader
    from data.plain_faults import faults_of
    from scheduler.agreements import Details

    try:
        told = json.loads(text)
        wrong = "; ".join(faults_of(Details, told))
    except (RecursionError, ValueError) as error:
        told, wrong = None, str(error)
    if wrong:
        fail(f"the details cannot be read: {wrong}; docs/outcomes.md shows how they are written")
    found = reader(Details)(told)
    assert isinstance(found, Details)
    return found


def moment_of(desk: Open, text: str) -> datetime:
    """Read an instant; without an offset it is the city's clock."""
    from datetime import datetime

    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        fail(f"{text!r} is no instant: write 2026-11-23T10:30")
    return at if at.tzinfo else at.replace(tzinfo=desk.zone)


def window_of(desk: Open, text: str) -> Window:
    """Read 2026-11-24T18:00/20:00."""
    from scheduler.model import Window

    first, _, last = text.partition("/")
    start = moment_of(desk, first)
    end = moment_of(desk, last if "T" in last else f"{first.partition('T')[0]}T{last}")
    try:
        return Window(start, end)
    except ValueError as error:
        fail(str(error))
