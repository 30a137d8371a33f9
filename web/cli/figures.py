"""`dayround figures` and `dayround scorecard`: what came of visits, and how people work."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from web.cli.common import (
    CityOption,
    JsonOption,
    Open,
    answer,
    answer_json,
    answer_table,
    escaped,
    fail,
    opened,
    say,
)

if TYPE_CHECKING:
    from scheduler.figures import Facts, FigureTable, Line, Mean, Share, Tally

USUAL_DAYS, TOO_FEW, UNKNOWN = 28, 20, "–"
TOGETHER = "small ones, together"
FirstOption = Annotated[
    str | None, typer.Option("--from", help="First day.", show_default="four weeks ago")
]
LastOption = Annotated[str, typer.Option("--to", help="Last day: 2026-11-23 or 'today'.")]
HEADERS = ("visits", "not made", "met", "promised", "kept", "complaints")
MONEY = ("crew-hour cost per visit", "crew-hour cost per met", "recovered per visit")


def register(app: typer.Typer) -> None:
    app.command(
        "figures", epilog="Example: [bold]dayround figures --by district --xlsx figures.xlsx[/]"
    )(figures)
    app.command("scorecard", epilog="Example: [bold]dayround scorecard --from 2026-10-01[/]")(
        scorecard
    )


def figures(
    context: typer.Context,
    city: CityOption = None,
    first: FirstOption = None,
    last: LastOption = "today",
    by: Annotated[
        str,
        typer.Option("--by", help="day, week, month, bucket, district, product, agency or crew."),
    ] = "week",
    agency: Annotated[
        str | None, typer.Option("--agency", help="The work of one agency alone.")
    ] = None,
    csv: Annotated[Path | None, typer.Option("--csv", help="Write them to a CSV file.")] = None,
    xlsx: Annotated[Path | None, typer.Option("--xlsx", help="Write them to a workbook.")] = None,
    language: Annotated[str, typer.Option("--language", help="Of a file: en or zh.")] = "en",
    as_json: JsonOption = False,
) -> None:
    """Tell what came of visits: met, promised, kept, cost, recovered, complaints, coverage."""
    from scheduler.figures import Group, coverage, figure_table, without_small

    if by not in list(Group):
        fail(f"--by {by!r} is none of {', '.join(Group)}")
    desk = opened(context, city)
    facts = read_facts(desk, first, last, agency, of_people=by == Group.CREW)
    sees_all = sees_doors(desk)
    table = figure_table(facts, Group(by))
    table = table if sees_all else without_small(table)
    if csv or xlsx:
        for file in (csv, xlsx):
            if file:
                write(file, facts, table, language, of_doors=sees_all)
    elif as_json:
        covered = {one.key: one.shares for one in coverage(facts.cases, facts.today, Group.BUCKET)}
        lines = {key_of(line): told(line.tally) for line in table.lines}
        within = {
            key: {f"{days}_days": share.rate for days, share in zip((14, 30), shares, strict=True)}
            for key, shares in covered.items()
        }
        answer_json({"by": by, "lines": lines, "total": told(table.total), "coverage": within})
    else:
        tell(facts, table)


def read_facts(
    desk: Open, first: str | None, last: str, agency: str | None, *, of_people: bool = False
) -> Facts:
    """Return what figures of the days are made of, as far as who acts may see them."""
    from scheduler.figures import Span

    end = desk.day(last)
    start = desk.day(first) if first else end - timedelta(days=USUAL_DAYS - 1)
    if start > end:
        fail(f"{start} is after {end}: write the earlier day behind --from")
    agencies = allowed_agencies(desk, of_people=of_people)
    if agency is not None:
        if agencies is not None and agency not in agencies:
            fail(f"{desk.actor!r} does not see the work of agency {agency!r}")
        agencies = frozenset({agency})
    now = desk.wired.ports.clock()
    return desk.wired.figures.facts(desk.city.name, Span(start, end), now, agencies)


def allowed_agencies(desk: Open, *, of_people: bool) -> frozenset[str] | None:
    """Return the agencies whose work the one who acts sees; a name without a log-in sees all.

    How single people work is not for planners.
    """
    from data.access import Role

    user = desk.wired.users.find(desk.actor)
    if user is None:
        return None
    readers = (Role.DISPATCHER, Role.COMPLIANCE, *(() if of_people else (Role.PLANNER,)))
    role = next((one for one in readers if user.can(one, desk.city.name)), None)
    if role is None or user.is_disabled:
        fail(f"{user.name!r} has no role in {desk.city.name} that shows figures")
    return user.agencies(role, desk.city.name)


def sees_doors(desk: Open) -> bool:
    """Tell whether the one who acts may see single cases; a name without a log-in may."""
    from data.access import Role

    user, name = desk.wired.users.find(desk.actor), desk.city.name
    return user is None or any(user.can(one, name) for one in (Role.DISPATCHER, Role.COMPLIANCE))


def write(file: Path, facts: Facts, table: FigureTable, language: str, *, of_doors: bool) -> None:
    """Write figures and coverage to a new file, in the format of its ending."""
    from data.exports.figures import TOTAL, WRITERS, coverage_sheet, figure_sheet
    from scheduler.figures import Group, coverage, covered_without_small
    from web.cli.export import write as write_new

    if language not in TOTAL:
        fail(f"--language {language!r} is none of {', '.join(TOTAL)}")
    ending = file.suffix.lstrip(".").lower()
    if ending not in WRITERS:
        fail(f"{file}: name a file that ends in .csv or .xlsx")
    if file.exists():
        fail(f"{file} is there already: name another file, or move it away")
    by_bucket, by_district = (
        coverage(facts.cases, facts.today, group) for group in (Group.BUCKET, Group.DISTRICT)
    )
    if not of_doors:
        by_district = covered_without_small(by_district)
    sheets = [
        figure_sheet(table, language),
        coverage_sheet(by_bucket, Group.BUCKET, language),
        coverage_sheet(by_district, Group.DISTRICT, language),
    ]
    write_new(file, WRITERS[ending][1](sheets))
    answer(f"wrote {escaped(str(file))}: {len(table.lines)} lines by {table.group}")


def told(tally: Tally) -> dict[str, object]:
    """Return figures as a program reads them; what is unknown is null."""
    return {
        **{"visits": tally.visits, "not_made": tally.not_made, "met": tally.met},
        **{"met_rate": tally.met_rate.rate, "met_interval": tally.met_rate.interval},
        **{"promise_rate": tally.promise_rate.rate, "kept_rate": tally.kept_rate.rate},
        **{"due": tally.due, "complaints": tally.complaints, "cost": tally.cost},
        "cost_per_visit": tally.cost_per_visit.value,
        "cost_per_met": tally.cost_per_met.value,
        "recovered": tally.recovered,
        "recovered_per_visit": tally.recovered_per_visit.value,
    }


def tell(facts: Facts, table: FigureTable) -> None:
    """Print figures line by line, and what is assumed in them."""
    from scheduler.figures import WITHIN_DAYS, Line, covered

    rows = [row(line) for line in (*table.lines, Line("total", table.total))]
    columns = (table.group.value, *HEADERS, *MONEY)
    title = f"{facts.span.first} to {facts.span.last}"
    answer_table(title, columns, rows, right=columns[1:])
    all_cases = covered("", facts.cases, facts.today)
    within = (
        f"{rate(share)} within {days} days"
        for days, share in zip(WITHIN_DAYS, all_cases.shares, strict=True)
    )
    answer(
        f"{all_cases.cases:,} open cases: visited {', '.join(within)}; {all_cases.never:,} never"
    )
    say(
        f"[dim]* of fewer than {TOO_FEW}. A payment is put down to the last visit that met the "
        f"borrower in the {facts.days_to_pay} days before it: no proof of a cause.[/]"
    )


def row(line: Line) -> list[str]:
    """Return the cells of a line."""
    tally = line.tally
    rates = (tally.met_rate, tally.promise_rate, tally.kept_rate)
    means = (tally.cost_per_visit, tally.cost_per_met, tally.recovered_per_visit)
    key, counts = key_of(line) or "not told", [f"{tally.visits:,}", f"{tally.not_made:,}"]
    return [key, *counts, *map(rate, rates), f"{tally.complaints:,}", *map(mean, means)]


def key_of(line: Line) -> str:
    """Return the key of a line; small groups together have a name that no group has."""
    return TOGETHER if line.is_together else line.key


def rate(share: Share) -> str:
    """Write a rate in percent; one of too few with a star, an unknown one as a dash."""
    if share.rate is None:
        return UNKNOWN
    return f"{share.rate:.0%}{'*' if share.is_few else ''}"


def mean(told: Mean) -> str:
    return UNKNOWN if told.value is None else f"{told.value:,.2f}{'*' if told.is_few else ''}"


def scorecard(
    context: typer.Context,
    city: CityOption = None,
    first: FirstOption = None,
    last: LastOption = "today",
    collectors: Annotated[
        bool, typer.Option("--collectors", help="Of each collector instead of each agency.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Tell how agencies or collectors work; recovered money is at most half of a score."""
    from data.figures import weights_of
    from scheduler.figures import agency_cards, collector_cards

    desk = opened(context, city)
    facts = read_facts(desk, first, last, None, of_people=True)
    weights = weights_of(desk.wired.home.path)
    cards = (collector_cards if collectors else agency_cards)(facts, weights)
    if as_json:
        answer_json(
            [
                {"whose": c.whose, "visits": c.tally.visits, "total": c.total, **c.parts}
                for c in cards
            ]
        )
        return
    columns = ("whose", "visits", "total", *(f"{p} ({w:.0%})" for p, w in weights.parts.items()))
    rows = [
        (
            card.whose or "the lender's own",
            f"{card.tally.visits:,}{'*' if card.is_few else ''}",
            score(card.total),
            *(score(card.parts[part]) for part in weights.parts),
        )
        for card in cards
    ]
    answer_table(f"{facts.span.first} to {facts.span.last}", columns, rows, right=columns[1:])
    version, source = escaped(weights.version), escaped(weights.source)
    say(f"[dim]* of fewer than {TOO_FEW}. Weights {version}: {source}[/]")


def score(value: float | None) -> str:
    return UNKNOWN if value is None else f"{100 * value:.0f}"
