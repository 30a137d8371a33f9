"""The navigators that may be told where a door is: allowed here, with consent."""

from __future__ import annotations

from flask import flash, redirect, request, url_for

from data.access import Role
from data.navigators import NavigatorSetting, NavigatorSettingError, allow, navigator_setting
from routing.navigation import NAVIGATORS
from web.auth.access import by, needs
from web.context import wired
from web.language import t
from web.phrases import said
from web.settings_pages.reach import only_for_the_whole_city
from web.settings_pages.room import Answer, page, settings


@settings.get("/cities/<city>/navigators")
@needs(Role.ADMINISTRATOR)
def navigators(city: str) -> str:
    """Show which navigators collectors of a city may open."""
    only_for_the_whole_city(city)
    return _panel(city)


@settings.post("/cities/<city>/navigators")
@needs(Role.ADMINISTRATOR)
def allow_navigators(city: str) -> Answer:
    """Allow navigators, where the administrator agrees that doors leave, or none."""
    only_for_the_whole_city(city)
    chosen = tuple(request.form.getlist("use"))
    if chosen and "consent" not in request.form:
        return _panel(city, chosen, t("Tick that positions of doors may leave.")), 400
    try:
        with wired().store.writing(by()) as writer:
            allow(wired().cities.path(city), writer, by(), chosen)
    except NavigatorSettingError as error:
        return _panel(city, chosen, said(str(error))), 400
    flash(t("Kept: collectors may open these navigators.") if chosen else t("Kept: none."))
    return redirect(url_for("settings.navigators", city=city))


def _panel(city: str, chosen: tuple[str, ...] | None = None, problem: str = "") -> str:
    """Return the page as it stands, or with what was chosen in vain."""
    try:
        setting = navigator_setting(wired().cities.path(city))
    except NavigatorSettingError as error:
        setting, problem = NavigatorSetting(), problem or said(str(error))
    return page(
        "navigators",
        "cities",
        city=city,
        setting=setting,
        chosen=setting.use if chosen is None else chosen,
        navigators=NAVIGATORS,
        problem=problem,
    )
