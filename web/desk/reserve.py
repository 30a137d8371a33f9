"""What a reserve costs and gives: two versions of the day, without and with it, side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from flask import request

from data.access import Role
from data.store.plan_rows import clock
from scheduler.ports import PlanRecord, PlanStatus
from scheduler.reserve.asked import NO_RESERVE
from scheduler.staffing.in_short import InShort, in_short
from web.auth.access import needs
from web.context import wired
from web.desk.foretelling import Morning, foretellings
from web.desk.fragments import fragment
from web.desk.room import desk
from web.dispatch.board import seen_stops
from web.dispatch.today import seen_board
from web.language import t


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two versions, as far as she sees it; `short` None where nothing is told of it."""

    record: PlanRecord
    morning: Morning
    short: InShort | None

    @property
    def home_most(self) -> datetime | None:
        """When its latest crew is home in nine of ten days."""
        if self.short is None or self.short.home_most_s is None:
            return None
        return clock(self.record.content.origin)(self.short.home_most_s)


@desk.get("/<city>/<day:on>/desk/reserve")
@needs(Role.DISPATCHER)
def reserve(city: str, on: date) -> str:
    """Hold a version against the newest one without reserve, or with one where it has none."""
    record = wired().store.plan(city, on, request.args.get("version", type=int))
    other = counterpart(record, wired().store.plans(city, on))
    sides = [side(one) for one in (record, other) if one is not None]
    sides.sort(key=lambda one: one.record.content.reserve)
    return fragment(
        "reserve", t("Without and with reserve"), on, record=record, sides=sides,
        is_waiting=any(one.morning.is_waiting for one in sides),
    )  # fmt: skip


def counterpart(record: PlanRecord, records: Sequence[PlanRecord]) -> PlanRecord | None:
    """Return the newest version that has a reserve where this has none; none that is taken back."""
    has_reserve = record.content.reserve > NO_RESERVE
    others = [
        one
        for one in records
        if (one.content.reserve > NO_RESERVE) != has_reserve
        and one.state is not PlanStatus.WITHDRAWN
    ]
    return others[-1] if others else None


def side(record: PlanRecord) -> Side:
    """Return what the morning tells of the visits and crews of a version that she sees."""
    content, shown = record.content, seen_board(record)
    morning = foretellings().beside((content.city, content.on, record.version))
    if morning.told is None:
        return Side(record, morning, None)
    crews = {crew.id for crew in shown.crews}
    return Side(record, morning, in_short(morning.told, seen_stops(shown), crews))
