"""What a visit may have attached: photographs, voice notes and signatures, and how much of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class AttachmentKind(StrEnum):
    """What is attached."""

    PHOTO = "photo"
    VOICE = "voice"
    SIGNATURE = "signature"


MOST_BYTES: Mapping[AttachmentKind, int] = {
    AttachmentKind.PHOTO: 400 << 10,
    AttachmentKind.VOICE: 1 << 20,
    AttachmentKind.SIGNATURE: 60 << 10,
}
"""Of one; the phone's page makes them smaller than that."""

MOST_OF_A_VISIT: Mapping[AttachmentKind, int] = {
    AttachmentKind.PHOTO: 8,
    AttachmentKind.VOICE: 4,
    AttachmentKind.SIGNATURE: 4,
}


@dataclass(frozen=True, slots=True)
class Attachment:
    """What the book tells of an attachment without opening it; `key` is that of its record.

    `type` is what its first bytes say that it is, `size` counts them all, `sha256` is over them.
    `of` is the key of the result that it belongs to, '' where it belongs to the visit alone. One
    that was deleted keeps its line: `deleted_by` whom, '' by its age, and `reason` why.
    """

    key: str
    city: str
    on: date
    visit_id: str
    borrower_id: str
    what: AttachmentKind
    type: str
    size: int
    sha256: str
    of: str
    at: datetime
    actor: str
    deleted_at: datetime | None = None
    deleted_by: str = ""
    reason: str = ""
