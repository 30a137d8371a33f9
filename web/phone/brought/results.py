"""A result as a phone tells it, beside what the book holds of the visit by then."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from types import MappingProxyType
from typing import Any

from data.plain import to_plain
from data.store.store import SqlWriter
from scheduler.field.differences import differences
from scheduler.field.recording import Recorded, recorded
from scheduler.field.records import RecordState
from scheduler.lifecycle import offered
from scheduler.ports import Outcome
from scheduler.rules.base import DutyKind
from web.phone.brought.made import Made
from web.phone.brought.telling import Telling
from web.phone.collateral import may_have_collateral
from web.phone.result_form import OF_RECORDING, read_form


def result(writer: SqlWriter, telling: Telling) -> Made:
    """Record a result, unless another phone told the same, or otherwise.

    Whoever corrects names the result that she saw: her own, or that of who went with her.
    """
    visit, city = telling.visit, telling.city.name
    if visit is None or visit.borrower is None or visit.place is None:
        return Made(RecordState.REFUSED, {"why": "gone"})
    left = writer.told_at_leaving(telling.device.id, visit.id)
    told, wrong = read_result(telling, left)
    if told is None:
        return Made(RecordState.REFUSED, {"why": "form", "wrong": wrong})
    kept = writer.standing_result(city, visit.borrower.id, telling.device.on)
    corrects = writer.result_behind(str(telling.record.body.get("corrects") or ""))
    if kept is not None and kept.key not in (corrects, told.key):
        return beside(kept, told)
    writer.record_outcome(city, replace(told, corrects=corrects if kept is not None else ""))
    return Made(RecordState.APPLIED, missing(telling, told))


def missing(telling: Telling, told: Outcome) -> dict[str, Any] | None:
    """Return what the rules ask of a visit that was made and its result does not tell."""
    recording = told.details.recording if told.details else None
    is_asked = told.was_made and telling.duty(DutyKind.RECORDING) is not None
    is_missing = recorded(recording, is_asked=is_asked) is Recorded.MISSING
    return {"missing": ["recording"]} if is_missing else None


def beside(kept: Outcome, told: Outcome) -> Made:
    """Return that a visit has a result already: the same, or one that a person compares."""
    differing = differences(kept, told)
    if not differing:
        return Made(RecordState.SAME, {"as": kept.key})
    fields: list[dict[str, Any]] = [asdict(one) for one in differing]
    return Made(RecordState.CONFLICT, {"kept": kept.key, "fields": to_plain(fields)})


def read_result(
    telling: Telling, left: Mapping[str, Any] = MappingProxyType({})
) -> tuple[Outcome | None, dict[str, str]]:
    """Return what came of a visit as the record tells it, or what is wrong, by field.

    A recording may be told when the phone `left` instead, whose body counts where this has none.
    """
    body, visit = telling.record.body, telling.visit
    assert visit is not None
    if not any(body.get(name) for name in OF_RECORDING):
        body = {**body, **{name: left[name] for name in OF_RECORDING if name in left}}
    typed = {name: value for name, value in body.items() if isinstance(value, str)}
    zone, on, by = telling.day.zone, telling.device.on, telling.device.actor
    codes = offered(may_be_secured=may_have_collateral(telling.city.name, visit))
    form = read_form(typed, codes, on, zone, by)
    if form.wrong:
        return None, form.wrong
    return form.outcome(telling.day, visit, telling.record.key, telling.at), {}
