"""Which products of a city are secured by a vehicle or other collateral, where somebody says so.

The book does not tell. `products.toml` in the city's folder does, as an administrator has said it:

    secured = ["auto loan"]           # results about the collateral are offered
    unsecured = ["credit card"]       # and here they are not
    said_by = "li"
    said_at = 2026-11-23T09:00:00+08:00

Of a product that stands in neither list nothing is known: the results are offered then.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from data.said_of_city import fault_of_texts, fault_of_unknown, read_said
from data.toml_text import put_text, toml_lines
from scheduler.errors import DayroundError
from scheduler.ports import By, Writer

SETTING = "products.toml"
EVENT = "city.products"
LISTS = ("secured", "unsecured")
KNOWN = (*LISTS, "said_by", "said_at")


class SecuredSettingError(DayroundError, ValueError):
    """A products.toml with a fault; the message names the file's city and says which."""


@dataclass(frozen=True, slots=True)
class SecuredSetting:
    """Which products are secured and which are not, who said so and when."""

    secured: tuple[str, ...] = ()
    unsecured: tuple[str, ...] = ()
    said_by: str = ""
    said_at: datetime | None = None

    def may_be_secured(self, products: Iterable[str]) -> bool:
        """Tell whether a visit for contracts of these products may be about collateral.

        It is not where every one is known to be unsecured. A visit whose contracts have been
        closed meanwhile has none left to ask: it may be.
        """
        told = set(products)
        return not told or not told <= set(self.unsecured)


def secured_setting(folder: Path) -> SecuredSetting:
    """Return what a city's folder says; without a file, nothing is known.

    Raises
    ------
    SecuredSettingError
        Where it is not understood.
    """
    raw = read_said(folder / SETTING, fault_of, SecuredSettingError)
    secured, unsecured = (tuple(raw.get(one, ())) for one in LISTS)
    return SecuredSetting(secured, unsecured, raw.get("said_by", ""), raw.get("said_at"))


def known_secured(folder: Path) -> SecuredSetting:
    """Return what a city's folder says, and that nothing is known where it is not understood."""
    try:
        return secured_setting(folder)
    except SecuredSettingError:
        return SecuredSetting()


def say_secured(
    folder: Path, writer: Writer, by: By, secured: Collection[str], unsecured: Collection[str]
) -> SecuredSetting:
    """Keep which products are secured and which are not; that is an event of the book."""
    chosen = SecuredSetting(tuple(sorted(secured)), tuple(sorted(unsecured)), by.actor, by.at)
    before = _lists(known_secured(folder))
    writer.note(EVENT, folder.name, city=folder.name, before=before, after=_lists(chosen))
    told = _lists(chosen) | {"said_by": chosen.said_by, "said_at": chosen.said_at}
    put_text(folder / SETTING, "\n".join(toml_lines(told)) + "\n")
    return chosen


def fault_of(raw: Mapping[str, Any]) -> str:
    """Return what is wrong with a setting, in words; empty where nothing is."""
    if fault := fault_of_unknown(raw, KNOWN):
        return fault
    for name in LISTS:
        told = raw.get(name, [])
        if not isinstance(told, list) or not all(isinstance(one, str) for one in told):
            return f'{name} is no list of products; write it as in ["auto loan"]'
    if both := sorted(set(raw.get("secured", ())) & set(raw.get("unsecured", ()))):
        return f"{both[0]!r} is both secured and unsecured; write it once"
    return fault_of_texts(raw, "said_by")


def _lists(setting: SecuredSetting) -> dict[str, Any]:
    return {"secured": list(setting.secured), "unsecured": list(setting.unsecured)}
