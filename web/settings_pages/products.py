"""Which products are secured: results about collateral are offered for those."""

from __future__ import annotations

from flask import flash, redirect, request, url_for

from data.access import Role
from data.secured import SecuredSetting, SecuredSettingError, say_secured, secured_setting
from data.store.products import products_of
from web.auth.access import by, needs
from web.context import wired
from web.language import t
from web.phrases import said
from web.settings_pages.reach import only_for_the_whole_city
from web.settings_pages.room import Answer, page, settings

SECURED, UNSECURED = "secured", "unsecured"


@settings.get("/cities/<city>/products")
@needs(Role.ADMINISTRATOR)
def products(city: str) -> str:
    """Show of each product of the book whether it is secured."""
    only_for_the_whole_city(city)
    setting, problem = SecuredSetting(), ""
    try:
        setting = secured_setting(wired().cities.path(city))
    except SecuredSettingError as error:
        problem = said(str(error))
    kinds = kinds_of(city, setting)
    return page("products", "cities", city=city, setting=setting, kinds=kinds, problem=problem)


@settings.post("/cities/<city>/products")
@needs(Role.ADMINISTRATOR)
def keep_products(city: str) -> Answer:
    """Keep what is said of each product."""
    only_for_the_whole_city(city)
    form = request.form
    told = dict(zip(form.getlist("product"), form.getlist("kind"), strict=False))
    lists = [[name for name, kind in told.items() if kind == one] for one in (SECURED, UNSECURED)]
    with wired().store.writing(by()) as writer:
        say_secured(wired().cities.path(city), writer, by(), *lists)
    flash(t("Kept: which products are secured."))
    return redirect(url_for("settings.products", city=city))


def kinds_of(city: str, setting: SecuredSetting) -> dict[str, str]:
    """Return what is said of each product: of those in the book, and of those told before."""
    said_of = dict.fromkeys(setting.secured, SECURED) | dict.fromkeys(setting.unsecured, UNSECURED)
    found = products_of(wired().store.engine, city)
    return {name: said_of.get(name, "") for name in sorted({*found, *said_of})}
