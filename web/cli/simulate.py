"""`dayround simulate`: how many collectors are enough, asked of the book."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import date, time
from math import isfinite
from typing import TYPE_CHECKING, Annotated

import typer

from web.cli.common import (
    CityOption,
    JsonOption,
    Open,
    answer,
    answer_json,
    answer_table,
    fail,
    opened,
    say,
)

if TYPE_CHECKING:
    from scheduler.headcount.figures import TeamFigures
    from scheduler.headcount.question import Answer
    from scheduler.staffing.intervals import MeanOf
    from web.headcount.simulating import Simulation

HEADERS = (
    "employed", "on the road", "visited in time", "visits", "met", "recovered",
    "overtime h", "driving", "cost per visit", "cost per met",
)  # fmt: skip

ASSUMED = (
    "What comes of visits is assumed, and how the book grows and promises are kept: "
    "docs/staffing.md says it."
)


def register(app: typer.Typer) -> None:
    app.command(
        "simulate", epilog="Example: [bold]dayround simulate tomorrow --within 14 --most 60[/]"
    )(simulate)


def simulate(
    context: typer.Context,
    first: Annotated[str, typer.Argument(metavar="DATE", help="The first day: 2026-11-23, …")],
    within: Annotated[int, typer.Option("--within", help="Visit each case in so many days.")] = 14,
    bucket: Annotated[str, typer.Option("--from-bucket", help="From which bucket on.")] = "M2",
    most: Annotated[int, typer.Option("--most", help="The largest team that might be.")] = 100,
    employed: Annotated[
        list[int] | None, typer.Option("--employed", help="These teams alone; can be repeated.")
    ] = None,
    hours: Annotated[str | None, typer.Option("--hours", help="Of a shift: 09:00-18:00")] = None,
    days_a_week: Annotated[int, typer.Option("--days-a-week", help="That each works.")] = 5,
    weekends: Annotated[bool, typer.Option("--weekends", help="Days off are worked, too.")] = False,
    evening: Annotated[
        str | None, typer.Option("--evening", help="Some work these hours instead: 12:00-21:00")
    ] = None,
    absence: Annotated[float, typer.Option("--absence", help="Share of shifts, 0 to 1.")] = 0.04,
    no_show: Annotated[
        float, typer.Option("--no-show", help="Share to which nobody comes, unknown before.")
    ] = 0.0,
    growth: Annotated[float, typer.Option("--growth", help="New borrowers a week, a share.")] = 0.0,
    share: Annotated[float, typer.Option("--share", help="Which share is enough, 0 to 1.")] = 0.95,
    mode: Annotated[
        str, typer.Option("--mode", help="execution, or feedback: a book for each replication.")
    ] = "execution",
    paths: Annotated[
        int, typer.Option("--paths", min=1, help="Of the book; with 1 its bands are too narrow.")
    ] = 4,
    seed: Annotated[int, typer.Option("--seed", help="The same seed, the same answer.")] = 0,
    city: CityOption = None,
    as_json: JsonOption = False,
) -> None:
    """Say how many collectors visit every case of a bucket in time, and what one more brings.

    The book of now is worked for the days asked, by the rules, roads and search of the daily plan.
    In execution mode a day has one plan, driven 200 times; in feedback mode 20 replications have
    books and plans of their own. Nothing is written.
    """
    from scheduler.headcount.feedback import Mode
    from scheduler.headcount.question import Asking
    from scheduler.headcount.scenario import Scenario, Target
    from web.headcount.processes import side_by_side
    from web.headcount.simulating import Simulation, to_be_visited

    desk = opened(context, city)
    try:
        scenario = Scenario(
            0,
            Target(bucket, within),
            _clock("--hours", hours),
            days_a_week,
            weekends,
            absence,
            growth,
            no_show=no_show,
            evening=_clock("--evening", evening),
        )
    except ValueError as error:
        fail(str(error))
    if mode not in set(Mode):
        fail(f"--mode {mode!r} is none: write {' or '.join(Mode)}")
    home, how = desk.wired.home.path, Mode(mode)
    rests = _rests_on(desk, desk.day(first))
    asked = Simulation(
        home, desk.city.name, desk.day(first), scenario, seed=seed, mode=how, paths=paths
    )
    processors = os.cpu_count() or 1
    with side_by_side(asked, processors) as run:
        asking = Asking(run, _told)
        if employed:
            teams = tuple(asking.of(sorted(set(employed))))
            _tell_teams(teams, rests, as_json=as_json)
            return
        cases, days = to_be_visited(asked)
        found = asking.answer(cases, days, most=most, share=share, at_once=processors)
    _tell(found, asked, rests, as_json=as_json)


def _rests_on(desk: Open, first: date) -> str:
    """Say what of a simulation was learned, and what is assumed."""
    from scheduler.forecast import spreads_now
    from web.cli.tell import based_on, spread_by

    store, city = desk.wired.store, desk.city.name
    odds, by = store.odds(city, first).basis, spreads_now(store.times_decisions(city))
    spread = f"How ways and visits spread: {spread_by(by)}."
    return f"Chances of meeting: {based_on(odds)}. {spread} {ASSUMED}"


def _clock(option: str, hours: str | None) -> tuple[time, time] | None:
    if hours is None:
        return None
    try:
        begins, ends = (time.fromisoformat(clock.strip()) for clock in hours.split("-"))
    except ValueError:
        fail(f"{option} {hours!r} are no hours: write 09:00-18:00")
    return begins, ends


def _told(team: TeamFigures) -> None:
    """Tell of each headcount once it is simulated: it may take minutes for all."""
    say(f"{team.employed} collectors: {_percent(team.coverage)} visited in time")


def _tell(found: Answer, asked: Simulation, rests: str, *, as_json: bool) -> None:
    from web.headcount.kept import told

    target, share = asked.scenario.target, f"{found.share:.0%}"
    of_whom = f"{share} of the cases from {target.from_bucket} on within {target.within_days} days"
    if as_json:
        words = {"smallest": found.smallest, "knee": found.knee, "break_even": found.break_even}
        answer_json({**words, "share": found.share, "teams": [told(one) for one in found.teams]})
        return
    if found.smallest is None:
        answer(f"[bold]No team[/] of up to {found.teams[-1].employed} visits {of_whom}.")
    else:
        answer(f"[bold]{found.smallest} collectors[/] visit {of_whom}.")
    _tell_doubt(found)
    _table(found.teams, rests)
    if found.knee is not None:
        answer(f"Beyond {found.knee} each one more adds less than those before.")
    if found.break_even is not None:
        answer(f"Up to {found.break_even} the last one brings what she costs, as assumed.")


def _tell_doubt(found: Answer) -> None:
    """Say what the bands leave open: of the teams that are known which might do, and which do."""
    might, surely = found.perhaps, found.surely
    if might is not None and might != found.smallest:
        answer(f"By their bands {might} might be enough.")
    if surely is not None and surely != found.smallest:
        answer(f"{surely} are enough by their whole band.")
    elif surely is None and found.smallest is not None:
        answer("By their bands none of these teams is enough by its whole band.")


def _tell_teams(teams: Sequence[TeamFigures], rests: str, *, as_json: bool) -> None:
    from web.headcount.kept import told

    if as_json:
        answer_json({"teams": [told(one) for one in teams]})
    else:
        _table(teams, rests)


def _table(teams: Sequence[TeamFigures], rests: str) -> None:
    answer_table("Teams", HEADERS, [_row(one) for one in teams], right=HEADERS)
    unserved = teams[-1].unserved if teams else {}
    for reason, count in sorted(unserved.items()):
        say(f"{count:,} cases could be visited on no day: {reason.value.replace('_', ' ')}")
    for one in teams:
        if one.how_far:
            say(_far(one))
    if teams:
        say(_of_bands(teams[0]))
    say(rests)


def _of_bands(one: TeamFigures) -> str:
    """Say what a figure's ± covers."""
    if one.paths == 1:
        return (
            "± is what the drives of one path differ by, and too narrow: with other luck in the "
            "first days the book may end some points away. Ask for more --paths."
        )
    return (
        f"± is half the 95% interval of a mean over {one.paths} paths of the book, "
        "each with luck of its own."
    )


def _far(one: TeamFigures) -> str:
    """Say how far the two modes differ for a team."""
    points = one.how_far["coverage"]
    return (
        f"{one.employed} collectors: feedback mode covers {100 * points.mean:+.1f} ± "
        f"{100 * points.half_width:.1f} points more than execution mode, with "
        f"{one.how_far['made'].mean:+,.1f} visits"
    )


def _row(one: TeamFigures) -> tuple[str, ...]:
    return (
        f"{one.employed}",
        f"{one.on_road:.1f}",
        _percent(one.coverage),
        _number(one.made),
        _number(one.met),
        _number(one.recovered),
        _number(one.overtime_hours),
        f"{one.driving_share.mean:.0%}",
        f"{one.cost_per_visit:,.0f}" if isfinite(one.cost_per_visit) else "–",
        f"{one.cost_per_met:,.0f}" if isfinite(one.cost_per_met) else "–",
    )


def _percent(mean: MeanOf) -> str:
    return f"{mean.mean:.1%} ± {mean.half_width:.1%}"


def _number(mean: MeanOf) -> str:
    return f"{mean.mean:,.0f}"
