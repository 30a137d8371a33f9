"""Cities: their settings, and the rules that hold there."""

from __future__ import annotations

from flask import flash, g, redirect, request, url_for

from data.access import Role
from data.profiles import InvalidProfileError
from scheduler.errors import UnknownProfileError
from scheduler.rules import RuleSet
from web.auth.access import by, my_cities, needs
from web.context import wired
from web.language import t
from web.settings_pages.city_fields import profile_names, zones
from web.settings_pages.city_form import (
    ASSUMPTIONS,
    CALENDAR_CHOICES,
    CALENDARS,
    DESK,
    GATE,
    GATE_CHOICES,
    LEARNING,
    LEARNING_CHOICES,
    PLACE,
    POSITION_CHOICES,
    POSITIONS,
    read_city,
    version,
    written,
)
from web.settings_pages.reach import only_for_the_whole_city, reach
from web.settings_pages.room import Answer, page, settings
from web.settings_pages.rules import calls_of, keeping_of, lines_of
from web.settings_pages.words import OWNER_POLICIES, PROFILE_TITLES


@settings.get("/cities")
@needs(Role.ADMINISTRATOR, Role.COMPLIANCE)
def cities() -> str:
    """List the cities and their settings."""
    roles = (Role.ADMINISTRATOR, Role.COMPLIANCE)
    mine = {city.name: city for role in roles for city in my_cities(role)}
    known = sorted(mine.values(), key=lambda city: city.name)
    return page("cities", "cities", cities=[(one, reach().covers(one.name)) for one in known])


@settings.get("/cities/<city>")
@needs(Role.ADMINISTRATOR)
def city_settings(city: str) -> str:
    """Show a city's settings as a form."""
    only_for_the_whole_city(city)
    return editing(written(g.city), {})


@settings.post("/cities/<city>")
@needs(Role.ADMINISTRATOR)
def keep_city(city: str) -> Answer:
    """Keep a city's settings, or say beside each field what is wrong."""
    only_for_the_whole_city(city)
    form = request.form.to_dict()
    if form.get("version") != version(g.city):
        text = t("Somebody changed these settings meanwhile. This is how they are now.")
        return editing(written(g.city), {}, text), 409
    new, wrong = read_city(g.city, form)
    if wrong:
        return editing(form, wrong, t("Nothing was kept: mend what is marked.")), 400
    with wired().store.writing(by()) as writer:
        writer.put_city(new)
    flash(t("The settings of %(city)s are kept.", city=city))
    return redirect(url_for("settings.city_settings", city=city))


@settings.get("/cities/<city>/rules")
@needs(Role.ADMINISTRATOR, Role.COMPLIANCE)
def city_rules(city: str) -> str:  # noqa: ARG001
    """Show the rules of a city's profile, law and house apart."""
    rules = rules_of(g.city.profile)
    law, house = lines_of(rules) if rules else ((), ())
    return page(
        "rules", "cities", rules=rules, law=law, house=house,
        calls=calls_of(rules) if rules else (), keeping=keeping_of(rules) if rules else (),
    )  # fmt: skip


def rules_of(profile: str) -> RuleSet | None:
    """Return a profile, None where it is unknown or broken: then the page says so."""
    try:
        return wired().ports.profiles.rules(profile)
    except (UnknownProfileError, InvalidProfileError):
        return None


def editing(values: dict[str, str], wrong: dict[str, str], problem: str = "") -> str:
    """Return the form with these values and faults."""
    return page(
        "city",
        "cities",
        values=values,
        wrong=wrong,
        problem=problem,
        version=version(g.city),
        place=PLACE,
        assumptions=ASSUMPTIONS,
        calendars=CALENDARS,
        positions=POSITIONS,
        learning=LEARNING,
        gate=GATE,
        desk=DESK,
        choices={
            "profile": {name: profile_title(name) for name in profile_names()},
            "owner_policy": OWNER_POLICIES,
            "calendar_details": CALENDAR_CHOICES,
            "learns_doors": POSITION_CHOICES,
            "is_gate_strict": GATE_CHOICES,
            "learns_availability": LEARNING_CHOICES,
        },
        zones=zones(),
    )


def profile_title(name: str) -> str:
    """Return what a profile is called: CN · China."""
    title = PROFILE_TITLES.get(name) or t("unknown")
    return f"{name} · {title}"
