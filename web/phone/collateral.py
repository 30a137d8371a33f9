"""Whether results about collateral belong to a visit: the same for all forms and phones."""

from __future__ import annotations

from data.secured import known_secured
from data.store.rounds import RoundStop
from web.context import wired


def may_have_collateral(city: str, visit: RoundStop) -> bool:
    """Tell whether one of a visit's contracts may be secured, as far as the city has said."""
    setting = known_secured(wired().cities.path(city))
    return setting.may_be_secured(one.product for one in visit.cases)
