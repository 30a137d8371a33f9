"""Whether a crew can talk with a borrower: any one language in common will do.

Languages count only where they are stated. A borrower of whom nothing is said asks for none, and
a collector of whom nothing is said is not kept away.
"""

from __future__ import annotations

from collections.abc import Iterable

from scheduler.model import Borrower, Collector


def asked_language(borrower: Borrower) -> frozenset[str]:
    """Return what the visit asks of a crew, as a skill: 'language:cantonese/hakka', or nothing."""
    spoken = "/".join(sorted(borrower.languages))
    return frozenset({f"language:{spoken}"} if spoken else ())


def can_talk(borrower: Borrower, members: Iterable[Collector]) -> bool:
    """Say whether one of `members` speaks a language of the borrower's, as far as is stated."""
    return not borrower.languages or any(
        not member.languages or member.languages & borrower.languages for member in members
    )
