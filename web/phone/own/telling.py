"""What there is of her own work, as one plain value: for the client's pages and for ours."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from data.masking import masked
from data.store.own.book import OwnBook, OwnWork
from data.store.own.days import OwnDay
from data.store.own.promises import OwnPromise
from scheduler.figures.own import stood
from scheduler.model import City
from web.auth.access import current_user
from web.context import now, wired
from web.formats import money
from web.language import html_lang
from web.phone.own.figures import figure_lines, week_lines
from web.phone.own.help import help_told
from web.phone.own.words import STOOD
from web.phone.result_form import Method
from web.phone.room import my_work
from web.phone.words import METHOD_NAMES

FORMAT = 1


def own_told() -> dict[str, Any]:
    """Return her own work in each city where she collects, and help; of a link, help alone."""
    works = None if current_user.link else [work_told(*one) for one in my_work()]
    return {"format": FORMAT, "language": html_lang(), "works": works, "help": help_told()}


def work_told(city: City, collector_id: str) -> dict[str, Any]:
    """Return her promises, her days and her figures in a city."""
    work = book().work(city.name, collector_id, current_user.name, now())
    return {
        "city": city.name,
        "zone": city.zone,
        "today": work.today.isoformat(),
        "promises": promises_told(work, city),
        "days": [day_told(one) for one in work.days],
        "figures": figure_lines(work.weeks, knows_payments=work.knows_payments),
        "weeks": week_lines(work.weeks),
        "knows_payments": work.knows_payments,
    }


def book() -> OwnBook:
    """Return what reads the book for her."""
    return OwnBook(wired().store.engine)


def promises_told(work: OwnWork, city: City) -> list[dict[str, Any]]:
    """Return her promises: what is due first, then what lies ahead, then what is over."""
    told = [promise_told(one, work, city) for one in work.promises]
    order = [one.value for one in STOOD]
    return sorted(told, key=lambda one: (order.index(one["state"]), one["due"]))


def promise_told(one: OwnPromise, work: OwnWork, city: City) -> dict[str, Any]:
    """Return a promise: whose it was is masked, and its sum shows on a press alone."""
    promise = one.promise
    state = stood(promise, work.today, knows_payments=work.knows_payments)
    method = promise.method
    return {
        "id": promise.id,
        "name": masked(one.borrower.name) if one.borrower else "",
        "due": promise.due.isoformat(),
        "last": promise.last_day.isoformat(),
        "method": str(METHOD_NAMES[Method(method)]) if method in list(Method) else method,
        "state": state.value,
        "words": str(STOOD[state]),
        "full": full_told(one, city),
    }


def full_told(one: OwnPromise, city: City) -> dict[str, str] | None:
    """Return what shows on a press, for seconds; nothing where she may not see whose it was."""
    if one.borrower is None:
        return None
    return {"name": one.borrower.name, "amount": money(one.promise.amount, city.currency)}


def day_told(one: OwnDay) -> dict[str, Any]:
    """Return a day: her shift, and what is published for her."""
    hours, round_ = one.shift.window if one.shift else None, one.round
    return {
        "on": one.on.isoformat(),
        "shift": [seconds(hours.start), seconds(hours.end)] if hours else None,
        "is_off": one.is_told and hours is None and round_ is None,
        "plan": round_
        and {
            "version": round_.version,
            "mates": list(round_.mates),
            "starts": seconds(round_.window.start),
            "ends": seconds(round_.window.end),
            "visits": round_.visits,
        },
    }


def seconds(at: datetime) -> int:
    """Return an instant in epoch seconds."""
    return int(at.timestamp())
