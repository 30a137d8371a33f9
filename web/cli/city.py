"""`dayround city`: the roads and addresses of a place of work."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from web.cli.city_geocoders import EPILOG, geocoders
from web.cli.city_report import as_plain, is_far_from, show
from web.cli.common import JsonOption, answer, answer_json, answer_list, fail, say, session
from web.cli.compiling import telling
from web.cli.cutting import BoxOption, WithinOption, area, prepared

if TYPE_CHECKING:
    from data.cities import CityFiles, CityReport, OnStep
    from scheduler.model import City
    from web.wiring import Wired

USUAL = {
    "CN": ("Asia/Shanghai", "CNY"),
    "US": ("America/New_York", "USD"),
    "US-MA": ("America/New_York", "USD"),
    "IN": ("Asia/Kolkata", "INR"),
    "UK": ("Europe/London", "GBP"),
    "ID": ("Asia/Jakarta", "IDR"),
    "PH": ("Asia/Manila", "PHP"),
    "TH": ("Asia/Bangkok", "THB"),
    "VN": ("Asia/Ho_Chi_Minh", "VND"),
    "KR": ("Asia/Seoul", "KRW"),
    "JP": ("Asia/Tokyo", "JPY"),
    "TW": ("Asia/Taipei", "TWD"),
    "CO": ("America/Bogota", "COP"),
}
"""Zone and currency taken for a profile where none is given; the answer shows them."""

city = typer.Typer(no_args_is_help=True, help="Add a city, and see the cities there are.")

GATES = {"lenient": False, "strict": True}

ProfileOption = Annotated[
    str | None,
    typer.Option("--profile", help="Contact rules that hold there, as in CN or US; needed once."),
]
ZoneOption = Annotated[
    str | None, typer.Option("--zone", help="Time zone, as in Asia/Shanghai; the profile's usual.")
]
CurrencyOption = Annotated[
    str | None, typer.Option("--currency", help="Of the book, as in CNY; the profile's usual.")
]
OwnersOption = Annotated[
    str | None,
    typer.Option(
        "--owners",
        help="A case's owner is 'fixed' (must be in the crew), 'preferred' or 'ignored'.",
    ),
]
PeaksOption = Annotated[
    str | None,
    typer.Option(
        "--peaks",
        metavar="usual|none|FILE",
        help="Roads that are slower at some hours: the house's assumptions, or a table of yours. "
        "None unless said.",
    ),
]


def register(app: typer.Typer) -> None:
    city.command("geocoders", epilog=EPILOG)(geocoders)
    app.add_typer(city, name="city")


@city.command(
    "add",
    epilog=(
        "Examples: [bold]dayround city add ningzhou ningzhou.osm.pbf[/], "
        "[bold]city add ningbo zhejiang.osm.pbf --within 宁波市[/], "
        "[bold]city add bay north.osm.pbf south.osm.pbf --bbox 121.4,29.7,121.7,30.0[/]"
    ),
)
def add(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="What you call the city.")],
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILE...",
            help="A .osm, .osm.pbf or OSMnx .graphml extract; of OpenStreetMap's several, merged.",
        ),
    ],
    within: WithinOption = None,
    bbox: BoxOption = None,
    profile: ProfileOption = None,
    zone: ZoneOption = None,
    currency: CurrencyOption = None,
    owners: OwnersOption = None,
    peaks: PeaksOption = None,
    as_json: JsonOption = False,
) -> None:
    """Read the roads and addresses of an extract; say what is cut off and why."""
    chosen = area(within, bbox)

    def read(cities: CityFiles, on_step: OnStep) -> CityReport:
        with prepared(cities, name, files, chosen) as extract:
            return cities.add(name, extract, on_step)

    make(context, name, Said(profile, zone, currency, owners, peaks), read, as_json=as_json)


@city.command("fetch", epilog='Example: [bold]dayround city fetch ningbo "Ningbo, China"[/]')
def fetch(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="What you call the city.")],
    place: Annotated[str, typer.Argument(help="What OpenStreetMap calls it.")],
    profile: ProfileOption = None,
    zone: ZoneOption = None,
    currency: CurrencyOption = None,
    owners: OwnersOption = None,
    peaks: PeaksOption = None,
    as_json: JsonOption = False,
) -> None:
    """Download the roads of a place from OpenStreetMap; only the place's name is sent."""

    def read(cities: CityFiles, on_step: OnStep) -> CityReport:
        return cities.fetch(name, place, on_step)

    make(context, name, Said(profile, zone, currency, owners, peaks), read, as_json=as_json)


