"""Figures that were read of late, kept as long as the book is the same."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Engine, select

from data import database, tables
from data.store.cities import get_city
from data.store.desk import Agencies
from data.store.figures import DAYS_TO_PAY, FigureBook
from scheduler.figures import Facts, Span
from scheduler.last_asked import LastAsked

MOST = 2
"""Answers that are kept: the two spans of a review. Half a year of a large book takes 60 MB."""

LOOKED_ON = frozenset({"borrower.shown", "plan.exported", "job.added", "job.cancelled"})
"""Events of a city that change nothing in its book."""

event = tables.event.c
Question = tuple[str, Span, date, frozenset[str] | None, int]


@dataclass
class KeptFigures:
    """Asks a book for figures, and it again only after an event of that city or on another day.

    So a page, its filters and its file are made of one reading.
    """

    book: FigureBook
    answers: LastAsked[Question, Facts] = field(default_factory=lambda: LastAsked(MOST))

    def facts(
        self,
        city: str,
        span: Span,
        now: datetime,
        agencies: Agencies = None,
        days_to_pay: int = DAYS_TO_PAY,
    ) -> Facts:
        """Return what `FigureBook.facts` returns."""
        # The event is asked for first: what is written in between is read, and then read again.
        zone, newest = standing(self.book.engine, city)
        whose = None if agencies is None else frozenset(agencies)
        question = (city, span, now.astimezone(zone).date(), whose, days_to_pay)
        return self.answers.get(
            question, newest, lambda: self.book.facts(city, span, now, agencies, days_to_pay)
        )


def standing(engine: Engine, city: str) -> tuple[ZoneInfo, int]:
    """Return a city's zone, and the number of the last event that its figures may tell."""
    query = (
        select(event.id)
        .where(event.city == city, event.kind.not_in(LOOKED_ON))
        .order_by(event.id.desc())
        .limit(1)
    )
    with database.reading(engine) as connection:
        return ZoneInfo(get_city(connection, city).zone), connection.scalar(query) or 0
