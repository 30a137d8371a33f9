"""The commands of a day, in their order: geocode, crews, plan, check, explain, publish."""

from __future__ import annotations

from collections import Counter
from datetime import date as Date  # noqa: N812
from time import monotonic
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

import typer

from scheduler.engines import CHOICE, DEFAULT, LARGEST_SEED, THREADS
from scheduler.reserve.asked import MOST_RESERVE, NO_RESERVE
from web.cli import tell
from web.cli.common import (
    CityOption,
    DateArgument,
    JsonOption,
    Open,
    VersionOption,
    answer,
    answer_json,
    answer_table,
    counting,
    escaped,
    fail,
    opened,
    say,
    waiting,
)
from web.cli.foretell import on_time_of
from web.cli.searching import searching

if TYPE_CHECKING:
    from routing.geocoders.online import Tally

SeedOption = Annotated[
    int,
    typer.Option(
        "--seed",
        min=0,
        max=LARGEST_SEED,
        help="Breaks ties; with the same steps, the same answer.",
    ),
]


ReserveOption = Annotated[
    int,
    typer.Option(
        "--reserve",
        min=NO_RESERVE,
        max=MOST_RESERVE,
        help="Room for ways and visits as long as in so many percent of cases; 50: none.",
    ),
]


def register(app: typer.Typer) -> None:
    app.command("geocode", epilog="Example: [bold]dayround geocode[/]")(geocode)
    app.command("crews", epilog="Example: [bold]dayround crews tomorrow[/]")(crews)
    app.command(
        "plan", epilog="Example: [bold]dayround plan 2026-11-23 --engine ortools --seconds 30[/]"
    )(plan)
    app.command("check", epilog="Example: [bold]dayround check 2026-11-23[/]")(check)
    app.command("explain", epilog="Example: [bold]dayround explain HT-0042 --date 2026-11-23[/]")(
        explain
    )
    app.command(
        "publish", epilog="Example: [bold]dayround publish 2026-11-23 --note 'as agreed'[/]"
    )(publish)


