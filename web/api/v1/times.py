"""Planned times against true ones: what *Times* under Figures shows."""

from __future__ import annotations

from werkzeug.wrappers import Response

from web.api.entering import seen_agencies
from web.api.operations import CITY, COUNTERS, Answer, answer, operation
from web.api.pages import api
from web.api.v1.times_models import TimesTold, times_told
from web.context import now, wired


@operation(
    *(api, "get", f"{CITY}/times", "Read planned times against true ones", *COUNTERS),
    answers={200: Answer("Ways and visits, and what they teach.", TimesTold)},
)
def read_times(city: str) -> Response:
    """Answer ways and visits by hour, district and mode, what they teach, and forecasts' errors."""
    return answer(times_told(city, wired().times.times(city, now(), seen_agencies())))
