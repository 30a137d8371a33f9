"""What phones attach: told by its content, rid of positions, and refused with a code."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.at_rest import AtRestKey
from data.attached.content import AttachedError, read_attached
from data.attached.jpeg import JpegError, without_notes
from data.attached.signing import SignatureError, read_signature
from data.errors import SealError
from scheduler.field.attachments import MOST_BYTES, AttachmentKind
from tests.data.attached_files import (
    EXIF,
    MP4,
    SCAN_DATA,
    STROKES,
    WEBM,
    body,
    box,
    jpeg,
    segment,
    signature,
)

KEY = AtRestKey(b"r" * 32)
ADOBE = segment(0xEE, b"Adobe\x00\x64")


def test_a_photograph_keeps_its_picture_and_nothing_else() -> None:
    notes = [segment(0xE1, EXIF), segment(0xE0, b"JFIF\x00"), segment(0xFE, b"by Wang"), ADOBE]
    told = read_attached(body("photo", jpeg(*notes, behind=b"GPSLatitude"), of="result-1"))
    assert told.content == jpeg(ADOBE), "without Adobe's segment its colours would be others"
    assert SCAN_DATA in told.content
    assert told.told == {
        "what": "photo",
        "type": "image/jpeg",
        "size": len(told.content),
        "sha256": hashlib.sha256(told.content).hexdigest(),
        "of": "result-1",
    }


@given(st.binary(max_size=40), st.integers(0, 120))
def test_whatever_is_broken_is_refused_or_rid_of_its_notes(junk: bytes, at: int) -> None:
    whole = jpeg(segment(0xE1, EXIF))
    broken = whole[:at] + junk + whole[at:]
    try:
        kept = without_notes(broken)
    except JpegError:
        return
    assert kept.startswith(b"\xff\xd8")
    assert kept.endswith(b"\xff\xd9")
    assert without_notes(kept) == kept


@pytest.mark.parametrize(
    "photo",
    [
        jpeg()[:-2],
        jpeg()[:40],
        jpeg(width=0),
        jpeg(width=5000),
        b"\xff\xd8\xff\xd9",
        b"\x89PNG\r\n\x1a\n",
        b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    ],
)
def test_what_is_no_photograph_is_refused(photo: bytes) -> None:
    with pytest.raises(AttachedError, match=r"^type$"):
        read_attached(body("photo", photo))


@pytest.mark.parametrize(
    ("sound", "type_"),
    [(WEBM, "audio/webm"), (MP4, "audio/mp4"), (b"OggS" + bytes(30), "audio/ogg")],
)
def test_sound_is_known_by_how_it_begins(sound: bytes, type_: str) -> None:
    assert read_attached(body("voice", sound, type="text/html")).type == type_


@pytest.mark.parametrize(
    "sound",
    [
        box(b"ftyp", b"isom") + box(b"moov", box(b"udta", box(b"\xa9xyz", b"+25.03+121.56/"))),
        WEBM + b"LOCATION",
        box(b"ftyp", b"isom") + b"\x00\x00\x00\x03moov" + b"loci",
    ],
)
def test_sound_that_tells_where_it_was_recorded_is_refused(sound: bytes) -> None:
    with pytest.raises(AttachedError, match=r"^place$"):
        read_attached(body("voice", sound))


@pytest.mark.parametrize("what", list(AttachmentKind))
def test_one_that_is_too_large_is_refused_before_it_is_read(what: AttachmentKind) -> None:
    with pytest.raises(AttachedError, match=r"^size$"):
        read_attached(body(what, bytes(MOST_BYTES[what] + 3)))
    with pytest.raises(AttachedError, match=r"^type$"):
        read_attached(body(what, bytes(MOST_BYTES[what])))


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ({"what": "film", "bytes": "AAAA"}, "what"),
        ({"what": ["photo"], "bytes": "AAAA"}, "what"),
        ({"what": "photo"}, "type"),
        ({"what": "photo", "bytes": "not base64"}, "type"),
        ({"what": "photo", "bytes": "AAAA", "of": 7}, "of"),
    ],
)
def test_a_body_that_is_none_is_refused(told: dict[str, Any], why: str) -> None:
    with pytest.raises(AttachedError, match=f"^{why}$"):
        read_attached(told)


def test_a_signature_is_points_and_the_text_above_them() -> None:
    signed = read_signature(signature())
    assert signed.text == "I pay 500 by 9 March."
    assert [[list(point) for point in stroke] for stroke in signed.strokes] == STROKES
    assert read_attached(body("signature", signature())).type == "application/json"
    on_paper = read_signature(signature(strokes=[], paper=" folder 7 "))
    assert (on_paper.paper, on_paper.strokes) == ("folder 7", ())


@pytest.mark.parametrize(
    "wrong",
    [
        signature(strokes=[]),
        signature(paper="folder 7"),
        signature(strokes=[[[301, 1]]]),
        signature(strokes=[[[1, 121]]]),
        signature(strokes=[[[1]]]),
        signature(strokes=[[]]),
        signature(strokes=[[["1", '"/><script>']]]),
        signature(strokes=[[[1, 1]]] * 301),
        signature(strokes=[[[1, 1]] * 6001]),
        signature(strokes="M0 0"),
        signature(width=True),
        signature(width=4001),
        signature(text=None),
        signature(text="a" * 4001),
        b"[]",
        b"<svg/>",
    ],
)
def test_what_is_no_signature_is_refused(wrong: bytes) -> None:
    with pytest.raises(SignatureError):
        read_signature(wrong)


def test_what_rests_is_opened_by_its_key_as_what_it_was_locked_as() -> None:
    locked = KEY.locked(b"a picture", "one")
    assert b"picture" not in locked
    assert KEY.opened(locked, "one") == b"a picture"
    assert KEY.locked(b"a picture", "one") != locked, "each time by another nonce"
    for key, text, whose in (
        (KEY, locked, "two"),
        (AtRestKey(b"o" * 32), locked, "one"),
        (KEY, locked[:-1] + bytes([locked[-1] ^ 1]), "one"),
        (KEY, b"", "one"),
    ):
        with pytest.raises(SealError):
            key.opened(text, whose)
    assert KEY.id != AtRestKey(b"o" * 32).id
    assert "rrrr" not in repr(KEY)
