"""Days that somebody edits, kept open in memory: quotes and edits build no problem anew.

One is built anew once an event says that facts of its city have changed; what edits change is read
again. Each process has its own: the book alone says what holds.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from datetime import date, datetime
from threading import Lock, Thread
from typing import TYPE_CHECKING, Any, TypeVar, cast

from flask import current_app

from data.store.drafts import DraftHead, draft_head, facts_stamp
from scheduler.drafts.opened import OpenDraft, newest, open_draft, stands
from scheduler.editing.log import KeptEdit
from scheduler.editing.quotes import quoter
from scheduler.errors import DayroundError
from scheduler.last_asked import LastAsked, Recent
from web.context import KEY, wired
from web.wiring import Wired

if TYPE_CHECKING:
    from scheduler.editing.quoting import Quoter

T = TypeVar("T")

MOST = 8
"""Open days; one of 2,000 cases takes some 50 MB."""

MOST_ANSWERS = 16
"""What is kept of an open day that was worked out for who asked: a plan or two each."""

Which = tuple[str, date, int]
"""City, day and version."""


@dataclass
class Entry:
    """One open day. Who opens it holds the lock, and the others wait for what she opens."""

    lock: Lock = field(default_factory=Lock)
    stamp: int = -1
    seen_event: int = -1
    read_event: int = -1
    draft: OpenDraft | None = None
    laid: tuple[OpenDraft, Quoter] | None = None
    answers: tuple[OpenDraft, LastAsked[Hashable, Any]] | None = None

    def still(self, head: DraftHead, at: datetime) -> OpenDraft | None:
        """Return the open day where all that its head tells is as it was when it was read."""
        draft = self.draft
        if draft is None or self.read_event != head.newest_event or not stands(draft, at):
            return None
        record = draft.record
        is_same = (record.revision, record.state) == (head.revision, head.state)
        return draft if is_same else None


@dataclass
class OpenDrafts:
    """The open days of a process, those used last."""

    entries: Recent[Which, Entry] = field(default_factory=lambda: Recent(MOST))
    logs: Recent[int, tuple[KeptEdit, ...]] = field(default_factory=lambda: Recent(MOST))

    def get(self, home: Wired, which: Which) -> OpenDraft:
        """Return a plan by the facts of now, as it stands now.

        Raises
        ------
        NotFoundError
            Where there is no such plan.
        """
        entry = self._entry(which)
        with entry.lock:
            # Both are asked for first: what is written in between is read, and then read again.
            head = draft_head(home.store.engine, *which)
            if still := entry.still(head, home.ports.clock()):
                return still
            stamp = facts_stamp(home.store.engine, which[0])
            if entry.draft is None or entry.stamp != stamp:
                entry.draft, entry.stamp = open_draft(home.ports, *which), stamp
            else:
                entry.draft = newest(home.ports, entry.draft)
            entry.read_event = head.newest_event
            return entry.draft

    def put(self, which: Which, draft: OpenDraft) -> None:
        """Keep what an edit has made of an open day."""
        entry = self._entry(which)
        with entry.lock:
            if entry.draft is None or entry.draft.record.revision < draft.record.revision:
                entry.draft = draft

    def quoter(self, which: Which, draft: OpenDraft) -> Quoter:
        """Return what quotes visits on an open day, which is laid out once until it changes."""
        entry = self._entry(which)
        laid = entry.laid
        if laid is None or laid[0] is not draft:
            laid = entry.laid = draft, quoter(draft.problem, draft.sheet)
        return laid[1]

    def worked_out(
        self, which: Which, draft: OpenDraft, question: Hashable, work: Callable[[], T]
    ) -> T:
        """Return what `work` has found of an open day, worked out once until the day changes."""
        entry = self._entry(which)
        with entry.lock:
            if entry.answers is None or entry.answers[0] is not draft:
                entry.answers = draft, LastAsked(MOST_ANSWERS)
            answers = entry.answers[1]
        found: T = answers.get(question, 0, work)
        return found

    def ready(self, which: Which) -> OpenDraft | None:
        """Return an open day as it was used last, None where nobody has opened it."""
        entry = self.entries.get(which)
        return entry.draft if entry else None

    def stamp(self, which: Which) -> int:
        """Return what changes when a day is opened, or opened anew."""
        entry = self.entries.get(which)
        return entry.stamp if entry else -1

    def keep_open(self, home: Wired, which: Which, newest_event: int) -> None:
        """Open a day beside the page that asks, and anew after an event; nobody waits for it."""
        entry = self._entry(which)
        if entry.seen_event != newest_event and not entry.lock.locked():
            entry.seen_event = newest_event
            Thread(target=self._try, args=(home, which), daemon=True).start()

    def _try(self, home: Wired, which: Which) -> None:
        try:
            self.quoter(which, self.get(home, which))
        except DayroundError:
            return  # who asks for it in person is told why

    def put_copy(self, of: Which, draft: OpenDraft) -> None:
        """Keep the copy of an open day open: it stands on the same facts."""
        stamp, copy = self.stamp(of), self._entry((*of[:2], draft.record.version))
        with copy.lock:
            if copy.draft is None:
                copy.draft, copy.stamp = draft, stamp

    def log(self, home: Wired, plan_id: int) -> tuple[KeptEdit, ...]:
        """Return the log of a plan: read once, and then what is new in it."""
        known = self.logs.get(plan_id) or ()
        log = (*known, *home.store.plan_edits(plan_id, known[-1].number if known else 0))
        self.logs.put(plan_id, log)
        return log

    def _entry(self, which: Which) -> Entry:
        return self.entries.used(which, Entry)


def open_drafts() -> OpenDrafts:
    """Return the open days of the app that answers."""
    return cast(OpenDrafts, current_app.extensions.setdefault(f"{KEY}_open_drafts", OpenDrafts()))


def opened(city: str, on: date, version: int) -> OpenDraft:
    """Return a plan of the app's home, open."""
    return open_drafts().get(wired(), (city, on, version))
