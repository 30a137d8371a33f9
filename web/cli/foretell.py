"""`dayround foretell` and `dayround times`: how sure a plan's times are, and how true they were."""

from __future__ import annotations

from datetime import date as Date  # noqa: N812
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from web.cli.common import (
    CityOption,
    DateArgument,
    JsonOption,
    Open,
    VersionOption,
    answer,
    answer_json,
    answer_table,
    escaped,
    fail,
    opened,
    say,
    waiting,
)
from web.cli.figures import allowed_agencies

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scheduler.kept import Reread
    from scheduler.staffing.foretelling import Foretelling
    from scheduler.staffing.in_short import InShort
    from web.api.v1.times_models import ErrorsTold, OffTold, TimesTold, WaysTold

UNKNOWN = "–"
OFF = ("off by, min", "off by", "longer by, min")
ALL, TOGETHER = "all", "small ones, together"


def register(app: typer.Typer) -> None:
    app.command("foretell", epilog="Example: [bold]dayround foretell 2026-11-23[/]")(foretell)
    app.command("times", epilog="Example: [bold]dayround times --city ningbo --json[/]")(times)


def foretell(
    context: typer.Context,
    date: DateArgument,
    city: CityOption = None,
    version: VersionOption = None,
    as_json: JsonOption = False,
) -> None:
    """Say how likely a plan's visits are on time, and when its crews are home, before its day."""
    from dataclasses import asdict

    desk = opened(context, city)
    on = desk.day(date)
    with waiting("driving the plan through 200 days"):
        kept, found = foretold(desk, on, version)
    if found is None:
        fail(f"crews have told of {on} already: its true times say more than a forecast")
    if as_json:
        told = {"version": kept.record.version, **asdict(found.told)}
        told |= {"reserve": kept.record.content.reserve, "in_short": asdict(short(found))}
        answer_json({**told, "spreads": spreads(found)})
        return
    tell(kept, found)


def foretold(desk: Open, on: Date, version: int | None) -> tuple[Reread, Foretelling | None]:
    """Return a kept plan by the facts of now, and what can be told of it before its day."""
    from scheduler.service import kept_plan

    kept = kept_plan(desk.wired.ports, desk.city.name, on, version)
    return kept, foretold_of(desk, kept)


def foretold_of(desk: Open, kept: Reread) -> Foretelling | None:
    from scheduler.forecast import spreads_now
    from scheduler.staffing.foretelling import foretell_kept

    return foretell_kept(kept, spreads_now(desk.wired.store.times_decisions(desk.city.name)))


def short(found: Foretelling) -> InShort:
    """Return the figures by which plans are compared, of all visits and crews."""
    from scheduler.staffing.in_short import in_short

    return in_short(found, found.told.on_time.keys(), found.told.crews.keys())


def tell_short(kept: Reread, found: Foretelling) -> None:
    """Print what the plan comes to, with the reserve that it has room for."""
    from web.cli.tell import with_reserve

    one = short(found)
    if one.on_time is None or one.home_most_s is None:
        return
    musts = f", must-visits in {one.musts_on_time:.0%}" if one.musts_on_time is not None else ""
    answer(
        f"{one.visits:,} visit{'' if one.visits == 1 else 's'}, on time in {one.on_time:.0%} of "
        f"cases{musts}; the latest "
        f"crew is home in nine of ten days by {kept.problem.at(one.home_most_s):%H:%M}"
    )
    if line := with_reserve(kept.record.content.reserve):
        answer(line)


def spreads(found: Foretelling) -> dict[str, int]:
    """Return from how many ways and visits it was learned how far times spread."""
    return {"ways": found.by.legs, "visits": found.by.visits}


def on_time_of(desk: Open, kept: Reread, visit_id: str) -> float | None:
    """Return how likely a visit is on time; None once its day has begun, or it is not planned."""
    found = foretold_of(desk, kept)
    return found.told.on_time.get(visit_id) if found else None


