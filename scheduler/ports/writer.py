"""One writing transaction: all that may be written in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from scheduler.ports.book import BookWriter
from scheduler.ports.life import LifeWriter
from scheduler.ports.plans import PlanWriter
from scheduler.ports.rules import RuleWriter


class Writer(BookWriter, PlanWriter, RuleWriter, LifeWriter, Protocol):
    """One writing transaction. Each method adds its event to the same transaction."""

    def newest_event(self, city: str) -> int:
        """Return what `Ahead.newest` tells, of now; nothing changes it until the transaction ends.

        But its own writing: that comes at its end.
        """
        ...

    def note(
        self,
        kind: str,
        subject: str,
        *,
        city: str = "",
        before: Mapping[str, Any] | None = None,
        after: Mapping[str, Any] | None = None,
    ) -> None:
        """Add an event that no other method adds: a file taken in, a backup made."""
        ...
