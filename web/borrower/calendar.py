"""The promise calendar: what falls due on which day of a month, and how it stands."""

from __future__ import annotations

from calendar import Calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from flask import request

from scheduler.promises import UNKEPT, Promise, PromiseStatus, by_month
from web.auth.access import needs
from web.borrower.room import MAY_LOOK, borrower, page, seen_agencies
from web.context import today_here, wired

WEEKS = Calendar(firstweekday=0)
MONTH = "%Y-%m"
EARLIEST, LATEST = 2000, 2200


@dataclass(frozen=True)
class CalendarDay:
    """A day of the grid, and what is promised for it."""

    on: date
    is_of_month: bool
    promises: tuple[Promise, ...]

    @property
    def amount(self) -> Decimal:
        return total(self.promises)

    @property
    def unkept(self) -> int:
        return sum(one.status in UNKEPT for one in self.promises)


@borrower.get("/<city>/promises")
@needs(*MAY_LOOK)
def promises(city: str) -> str:
    """Show the promises of a month as a calendar and as a list."""
    on = today_here()
    first = month_asked(on)
    weeks = WEEKS.monthdatescalendar(first.year, first.month)
    seen = seen_agencies()
    found = wired().stories.promises(city, weeks[0][0], weeks[-1][-1], on, seen)
    of_month = [one for one in found if one.due.replace(day=1) == first]
    status = request.args.get("status", "")
    return page(
        "promises",
        "promises",
        first=first,
        weeks=[[calendar_day(day, first, found) for day in week] for week in weeks],
        listed=[one for one in of_month if status in ("", one.status)],
        status=status,
        due_today=[one for one in found if one.due == on and one.status is PromiseStatus.OPEN],
        broken=[one for one in of_month if one.status in UNKEPT],
        promised=total(of_month),
        paid=sum((one.paid for one in of_month), Decimal(0)),
        month=next(iter(by_month(of_month)), None),
        before=f"{first - timedelta(days=1):{MONTH}}",
        after=f"{first + timedelta(days=31):{MONTH}}",
    )


def month_asked(on: date) -> date:
    """Return the first day of the month that the address names, else of the present one."""
    try:
        first = date.fromisoformat(f"{request.args.get('month', '')}-01")
    except ValueError:
        return on.replace(day=1)
    return first if EARLIEST <= first.year <= LATEST else on.replace(day=1)


def calendar_day(on: date, first: date, found: Sequence[Promise]) -> CalendarDay:
    """Return a day of the grid of a month."""
    hers = tuple(one for one in found if one.due == on)
    return CalendarDay(on, on.month == first.month, hers)


def total(promises: Sequence[Promise]) -> Decimal:
    """Return what is promised in all."""
    return sum((one.amount for one in promises), Decimal(0))
