"""Commands for the rules: which profiles there are, what they say, and what they say to a visit."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time
from typing import TYPE_CHECKING, Annotated

import typer

from web.cli import rule_lines
from web.cli.common import (
    CityOption,
    DateArgument,
    JsonOption,
    answer,
    answer_json,
    answer_list,
    fail,
    opened,
    session,
)

if TYPE_CHECKING:
    from scheduler.rules import Duty, Fact, RuleSet
    from scheduler.trying_rules import Said

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
    if as_json:
        answer_json([dict(zip(COLUMNS, row, strict=True)) for row in _rows(found)])
    else:
        rule_lines.profile(found)


def _rows(found: RuleSet) -> Iterator[tuple[object, ...]]:
    tables = {"visits": found.facts, "calls": found.calls, "keeping": found.keeping}
    for about, table in tables.items():
        for name, facts in table.items():
            yield from ((about, name, _value(fact), *_authority(fact)) for fact in facts)
    for duty in found.duties:
        yield ("duty", "", duty.text, *_authority(duty))


def _value(fact: Fact) -> object:
    from data.plain import to_plain

    told = to_plain(fact.value)
    if fact.with_consent is None:
        return told
    return {"value": told, "with_consent": to_plain(fact.with_consent)}


def _authority(told: Fact | Duty) -> tuple[str, ...]:
    seen = f"{told.seen}, draft" if told.is_draft else told.seen
    return (told.layer, str(told.effective or "not seen"), seen, told.source, told.version)


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
    if as_json:
        answer_json([_plain(one) for one in said])
        return
    answer(f"{case} on {day.on} at {begins:%H:%M}, by {crew}:")
    rule_lines.tried(said)


def _plain(one: Said) -> dict[str, str]:
    return {
        "place": f"{one.place.kind} {one.place.id}",
        "rule": one.rule,
        "answer": rule_lines.answer_of(one),
        "why": one.text,
        "authority": rule_lines.authority(one.fact),
        "layer": str(one.fact.layer),
        "seen": one.fact.seen,
        "source": one.fact.source,
        "version": one.fact.version,
    }
