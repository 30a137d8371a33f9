"""Whether a visit was recorded, where the rules ask for it: by what, in which file, or why not.

The sound itself is kept elsewhere; here stands only where it is found.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

LONGEST = 80
"""Characters of a recorder's number, and of a reference to a file."""


class NoRecording(StrEnum):
    """Why a visit was not recorded."""

    NOBODY = "nobody"  # nobody was met
    OBJECTED = "objected"  # whoever was met did not want it
    UNSAFE = "unsafe"  # it would have made things worse
    BROKEN = "broken"  # the recorder did not work
    FORGOTTEN = "forgotten"


class RecordingFault(StrEnum):
    """What of a recording cannot be as it is told."""

    NO_FILE = "no_file"  # a recorder, and not where the recording is
    NO_RECORDER = "no_recorder"  # a file, and not by what it was made
    BOTH = "both"  # a recording, and a reason why there is none
    LONG = "long"


class Recorded(StrEnum):
    """How a visit stands beside what the rules ask."""

    NOT_ASKED = "not_asked"
    RECORDED = "recorded"
    EXCUSED = "excused"  # a reason is told
    MISSING = "missing"  # nothing is told, and the rules ask


@dataclass(frozen=True, slots=True)
class Recording:
    """The number of the recorder and the file of a visit, or why there is none."""

    recorder: str = ""
    file: str = ""
    none_because: NoRecording | None = None

    @property
    def is_made(self) -> bool:
        return bool(self.recorder and self.file)

    @property
    def code(self) -> str:
        """What may be told of it everywhere: that it was made, or the reason why not."""
        return Recorded.RECORDED.value if self.none_because is None else self.none_because.value


def recording_fault(told: Recording) -> RecordingFault | None:
    """Return what is wrong with a recording as it is told, None if nothing is."""
    if told.none_because is not None and (told.recorder or told.file):
        return RecordingFault.BOTH
    if max(len(told.recorder), len(told.file)) > LONGEST:
        return RecordingFault.LONG
    if told.recorder and not told.file:
        return RecordingFault.NO_FILE
    return RecordingFault.NO_RECORDER if told.file and not told.recorder else None


def recorded(told: Recording | None, *, is_asked: bool) -> Recorded:
    """Return how a visit stands that told this of its recording, None where it told nothing."""
    if told is not None and told.is_made:
        return Recorded.RECORDED
    if told is not None and told.none_because is not None:
        return Recorded.EXCUSED
    return Recorded.MISSING if is_asked else Recorded.NOT_ASKED
