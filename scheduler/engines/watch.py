"""An engine's eye on its stop rule, and its word to who waits."""

from __future__ import annotations

from typing import Protocol

from scheduler.engines.base import OnProgress, Progress, StopRule
from scheduler.plan import Itinerary

STEP = 0.01  # a hundred reports are enough for anyone


class Best(Protocol):
    """The best plan so far: a draft, or who knows of one without making it."""

    @property
    def key(self) -> tuple[int, int]:
        """Missed must-visits and total cost."""
        ...

    @property
    def visits(self) -> int:
        """How many it makes."""
        ...

    def itineraries(self) -> tuple[Itinerary, ...]:
        """Return its days."""
        ...


class Watch:
    """Asks the stop rule and reports progress on the way; clamps its answer to 0 … 1."""

    def __init__(self, stop: StopRule, on_progress: OnProgress | None) -> None:
        self._stop = stop
        self._on_progress = on_progress
        self._due = 0.0
        self.share = 0.0

    def is_over(self, best: Best) -> bool:
        """Whether the search ends here; `best` is looked at where a report is due."""
        self.share = min(1.0, max(0.0, self._stop()))
        if self._due <= self.share < 1:
            self._report(self.share, best)
            self._due = self.share + STEP
        return self.share >= 1

    def finish(self, best: Best) -> None:
        """Report the end, also of a search that ended by itself."""
        self._report(1.0, best)

    def _report(self, share: float, best: Best) -> None:
        if self._on_progress is not None:
            missed, cost = best.key
            self._on_progress(Progress(share, missed, cost, best.visits, best.itineraries))
