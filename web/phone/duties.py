"""What collectors have to do at a door that no plan can check."""

from __future__ import annotations

from typing import Any

from data.profiles import InvalidProfileError
from scheduler.errors import UnknownProfileError
from scheduler.rules.base import Duty, DutyKind
from web.context import wired
from web.formats import day as format_day
from web.language import t
from web.phone.room import MyDay


def duties_of(day: MyDay) -> tuple[Duty, ...]:
    """Return what the rules of the city ask of collectors that no plan can check."""
    try:
        return wired().ports.profiles.rules(day.city.profile).duties_on(day.on)
    except (UnknownProfileError, InvalidProfileError):
        return ()


def duty_of(day: MyDay, kind: DutyKind) -> Duty | None:
    """Return the duty of a kind, the strictest layer's; None where the rules ask nothing."""
    return next((one for one in duties_of(day) if one.kind is kind), None)


def recording_told(day: MyDay) -> dict[str, Any]:
    """Return whether visits are to be recorded, and on whose word."""
    return asked(duty_of(day, DutyKind.RECORDING))


def identity_told(day: MyDay) -> dict[str, Any]:
    """Return whether she has to show who she is, and what she shows: words and values."""
    found = wired().store.collectors(day.city.name)
    me = next(one for one in found if one.id == day.collector_id)
    lines = [
        [t("Visitor"), me.name],
        [t("Number"), me.id],
        [t("For"), me.agency or t("the lender's own staff")],
        *([[t("Certificate until"), format_day(me.certificate_expires)]]
          if me.certificate_expires else []),
        *([[t("Questions and complaints"), day.city.desk_phone]] if day.city.desk_phone else []),
    ]  # fmt: skip
    return {**asked(duty_of(day, DutyKind.IDENTITY)), "lines": lines}


def asked(duty: Duty | None) -> dict[str, Any]:
    """Return whether something is asked of her, and on whose word."""
    if duty is None:
        return {"asked": False}
    return {"asked": True, "source": duty.source, "is_law": duty.is_law}
