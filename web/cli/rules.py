"""Commands for the rules: which profiles there are, what they say, and what they say to a visit."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING, Annotated

import typer

from web.cli.common import (
    CityOption,
    DateArgument,
    JsonOption,
    answer,
    answer_json,
    answer_list,
    answer_table,
    fail,
    opened,
    session,
)

if TYPE_CHECKING:
    from scheduler.rules import Fact

rules = typer.Typer(no_args_is_help=True, help="Contact rules: list, show, and try on a visit.")
COLUMNS = ("about", "rule", "value", "layer", "since", "seen", "source", "version")


def register(app: typer.Typer) -> None:
    app.add_typer(rules, name="rules")


@rules.command("list", epilog="Example: [bold]dayround rules list[/]")
def list_profiles(context: typer.Context, as_json: JsonOption = False) -> None:
    """List the profiles, the installation's and those in the home's folder rules."""
    profiles = session(context).wired().ports.profiles
    found = [profiles.rules(name) for name in profiles.names()]
    columns = ("profile", "title", "version", "rules", "to sign")
    rows = [
        (
            one.profile,
            one.title,
            one.version,
            sum(map(len, one.facts.values())),
            sum(fact.needs_signature for facts in one.facts.values() for fact in facts),
        )
        for one in found
    ]
    answer_list(f"{len(rows)} profiles", columns, rows, as_json=as_json)


@rules.command("show", epilog="Example: [bold]dayround rules show US-MA[/]")
def show(
    context: typer.Context,
    profile: Annotated[str, typer.Argument(metavar="PROFILE", help="As in CN.")],
    as_json: JsonOption = False,
) -> None:
    """Show every value of a profile: of which layer, since when, and where it stands."""
    found = session(context).wired().ports.profiles.rules(profile)
    rows = [
        (about, name, _value(fact), *_authority(fact))
        for about, table in (("visits", found.facts), ("calls", found.calls))
        for name, facts in table.items()
        for fact in facts
    ]
    rows += [
        ("duty", "", one.text, one.layer, str(one.effective or "not seen"), one.seen, one.source,
         one.version)
        for one in found.duties
    ]  # fmt: skip
    answer_list(f"{profile} {found.title}, version {found.version}", COLUMNS, rows, as_json=as_json)


def _value(fact: Fact) -> str:
    from data.plain import to_plain

    told = to_plain(fact.value)
    if fact.with_consent is None:
        return str(told)
    return f"{told}; with consent {to_plain(fact.with_consent)}"


def _authority(fact: Fact) -> tuple[str, ...]:
    seen = f"{fact.seen}, draft" if fact.is_draft else fact.seen
    return (fact.layer, str(fact.effective or "not seen"), seen, fact.source, fact.version)


@rules.command("test", epilog="Example: [bold]dayround rules test tomorrow C-17 --at 19:30[/]")
def try_on(
    context: typer.Context,
    on: DateArgument,
    case: Annotated[str, typer.Argument(metavar="CASE", help="The case's id.")],
    at: Annotated[str, typer.Option("--at", metavar="HH:MM", help="When it begins.")] = "10:00",
    crew: Annotated[int, typer.Option("--crew", min=1, help="How many come.")] = 2,
    city: CityOption = None,
    as_json: JsonOption = False,
) -> None:
    """Say which rules a visit would pass and which refuse it, at each of her places."""
    from scheduler.trying_rules import try_rules

    desk = opened(context, city)
    day = desk.wired.store.open_day(desk.city.name, desk.day(on))
    found = desk.wired.ports.profiles.rules(desk.city.profile)
    try:
        begins = datetime.combine(day.on, time.fromisoformat(at), desk.zone)
    except ValueError:
        fail(f"{at!r} is no time of day: write 19:30")
    said = try_rules(day, found, case, begins, crew)
    rows = [
        {
            "place": f"{one.place.kind} {one.place.id}",
            "rule": one.rule,
            "answer": _answer(one.text, is_set_aside=one.is_set_aside),
            "why": one.text,
            "authority": "law" if one.fact.is_law else "house",
            "layer": str(one.fact.layer),
            "seen": one.fact.seen,
            "source": one.fact.source,
            "version": one.fact.version,
        }
        for one in said
    ]
    if as_json:
        answer_json(rows)
        return
    answer_table(
        f"{case} on {day.on} at {at} by {crew}", list(rows[0]), [[*row.values()] for row in rows]
    )
    refused = [row for row in rows if row["answer"] == "refuses"]
    answer(f"{len(refused)} of {len(rows)} refuse it" if refused else "every rule lets it pass")


def _answer(text: str, *, is_set_aside: bool) -> str:
    if not text:
        return "passes"
    return "set aside" if is_set_aside else "refuses"
