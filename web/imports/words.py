"""Fields, and what stands on rows of a list, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flask_babel import LazyString

from data.readers.columns import Column
from data.readers.templates import REGISTRIES
from data.store.imports.standing import KeptRow, Standing, Why
from data.store.imports.taking_back import STAYING, what_happens
from web.imports.columns import title_of
from web.language import lazy_t, t

ALIASES = {
    "is_assigned": "assigned",
    "visited_at": "last_visit",
    "stops": "stop",
    "is_valid": "home_valid",
    "point": "lat",
    "borrower_id": "client_id",
    "window": "start",
    "max_overtime": "overtime",
    "collector_id": "collector",
    "is_senior": "senior",
}
"""Fields of the domain that another name's column tells."""

OTHERS: Mapping[str, LazyString] = {
    "loan_case": lazy_t("the case"),
    "borrower": lazy_t("the borrower"),
    "place": lazy_t("the place"),
    "collector": lazy_t("the collector"),
    "shift": lazy_t("the shift"),
    "balance": lazy_t("the balance"),
    "payment": lazy_t("the payment"),
    "contact": lazy_t("the contact"),
    "case_score": lazy_t("the score"),
    "wish": lazy_t("the wish"),
    "promise": lazy_t("the promise"),
    "pair": lazy_t("the pair"),
    "closed_at": lazy_t("open or closed"),
    "corrected_by": lazy_t("corrected by another"),
    "is_paid": lazy_t("paid off"),
    "is_listed": lazy_t("told by a list"),
    "confidence": lazy_t("position"),
    "precision": lazy_t("position"),
    "radius_m": lazy_t("position"),
    "looked_up": lazy_t("position"),
    "matched": lazy_t("position"),
    "unmatched": lazy_t("position"),
}

WENT: Mapping[str, LazyString] = {
    "restored": lazy_t("as before"),
    "closed": lazy_t("closed"),
    "removed": lazy_t("taken out"),
}
"""What taking back does to a row."""

REASONS: Mapping[Why, LazyString] = {
    Why.VISITED: lazy_t("visited since"),
    Why.CONTACTED: lazy_t("a contact was logged since"),
    Why.PAID: lazy_t("a payment came in since"),
    Why.RESTRAINED: lazy_t("a pause, wish or consent was entered since"),
    Why.HANDED: lazy_t("a case was given to somebody else since, for a day or for good"),
    Why.EMPLOYED: lazy_t("has shifts, pairs, a crew or a log-in, or stood in for somebody"),
    Why.BEGUN: lazy_t("the day has begun"),
}


def field_name(name: str) -> str:
    """Return a field of the domain in the person's language."""
    if name in OTHERS:
        return str(OTHERS[name])
    column = _columns().get(ALIASES.get(name, name))
    return title_of(column) if column else name.replace("_", " ")


def _columns() -> dict[str, Column]:
    """Return all columns by field; of several of one name, that of the first kind of list."""
    lists = reversed(list(REGISTRIES.values()))
    return {one.field: one for registry in lists for one in registry.columns}


def what_went(rows: Sequence[KeptRow]) -> str:
    """Say what taking back does, or did, to somebody's rows: each kind of row once."""
    told = (_went(one) for one in rows if one.table not in STAYING or not one.was_added)
    return t("; ").join(dict.fromkeys(told))


def _went(one: KeptRow) -> str:
    fields = one.after if one.before and one.after else ()
    names = t(", ").join(dict.fromkeys(map(field_name, sorted(fields))))
    words = f"{field_name(one.table)}{t(': ')}{WENT[what_happens(one)]}"
    return f"{words} ({names})" if names else words


def reason(standing: Standing) -> str:
    """Say why what is somebody's stays."""
    if standing.why is Why.IMPORTED:
        return t("import %(number)s changed it since", number=standing.detail)
    if standing.why is Why.EDITED:
        names = dict.fromkeys(map(field_name, standing.detail.split(", ")))
        return t("changed since: %(fields)s", fields=t(", ").join(names))
    return str(REASONS[standing.why])
