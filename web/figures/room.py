"""The room's blueprint, and which figures somebody asks for."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from flask import Blueprint, g, render_template, request
from werkzeug.datastructures import MultiDict

from data.access import Role
from scheduler.figures import PERIODS, Facts, Group, Only, Span
from web.auth.access import current_user
from web.context import now, today_here, wired
from web.language import t
from web.told_days import day_of

figures = Blueprint(
    "figures",
    __name__,
    template_folder="templates",
    static_folder="static",
    static_url_path="/figures",
)
READERS = (Role.DISPATCHER, Role.COMPLIANCE, Role.PLANNER)
ASSESSORS = (Role.DISPATCHER, Role.COMPLIANCE)
"""Who sees how single collectors work, and single cases."""
PLANNERS = (Role.PLANNER, Role.ADMINISTRATOR)
"""Who asks how many people are needed: counts and districts, never a name or a door."""

USUAL_DAYS = 28
MOST_DAYS = 731
LONGEST_BY_DAY, LONGEST_BY_WEEK = 21, 186
FILTERS = ("bucket", "district", "product", "agency")


@dataclass
class Asked:
    """The figures that a page is to show; `wrong` says what of the question was not understood."""

    span: Span
    step: Group
    by: Group
    only: Only
    today: date
    wrong: list[str] = field(default_factory=list)

    @property
    def query(self) -> dict[str, str]:
        """The question again, as an address tells it."""
        told = {"from": str(self.span.first), "to": str(self.span.last)}
        told |= {"step": self.step.value, "by": self.by.value}
        chosen = {name: getattr(self.only, name) for name in FILTERS}
        return told | {name: value for name, value in chosen.items() if value is not None}


def asked() -> Asked:
    """Return what the page's address asks for: the last four weeks unless it says otherwise."""
    told, today = request.args, today_here()
    wrong: list[str] = []
    span = span_of(told, Span(today - timedelta(days=USUAL_DAYS - 1), today), wrong)
    chosen = {name: told.get(name) or None for name in filters_to_choose()}
    by = told.get("by", type=Group)
    return Asked(
        span=span,
        step=step_of(told, span),
        by=by if by in groups_to_choose() else Group.BUCKET,
        only=Only(**chosen),
        today=today,
        wrong=wrong,
    )


def sees_doors() -> bool:
    """Tell whether the person may see single cases and how single people work."""
    return g.role in ASSESSORS


def filters_to_choose() -> tuple[str, ...]:
    """Return by what figures may be narrowed: one district's days tell doors, where few are."""
    return tuple(name for name in FILTERS if sees_doors() or name != "district")


def groups_to_choose() -> tuple[Group, ...]:
    """Return by what figures may be told besides periods: by crews to who may see people."""
    return tuple(
        one for one in Group if not one.is_time and (sees_doors() or one is not Group.CREW)
    )


def span_of(
    told: MultiDict[str, str],
    usual: Span,
    wrong: list[str],
    names: tuple[str, str] = ("from", "to"),
) -> Span:
    """Return the days that an address tells; the usual ones, and why, where it tells none."""
    first, last = (told.get(name, "").strip() for name in names)
    if not first and not last:
        return usual
    try:
        span = Span(
            day_of(first) if first else usual.first,
            day_of(last) if last else usual.last,
        )
    except ValueError:
        wrong.append(t("These are no days from earlier to later. The usual ones are shown."))
        return usual
    if span.days > MOST_DAYS:
        wrong.append(t("Two years are shown at most. Choose fewer days."))
        return Span(span.last - timedelta(days=MOST_DAYS - 1), span.last)
    return span


def step_of(told: MultiDict[str, str], span: Span) -> Group:
    """Return the periods that are asked for, or those that a span is best told by."""
    step = told.get("step", type=Group)
    if step in PERIODS and (step is not Group.DAY or span.days <= LONGEST_BY_WEEK):
        return step
    if span.days <= LONGEST_BY_DAY:
        return Group.DAY
    return Group.WEEK if span.days <= LONGEST_BY_WEEK else Group.MONTH


def seen_agencies() -> Collection[str] | None:
    """Return the agencies whose work the person sees; None is all of them."""
    return current_user.agencies(g.role, g.city.name)


def facts_of(span: Span) -> Facts:
    """Return what figures of a span are made of, as far as the person sees it."""
    return wired().figures.facts(g.city.name, span, now(), seen_agencies())


def page(template: str, section: str, **told: Any) -> str:
    """Return a page of the room, beside its other pages."""
    g.place = "figures.page"
    frame = {"section": section, "may_assess": sees_doors(), "currency": g.city.currency}
    frame |= {"may_read": g.role in READERS}
    frame |= {"may_plan": any(current_user.can(role, g.city.name) for role in PLANNERS)}
    return render_template(f"figures/{template}.html", **frame, **told)
