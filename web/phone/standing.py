"""Where the phone stands, as it tells at a press: only then, and only what a door is learned from.

Where collectors are is sensitive: a position is in no address, log or event, one that is of no use
is not kept, and a city may do without any.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import Response, request

from routing.point import Point
from scheduler.doors import LOOK_BACK, WORST_ACCURACY_M
from web.phone.room import MyDay, phone
from web.security import is_part, permissions

FIELDS = ("lat", "lon", "accuracy_m")
DECIMALS = 6
"""A tenth of a metre."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the phone was, and how sure of it; None of both where it told nothing of use."""

    stood: Point | None = None
    accuracy_m: float | None = None


NOWHERE = Standing()


def told_standing(day: MyDay) -> Standing:
    """Return where the phone stood at the press that is being answered.

    A press without a position, or with one that cannot be, is a press all the same.
    """
    return standing_in(request.form, day)


def standing_in(told: Mapping[str, Any], day: MyDay) -> Standing:
    """Return where a form or a record says that the phone stood."""
    if not day.city.learns_doors:
        return NOWHERE
    try:
        lat, lon, accuracy_m = (float(told[name]) for name in FIELDS)
        point = Point(round(lat, DECIMALS), round(lon, DECIMALS))
    except (KeyError, TypeError, ValueError):
        return NOWHERE
    return Standing(point, accuracy_m) if 0 < accuracy_m <= WORST_ACCURACY_M else NOWHERE


@phone.after_request
def let_ask_where_it_stands(response: Response) -> Response:
    """Let the phone's own pages ask for a position and the microphone; no other page may."""
    if not is_part(response):
        allowed = permissions(geolocation="(self)", microphone="(self)")
        response.headers["Permissions-Policy"] = allowed
    return response


@phone.context_processor
def name_days() -> dict[str, int]:
    return {"POSITIONS_KEPT_DAYS": LOOK_BACK.days}
