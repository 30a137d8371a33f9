"""Sound as browsers record it: which kind it is, and whether it tells where it was recorded."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

BEGINS: Mapping[str, Callable[[bytes], bool]] = {
    "audio/webm": lambda sound: sound.startswith(b"\x1a\x45\xdf\xa3"),
    "audio/ogg": lambda sound: sound.startswith(b"OggS"),
    "audio/mp4": lambda sound: sound[4:8] == b"ftyp",
}
PLACED = (b"\xa9xyz", b"loci", b"ISO6709", b"LOCATION", b"GEO_")
"""Tags of MP4, Matroska and Ogg that hold a place; browsers write none of them."""

HEAD_BYTES = 4096
"""Where Matroska and Ogg tell of the whole; the sound itself may hold any letters by chance."""

SOUND_ITSELF = (b"mdat", b"moof")


def sound_type(content: bytes) -> str | None:
    """Return the media type that the first bytes tell, None where it is no sound."""
    return next((name for name, begins in BEGINS.items() if begins(content)), None)


def tells_place(type_: str, content: bytes) -> bool:
    """Tell whether it says where it was recorded."""
    heads = _boxes(content) if type_ == "audio/mp4" else [content[:HEAD_BYTES]]
    return any(word in head for head in heads for word in PLACED)


def _boxes(content: bytes) -> Iterator[bytes]:
    """Yield the boxes of an MP4 that are not the sound itself; a broken rest counts as one."""
    at = 0
    while at + 8 <= len(content):
        size = int.from_bytes(content[at : at + 4])
        end = at + size if 8 <= size <= len(content) - at else len(content)
        if content[at + 4 : at + 8] not in SOUND_ITSELF:
            yield content[at:end]
        at = end
