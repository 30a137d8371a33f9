"""A search's falling curve, as figures for SVG."""

from __future__ import annotations

from collections.abc import Sequence

from web.dispatch.room import dispatch

CURVE_WIDTH, CURVE_HEIGHT = 120, 28


@dispatch.app_template_filter()
def curve_points(curve: Sequence[tuple[float, float]]) -> str:
    """Return the points of a polyline from the first plan on: time to the right, cost upwards."""
    if len(curve) < 2:
        return ""
    first_s = curve[0][0]
    lasts_s = (curve[-1][0] - first_s) or 1.0
    costs = [cost for _, cost in curve]
    least, spread = min(costs), (max(costs) - min(costs)) or 1.0
    return " ".join(
        f"{(second - first_s) / lasts_s * CURVE_WIDTH:.1f},"
        f"{2 + (1 - (cost - least) / spread) * (CURVE_HEIGHT - 4):.1f}"
        for second, cost in curve
    )
