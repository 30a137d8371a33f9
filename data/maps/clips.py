"""Maps of crews' days that were asked for last: made once, however many ask at once."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from data.maps.day_clip import Clip, Ground, day_clip
from scheduler.last_asked import LastAsked, Recent

KEPT = 12
"""Files in memory, each of `MOST_BYTES` or less."""

TOLD = 10_000
"""Of how many it is known how large they are: a phone asks that again and again."""


@dataclass(frozen=True, slots=True)
class ClipTold:
    """How large a file is, and what it is known by."""

    bytes: int
    etag: str


@dataclass
class Clips:
    """The clips of all cities of a home; threads may ask at once."""

    _clips: LastAsked[str, Clip | None] = field(default_factory=lambda: LastAsked(KEPT))
    _told: Recent[str, tuple[ClipTold | None]] = field(default_factory=lambda: Recent(TOLD))

    def clip(self, file: Path, ground: Ground) -> Clip | None:
        """Return the map of a day; None where the city's has nothing there."""
        key = _key(file, ground)
        made = self._clips.get(key, None, lambda: day_clip(file, ground))
        self._told.put(key, (_told(made),))
        return made

    def told(self, file: Path, ground: Ground) -> ClipTold | None:
        """Return how large the map of a day is, without making it again for that."""
        known = self._told.get(_key(file, ground))
        return known[0] if known else _told(self.clip(file, ground))


def _told(made: Clip | None) -> ClipTold | None:
    return ClipTold(len(made.content), made.etag) if made else None


def _key(file: Path, ground: Ground) -> str:
    return f"{file} {file.stat().st_mtime_ns} {ground.digest}"
