"""`dayround city geocoders`: which map services a city's addresses may be sent to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from web.cli.common import (
    JsonOption,
    YesOption,
    answer,
    answer_json,
    answer_table,
    escaped,
    fail,
    needs_an_answer,
    session,
)

if TYPE_CHECKING:
    from data.online import Online
    from data.online_geocoders import OnlineSetting
    from web.wiring import Wired

COLUMNS = ("service", "where", "key", "seconds apart", "a day", "days kept")
EPILOG = (
    "Examples: [bold]dayround city geocoders ningbo[/], "
    "[bold]city geocoders ningbo --use amap,nominatim --called 宁波市[/], "
    "[bold]city geocoders ningbo --none --forget[/]"
)


def geocoders(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="The city.")],
    use: Annotated[
        str | None,
        typer.Option("--use", metavar="NAMES", help="Switch these on, in this order: amap,baidu."),
    ] = None,
    none: Annotated[bool, typer.Option("--none", help="Switch all of them off.")] = False,
    called: Annotated[
        str | None, typer.Option("--called", help="What they call the city, as in 宁波市.")
    ] = None,
    forget: Annotated[
        bool, typer.Option("--forget", help="Delete what they have answered so far.")
    ] = False,
    yes: YesOption = False,
    as_json: JsonOption = False,
) -> None:
    """Show, or switch, the map services that addresses may be sent to; none unless switched on."""
    here = session(context)
    wired = here.wired()
    wired.store.city(name)
    online = wired.cities.online(name)
    if use is not None and none:
        fail("--use switches services on and --none all of them off: say one of them")
    if use is not None or none:
        chosen = [] if none else [one.strip() for one in (use or "").split(",") if one.strip()]
        by = wired.ports.by(here.actor)
        setting = online.choice(by, chosen, called or known_name(wired, name))
        agree(setting, yes=yes)
        with wired.store.writing(by) as writer:
            online.switch(writer, setting)
    if forget:
        answer(f"{online.answers.forget():,} answers are deleted")
    show(online, as_json=as_json)


def agree(setting: OnlineSetting, *, yes: bool) -> None:
    """Tell what it means that addresses leave, and ask; nothing is asked of who switches off."""
    from data.online_geocoders import notice

    if setting.use:
        answer(escaped(notice(setting)))
        needs_an_answer("May these addresses leave the building?", yes=yes)


def known_name(wired: Wired, city: str) -> str:
    """Return what services call a city: as was said before, else as its own map does."""
    return wired.cities.online(city).setting.city or wired.cities.usual_name(city)


def show(online: Online, *, as_json: bool) -> None:
    setting, lacking = online.setting, online.lacking()
    rows = [row_of(setting, service, lacking) for service in setting.use]
    if as_json:
        services = [dict(zip(COLUMNS, row, strict=True)) for row in rows]
        answer_json(
            {
                "services": services,
                "said_by": setting.said_by,
                "said_at": setting.said_at,
                "called": setting.city,
                "answers_kept": online.answers.count(),
            }
        )
    elif rows:
        answer_table(f"Map services of {online.folder.name}", COLUMNS, rows)
        if lacking:
            answer(f"[yellow]without a key, and not asked:[/] set {', '.join(lacking)}")
        answer(f"switched on by {escaped(setting.said_by)}, {setting.said_at}")
        answer(f"they call the city {escaped(setting.city or 'nothing: say --called')}")
        answer(f"{online.answers.count():,} answers are kept; --forget deletes them")
    else:
        answer(f"no address of {escaped(online.folder.name)} leaves the building")


def row_of(setting: OnlineSetting, service: str, lacking: list[str]) -> tuple[object, ...]:
    from data.geocoder_keys import variable
    from data.online_geocoders import home_of
    from routing.geocoders.services import SERVICES

    key = "is there" if SERVICES[service].needs_key else "none needed"
    if variable(service) in lacking:
        key = "lacking"
    figures = (setting.of(service, what) for what in ("every_s", "a_day", "days"))
    return (service, home_of(setting, service), key, *figures)
