"""An engine's eye on its stop rule, and its word to who waits."""

from __future__ import annotations

from collections.abc import Callable

from scheduler.draft import Draft
from scheduler.engines.base import OnProgress, Progress, StopRule

STEP = 0.01  # a hundred reports are enough for anyone


class Watch:
    """Asks the stop rule and reports progress on the way; clamps its answer to 0 … 1."""

    def __init__(self, stop: StopRule, on_progress: OnProgress | None) -> None:
        self._stop = stop
        self._on_progress = on_progress
        self._due = 0.0
        self.share = 0.0

    def is_over(self, draft: Draft, refresh: Callable[[], object] | None = None) -> bool:
        """Whether the search ends here, `draft` being the best so far.

        Where a report is due, `refresh` first brings the draft up to date.
        """
        self.share = min(1.0, max(0.0, self._stop()))
        if self._due <= self.share < 1:
            if refresh is not None:
                refresh()
            self._report(self.share, draft)
            self._due = self.share + STEP
        return self.share >= 1

    def finish(self, draft: Draft) -> None:
        """Report the end, also of a search that ended by itself."""
        self._report(1.0, draft)

    def _report(self, share: float, draft: Draft) -> None:
        if self._on_progress is not None:
            self._on_progress(Progress(share, draft.cost, int(draft.is_served.sum())))
