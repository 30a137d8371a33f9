"""One record, and whom it is about: the round that its phone showed, and the visit in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from data.store.field.devices import Device
from data.store.rounds import Progress, Round, Rounds, RoundStop
from scheduler.field.records import FieldRecord
from scheduler.model import City
from scheduler.rules.base import Duty, DutyKind
from web.phone.duties import duty_of
from web.phone.room import MyDay
from web.wiring import Wired

NOTHING_KNOWN = Progress((), {}, frozenset())


@dataclass(frozen=True, slots=True)
class Telling:
    """A record with the round that its phone showed, None where that had none of her.

    `asked` is what the rules ask of her on that day, as far as somebody has looked.
    """

    record: FieldRecord
    device: Device
    city: City
    round: Round | None
    received: datetime
    asked: dict[DutyKind, Duty | None] = field(default_factory=dict)

    def duty(self, kind: DutyKind) -> Duty | None:
        """Return what the rules ask of her on that day, read once for all that a phone brought."""
        if kind not in self.asked:
            self.asked[kind] = duty_of(self.day, kind)
        return self.asked[kind]

    @property
    def day(self) -> MyDay:
        """The day as the pages know it, as if nothing had been told of it."""
        assert self.round is not None
        return MyDay(self.city, self.device.collector_id, self.round, NOTHING_KNOWN)

    @property
    def visit(self) -> RoundStop | None:
        """The visit that it is about, None where it is about the day or its plan has none."""
        visits = self.round.visits if self.round else ()
        return next((one for one in visits if one.id == self.record.visit_id), None)

    @property
    def at(self) -> datetime:
        """When it happened: as the phone says, kept within the day and not after now."""
        zone = ZoneInfo(self.city.zone)
        midnight = datetime.combine(self.device.on, time(), zone)
        end = midnight + timedelta(days=1, microseconds=-1)
        return max(midnight, min(self.record.at, self.received, end))


class Tellings:
    """Puts records together with their rounds; a round is read once for all that are about it."""

    def __init__(self, home: Wired, device: Device, received: datetime) -> None:
        self._rounds = Rounds(home.store.engine)
        self._city = home.store.city(device.city)
        self._device, self._received = device, received
        self._versions = dict(self._rounds.versions(device.city, device.on, device.collector_id))
        self._read: dict[int, Round | None] = {}
        self._asked: dict[DutyKind, Duty | None] = {}

    def of(self, record: FieldRecord) -> Telling:
        """Return a record with the round of the plan that it names."""
        if record.plan_id not in self._read:
            self._read[record.plan_id] = self._round(record.plan_id)
        found = self._read[record.plan_id]
        return Telling(record, self._device, self._city, found, self._received, self._asked)

    def _round(self, plan_id: int) -> Round | None:
        version = self._versions.get(plan_id)
        if version is None:
            return None
        where = self._device.city, self._device.on, self._device.collector_id
        return self._rounds.round(*where, version)
