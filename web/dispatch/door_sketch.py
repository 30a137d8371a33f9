"""A door, where the place is, and where crews stood: a small drawing to scale, north up."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from routing.point import METRES_PER_DEGREE, Point, steps_deg
from scheduler.doors import CheckIn, Proposal

WIDTH, HEIGHT, MARGIN = 240, 160, 22
BARS_M = (500, 200, 100, 50, 20, 10, 5)

Pixels = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Sketch:
    """Figures for SVG, in pixels; `others` are those who stood elsewhere, but on the drawing."""

    present: Pixels
    door: Pixels
    radius: float
    visits: tuple[Pixels, ...]
    others: tuple[Pixels, ...]
    bar: float
    bar_m: int
    width: int = WIDTH
    height: int = HEIGHT


def sketched(present: Point, proposal: Proposal) -> Sketch:
    """Return the drawing of a proposal, as large as fits."""
    here_m, visits_m, others_m = (
        metres_from(proposal.point, points)
        for points in ([present], stood(proposal.visits), stood(proposal.others))
    )
    ring_m = proposal.radius_m * (1 + 1j)
    shown = [*here_m, *visits_m, ring_m, -ring_m]
    west, east = (edge(one.real for one in shown) for edge in (min, max))
    south, north = (edge(one.imag for one in shown) for edge in (min, max))
    per_metre = min(
        (WIDTH - 2 * MARGIN) / (east - west or 1), (HEIGHT - 2 * MARGIN) / (north - south or 1)
    )
    middle = complex(east + west, north + south) / 2

    def drawn(points_m: Iterable[complex]) -> tuple[Pixels, ...]:
        steps = [(one - middle) * per_metre for one in points_m]
        return tuple((WIDTH / 2 + step.real, HEIGHT / 2 - step.imag) for step in steps)

    bar_m = next((one for one in BARS_M if one * per_metre <= WIDTH / 3), BARS_M[-1])
    return Sketch(
        present=drawn(here_m)[0],
        door=drawn([0j])[0],
        radius=proposal.radius_m * per_metre,
        visits=drawn(visits_m),
        others=tuple(one for one in drawn(others_m) if is_on_it(one)),
        bar=bar_m * per_metre,
        bar_m=bar_m,
    )


def stood(check_ins: Iterable[CheckIn]) -> list[Point]:
    return [one.stood for one in check_ins]


def metres_from(origin: Point, points: Sequence[Point]) -> list[complex]:
    """Return how far east and, imaginary, north points lie."""
    lat, lon = ([getattr(one, axis) for one in points] for axis in ("lat", "lon"))
    return list(steps_deg(origin.lat, origin.lon, lat, lon) * METRES_PER_DEGREE)


def is_on_it(at: Pixels) -> bool:
    return 0 <= at[0] <= WIDTH and 0 <= at[1] <= HEIGHT
