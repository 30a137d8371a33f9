"""A recording is told with its device and file, or with the reason why there is none."""

from __future__ import annotations

import pytest

from scheduler.field.recording import (
    LONGEST,
    NoRecording,
    Recorded,
    Recording,
    RecordingFault,
    recorded,
    recording_fault,
)

MADE = Recording("R-7", "2026-03-02/0007")
NONE = Recording(none_because=NoRecording.OBJECTED)


@pytest.mark.parametrize("told", [MADE, NONE, Recording(), Recording("R" * LONGEST, "f" * LONGEST)])
def test_what_is_whole_has_no_fault(told: Recording) -> None:
    assert recording_fault(told) is None


@pytest.mark.parametrize(
    ("told", "fault"),
    [
        (Recording("R-7"), RecordingFault.NO_FILE),
        (Recording(file="0007"), RecordingFault.NO_RECORDER),
        (Recording("R-7", "0007", NoRecording.BROKEN), RecordingFault.BOTH),
        (Recording("R" * (LONGEST + 1), "0007"), RecordingFault.LONG),
    ],
)
def test_what_is_not_whole_says_what_is_wrong(told: Recording, fault: RecordingFault) -> None:
    assert recording_fault(told) is fault


@pytest.mark.parametrize(
    ("told", "is_asked", "stands"),
    [
        (MADE, True, Recorded.RECORDED),
        (MADE, False, Recorded.RECORDED),
        (NONE, True, Recorded.EXCUSED),
        (None, True, Recorded.MISSING),
        (Recording(), True, Recorded.MISSING),
        (None, False, Recorded.NOT_ASKED),
    ],
)
def test_a_visit_stands_as_it_told_and_as_the_rules_ask(
    told: Recording | None, is_asked: bool, stands: Recorded
) -> None:
    assert recorded(told, is_asked=is_asked) is stands
