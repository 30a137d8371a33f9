"""Execution mode along several paths of the book, so that a band tells what weeks differ by.

What the drives of one path differ by is the luck of single days: whom the first morning met and who
kept her word is the same in all of them. A path that begins with other luck may end a point or two
of coverage away, however often the first one is driven. So the interval that is told is that of the
means of paths: Student's, of as many values as there are paths.
"""

from __future__ import annotations

from dataclasses import replace

from scheduler.headcount.book import Book
from scheduler.headcount.feedback import ReferencePath, reference_path, stacked
from scheduler.headcount.outcome import Outcome
from scheduler.headcount.weeks import Weeks

PATHS = 4


def along_paths(weeks: Weeks, book: Book, count: int) -> Outcome:
    """Return what comes of weeks along `count` paths, one after the other.

    No replication is driven along two of them. The plans of the first are made anew, those of the
    others begin with its plans of the same dates, where `Means.plan_from` can.
    """
    first = reference_path(weeks, book)
    others = replace(weeks, known=first.known)
    later = [_other(others, book, number).came for number in range(1, count)]
    return stacked([first.came, *later])


def _other(weeks: Weeks, book: Book, number: int) -> ReferencePath:
    begin = number * len(weeks.reps)
    other = replace(book, replication=book.replication + begin)
    return reference_path(replace(weeks, reps=weeks.reps + begin), other)
