"""What one collector more brings: a curve over headcounts, its knee, and where it pays no more."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Point:
    """A team of `employed`, and a figure of what came of it."""

    employed: int
    value: float


def knee(points: Sequence[Point]) -> Point | None:
    """Return where a curve bends: the point farthest above the line from its first to its last.

    So Satopaa, Albrecht, Irwin and Raghavan find it ("Finding a kneedle in a haystack", 2011). None
    where no point is above: each collector more brings as much as the one before, or more.
    """
    if len(points) < 3:
        return None
    first, last = points[0], points[-1]
    slope = (last.value - first.value) / (last.employed - first.employed)
    above = [
        (one.value - first.value - slope * (one.employed - first.employed), one) for one in points
    ]
    most, at = max(above, key=lambda one: one[0])
    return at if most > 1e-9 * max(1.0, abs(last.value)) else None


def break_even(points: Sequence[Point], cost: float) -> int | None:
    """Return the largest team whose last collector still brings what she costs.

    Between two headcounts that were simulated a curve is taken as straight, and all of it as
    concave: what is told is where the value less the cost is greatest. None where not even the
    first pays.
    """
    best = max(points, key=lambda one: (one.value - cost * one.employed, -one.employed))
    worth = best.value - cost * best.employed
    return best.employed if best.employed and worth > 0 else None


def smallest(
    meets: Callable[[Sequence[int]], Sequence[bool]], most: int, guess: int = 1, at_once: int = 1
) -> int | None:
    """Return the smallest team that does what was asked, None where not even `most` do.

    It is searched, not swept: from `guess` on, what is left is parted again and again. More people
    never do worse where alternatives share their luck, so that the answer is the smallest of all.

    Parameters
    ----------
    meets
        Says of several headcounts, ascending, whether each does what was asked.
    most, guess
        The largest team that might be, and about how many are needed.
    at_once
        How many are asked for together, as many as there are processors.
    """
    low, high = -1, most + 1
    asked = sorted({min(most, max(0, guess)), min(most, max(0, guess) * 3 // 2)})[:at_once]
    while high - low > 1:
        does = dict(zip(asked, meets(asked), strict=True))
        high = min([high, *(count for count, yes in does.items() if yes)])
        low = max([low, *(count for count, yes in does.items() if not yes and count < high)])
        asked = _parted(low, high, at_once)
    return high if high <= most else None


def _parted(low: int, high: int, parts: int) -> list[int]:
    """Return up to `parts` whole numbers between two, evenly apart."""
    inner = {low + (high - low) * part // (parts + 1) for part in range(1, parts + 1)}
    return sorted(inner - {low, high})
