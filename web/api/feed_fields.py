"""What a row of a feed may hold: the one source for reading, for OpenAPI and for its tests."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

from scheduler.contacts import Channel, ContactResult, Direction, Party
from scheduler.model import Window

LONGEST = 500
"""Signs of a text; a note has more."""

LONGEST_NOTE = 4000
MOST_MONEY = Decimal(10**12)
MOST_DAYS = 36_500
MOST_GRACE = 365
YEARS = (1950, 2100)
"""As lists have them: an instant at either end of the calendar is none in another zone."""


@dataclass(frozen=True, slots=True)
class Field:
    """A member of a row: `read` raises ValueError in words; `schema` is its JSON Schema."""

    name: str
    read: Callable[[Any], Any]
    schema: Mapping[str, Any]
    is_required: bool = False


UNKEPT = frozenset(map(chr, range(9))) | {chr(0x7F)}
"""Control signs that no book keeps; a note may have lines and tabs."""


def is_half(sign: str) -> bool:
    """Tell whether a sign is half of one, as broken programs send."""
    return 0xD800 <= ord(sign) <= 0xDFFF


def words(longest: int = LONGEST) -> Callable[[Any], str]:
    def read(told: Any) -> str:
        if not isinstance(told, str):
            raise ValueError("is no text")
        if len(told) > longest:
            raise ValueError(f"is longer than {longest} signs")
        if (not told.isprintable() and set(told) & UNKEPT) or any(map(is_half, told)):
            raise ValueError("has signs that are no text")
        return told.strip()

    return read


def identifier(told: Any) -> str:
    if not (found := words()(told)):
        raise ValueError("is empty")
    return found


def one_of(kind: type[StrEnum]) -> Callable[[Any], StrEnum]:
    def read(told: Any) -> StrEnum:
        if told not in list(kind):
            raise ValueError(f"is none of {', '.join(kind)}")
        return kind(told)

    return read


def instant(told: Any) -> datetime:
    """Read '2026-11-20T14:05:00+08:00'; without its offset nobody knows when that is."""
    try:
        found = datetime.fromisoformat(words()(told))
    except ValueError:
        raise ValueError("is no instant such as 2026-11-20T14:05:00+08:00") from None
    if found.tzinfo is None:
        raise ValueError("has no offset from UTC: write it as in 2026-11-20T14:05:00+08:00")
    if not YEARS[0] <= found.year <= YEARS[1]:
        raise ValueError(f"is not of a year from {YEARS[0]} to {YEARS[1]}")
    return found


def money(told: Any) -> Decimal:
    """Read '1500.00' or 1500; a binary fraction is taken as it is written."""
    if isinstance(told, bool) or not isinstance(told, str | int | float):
        raise ValueError("is no sum")
    try:
        found = Decimal(str(told))
    except InvalidOperation:
        raise ValueError("is no sum such as 1500.00") from None
    if not found.is_finite() or abs(found) >= MOST_MONEY:
        raise ValueError("is no sum such as 1500.00")
    if found != found.quantize(Decimal("0.0001")):
        raise ValueError("has more than four decimals")
    return found


def owed(told: Any) -> Decimal:
    if (found := money(told)) < 0:
        raise ValueError("is negative: write what is owed, zero or more")
    return found


def days(told: Any) -> int:
    if type(told) is not int or not 0 <= told <= MOST_DAYS:
        raise ValueError(f"is no whole number from 0 to {MOST_DAYS}")
    return told


def grace(told: Any) -> int:
    if type(told) is not int or not 0 <= told <= MOST_GRACE:
        raise ValueError(f"is no whole number from 0 to {MOST_GRACE}")
    return told


def day(told: Any) -> date:
    """Read '2026-12-01'."""
    try:
        return date.fromisoformat(words()(told))
    except ValueError:
        raise ValueError("is no day such as 2026-12-01") from None


def window(told: Any) -> Window:
    """Read {"start": …, "end": …}, two instants."""
    if not isinstance(told, dict) or set(told) != {"start", "end"}:
        raise ValueError("is no object of start and end")
    return Window(instant(told["start"]), instant(told["end"]))


TEXT = {"type": "string", "maxLength": LONGEST}
INSTANT = {"type": "string", "format": "date-time", "example": "2026-11-20T14:05:00+08:00"}
SUM = {"type": ["string", "number"], "example": "1500.00"}


def choice(kind: type[StrEnum]) -> dict[str, Any]:
    return {"type": "string", "enum": [str(one) for one in kind]}


KEY = Field(
    "key",
    identifier,
    {**TEXT, "description": "Your own number of it: sent twice it is kept once."},
    is_required=True,
)
CASE = Field(
    "case", identifier, {**TEXT, "description": "The contract, as in the case list."}, True
)
AT = Field("at", instant, INSTANT, is_required=True)

CONTACT = (
    KEY,
    Field("case", identifier, {**TEXT, "description": "The contract; or name the borrower."}),
    Field("borrower", identifier, {**TEXT, "description": "The client id of the case list."}),
    AT,
    Field("channel", one_of(Channel), choice(Channel), is_required=True),
    Field("result", one_of(ContactResult), choice(ContactResult), is_required=True),
    Field("direction", one_of(Direction), {**choice(Direction), "default": "out"}),
    Field("party", one_of(Party), choice(Party)),
    Field("by", words(), TEXT),
    Field("contacted", words(), TEXT),
    Field("recording", words(), TEXT),
    Field("note", words(LONGEST_NOTE), {**TEXT, "maxLength": LONGEST_NOTE}),
    Field(
        "appointment",
        window,
        {
            "type": "object",
            "required": ["start", "end"],
            "properties": {"start": INSTANT, "end": INSTANT},
            "additionalProperties": False,
        },
    ),
    Field("amount", owed, {**SUM, "description": "What she promised to pay; with `due`."}),
    Field("due", day, {"type": "string", "format": "date", "description": "By when."}),
    Field(
        "grace_days",
        grace,
        {
            "type": "integer",
            "minimum": 0,
            "maximum": MOST_GRACE,
            "description": "Days after it; else the house's.",
        },
    ),
    Field("method", words(), {**TEXT, "description": "How it is to be paid."}),
    Field(
        "corrects",
        identifier,
        {**TEXT, "description": "Key of the contact whose place it takes: what that led to ends."},
    ),
)
PAYMENT = (
    KEY,
    CASE,
    Field("amount", money, {**SUM, "description": "Negative for a reversal."}, is_required=True),
    AT,
    Field("method", words(), TEXT),
    Field("overdue", owed, {**SUM, "description": "What is still overdue after it."}),
)
BALANCE = (
    CASE,
    Field("overdue", owed, SUM, is_required=True),
    Field("days_past_due", days, {"type": "integer", "minimum": 0}),
    AT,
)


@dataclass
class Faults:
    """What is wrong in a feed, by JSON pointer."""

    errors: list[dict[str, str]] = field(default_factory=list)

    def add(self, pointer: str, problem: str) -> None:
        self.errors.append({"pointer": pointer, "problem": problem})


def read_row(
    row: Any, fields: tuple[Field, ...], pointer: str, faults: Faults
) -> dict[str, Any] | None:
    """Return a row's values by name; None where something is wrong, all of which is added."""
    if not isinstance(row, dict):
        faults.add(pointer, "is no object")
        return None
    before = len(faults.errors)
    known = {one.name for one in fields}
    for name in (name for name in row if name not in known):
        faults.add(f"{pointer}/{escaped(name)}", f"is not known; there are {', '.join(known)}")
    values: dict[str, Any] = {}
    for one in fields:
        if row.get(one.name) is None:
            if one.is_required:
                faults.add(f"{pointer}/{one.name}", "is missing")
            continue
        try:
            values[one.name] = one.read(row[one.name])
        except ValueError as error:
            faults.add(f"{pointer}/{one.name}", str(error))
    return values if len(faults.errors) == before else None


def escaped(name: str) -> str:
    """Return a member's name as it stands in a JSON pointer (RFC 6901)."""
    return name.replace("~", "~0").replace("/", "~1")
