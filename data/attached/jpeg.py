"""A JPEG without what it tells besides its picture: where and with what it was taken, and by whom.

After ISO/IEC 10918-1, annex B: markers, each with a segment, and scans of entropy-coded data.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

BEGIN, END = b"\xff\xd8", b"\xff\xd9"
SCAN = 0xDA
ADOBE = 0xEE
"""The one application segment without which colours would be others (APP14)."""

NOTES = frozenset({*range(0xE0, 0xF0), 0xFE}) - {ADOBE}
"""Application segments and comments: JFIF with its thumbnail, EXIF, XMP, IPTC, makers' notes."""

FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
MOST_PIXELS = 4096
"""Of a side: who opens it should not run out of memory."""


class JpegError(ValueError):
    """Something that begins like a JPEG, and is none."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A marker with its segment, and the scan behind it, if one follows."""

    marker: int
    data: bytes

    @property
    def is_wanted(self) -> bool:
        return self.marker not in NOTES


def without_notes(jpeg: bytes) -> bytes:
    """Return the picture alone; what stands behind its end is gone, too.

    Raises
    ------
    JpegError
        Where it is none, or one of an unreasonable size.
    """
    found = list(segments(jpeg))
    frames = [_sides(one.data) for one in found if one.marker in FRAMES]
    if not frames or not any(one.marker == SCAN for one in found):
        raise JpegError("it has no picture")
    if any(not 0 < side <= MOST_PIXELS for sides in frames for side in sides):
        raise JpegError(f"a side has no pixel, or more than {MOST_PIXELS}")
    return BEGIN + b"".join(one.data for one in found if one.is_wanted) + END


def segments(jpeg: bytes) -> Iterator[Segment]:
    """Yield all segments up to the end of the picture, each with its marker."""
    if not jpeg.startswith(BEGIN):
        raise JpegError("it does not begin as one")
    at = len(BEGIN)
    while jpeg[at : at + 2] != END:
        marker, end = _marked(jpeg, at)
        if marker == SCAN:
            end = _end_of_scan(jpeg, end)
        yield Segment(marker, jpeg[at:end])
        at = end


def _marked(jpeg: bytes, at: int) -> tuple[int, int]:
    """Return the marker at a place, and where its segment ends."""
    head = jpeg[at : at + 4]
    length = int.from_bytes(head[2:4])
    end = at + 2 + length
    if len(head) < 4 or head[0] != 0xFF or head[1] < 0xC0 or length < 2 or end > len(jpeg):
        raise JpegError("it is cut off or damaged")
    return head[1], end


def _end_of_scan(jpeg: bytes, at: int) -> int:
    """Return where the next marker stands: no stuffed byte, and none that only restarts."""
    while (at := jpeg.find(b"\xff", at)) >= 0 and at + 1 < len(jpeg):
        following = jpeg[at + 1]
        if following == 0xFF:  # a fill byte
            at += 1
        elif following == 0x00 or 0xD0 <= following <= 0xD7:
            at += 2
        else:
            return at
    raise JpegError("it is cut off or damaged")


def _sides(frame: bytes) -> tuple[int, int]:
    """Return height and width that a frame tells."""
    return int.from_bytes(frame[5:7]), int.from_bytes(frame[7:9])
