"""Made-up photographs, sounds and signatures, as small as their formats let them be."""

from __future__ import annotations

import base64
import json
import struct
from typing import Any

EXIF = b"Exif\x00\x00MM\x00*GPSLatitude 25.0330"
SCAN_DATA = b"\x12\xff\x00\x34\xff\xd0\x56"
"""A stuffed byte and a restart marker inside: neither ends the scan."""


def segment(marker: int, data: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(data) + 2) + data


def jpeg(*notes: bytes, width: int = 4, height: int = 3, behind: bytes = b"") -> bytes:
    """Return a JPEG by its segments; `notes` stand before its tables, `behind` after its end."""
    frame = struct.pack(">BHHB", 8, height, width, 1) + b"\x01\x11\x00"
    tables = segment(0xDB, bytes(65)) + segment(0xC0, frame) + segment(0xC4, bytes(20))
    scan = segment(0xDA, b"\x01\x01\x00\x00\x3f\x00") + SCAN_DATA
    return b"\xff\xd8" + b"".join(notes) + tables + scan + b"\xff\xd9" + behind


def box(name: bytes, data: bytes = b"") -> bytes:
    return struct.pack(">I", len(data) + 8) + name + data


WEBM = b"\x1a\x45\xdf\xa3" + bytes(60)
MP4 = box(b"ftyp", b"isom") + box(b"moov", b"trak") + box(b"mdat", b"loud \xa9xyz loci by chance")
STROKES = [[[10, 40], [60, 10], [110, 40]], [[20, 60]]]


def signature(**changes: Any) -> bytes:
    told = {"text": "I pay 500 by 9 March.", "width": 300, "height": 120, "strokes": STROKES}
    return json.dumps(told | changes).encode()


def body(what: str, content: bytes, **more: Any) -> dict[str, Any]:
    """Return the body of a record that brings something."""
    return {"what": what, "bytes": base64.b64encode(content).decode(), **more}
