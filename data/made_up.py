"""Made-up people and real ones are kept apart: a made-up home is thrown away with its town."""

from __future__ import annotations

from collections.abc import Iterable

from data.home import Home
from scheduler.errors import ConflictError
from scheduler.model import Collector
from scheduler.ports import CaseRecord

MADE_UP_ID = "DEMO-"
"""What the ids of contracts and collectors of a made-up town begin with."""


class RealPeopleError(ConflictError):
    """A list of real people, for a home that is not theirs."""


def refuse_real_people(home: Home, records: Iterable[object]) -> None:
    """Raise RealPeopleError where a made-up home is to take a record that is not made up."""
    if home.is_made_up and any(is_real(one) for one in records):
        raise RealPeopleError(
            "this home holds made-up data and takes no real list: make a home of your own with "
            "`dayround init`, and import there"
        )


def is_real(record: object) -> bool:
    """Whether a record is somebody's; shifts and pairs only name collectors of the book."""
    match record:
        case CaseRecord(case=case):
            return not case.id.startswith(MADE_UP_ID)
        case Collector(id=id_):
            return not id_.startswith(MADE_UP_ID)
    return False
