"""The page that holds planned times against true ones, and the decision to plan by the true."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from flask import flash, g, redirect, request, url_for
from werkzeug.wrappers import Response

from data.access import Role
from data.plain import to_json, to_plain
from data.times import Times
from routing.paces import Paces
from scheduler.errors import ConflictError
from scheduler.figures.share import TOO_FEW
from scheduler.forecast import OF_VISITS, Group, by_hour, grouped
from scheduler.forecast.drawing import BELIEVED
from scheduler.told_together import FEWEST
from web.auth.access import by, needs
from web.context import now, wired
from web.dispatch.words import MODES
from web.figures.charts import SIZE, Bars, bars
from web.figures.room import READERS, figures, seen_agencies
from web.figures.room import page as a_page
from web.figures.words import ASIDE
from web.language import t
from web.map.words import PLACE_KINDS

DECIDERS = (Role.PLANNER, Role.ADMINISTRATOR)
"""Who may let plans keep learned times, for a whole city."""

OFTEN = 100
"""Of a bar: hundredths of what was planned."""


@figures.get("/<city>/figures/times")
@needs(*READERS, Role.ADMINISTRATOR)
def times(city: str) -> str:  # noqa: ARG001
    """Show how long ways and visits were to take and took, and what is learned from it."""
    return shown(told())


@figures.post("/<city>/figures/times")
@needs(*DECIDERS)
def decide_times(city: str) -> Response | tuple[str, int]:
    """Let plans keep what was learned, or let the decision before hold again."""
    here = told()
    if not may_decide():
        return shown(here, t("This is decided for the whole city, by who sees all of it.")), 403
    if request.form.get("do") == "back":
        return take_back(city, here)
    key, known = request.form.get("key", ""), key_of(here)
    if not here.learned.legs and not here.learned.visits:
        return shown(here, t("Nothing was learned yet.")), 409
    if key != known and not wired().store.has_times_key(city, key):
        text = t("More was told meanwhile. This is what is learned by now.")
        return shown(here, text), 409
    with wired().store.writing(by()) as writer:
        writer.use_times(city, here.learned, days_of(here), key)
    flash(t("Plans keep the learned times from now on. Plan the days ahead again."))
    return redirect(url_for("figures.times", city=city))


def take_back(city: str, here: Times) -> Response | tuple[str, int]:
    """Take a decision back, or say why it cannot be."""
    number = request.form.get("number", type=int) or 0
    try:
        with wired().store.writing(by()) as writer:
            writer.take_back_times(city, number)
    except ConflictError:
        return shown(here, t("A later decision holds: take that one back first.")), 409
    flash(t("The learned times are taken back. Plan the days ahead again."))
    return redirect(url_for("figures.times", city=city))


def told() -> Times:
    """Return what is known of the city's times, as far as the person sees it."""
    return wired().times.times(g.city.name, now(), seen_agencies())


def may_decide() -> bool:
    return g.role in DECIDERS and seen_agencies() is None


def days_of(here: Times) -> tuple[date, date]:
    """Return the first and the last day that were learned from."""
    days = here.recorded.days
    return days[0], days[-1]


def key_of(here: Times) -> str:
    """Return what names the press: what is learned now, after so many decisions."""
    plain = to_json([to_plain(here.learned), len(here.decisions)])
    return hashlib.sha256(plain.encode()).hexdigest()[:32]


def shown(here: Times, problem: str = "") -> str:
    """Return the page."""
    legs = here.recorded.legs
    hours = by_hour(legs)
    alone = [one for one in hours if one.key is not None]
    aside = sorted(here.recorded.aside.items(), key=lambda one: -one[1])
    return a_page(
        "times",
        "times",
        times=here,
        problem=problem,
        hours=hours,
        drawn=alone,
        chart=(chart := hour_bars(alone)),
        planned_at=round(SIZE - SIZE * OFTEN / max(OFTEN, chart.most), 2),
        times_zone=ZoneInfo(g.city.zone),
        districts=grouped(legs, lambda leg: leg.district),
        modes=grouped(legs, lambda leg: leg.mode),
        MODES=MODES,
        PLACE_KINDS=PLACE_KINDS,
        ASIDE=ASIDE,
        of_legs=[one for one in aside if one[0] not in OF_VISITS],
        of_visits=[one for one in aside if one[0] in OF_VISITS],
        bands=bands(here.learned.paces),
        usual=g.city.service,
        minutes=minutes,
        key=key_of(here),
        may_decide=may_decide(),
        BELIEVED=BELIEVED,
        TOO_FEW=TOO_FEW,
        FEWEST=FEWEST,
    )


def hour_bars(hours: Sequence[Group]) -> Bars:
    """Return what ways took, in hundredths of what was planned, by the hour.

    What was planned has its place in the chart, also where all ways were quicker.
    """
    told = bars([*(round(OFTEN * one.ratio) for one in hours), OFTEN])
    wider = (len(hours) + 1) / max(1, len(hours))
    shown = (replace(one, x=round(one.x * wider, 3), width=one.width * wider) for one in told.bars)
    return Bars(tuple(shown)[: len(hours)], told.most)


def bands(paces: Paces) -> list[tuple[str, list[float]]]:
    """Return the paces of each band of hours, in the order of the modes that were learned."""
    ends = (*paces.starts_s[1:], 24 * 3600)
    spans = zip(paces.starts_s, ends, strict=True)
    return [
        (f"{clock(start)}–{clock(end)}", [one.paces[k] for one in paces.of_modes])
        for k, (start, end) in enumerate(spans)
    ]


def clock(second: int) -> str:
    return f"{second // 3600:02}:{second % 3600 // 60:02}"


def minutes(seconds: float | timedelta | None) -> str:
    """Write a length in minutes with a decimal; – where it is not known."""
    if seconds is None:
        return "–"
    whole_s = seconds.total_seconds() if isinstance(seconds, timedelta) else seconds
    return f"{whole_s / 60:.1f}"
