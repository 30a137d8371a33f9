"""`dayround simulate`: how many collectors are enough, asked of the book."""

from __future__ import annotations

import os
from datetime import date, time
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from scheduler.headcount.limits import ENOUGH, LARGEST, MOST
from scheduler.reserve.asked import NO_RESERVE
from web.cli.common import CityOption, JsonOption, Open, fail, opened, say
from web.cli.days import ReserveOption
from web.cli.simulate_told import ASSUMED, tell_answer, tell_team, tell_teams

if TYPE_CHECKING:
    from scheduler.headcount.figures import TeamFigures, Wages

Word = TypeVar("Word", bound=StrEnum)

STOPPED = 130
"""What a shell knows a command by that Ctrl-C has ended."""


def register(app: typer.Typer) -> None:
    app.command(
        "simulate", epilog="Example: [bold]dayround simulate tomorrow --within 14 --most 60[/]"
    )(simulate)


def simulate(
    context: typer.Context,
    first: Annotated[str, typer.Argument(metavar="DATE", help="The first day: 2026-11-23, …")],
    within: Annotated[int, typer.Option("--within", help="Visit each case in so many days.")] = 14,
    bucket: Annotated[str, typer.Option("--from-bucket", help="From which bucket on.")] = "M2",
    most: Annotated[
        int, typer.Option("--most", min=0, max=LARGEST, help="The largest team that might be.")
    ] = MOST,
    employed: Annotated[
        list[int] | None,
        typer.Option("--employed", min=0, max=LARGEST, help="These teams alone; can be repeated."),
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
    also: Annotated[
        list[str] | None,
        typer.Option("--also", help="A further target: M4:7 is from M4 on within 7 days."),
    ] = None,
    zones: Annotated[
        bool, typer.Option("--zones", help="Each keeps to the district in which she starts.")
    ] = False,
    owners: Annotated[
        str | None, typer.Option("--owners", help="fixed, preferred or ignored: whose cases.")
    ] = None,
    pairs: Annotated[
        str | None, typer.Option("--pairs", help="fixed: always the same two; daily: formed anew.")
    ] = None,
    starts: Annotated[
        str | None, typer.Option("--starts", help="office: all from one place; spread: near cases.")
    ] = None,
    moves_by: Annotated[
        str | None, typer.Option("--moves-by", help="car, ebike, walk or transit, for all.")
    ] = None,
    chances: Annotated[
        str, typer.Option("--chances", help="learned, or windows: plans know their hours alone.")
    ] = "learned",
    aim: Annotated[
        str,
        typer.Option(
            "--aim", help="target: plans go first to whom it asks for; worth: as each day."
        ),
    ] = "target",
    renewed: Annotated[
        bool, typer.Option("--renewed", help="As if certificates that expire were renewed.")
    ] = False,
    reserve: ReserveOption = NO_RESERVE,
    profile: Annotated[
        str | None, typer.Option("--profile", help="By the rules of another profile: UK")
    ] = None,
    hired_skills: Annotated[
        list[str] | None, typer.Option("--hired-skill", help="Of who is hired; can be repeated.")
    ] = None,
    kept: Annotated[
        float, typer.Option("--promises-kept", help="Share of promises that are kept.")
    ] = 0.5,
    per_shift: Annotated[float, typer.Option("--per-shift", help="What a shift costs.")] = 400.0,
    per_overtime_hour: Annotated[
        float, typer.Option("--per-overtime-hour", help="What an hour of overtime costs.")
    ] = 90.0,
    worth: Annotated[
        float, typer.Option("--worth", help="What share of recovered money counts, 0 to 1.")
    ] = 1.0,
    share: Annotated[
        float, typer.Option("--share", min=0, max=1, help="Which share is enough, 0 to 1.")
    ] = ENOUGH,
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
    from routing.travel import Mode as Moves
    from scheduler.headcount.book import Assumptions
    from scheduler.headcount.feedback import Mode
    from scheduler.headcount.figures import Wages
    from scheduler.headcount.question import Asking
    from scheduler.headcount.scenario import Aim, Chances, Pairs, Scenario, Starts, Target
    from scheduler.model import OwnerPolicy
    from web.headcount.processes import side_by_side
    from web.headcount.simulating import Simulation, to_be_visited

    desk = opened(context, city)
    how = _one_of("--mode", mode, Mode)
    try:
        scenario = Scenario(
            0,
            Target(bucket, within),
            _clock("--hours", hours),
            days_a_week,
            weekends,
            absence,
            growth,
            _one_of("--owners", owners, OwnerPolicy),
            no_show=no_show,
            evening=_clock("--evening", evening),
            also=tuple(Target(*_target(one)) for one in also or ()),
            zones=zones,
            pairs=_one_of("--pairs", pairs, Pairs),
            starts=_one_of("--starts", starts, Starts),
            chances=_one_of("--chances", chances, Chances) or Chances.LEARNED,
            profile=profile,
            moves_by=_one_of("--moves-by", moves_by, Moves),
            hired_skills=None if hired_skills is None else frozenset(hired_skills),
            assumed=Assumptions(p_kept=kept),
            aim=_one_of("--aim", aim, Aim) or Aim.TARGET,
            renewed=renewed,
            reserve=reserve,
        )
        wages = Wages(per_shift, per_overtime_hour, worth)
    except ValueError as error:
        fail(str(error))
    rests = _rests_on(desk, desk.day(first), wages)
    asked = Simulation(
        desk.wired.home.path, desk.city.name, desk.day(first), scenario, wages, seed=seed,
        mode=how or Mode.EXECUTION, paths=paths,
    )  # fmt: skip
    processors = os.cpu_count() or 1
    known: dict[int, TeamFigures] = {}

    def hear(team: TeamFigures) -> None:
        known[team.employed] = team
        tell_team(team)

    try:
        with side_by_side(asked, processors, hear) as run:
            cases, days = to_be_visited(asked)
            say(f"{cases:,} cases to be visited, {days} days worked; each team is told once known")
            asking = Asking(run)
            if employed:
                teams = asking.of(sorted(set(employed)))
                tell_teams(teams, scenario, rests, as_json=as_json)
                return
            found = asking.answer(cases, days, most=most, share=share, at_once=processors)
    except KeyboardInterrupt:
        teams = [known[count] for count in sorted(known)]
        tell_teams(teams, scenario, rests, as_json=as_json)
        say("Stopped: these are the teams that were known by then.")
        raise typer.Exit(STOPPED) from None
    tell_answer(found, scenario, rests, as_json=as_json)


def _rests_on(desk: Open, first: date, wages: Wages) -> str:
    """Say what of a simulation was learned, and what is assumed."""
    from scheduler.forecast import spreads_now
    from web.cli.tell import based_on, spread_by

    store, city = desk.wired.store, desk.city.name
    odds, by = store.odds(city, first).basis, spreads_now(store.times_decisions(city))
    spread = f"How ways and visits spread: {spread_by(by)}."
    money = (
        f"Money is in {desk.city.currency}: a shift costs {wages.per_shift:,g}, an hour of "
        f"overtime {wages.per_overtime_hour:,g}; {100 * wages.worth:g}% of expected money counts."
    )
    chances = based_on(odds) if desk.city.learns_availability else "assumed, the city learns none"
    return f"Chances of meeting: {chances}. {spread} {money} {ASSUMED}"


def _one_of(option: str, told: str | None, kind: type[Word]) -> Word | None:
    if told is None:
        return None
    try:
        return kind(told)
    except ValueError:
        fail(f"{option} {told!r} is none: write {' or '.join(kind)}")


def _target(told: str) -> tuple[str, int]:
    bucket, _, days = told.partition(":")
    if not days.isdecimal():
        fail(f"--also {told!r} is no target: write M4:7 for from M4 on within 7 days")
    return bucket, int(days)


def _clock(option: str, hours: str | None) -> tuple[time, time] | None:
    if hours is None:
        return None
    try:
        begins, ends = (time.fromisoformat(clock.strip()) for clock in hours.split("-"))
    except ValueError:
        fail(f"{option} {hours!r} are no hours: write 09:00-18:00")
    if begins >= ends:
        fail(f"{option} {hours!r} end before they begin: write the earlier hour first")
    return begins, ends