def geocode(
    context: typer.Context,
    city: CityOption = None,
    again: Annotated[
        bool, typer.Option("--again", help="Also what was found too roughly to send somebody.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Find where the addresses are, offline in the city's own map; say how closely.

    Services that [bold]city geocoders[/] has switched on are asked for the rest.
    """
    from dataclasses import asdict

    from routing.gazetteer.private import split_private
    from scheduler.service import place_addresses

    desk = opened(context, city)
    asked: list[Tally] = []
    with counting("looking up addresses") as count:
        found = place_addresses(
            desk.wired.ports, desk.city.name, desk.actor, count, asked.extend, again=again
        )
    closeness = Counter(result.precision for result in found.values())
    to_check = [(p, result) for p, result in found.items() if not result.is_plannable]
    if as_json:
        answer_json(
            {
                "found": closeness,
                "to_check": [place.id for place, _ in to_check],
                "services": [asdict(tally) for tally in asked],
            }
        )
        return
    counts = ", ".join(f"{number:,} {precision}" for precision, number in closeness.items())
    answer(f"{len(found):,} addresses looked up: {counts or 'none was waiting'}")
    for tally in asked:
        answer(escaped(tell.asked(tally)))
    if to_check:
        answer_table(
            f"{len(to_check):,} places to check; they wait until they are placed more closely",
            ("place", "kind", "address", "found", "not understood"),
            [
                (p.id, p.kind, split_private(p.address).address, r.matched, r.unmatched)
                for p, r in to_check
            ],
        )


def crews(
    context: typer.Context,
    date: DateArgument,
    city: CityOption = None,
    seed: SeedOption = 0,
    as_json: JsonOption = False,
) -> None:
    """Form the day's crews as the rules ask: pairs given in a file stay, CP-SAT forms the rest."""
    from scheduler.service import form_day_crews

    desk = opened(context, city)
    on = desk.day(date)
    with waiting("forming crews"):
        formed = form_day_crews(desk.wired.ports, desk.city.name, on, desk.actor, seed)
    if as_json:
        answer_json(
            {
                "crews": [{"id": crew.id, "members": crew.members} for crew in formed.crews],
                "alone": {one.collector_id: one.why for one in formed.alone},
                "notes": [note.text for note in formed.notes],
            }
        )
        return
    tell.crews(formed, on, desk.zone)


def plan(
    context: typer.Context,
    date: DateArgument,
    city: CityOption = None,
    engine: Annotated[str, typer.Option("--engine", help=CHOICE)] = DEFAULT,
    seconds: Annotated[
        float, typer.Option("--seconds", min=1, help="How long to search; Ctrl-C keeps the best.")
    ] = 10,
    seed: SeedOption = 0,
    threads: Annotated[int, typer.Option("--threads", min=1, help=THREADS)] = 1,
    reserve: ReserveOption = NO_RESERVE,
    as_json: JsonOption = False,
) -> None:
    """Make a plan and keep it as a draft: itineraries, and every other case with its reason."""
    from scheduler.engines.stop_rules import Cancelled, Elapsed
    from scheduler.service import plan_day

    desk = opened(context, city)
    on = desk.day(date)
    say(f"planning {desk.city.name}, {on} …")
    with searching(engine) as watched:
        made = plan_day(
            desk.wired.ports,
            desk.city.name,
            on,
            desk.actor,
            Cancelled(Elapsed(seconds, monotonic), watched.is_cancelled),
            engine=engine,
            seed=seed,
            threads=threads,
            reserve=reserve,
            on_progress=watched.on_progress,
            on_step=watched.on_step,
        )
    answer_json(tell.plan_json(made)) if as_json else tell.plan(made)


def check(
    context: typer.Context,
    date: DateArgument,
    city: CityOption = None,
    version: VersionOption = None,
    as_json: JsonOption = False,
) -> None:
    """Judge a kept plan by the rules and the facts of now; exit code 1 where it does not hold."""
    from scheduler.service import plan_to_judge

    desk = opened(context, city)
    on = desk.day(date)
    with waiting("checking"):
        kept = plan_to_judge(desk.wired.ports, desk.city.name, on, version)
        violations = kept.violations()
    if as_json:
        answer_json([{"kind": v.kind, "id": v.id, "text": v.text} for v in violations])
    elif violations:
        answer_table(
            "Violations", ("kind", "at", "what"), [(v.kind, v.id, v.text) for v in violations]
        )
    else:
        answer(
            f"version {kept.record.version} holds: {len(kept.plan.served):,} visits, "
            f"rules {kept.rules.profile} {kept.rules.version}"
        )
    if violations:
        raise typer.Exit(1)


def explain(
    context: typer.Context,
    case: Annotated[str, typer.Argument(help="A contract number.")],
    date: Annotated[
        str, typer.Option("--date", metavar="DATE", help="Of which day's plan.")
    ] = "tomorrow",
    city: CityOption = None,
    version: VersionOption = None,
    remedy: Annotated[
        bool, typer.Option("--remedy", help="Try what would make room for one that is left out.")
    ] = False,
    grounds: Annotated[
        bool,
        typer.Option("--grounds", help="Show the rules and facts kept with the plan, as then."),
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Say why a case is planned as it is, or left out: its value, rules, other ways."""
    from dataclasses import asdict

    from scheduler.service import explain_kept, kept_for_case
    from web.cli.explained import explanation

    desk = opened(context, city)
    on = desk.day(date)
    if grounds:
        show_grounds(desk, on, case, version, as_json=as_json)
        return
    if remedy:
        say("trying what would make room; some seconds …")
    with waiting("looking"):
        ports = desk.wired.ports
        kept, borrower_id = kept_for_case(ports, desk.city.name, on, case, version)
        told = explain_kept(ports, kept, borrower_id, with_remedies=remedy)
        on_time = on_time_of(desk, kept, borrower_id) if told.planned else None
    if as_json:
        answer_json({**asdict(told), "on_time": on_time})
    else:
        explanation(told, desk.city, on_time)


def show_grounds(desk: Open, on: Date, case: str, version: int | None, *, as_json: bool) -> None:
    """Show what a visit stood on, as its plan keeps it; nothing of it is asked anew."""
    from data.plain import to_plain
    from web.cli import kept_grounds

    store, city = desk.wired.store, desk.city.name
    record = store.plan(city, on, version)
    borrower_id = store.borrowers_by_case(city).get(case, case)
    kept = store.grounds(record.id, borrower_id)
    if not kept:
        fail(f"version {record.version} of {on} keeps nothing of a visit for {case!r}")
    answer_json(to_plain(kept)) if as_json else kept_grounds.tell(kept, ZoneInfo(desk.city.zone))


def publish(
    context: typer.Context,
    date: DateArgument,
    city: CityOption = None,
    version: VersionOption = None,
    note: Annotated[str, typer.Option("--note", help="What to remember of it.")] = "",
    as_json: JsonOption = False,
) -> None:
    """Publish a draft that holds by the facts of now; an earlier published plan is superseded."""
    from scheduler.service import publish_day
    from web.robots import tell_changed

    desk = opened(context, city)
    on = desk.day(date)
    with waiting("checking"):
        record = publish_day(
            desk.wired.ports, desk.city.name, on, desk.actor, version=version, note=note
        )
    tell_changed(desk.wired, record, desk.wired.ports.by(desk.actor))
    if as_json:
        answer_json({"city": desk.city.name, "date": on, "version": record.version})
    else:
        answer(f"published version {record.version} of {desk.city.name}, {on}")
