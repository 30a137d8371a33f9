"""Taking in what phones have brought: each record once, in its turn, and none stops another."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import AbstractContextManager, suppress

from flask import Flask
from flask_babel import force_locale

from data.store.field.devices import Device
from data.store.store import SqlWriter
from scheduler.field.records import FieldRecord, RecordState
from scheduler.ports import By
from web.compare.opened import read_ahead
from web.context import now, wired
from web.phone.brought.deeds import tried
from web.phone.brought.telling import Tellings

AT_ONCE = 20
"""Records in one transaction: other writers wait so long."""

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
            _take_in(device, some)
        except Exception:  # a fault of ours in one must not hold up the others
            log.exception("records of phone %s could not be taken in together", device.id)
            _one_by_one(device, some)
    if found:
        read_ahead(device.city, device.on)
    return len(found)


def _one_by_one(device: Device, records: tuple[FieldRecord, ...]) -> None:
    for record in records:
        try:
            _take_in(device, (record,))
        except Exception:
            log.exception("record %s could not be taken in", record.key)
            with suppress(Exception), _writing(device) as writer:
                if writer.take_in_record(device.city, record.key):
                    writer.settle_record(record.key, RecordState.REFUSED, {"why": "fault"})


def _take_in(device: Device, records: tuple[FieldRecord, ...]) -> None:
    """Take in records of one phone in one transaction; what one of them is refused for is kept."""
    at = now()
    tellings = Tellings(wired(), device, at)
    told = [tellings.of(record) for record in records]
    with _writing(device) as writer:
        for one in told:
            if writer.take_in_record(device.city, one.record.key):
                made = tried(writer, one)
                writer.settle_record(one.record.key, made.state, made.told)


def _writing(device: Device) -> AbstractContextManager[SqlWriter]:
    return wired().store.writing(By(device.actor, now()))
