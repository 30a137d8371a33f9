"""What a visit asks of the crew that makes it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from scheduler.day import Day
from scheduler.languages import asked_language
from scheduler.model import Borrower, Case


def people_needed(day: Day, cases: Sequence[Case], law_size: int) -> int:
    """Return how many go: the most that law, policy and cases ask for."""
    asked = day.policy.crew_size(cases) if day.policy else 1
    return max(law_size, asked, *(case.crew_size for case in cases))


def skills_needed(borrower: Borrower, cases: Iterable[Case]) -> frozenset[str]:
    """Return all that the cases ask, and a language of the borrower's."""
    return asked_language(borrower).union(*(case.skills for case in cases))
