"""What a phone has attached: told by its content, not by what it says that it is."""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from data.attached.jpeg import JpegError, without_notes
from data.attached.signing import SignatureError, read_signature
from data.attached.sound import sound_type, tells_place
from scheduler.errors import DayroundError
from scheduler.field.attachments import MOST_BYTES, AttachmentKind
from scheduler.field.reading import LONGEST_ID


class AttachedError(DayroundError):
    """An attachment that is not kept; its text is the code that says why."""


@dataclass(frozen=True, slots=True)
class Attached:
    """An attachment as it is kept: `type` by its first bytes, `content` without positions."""

    what: AttachmentKind
    type: str
    content: bytes
    of: str

    @property
    def told(self) -> dict[str, Any]:
        """What its record keeps of it."""
        return {
            "what": self.what.value,
            "type": self.type,
            "size": len(self.content),
            "sha256": hashlib.sha256(self.content).hexdigest(),
            "of": self.of,
        }


def read_attached(body: Mapping[str, Any]) -> Attached:
    """Return what a record's body brings: what, bytes (base64) and of.

    Raises
    ------
    AttachedError
        `what` of an unknown kind, `size` of more bytes than one may have, `type` of content that
        is not of its kind, `place` of sound that tells where it was recorded.
    """
    if body.get("what") not in list(AttachmentKind):
        raise AttachedError("what")
    what, of = AttachmentKind(body["what"]), body.get("of", "")
    if not isinstance(of, str) or len(of) > LONGEST_ID:
        raise AttachedError("of")
    content = _content(body.get("bytes"), MOST_BYTES[what])
    type_, kept = READ[what](content)
    return Attached(what, type_, kept, of)


def _content(told: Any, most: int) -> bytes:
    """Return what is sent in base64, unless it is longer than `most` bytes."""
    if not isinstance(told, str) or not told:
        raise AttachedError("type")
    if len(told) > (most + 2) // 3 * 4:
        raise AttachedError("size")
    try:
        return base64.b64decode(told, validate=True)
    except binascii.Error as error:
        raise AttachedError("type") from error


def _photo(content: bytes) -> tuple[str, bytes]:
    try:
        return "image/jpeg", without_notes(content)
    except JpegError as error:
        raise AttachedError("type") from error


def _voice(content: bytes) -> tuple[str, bytes]:
    type_ = sound_type(content)
    if type_ is None:
        raise AttachedError("type")
    if tells_place(type_, content):
        raise AttachedError("place")
    return type_, content


def _signature(content: bytes) -> tuple[str, bytes]:
    try:
        read_signature(content)
    except SignatureError as error:
        raise AttachedError("type") from error
    return "application/json", content


READ: Mapping[AttachmentKind, Callable[[bytes], tuple[str, bytes]]] = {
    AttachmentKind.PHOTO: _photo,
    AttachmentKind.VOICE: _voice,
    AttachmentKind.SIGNATURE: _signature,
}
