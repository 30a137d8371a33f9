"""Reading what may be told besides a result: attitude, hardship, assessment, agreement."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import TypeVar

from scheduler.agreements import (
    Agreement,
    Assessment,
    Attitude,
    Degree,
    Details,
    Evidence,
    Hardship,
    Instalment,
    NextAction,
    Waiver,
    faults,
)
from scheduler.contacts import Party
from scheduler.field.recording import NoRecording, Recording, RecordingFault, recording_fault
from web.language import t
from web.phone.detail_words import RECORDING_FAULTS
from web.phrases import said

FAULTY = {
    RecordingFault.NO_FILE: "recording_file",
    RecordingFault.NO_RECORDER: "recorder",
    RecordingFault.BOTH: "no_recording",
    RecordingFault.LONG: "recording_file",
}
"""The field beside which a fault of a recording is told."""

LONGEST_OBSERVATIONS = 1000
MOST_GRACE_DAYS = 30

Choice = TypeVar("Choice", bound=StrEnum)
Wrong = dict[str, str]


def read_details(
    typed: Mapping[str, str], today: date, recorded_by: str, wrong: Wrong
) -> Details | None:
    """Return what was told besides the result, None where nothing was; faults go into `wrong`."""
    told = Details(
        attitude=chosen(typed, "attitude", Attitude),
        met=chosen(typed, "met", Party),
        hardship=chosen(typed, "hardship", Hardship),
        next_action=chosen(typed, "next_action", NextAction),
        grace_days=read_grace(typed, wrong),
        assessment=read_assessment(typed, wrong),
        agreement=read_agreement(typed, today, recorded_by, wrong),
        recording=read_recording(typed, wrong),
    )
    return None if told == Details() else told


def chosen(typed: Mapping[str, str], name: str, kind: type[Choice]) -> Choice | None:
    """Return the choice of a field, None where there is none."""
    text = typed.get(name, "")
    return kind(text) if text in list(kind) else None


def read_grace(typed: Mapping[str, str], wrong: Wrong) -> int | None:
    """Read the days of grace; nothing leaves the house's."""
    text = typed.get("grace_days", "").strip()
    if not text:
        return None
    if not text.isdecimal() or int(text) > MOST_GRACE_DAYS:
        most = MOST_GRACE_DAYS
        wrong["grace_days"] = t("Write whole days, from 0 to %(most)d.", most=most)
        return None
    return int(text)


def read_assessment(typed: Mapping[str, str], wrong: Wrong) -> Assessment | None:
    """Read what was seen; ability and willingness stand apart."""
    observations = typed.get("observations", "").strip()
    if len(observations) > LONGEST_OBSERVATIONS:
        most = LONGEST_OBSERVATIONS
        wrong["observations"] = t("Shorten this to %(most)d characters.", most=most)
    ability, willingness = (chosen(typed, name, Degree) for name in ("ability", "willingness"))
    told = Assessment(observations, ability, willingness)
    return None if told == Assessment() else told


def read_recording(typed: Mapping[str, str], wrong: Wrong) -> Recording | None:
    """Read by what the visit was recorded and where that is found, or why it was not."""
    told = Recording(
        typed.get("recorder", "").strip(),
        typed.get("recording_file", "").strip(),
        chosen(typed, "no_recording", NoRecording),
    )
    if fault := recording_fault(told):
        wrong[FAULTY[fault]] = str(RECORDING_FAULTS[fault])
        return None
    return None if told == Recording() else told


def read_agreement(
    typed: Mapping[str, str], today: date, recorded_by: str, wrong: Wrong
) -> Agreement | None:
    """Read an agreement: a line for each instalment, its day and its sum."""
    lines = [line for line in typed.get("instalments", "").splitlines() if line.strip()]
    if not lines:
        return None
    try:
        instalments = tuple(map(read_instalment, lines))
        total = sum_of(typed.get("total", "")) or sum(
            (one.amount for one in instalments), Decimal(0)
        )
        waived = sum_of(typed.get("waived", ""))
    except (ValueError, InvalidOperation):
        wrong["instalments"] = t("Write a line for each instalment: 2026-12-01 500.")
        return None
    waiver = Waiver(waived, typed.get("approved_by", "").strip()) if waived else None
    evidence = [read_evidence(typed, name) for name in ("signature", "photo")]
    told = Agreement(total, instalments, waiver, *evidence)
    if found := faults(told, today, recorded_by):
        wrong["instalments"] = t("; ").join(map(said, found))
    return told


def read_instalment(line: str) -> Instalment:
    """Read 2026-12-01 500; ValueError where it is none."""
    due, amount = line.split()
    return Instalment(date.fromisoformat(due), sum_of(amount) or Decimal(0))


def sum_of(text: str) -> Decimal | None:
    """Read a sum of at most two decimals, None where nothing stands there."""
    plain = text.replace(",", "").strip()
    if not plain:
        return None
    amount = Decimal(plain)
    if not amount.is_finite() or amount != round(amount, 2):
        raise ValueError(f"{text!r} is no sum")
    return amount


def read_evidence(typed: Mapping[str, str], name: str) -> Evidence | None:
    """Read where a document is kept and its digest."""
    reference = typed.get(f"{name}_reference", "").strip()
    digest = typed.get(f"{name}_sha256", "").strip()
    return Evidence(reference, digest) if reference else None
