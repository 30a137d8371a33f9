"""The day: the next visit large, the list below; begin it, and accept a changed plan."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from data.access import Role
from scheduler.ports import MarkKind
from web.auth.access import current_user, needs
from web.context import wired
from web.language import t
from web.phone.changes import unseen_changes
from web.phone.company import company_here
from web.phone.duties import duties_of
from web.phone.marks import only_today, write_mark
from web.phone.room import MyDay, day_asked, my_day, my_work, needed_day, phone, rounds
from web.phone.told_paid import unpaid_of


@phone.get("/my/day")
@needs(Role.COLLECTOR)
def day() -> str:
    """Show today."""
    return show(my_day())


@phone.get("/my/<day:on>")
@needs(Role.COLLECTOR)
def other_day(on: date) -> str | Response:
    """Show another day, before it has begun or after it is over."""
    found = my_day(on)
    if found and found.is_today:
        return redirect(url_for(".day"))
    return show(found, on)


@phone.post("/my/<day:on>/begin")
@needs(Role.COLLECTOR)
def begin(on: date) -> Response:
    """Begin the day; whoever begins it knows its plan."""
    return marked(needed_day(on), MarkKind.BEGIN)


@phone.post("/my/<day:on>/accept")
@needs(Role.COLLECTOR)
def accept(on: date) -> Response:
    """Accept the plan as it is now; not what was published since the page was opened."""
    version = request.form.get("version", type=int)
    return marked(needed_day(on, version), MarkKind.ACCEPT)


def marked(found: MyDay, kind: MarkKind) -> Response:
    """Note something about the day, and go on with it."""
    if kind is MarkKind.BEGIN:
        only_today(found)
    write_mark(found, kind)
    return redirect(url_for(".other_day", on=found.on))


def show(found: MyDay | None, on: date | None = None) -> str:
    """Return the page of a day, or of having none."""
    if found is None:
        return nothing(on)
    told = {"changes": unseen_changes(found), "duties": duties_of(found), "code": own_code(found)}
    return page("day", found, visit=found.next, **told)


def own_code(found: MyDay) -> str | None:
    """Return her code of today, by which a mate's phone knows her; who goes alone needs none."""
    if not found.is_today or not found.mates:
        return None
    return wired().day_code(found.city.name, found.on, found.collector_id).code


def page(template: str, found: MyDay, **more: Any) -> str:
    """Return a page of a collector's day; of its visit it tells what the crew is warned of."""
    visit = more.get("visit")
    known = {"zone": found.zone, "unpaid": unpaid_of(found, visit)}
    known["company"] = company_here(found, visit)
    return render_template(f"phone/{template}.html", day=found, **known, **more)


def nothing(on: date | None) -> str:
    """Return the page of a day without a published plan, and the way to the next that has one."""
    coming, is_taken_back = coming_day(on)
    title = t("No plan for today yet") if on is None else t("No plan for this day")
    return render_template(
        "phone/nothing.html", title=t("Your plan was taken back") if is_taken_back else title,
        on=on, coming=coming, is_taken_back=is_taken_back,
    )  # fmt: skip


def coming_day(on: date | None = None) -> tuple[date | None, bool]:
    """Return her next day with a plan, and whether that of a day, or today, was taken back.

    Who came in by a link is told of no other day.
    """
    asked = [(city.name, day_asked(city, on), who) for city, who in my_work()]
    work = [(city, day, who) for city, day, who in asked if day is not None]
    is_free = current_user.link is None
    coming = [found for one in work if is_free and (found := rounds().next_day(*one))]
    return min(coming, default=None), any(rounds().taken_back(*one) for one in work)