def tell(kept: Reread, found: Foretelling) -> None:
    """Print each crew's day, and the visits that are seldom on time."""
    from web.cli.tell import spread_by

    problem = kept.problem
    names = ("crew", "home in half by", "in nine of ten by", "overtime in", "more visits")
    rows = [
        (
            id,
            f"{problem.at(one.home_p50_s):%H:%M}",
            f"{problem.at(one.home_p90_s):%H:%M}",
            f"{one.p_overtime:.0%}",
            one.extra_visits,
        )
        for id, one in sorted(found.told.crews.items())
    ]
    answer_table(f"Version {kept.record.version}", names, rows, right=names[1:])
    tell_short(kept, found)
    starts = {stop.id: stop for trip in kept.plan.itineraries for stop in trip.visits}
    low = sorted((share, id) for id, share in found.told.on_time.items() if found.is_low(id))
    if low:
        answer_table(
            "Seldom on time",
            ("visit", "planned", "on time in"),
            [(id, f"{problem.at(starts[id].start_s):%H:%M}", f"{share:.0%}") for share, id in low],
        )
    else:
        answer("every visit is on time in four of five days or more")
    say(f"How ways and visits spread: {spread_by(found.by)}.")


def times(
    context: typer.Context,
    city: CityOption = None,
    last: Annotated[
        str | None, typer.Option("--to", help="Last day to look at.", show_default="yesterday")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Hold planned travel and visits against what phones told; say what that teaches."""
    from web.api.v1.times_models import times_told

    desk = opened(context, city)
    agencies = allowed_agencies(desk, of_people=False)
    now = desk.wired.ports.clock()
    if last is not None:
        now = datetime.combine(desk.day(last) + timedelta(days=1), time(), desk.zone)
    with waiting("reading the days"):
        known = desk.wired.times.times(desk.city.name, now, agencies)
    told = times_told(desk.city.name, known)
    answer_json(told.model_dump(mode="json")) if as_json else tell_times(told)


def tell_times(told: TimesTold) -> None:
    """Print what ways were to take and took, what visits last, and how far forecasts were off."""
    answer(f"{told.first} to {told.last}: {told.ways:,} ways, {told.visits:,} visits")
    for one in told.set_aside:
        say(f"set aside: {one.count:,} {one.reason.replace('_', ' ')}")
    for name, groups in (
        ("hour", told.by_hour),
        ("district", told.by_district),
        ("mode", told.by_mode),
    ):
        if groups:
            tell_ways(name, groups)
    if told.learned.lengths:
        answer_table(
            "Visits",
            ("place", "met", "visits", "half last, min", "four of five, min"),
            [
                (one.place_kind or "all", "yes" if one.was_met else "no", f"{one.of:,}",
                 minutes(one.median_s), f"{minutes(one.span_s[0])}–{minutes(one.span_s[1])}")
                for one in told.learned.lengths
            ],
        )  # fmt: skip
    if told.trial:
        rows = [
            *errors("as planned", told.trial.as_told),
            *errors("as learned", told.trial.as_learned),
        ]
        title = (
            f"Errors from {told.trial.first} to {told.trial.last}, which nothing was learned from"
        )
        answer_table(title, ("forecast", "of", *OFF), rows)
    if used := told.in_use:
        learned = f"{used.ways:,} ways, {used.visits:,} visits"
        answer(f"plans keep what was learned from {used.first} to {used.last}: {learned}")
    else:
        answer("plans keep what roads say: nobody has decided otherwise")


def tell_ways(name: str, groups: Sequence[WaysTold]) -> None:
    """Print ways by hour, district or mode."""
    few = TOGETHER if len(groups) > 1 else ALL
    rows = [
        (
            few if one.name is None else escaped(one.name or "not told"),
            f"{one.off.of:,}",
            f"{one.took_s / one.planned_s:.0%}",
            *off(one.off),
        )
        for one in groups
    ]
    answer_table(f"Ways by {name}", (name, "ways", "took, of planned", *OFF), rows)


def errors(which: str, told: ErrorsTold) -> list[tuple[str, ...]]:
    """Return the rows of a way to forecast."""
    parts = (("ways", told.ways), ("visits", told.visits), ("ends of days", told.ends))
    return [(f"{name}, {which}", f"{one.of:,}", *off(one)) for name, one in parts]


def off(one: OffTold) -> tuple[str, str, str]:
    share = UNKNOWN if one.mape is None else f"{one.mape:.0%}"
    return minutes(one.mae_s), share, minutes(one.bias_s)


def minutes(seconds: float | None) -> str:
    return UNKNOWN if seconds is None else f"{seconds / 60:.1f}"
