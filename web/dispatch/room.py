"""The room's blueprint, and what all of its pages show: how the day stands, and what is next."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from flask import Blueprint, abort, g, render_template
from werkzeug.wrappers import Response

from data.access import Role
from data.jobs import Job
from data.store.desk import Standing
from scheduler.model import City
from scheduler.ports import PlanStatus
from scheduler.reserve.asked import NO_RESERVE
from web.auth.access import current_user
from web.context import wired

dispatch = Blueprint(
    "dispatch",
    __name__,
    template_folder="templates",
    static_folder="static",
    static_url_path="/dispatch",
)
OF_PLACES = frozenset({"places", "decided", "doors", "door", "clash"})
"""Pages that stand below the header's *Places to check*."""

Answer = str | Response | tuple[str, int]


class Step(StrEnum):
    """What to do next with a day: the one main button."""

    IMPORT = "import"
    LOOK_UP = "look_up"
    CHECK = "check"
    PLAN = "plan"
    PUBLISH = "publish"
    NOTHING = "nothing"


@dataclass(frozen=True)
class DayState:
    """A city's day, as its dispatcher finds it. `agencies` None: she sees all of them.

    `reserve` is that of its newest plan: the next is asked for with the same, unless she chooses.
    """

    city: City
    on: date
    agencies: Collection[str] | None
    standing: Standing
    job: Job | None
    newest: tuple[int, PlanStatus] | None
    reserve: int = NO_RESERVE

    @property
    def may_act(self) -> bool:
        """Whether she may change what is the whole city's."""
        return self.agencies is None

    @property
    def may_edit(self) -> bool:
        """Whether she may change visits by hand: who sees one agency, those of hers in a draft."""
        return self.may_act or (self.newest or (0, None))[1] is PlanStatus.DRAFT

    @property
    def lists_needed(self) -> tuple[str, ...]:
        """The kinds of lists without which it cannot be planned, in the order to send them."""
        at = self.standing
        there = {"cases": at.cases, "collectors": at.collectors, "shifts": at.on_shift}
        return tuple(kind for kind, count in there.items() if not count)

    @property
    def step(self) -> Step:
        """What is to be done next."""
        if not (self.standing.cases and self.standing.on_shift):
            return Step.IMPORT
        if self.standing.waiting:
            return Step.LOOK_UP
        if self.newest is None:
            return Step.CHECK if self.standing.to_check else Step.PLAN
        if self.newest[1] is PlanStatus.WITHDRAWN:
            return Step.PLAN
        return Step.PUBLISH if self.newest[1] is PlanStatus.DRAFT else Step.NOTHING


def day_state(on: date) -> DayState:
    """Return how a day of the page's city stands."""
    city, agencies = g.city, seen_agencies()
    return DayState(
        city=city,
        on=on,
        agencies=agencies,
        standing=wired().desk.standing(city.name, on, agencies),
        job=wired().jobs.alive(city.name, on),
        newest=wired().desk.newest_plan(city.name, on),
        reserve=wired().desk.newest_reserve(city.name, on),
    )


def seen_agencies() -> frozenset[str] | None:
    """Return the agencies whose work the dispatcher sees; None is all of them."""
    return current_user.agencies(Role.DISPATCHER, g.city.name)


def only_for_the_whole_city() -> None:
    """Refuse what touches every agency's work to the dispatcher of one."""
    if seen_agencies() is not None:
        abort(403)


def page(template: str, on: date, **more: Any) -> str:
    """Return a page of the day, below the strip that says how it stands."""
    g.place = "dispatch.places" if template in OF_PLACES else "dispatch.today"
    told = {"day": day_state(on), "city": g.city.name, "on": on, "zone": zone(), **more}
    name = template if "/" in template else f"dispatch/{template}"
    return render_template(f"{name}.html", Step=Step, **told)


def zone() -> ZoneInfo:
    """Return the zone of the page's city."""
    return ZoneInfo(g.city.zone)
