"""What the parts of a scorecard weigh: recovered money is one of them, and never above half."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import isfinite

MOST_RECOVERED = 0.5
TOLERANCE = 1e-9


class Part(StrEnum):
    """What a scorecard is made of."""

    COMPLIANCE = "compliance"  # complaints, refusals at the door, overdue check-ins
    QUALITY = "quality"  # met, and promises kept
    COVERAGE = "coverage"
    COMPLETENESS = "completeness"  # of the records
    RECOVERED = "recovered"


class Breach(StrEnum):
    """What speaks against compliance, as a share of visits."""

    COMPLAINTS = "complaints"
    TURNED_AWAY = "turned_away"
    LATE = "late"


@dataclass(frozen=True, slots=True)
class Weights:
    """The weights of the parts, which add up to 1, and from which share on a breach scores 0.

    Collectors may not be assessed on the recovered amount alone (China:
    商业银行信用卡业务监督管理办法 art. 66-69): weights under which it counts for more than half are
    refused, as are those without compliance.

    Raises
    ------
    ValueError
        Where the weights are not lawful or not complete; the message has a line for each fault.
    """

    parts: Mapping[Part, float]
    worst: Mapping[Breach, float]
    version: str = ""
    source: str = ""

    def __post_init__(self) -> None:
        if faults := list(_faults(self.parts, self.worst)):
            raise ValueError("\n".join(faults))


def _faults(parts: Mapping[Part, float], worst: Mapping[Breach, float]) -> Iterator[str]:
    yield from (f"weights.{part}: is missing" for part in Part if part not in parts)
    for part, weight in parts.items():
        if not (isfinite(weight) and 0 <= weight <= 1):
            yield f"weights.{part}: expected a share from 0 to 1, not {weight}"
    if abs(sum(parts.values()) - 1) > TOLERANCE:
        yield f"weights: they add up to {sum(parts.values()):g}, and must add up to 1"
    if parts.get(Part.RECOVERED, 0) > MOST_RECOVERED:
        yield (
            f"weights.recovered: {parts[Part.RECOVERED]:g} is above one half; collectors may not "
            "be assessed on the recovered amount alone: give compliance and quality more"
        )
    if parts.get(Part.COMPLIANCE) == 0:
        yield "weights.compliance: must count for something"
    yield from (f"worst.{breach}: is missing" for breach in Breach if breach not in worst)
    for breach, share in worst.items():
        if not (isfinite(share) and 0 < share <= 1):
            yield f"worst.{breach}: expected a share above 0 and up to 1, not {share}"
