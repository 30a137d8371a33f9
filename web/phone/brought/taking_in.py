"""Taking in what phones have brought: each record once, in its turn, and none stops another."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, suppress

from flask import Flask
from flask_babel import force_locale

from data.store.field.devices import Device
from data.store.field.inbox import Settled
from data.store.store import SqlWriter
from scheduler.errors import DayroundError
from scheduler.field.records import FieldRecord, RecordState
from scheduler.ports import By
from web.compare.opened import read_ahead
from web.context import now, wired
from web.phone.brought import deeds
from web.phone.brought.made import Made
from web.phone.brought.telling import Telling, Tellings

AT_ONCE = 20
"""Records in one transaction: other writers wait so long."""

Doing = Callable[[SqlWriter, Telling], Made]

log = logging.getLogger(__name__)


def take_in_waiting(app: Flask, before_each: Callable[[], None] = lambda: None) -> int:
    """Take in all records whose turn has come; return how many.

    What is more urgent is done `before_each` phone.
    """
    with app.app_context(), force_locale("en"):
        home, taken = wired(), 0
        waiting = home.inbox.devices_waiting()
        devices = home.devices.by_id(waiting)
        for id in waiting:
            before_each()
            taken += _of_device(devices[id])
        return taken


def _of_device(device: Device) -> int:
    """Take in what one phone has brought."""
    found = wired().inbox.next_of(device.id)
    for first in range(0, len(found), AT_ONCE):
        some = found[first : first + AT_ONCE]
        try:
            _together(device, some)
        except Exception:  # a fault of ours in one must not hold up the others
            log.exception("records of phone %s could not be taken in together", device.id)
            _one_by_one(device, some)
    if found:
        read_ahead(device.city, device.on)
    return len(found)


def _together(device: Device, records: tuple[FieldRecord, ...]) -> None:
    """Take in records as if none would be refused, and where one is, again with each on trial."""
    try:
        _take_in(device, records, deeds.deed)
    except DayroundError:
        _take_in(device, records, deeds.tried)


def _one_by_one(device: Device, records: tuple[FieldRecord, ...]) -> None:
    for record in records:
        try:
            _take_in(device, (record,), deeds.tried)
        except Exception:
            log.exception("record %s could not be taken in", record.key)
            with suppress(Exception), _writing(device) as writer:
                if writer.take_in_records(device.city, [record.key]):
                    fault = Settled(record.key, RecordState.REFUSED, {"why": "fault"})
                    writer.settle_records([fault])


def _take_in(device: Device, records: tuple[FieldRecord, ...], do: Doing) -> None:
    """Take in records of one phone in one transaction; what one of them is refused for is kept."""
    tellings = Tellings(wired(), device, now())
    told = [tellings.of(record) for record in records]
    with _writing(device) as writer:
        waiting = writer.take_in_records(device.city, [record.key for record in records])
        _do_all(writer, [one for one in told if one.record.key in waiting], do)


def _do_all(writer: SqlWriter, told: Iterable[Telling], do: Doing) -> None:
    """Do what records tell, in their order; what came of them is kept at once for all.

    A correction asks what came of those before it.
    """
    made: list[Settled] = []
    for one in told:
        if one.record.body.get("corrects"):
            writer.settle_records(made)
            made.clear()
        done = do(writer, one)
        made.append(Settled(one.record.key, done.state, done.told))
    writer.settle_records(made)


def _writing(device: Device) -> AbstractContextManager[SqlWriter]:
    return wired().store.writing(By(device.actor, now()))