@city.command(
    "set", epilog="Example: [bold]dayround city set ningzhou --gate strict --balance-days 3[/]"
)
def set_city(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="Which city.")],
    gate: Annotated[
        str | None,
        typer.Option(
            "--gate",
            help="In a book without any contact data 'strict' visits nobody; 'lenient' warns.",
        ),
    ] = None,
    balance_days: Annotated[
        int | None,
        typer.Option(
            "--balance-days", min=1, max=365, help="Balances told longer ago count as old."
        ),
    ] = None,
    learn: Annotated[
        bool | None,
        typer.Option(
            "--learn-availability/--assume-availability",
            help="Whether what visits told teaches when somebody is met, or the house's priors do.",
        ),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Set how a city takes what it does not know of contacts, payments and who is in when."""
    here = session(context)
    wired = here.wired()
    before = wired.store.city(name)
    if gate not in (None, *GATES):
        fail(f"--gate {gate!r} is none of {', '.join(GATES)}")
    after = replace(
        before,
        is_gate_strict=before.is_gate_strict if gate is None else GATES[gate],
        balance_days=balance_days or before.balance_days,
        learns_availability=before.learns_availability if learn is None else learn,
    )
    with wired.store.writing(wired.ports.by(here.actor)) as writer:
        writer.put_city(after)
    gate_now = next(word for word, strict in GATES.items() if strict is after.is_gate_strict)
    learns = after.learns_availability
    told = {"gate": gate_now, "balance_days": after.balance_days, "learns_availability": learns}
    answer_json(told) if as_json else answer(
        f"{name}: gate {gate_now}, balances are old after {after.balance_days} days, "
        f"when somebody is met is {'learned' if learns else 'assumed'}"
    )


@city.command("list")
def list_cities(context: typer.Context, as_json: JsonOption = False) -> None:
    """List the cities and their settings."""
    cities = session(context).wired().store.cities()
    columns = ("name", "profile", "zone", "currency", "owner_policy")
    rows = [[str(getattr(one, column)) for column in columns] for one in cities]
    answer_list("Cities", columns, rows, as_json=as_json)


def make(
    context: typer.Context,
    name: str,
    said: Said,
    read: Callable[[CityFiles, OnStep], CityReport],
    *,
    as_json: bool,
) -> None:
    """Read a city's roads and addresses, keep it with its settings, and tell what was found."""
    from data.peak_hours import put_table

    here = session(context)
    wired = here.wired()
    before = next((one for one in wired.store.cities() if one.name == name), None)
    settled = said.over(before or usual(name, said.profile or "CN"))
    wired.ports.profiles.rules(settled.profile)
    folder, table = wired.cities.path(name), said.table
    with telling():
        report = read(wired.cities, lambda step: say(f"{name}: {step} …"))
    if table is not None:
        put_table(table, folder)
    with telling():
        wired.cities.prepare_peaks(name, lambda step: say(f"{name}: {step} …"))
    with wired.store.writing(wired.ports.by(here.actor)) as writer:
        writer.put_city(settled)
    answer_json(as_plain(report)) if as_json else show(settled, report)
    tell_unsigned(wired, settled)
    if is_far_from(settled.zone, report):
        say(f"[yellow]the extract lies far from {settled.zone}[/]: are --profile and --zone right?")


def tell_unsigned(wired: Wired, city: City) -> None:
    """Say that a compliance officer has to sign values of the city's rules first, if so."""
    from scheduler.signing import UnsignedProfileError

    try:
        wired.ports.signed_rules(city)
    except UnsignedProfileError as error:
        say(f"[yellow]{city.name}:[/] {error}")


@dataclass(frozen=True)
class Said:
    """What was said of a city; what was not stays as it is."""

    profile: str | None
    zone: str | None
    currency: str | None
    owners: str | None
    peaks: str | None

    @property
    def table(self) -> str | None:
        """The table of peaks to keep, '' for none; None where nothing was said of them."""
        from data.peak_hours import chosen_table

        return None if self.peaks is None else chosen_table(self.peaks)

    def over(self, city: City) -> City:
        """Return the city's settings with what was said."""
        from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

        from scheduler.model import OwnerPolicy

        try:
            ZoneInfo(self.zone or city.zone)
        except (ZoneInfoNotFoundError, ValueError):
            fail(f"{self.zone!r} is no time zone; write it as in Asia/Shanghai")
        if self.owners is not None and self.owners not in list(OwnerPolicy):
            fail(f"--owners {self.owners!r} is none of {', '.join(OwnerPolicy)}")
        return replace(
            city,
            profile=self.profile or city.profile,
            zone=self.zone or city.zone,
            currency=self.currency or city.currency,
            owner_policy=OwnerPolicy(self.owners or city.owner_policy),
        )


def usual(name: str, profile: str) -> City:
    """Return the settings that a new city has where nothing else is said."""
    from scheduler.model import City

    zone, currency = USUAL.get(profile, ("UTC", "USD"))
    return City(name, zone, profile, currency)
