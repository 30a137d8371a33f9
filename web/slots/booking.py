"""What was agreed on the phone, as the form tells it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from uuid import uuid4

from scheduler.contacts import Channel, Contact, ContactResult, Direction, Party
from scheduler.model import Window
from scheduler.slots.slot import Asked
from web.dispatch.contacts import LONGEST_KEY, LONGEST_NOTE

Word = TypeVar("Word", Channel, Direction, Party)


@dataclass
class Agreed:
    """Hours, and who told them by which channel; usually she herself, called by us."""

    key: str
    hours: Window | None = None
    channel: Channel = Channel.CALL
    direction: Direction = Direction.OUT
    party: Party = Party.BORROWER
    note: str = ""

    @classmethod
    def read(cls, form: Mapping[str, str]) -> Agreed:
        """Read the form; what is no word of ours is taken for the usual one."""
        return cls(
            key=form.get("key", "")[:LONGEST_KEY] or uuid4().hex,
            hours=_hours(form.get("slot", "")),
            channel=_word(form, "channel", Channel.CALL),
            direction=_word(form, "direction", Direction.OUT),
            party=_word(form, "party", Party.BORROWER),
            note=form.get("note", "").strip()[:LONGEST_NOTE],
        )

    @property
    def key_of_hours(self) -> str:
        """The key of a page's form, which offers many hours: each of them has its own."""
        assert self.hours is not None
        return f"slot-{self.key}-{self.hours.start.timestamp():.0f}"

    def contact(self, asked: Asked, by: str, key: str) -> Contact:
        """Return it as a contact of the log."""
        return Contact(
            key=key,
            borrower_id=asked.borrower_id,
            channel=self.channel,
            direction=self.direction,
            party=self.party,
            result=ContactResult.APPOINTMENT,
            at=asked.now.replace(second=0, microsecond=0),
            by=by,
            case_id=asked.case_ids[0],
            note=self.note,
            appointment=self.hours,
        )


def _word(form: Mapping[str, str], name: str, usual: Word) -> Word:
    try:
        return type(usual)(form.get(name, usual))
    except ValueError:
        return usual


def _hours(text: str) -> Window | None:
    """Read 'START/END', both with their offset."""
    begin, _, end = text.partition("/")
    try:
        return Window(datetime.fromisoformat(begin), datetime.fromisoformat(end))
    except ValueError:
        return None
