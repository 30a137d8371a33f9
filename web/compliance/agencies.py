"""Agencies: the whitelist with the last evaluation, quota, and the cases that they hold."""

from __future__ import annotations

from flask import flash, redirect, request, url_for

from data.access import Role
from data.store.agencies import AgencyLists
from scheduler.agencies import Agency, AgencyLoad, warnings
from web.auth.access import by, current_user, needs
from web.compliance.room import Answer, compliance, only_for_the_whole_city, page
from web.compliance.words import WARNED
from web.context import today_here, wired
from web.language import t
from web.told_days import day_of

MOST = 10_000_000


@compliance.get("/<city>/compliance/agencies")
@needs(Role.COMPLIANCE)
def agencies(city: str) -> str:
    """List the agencies that the officer sees, with what asks for attention."""
    return shown(city)


@compliance.post("/<city>/compliance/agencies")
@needs(Role.COMPLIANCE)
def keep_agency(city: str) -> Answer:
    """Keep whitelist, evaluation and quota of an agency, or say what is wrong."""
    only_for_the_whole_city()
    form = request.form
    evaluated, quota = form.get("evaluated_on", "").strip(), form.get("quota", "").strip()
    try:
        told = Agency(
            form.get("name", ""),
            form.get("is_listed") == "yes",
            day_of(evaluated) if evaluated else None,
            int(quota) if quota else None,
        )
    except ValueError:
        return shown(city, t("A day is written 2026-11-23, a quota as a whole number.")), 400
    if (told.evaluated_on or today_here()) > today_here() or not 0 <= (told.quota or 0) <= MOST:
        return shown(city, t("Nothing was kept: a day ahead, or a quota that is none.")), 400
    with wired().store.writing(by()) as writer:
        writer.put_agency(city, told)
    flash(t("Kept: %(agency)s.", agency=told.name))
    return redirect(url_for("compliance.agencies", city=city))


def shown(city: str, problem: str = "") -> str:
    """Return the page."""
    seen = current_user.agencies(Role.COMPLIANCE, city)
    loads = AgencyLists(wired().store.engine).loads(city, today_here(), seen)
    return page(
        "agencies",
        "agencies",
        loads=[(one, told(one)) for one in loads],
        may_change=current_user.can(Role.COMPLIANCE, city, ""),
        problem=problem,
    )


def told(load: AgencyLoad) -> list[str]:
    """Return what asks for attention, in words."""
    return [str(WARNED[one]) for one in warnings(load, today_here())]
