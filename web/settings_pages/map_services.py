"""The map services that a city's addresses may be sent to: switched here, with consent."""

from __future__ import annotations

from dataclasses import dataclass

from flask import flash, g, redirect, request, url_for

from data.access import Role
from data.geocoder_keys import GeocoderKeyError
from data.online import Online
from data.online_geocoders import GeocoderSettingError, OnlineSetting, where
from routing.geocoders.services import SERVICES
from web.auth.access import by, needs
from web.context import wired
from web.language import t
from web.phrases import said
from web.settings_pages.reach import only_for_the_whole_city
from web.settings_pages.room import Answer, page, settings

TURNS = ("first", "second", "third")
"""Fields of the form: who is asked first, and who for what that one does not know."""


@dataclass(frozen=True)
class MapServices:
    """The panel: what is on, what is chosen in the form, and what is wrong."""

    setting: OnlineSetting
    chosen: tuple[str, ...]
    called: str
    lacking: tuple[str, ...] = ()
    problem: str = ""

    @property
    def options(self) -> dict[str, str]:
        return {name: where(self.setting, name) for name in SERVICES}


def shown_services(city: str) -> MapServices:
    """Return how a city's map services stand."""
    online = wired().cities.online(city)
    try:
        setting, lacking = online.setting, tuple(online.lacking())
    except (GeocoderSettingError, GeocoderKeyError) as error:
        return MapServices(OnlineSetting(), (), "", problem=said(str(error)))
    called = setting.city or wired().cities.usual_name(city)
    return MapServices(setting, setting.use, called, lacking)


@settings.get("/cities/<city>/map-services")
@needs(Role.ADMINISTRATOR)
def map_services(city: str) -> str:
    """Show which map services a city's addresses may be sent to."""
    only_for_the_whole_city(city)
    return panel(shown_services(city))


@settings.post("/cities/<city>/map-services")
@needs(Role.ADMINISTRATOR)
def switch_map_services(city: str) -> Answer:
    """Switch services on, where the administrator agrees that addresses leave, or off."""
    only_for_the_whole_city(city)
    told = request.form
    chosen = tuple(dict.fromkeys(filter(None, (told.get(turn, "") for turn in TURNS))))
    online, called = wired().cities.online(city), told.get("called", "").strip()
    problem = "" if "consent" in told or not chosen else t("Tick that addresses may leave.")
    problem = problem or switched(online, chosen, called)
    if problem:
        stands = shown_services(city)
        return panel(MapServices(stands.setting, chosen, called, stands.lacking, problem)), 400
    flash(t("Kept: addresses may go to the services chosen.") if chosen else t("Kept: off."))
    return redirect(url_for("settings.map_services", city=city))


def switched(online: Online, chosen: tuple[str, ...], called: str) -> str:
    """Keep the choice; return what is wrong with it, '' where nothing is."""
    try:
        setting = online.choice(by(), chosen, called)
        with wired().store.writing(by()) as writer:
            online.switch(writer, setting)
    except GeocoderSettingError as error:
        return said(str(error))
    return ""


def panel(services: MapServices) -> str:
    return page("map_services", "cities", services=services, turns=TURNS, city=g.city.name)
