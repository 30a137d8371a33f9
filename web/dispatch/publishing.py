"""Publishing a draft: judged anew by the facts of now, and refused in words."""

from __future__ import annotations

from datetime import date

from flask import flash, redirect, request, url_for

from data.access import Role
from scheduler.errors import ConflictError, UnlawfulPlanError
from scheduler.kept import Reread
from scheduler.ports import PlanRecord, PlanStatus
from scheduler.service import plan_to_judge, publish_day
from web.auth.access import by, current_user, needs
from web.context import wired
from web.dispatch.room import Answer, dispatch, only_for_the_whole_city, page
from web.dispatch.today import seen_board
from web.dispatch.ways_in import WayIn, ways_in
from web.language import t, tn
from web.robots import tell_changed

LONGEST_NOTE = 500


@dispatch.get("/<city>/<day:on>/publish")
@needs(Role.DISPATCHER)
def publishing(city: str, on: date) -> str:
    """Show whether a draft holds, and ask for a note."""
    only_for_the_whole_city()
    version = request.args.get("version", type=int)
    kept = plan_to_judge(wired().ports, city, on, version)
    return publish_page(on, kept)


def publish_page(on: date, kept: Reread, refused: str = "") -> str:
    """Return what is told before publishing: what is suspended, and what is wrong besides."""
    told = {"kept": kept, "violations": kept.violations(), "refused": refused}
    told["ways"] = ways_of(kept.record)
    return page("publish", on, **told, standing=seen_board(kept.record).standing)


def ways_of(record: PlanRecord) -> list[WayIn]:
    """Return how those who drive by a plan would come to it on their phones."""
    return ways_in(record, wired().desk.facts(record, None).collectors)


def who_cannot_open(record: PlanRecord) -> str:
    """Say how many of a plan can open it by nothing yet; '' where all can."""
    count = sum(way.has_none for way in ways_of(record))
    if not count:
        return ""
    return tn(
        "%(num)d collector has neither a log-in nor a link: make one under Links for phones.",
        "%(num)d collectors have neither a log-in nor a link: make them under Links for phones.",
        count,
    )


def is_published(city: str, on: date, version: int) -> bool:
    """Whether a version is the one that crews drive by already."""
    return wired().store.plan(city, on, version).state is PlanStatus.PUBLISHED


@dispatch.post("/<city>/<day:on>/publish")
@needs(Role.DISPATCHER)
def publish(city: str, on: date) -> Answer:
    """Publish the version that she looked at, if it holds."""
    only_for_the_whole_city()
    ports, version = wired().ports, request.form.get("version", type=int)
    note = request.form.get("note", "").strip()[:LONGEST_NOTE]
    if version is not None and is_published(city, on, version):  # sent again: its answer was lost
        flash(t("Version %(version)d is published.", version=version))
        return redirect(url_for("dispatch.today", city=city, on=on))
    try:
        record = publish_day(ports, city, on, current_user.name, version=version, note=note)
    except (UnlawfulPlanError, ConflictError) as error:
        kept = plan_to_judge(ports, city, on, version)
        return publish_page(on, kept, str(error)), 409
    tell_changed(wired(), record, by())
    flash(t("Version %(version)d is published.", version=record.version))
    if missing := who_cannot_open(record):
        flash(missing)
    return redirect(url_for("dispatch.today", city=city, on=on))
